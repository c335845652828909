"""Small tables of numbers by day or month, as pages show them under a plot and offer them as data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from newscrawler.browse.dates import day_of
from newscrawler.times import iso

_LAST_MONTH: Final = "9999-12"


@dataclass(frozen=True, slots=True)
class Count:
    """One bar of a plot, one line of the table under it."""

    key: str
    """YYYY-MM-DD or YYYY-MM."""
    number: int
    """Articles."""


def as_counts(pairs: Iterable[tuple[str, int]]) -> list[Count]:
    """Keys and numbers in their order."""
    return [Count(key, number) for key, number in pairs]


def days_before(at: datetime, *, days: int) -> str:
    """The time that many days earlier, as times are stored; empty, which is before all of them, where the calendar
    does not reach so far back.
    """
    try:
        return iso(at - timedelta(days=days))
    except OverflowError:
        return ""


def every_day(found: dict[str, int], *, last: str, days: int) -> list[Count]:
    """The last `days` days up to `last`, oldest first, with the days of which nothing was found."""
    end = day_of(last)
    if end is None:
        return []
    wanted = [(end - timedelta(days=back)).isoformat() for back in range(min(days, end.toordinal()) - 1, -1, -1)]
    return as_counts((day, found.get(day, 0)) for day in wanted)


def every_month(found: dict[str, int]) -> list[Count]:
    """From the first month of which something was found to the last, oldest first, with those in between."""
    wanted = []
    month = min(found, default="")
    while month and month <= max(found):
        wanted.append(month)
        first = day_of(f"{month}-01")
        month = (first + timedelta(days=31)).isoformat()[:7] if first and month < _LAST_MONTH else ""
    return as_counts((month, found.get(month, 0)) for month in wanted)
