"""What the search page says about a search: what made no sense, which period, and periods to choose with one click."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from newscrawler.browse.dates import day_name, day_of
from newscrawler.browse.directions import unturned
from newscrawler.browse.rows import fetch_one
from newscrawler.browse.search_query import Ignored, SearchQuery
from newscrawler.browse.words import say
from newscrawler.times import newsroom_day

_SHOWN_MAX: Final = 60
"""Characters of a senseless value that are repeated."""

_NEWEST_SQL: Final = """
SELECT a.published_at AS at, s.timezone FROM articles a LEFT JOIN sites s ON s.id = a.site
ORDER BY a.published_at DESC LIMIT 1
"""

_QUICK: Final = (("week", 7), ("month", 30), ("year", 365))
"""Names of periods, and their days."""


@dataclass(frozen=True, slots=True)
class QuickPeriod:
    """A period that is chosen with one click."""

    name: str
    """Of _QUICK; the page has a word for it."""
    chosen: bool
    """Whether it is the search's; a click then takes it away."""
    search: SearchQuery
    """The search a click leads to."""


def complaint(ignored: Ignored) -> str:
    """What made no sense in an address, in the reader's language."""
    value = unturned(ignored.value)
    value = value if len(value) <= _SHOWN_MAX else value[:_SHOWN_MAX] + "…"
    if ignored.name in ("from", "to", "day"):
        return say("search.bad_day", value=value)
    if ignored.name == "period":
        return say("search.bad_period", value=value)
    if ignored.name == "country":
        return say("search.bad_country", value=value)
    return say("search.bad_value", value=value, name=say(f"search.facet_{ignored.name}"))


def period_label(search: SearchQuery) -> str:
    """«من 1 نوفمبر 2026 إلى 7 نوفمبر 2026»; empty if the search is of any time."""
    first, last = day_name(search.first), day_name(search.last)
    if first and last:
        return say("search.period_between", first=first, last=last)
    return say("search.period_from", first=first) if first else say("search.period_to", last=last) if last else ""


async def quick_periods(database: Any, search: SearchQuery) -> list[QuickPeriod]:
    """The last week, month and year up to the newest article: an archive that is no longer crawled has them, too."""
    newest = await fetch_one(database, _NEWEST_SQL)
    day = day_of(newsroom_day(newest["at"], newest["timezone"]) or "") if newest else None
    if day is None or day.toordinal() <= _QUICK[-1][1]:
        return []
    periods = []
    for name, days in _QUICK:
        first = (day - timedelta(days=days - 1)).isoformat()
        chosen = (search.first, search.last) == (first, "")
        periods.append(QuickPeriod(name, chosen, search.dated() if chosen else search.dated(first)))
    return periods
