"""Month and day exchanged: «05/09/2020» from a server that counts as Americans do.

Arabic countries print the day first, and so a date in numbers is read. A program's own form may put the month
first, which other places of the page give away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from newscrawler.extract.claims import Dated

EXCHANGED: Final = "; by another date"
"""Added to how a date was read, where another place of the page or the form itself decided the order."""

_AMERICAN: Final = re.compile(r"(?=.*\b\d[/:])\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d:\d\d [AP]M", re.IGNORECASE)
"""The form of .NET's default culture: month, day and hour without a leading zero, seconds, AM."""


def in_order(dated: Dated, others: Sequence[Dated], *, zone: ZoneInfo) -> Dated:
    """The date with month and day exchanged where that is what the page means; else as it is."""
    local = dated.date.at.astimezone(zone)
    if dated.date.how != "numeric" or local.day > 12 or local.day == local.month:
        return dated
    moved = local.replace(month=local.day, day=local.month)
    days = {_day(other.date.at, zone) for other in others if other.saying.kind != dated.saying.kind}
    if local.date() in days:
        return dated
    if moved.date() not in days and not _AMERICAN.fullmatch(dated.saying.raw):
        return dated
    return replace(dated, date=replace(dated.date, at=moved.astimezone(UTC), how=f"numeric; mdy{EXCHANGED}"))


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
