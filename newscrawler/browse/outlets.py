"""The outlets: who is read, how much of each is kept, when each was last crawled."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from babel import Locale

from newscrawler.browse.dates import moment
from newscrawler.browse.language import visit
from newscrawler.browse.rows import Row, fetch
from newscrawler.browse.words import say

_OUTLETS_SQL: Final = """
SELECT s.*, (SELECT count(*) FROM articles a WHERE a.site = s.id) AS articles,
       (SELECT max(a.published_at) FROM articles a WHERE a.site = s.id) AS newest
FROM sites s ORDER BY s.country, articles DESC, s.name
"""
"""Outlet by outlet from the index on site and published_at: of 100,000 articles in 4 ms, grouped in 16."""


@dataclass(frozen=True, slots=True)
class Country:
    """The outlets of one country."""

    code: str
    """ISO 3166-1, or "pan"."""
    name: str
    """In the reader's language."""
    outlets: list[Row]
    """Columns of `sites`, `articles` (number), `newest` and `crawled` (Moments); those with most articles first."""


@dataclass(frozen=True, slots=True)
class Outlets:
    """Every outlet of the archive."""

    countries: list[Country]
    """The pan-Arab services first, then by name."""
    total: int
    """Outlets."""
    articles: int
    """Articles of all of them."""


async def read_outlets(database: Any) -> Outlets:
    """All of them: an archive has hundreds, not thousands."""
    rows = [row | _times(row) for row in (await fetch(database, _OUTLETS_SQL)).rows]
    countries = [
        Country(code, country_name(code), list(group)) for code, group in groupby(rows, key=lambda row: row["country"])
    ]
    countries.sort(key=lambda country: (country.code != "pan", country.name))
    return Outlets(countries, len(rows), sum(row["articles"] for row in rows))


def country_name(code: str) -> str:
    """«لبنان» for LB in the reader's language; the code itself if it is none."""
    return say("outlets.pan") if code == "pan" else str(Locale.parse(visit().language).territories.get(code, code))


def _times(row: Row) -> Row:
    def when(column: str) -> Any:
        return moment(row[column], zone=row["timezone"], country=row["country"])

    return {"newest": when("newest"), "crawled": when("last_crawled_at")}
