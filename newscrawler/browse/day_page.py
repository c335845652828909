"""One day, as the newsrooms counted it: every article of that date, wherever midnight fell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from newscrawler.browse.listing import Listing, Place, Selection, read_listing
from newscrawler.browse.rows import Row, fetch

_ON_THE_DAY: Final = (
    "a.published_at >= date(:day, '-1 day') AND a.published_at < date(:day, '+2 days')"
    " AND newsroom_day(a.published_at, s.timezone) = :day"
)
"""The range lets the index on published_at do the work; the function then decides at the newsroom's midnight."""

_OUTLETS_SQL: Final = f"""
SELECT s.id, s.name, s.name_en, count(*) AS articles FROM articles a JOIN sites s ON s.id = a.site
WHERE {_ON_THE_DAY} GROUP BY s.id ORDER BY articles DESC, s.name
"""  # noqa: S608 (a constant)


@dataclass(frozen=True, slots=True)
class DayPage:
    """Everything the page of one day shows."""

    day: str
    """YYYY-MM-DD."""
    before: str
    """The day before; empty at the beginning of the calendar."""
    after: str
    """The day after; empty at its end."""
    articles: int
    """Of all outlets."""
    outlets: list[Row]
    """id, name, name_en, articles; those with most articles first."""
    listing: Listing
    """The day's articles of all outlets, or of the one that was asked for."""


async def read_day(database: Any, day: date, place: Place | None, *, site: str | None = None) -> DayPage:
    """The page of that day; of one outlet if `site` is its id."""
    key = {"day": day.isoformat()}
    outlets = (await fetch(database, _OUTLETS_SQL, key)).rows
    selection = Selection(_ON_THE_DAY, key)
    if site:
        selection = Selection(f"{_ON_THE_DAY} AND a.site = :site", key | {"site": site})
    return DayPage(
        day=day.isoformat(),
        before=(day - timedelta(days=1)).isoformat() if day > date.min else "",
        after=(day + timedelta(days=1)).isoformat() if day < date.max else "",
        articles=sum(row["articles"] for row in outlets),
        outlets=outlets,
        listing=await read_listing(database, selection, place),
    )
