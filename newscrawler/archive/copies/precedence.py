"""Who had it first: when an article was out at the latest, as far as its page and our visits prove it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from newscrawler.text.normalise import fold
from newscrawler.times import iso, newsroom_day, parsed, zone_of

COLUMNS: Final = "a.id, a.published_at, a.published_raw, a.first_seen_at, s.timezone"
"""What `standing_of` reads, of `articles AS a` joined with `sites AS s`."""

COPY_COLUMNS: Final = (
    "c.article_id AS id, c.published_at, NULL AS published_raw, c.seen_at AS first_seen_at, s.timezone"
)
"""The same of `copies AS c` joined with `sites AS s`: when the text of an article was out at another address."""

_CLOCK: Final = re.compile(r"(?<!\d)(\d{1,2}):(\d\d)")
_MIDNIGHT: Final = ("0", "00", "12", "24")


@dataclass(frozen=True, slots=True, order=True)
class Standing:
    """An article's place in the order of appearance; the smaller came first."""

    out_at: str
    """UTC, as stored: the published time; for a bare date the end of that day or our first visit, whichever came
    first, since a date proves no more; without a date the first visit."""
    first_seen_at: str
    """UTC, as stored: decides between equal times."""
    article_id: int
    """Decides between equal visits."""
    day: str = field(compare=False)
    """The newsroom's calendar day of publication, YYYY-MM-DD; of the first visit if no date is known; empty if that
    is no time either."""
    to_the_minute: bool = field(compare=False, default=False)
    """Whether the page gives a time of day."""


def standing_of(row: sqlite3.Row | Mapping[str, Any]) -> Standing:
    """From a row with `COLUMNS`."""
    seen_at: str = row["first_seen_at"]
    at = parsed(row["published_at"])
    if at is None:
        return Standing(seen_at, seen_at, row["id"], newsroom_day(seen_at, row["timezone"]) or "")
    local = at.astimezone(zone_of(row["timezone"]))
    day = local.date().isoformat()
    if not _is_bare_date(at, local, row["published_raw"]):
        return Standing(row["published_at"], seen_at, row["id"], day, to_the_minute=True)
    morning = datetime.combine(local.date(), time.min, local.tzinfo)
    night = datetime.combine(local.date() + timedelta(days=1), time.min, local.tzinfo) - timedelta(seconds=1)
    return Standing(min(iso(night), max(iso(morning), seen_at)), seen_at, row["id"], day)


def days_between(day: str, later: str) -> int:
    """Calendar days from one day to another, negative if that came first; 0 if one is no day."""
    try:
        return (date.fromisoformat(later) - date.fromisoformat(day)).days
    except ValueError:
        return 0


def _is_bare_date(at: datetime, local: datetime, raw: str | None) -> bool:
    """Whether only the day is known. It is stored as the newsroom's midnight; machines write UTC's, too.

    A clock that was printed with the date, and isn't midnight, is believed.
    """
    if time.min not in (local.time(), at.astimezone(UTC).time()):
        return False
    clock = _CLOCK.search(fold(raw or ""))
    return clock is None or (clock[2] == "00" and clock[1] in _MIDNIGHT)
