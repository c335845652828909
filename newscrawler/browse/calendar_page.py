"""The calendar: a month of newsroom days with the number of articles on each, and the months of the archive."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final

from newscrawler.browse.dates import day_of
from newscrawler.browse.rows import Row, fetch, fetch_one
from newscrawler.times import utc_now

_SATURDAY: Final = 5
"""The week begins on Saturday in most Arab countries."""

_MONTHS_MS: Final = 300
"""Milliseconds for counting the months of the whole archive; without it the calendar has no list of months."""

_MONTHS_SQL: Final = """
SELECT substr(published_at, 1, 7) AS month, count(*) AS articles FROM articles
WHERE published_at IS NOT NULL GROUP BY month ORDER BY month DESC
"""

_DAYS_SQL: Final = """
SELECT newsroom_day(a.published_at, s.timezone) AS day, count(*) AS articles
FROM articles a JOIN sites s ON s.id = a.site
WHERE a.published_at >= date(:first, '-1 day') AND a.published_at < date(:first, '+1 month', '+2 days')
GROUP BY day
"""


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """Everything the calendar shows of one month."""

    month: str
    """YYYY-MM."""
    before: str
    """The month before; empty at the beginning of the calendar."""
    after: str
    """The month after; empty at its end."""
    weeks: list[list[tuple[str, int] | None]]
    """Seven cells each, from Saturday: the day and its articles; None for the days of other months."""
    articles: int
    """Of the month."""
    years: list[tuple[str, list[Row]]]
    """Year with its months that have articles (month, articles; UTC), newest first. Empty if counting took too long."""


async def read_calendar(database: Any, month: str | None) -> CalendarPage | None:
    """That month, or the one of the newest article. None: it is no month."""
    first = await _first(database, month)
    if first is None:
        return None
    rows = (await fetch(database, _DAYS_SQL, {"first": first.isoformat()})).rows
    found = {row["day"]: row["articles"] for row in rows}
    weeks: list[list[tuple[str, int] | None]] = [
        [_cell(first, day, found) for day in week]
        for week in Calendar(_SATURDAY).monthdayscalendar(first.year, first.month)
    ]
    months = (await fetch(database, _MONTHS_SQL, limit_ms=_MONTHS_MS)).rows
    return CalendarPage(
        month=_month(first),
        before=_month(first - timedelta(days=1)) if first > date.min else "",
        after=_month(first + timedelta(days=31)) if (first.year, first.month) < (date.max.year, 12) else "",
        weeks=weeks,
        articles=sum(cell[1] for week in weeks for cell in week if cell),
        years=[(year, list(group)) for year, group in groupby(months, key=lambda row: str(row["month"])[:4])],
    )


def _cell(first: date, day: int, found: dict[str, int]) -> tuple[str, int] | None:
    key = f"{_month(first)}-{day:02}"
    return (key, found.get(key, 0)) if day else None


def _month(day: date) -> str:
    return day.isoformat()[:7]


async def _first(database: Any, month: str | None) -> date | None:
    if month is None:
        newest = await fetch_one(database, "SELECT max(published_at) AS at FROM articles")
        month = str((newest or {}).get("at") or "")[:7]
        return day_of(f"{month}-01") or utc_now().date().replace(day=1)
    return day_of(f"{month}-01")
