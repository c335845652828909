"""Lists of articles, newest first, one page at a time: by the place of the last one seen, never by an offset."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final, Self

from newscrawler.browse.dates import moment
from newscrawler.browse.rows import Found, Row, fetch

PAGE_SIZE: Final = 30
"""Articles on one page of a list."""

COLUMNS: Final = """
    a.id, a.url, a.title, a.section, coalesce(a.standfirst, substr(a.text, 1, 300)) AS lead, a.published_at,
    a.published_raw, a.first_seen_at, a.original_id, a.state, a.agency, a.site,
    s.name AS site_name, s.name_en AS site_name_en, s.timezone, s.country,
    (SELECT count(*) FROM copies c WHERE c.article_id = a.id)
    + (SELECT count(*) FROM articles n WHERE n.original_id = a.id) AS copies
"""
"""What a list shows of an article, of `articles a LEFT JOIN sites s`."""

_PLACE: Final = re.compile(r"([0-9TZ:\-]{0,32})~([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Place:
    """Behind which article a page begins."""

    at: str
    """Its `published_at`; empty among the articles without a date, which come last."""
    article_id: int
    """Its id: decides between equal times."""

    @classmethod
    def read(cls, typed: str | None) -> Self | None:
        """From an address; None for the first page, and for what makes no sense."""
        match = _PLACE.fullmatch(typed or "")
        return cls(match[1], int(match[2])) if match else None

    def __str__(self) -> str:
        return f"{self.at}~{self.article_id}"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which articles a list is of, as SQL; values are bound, never part of it."""

    where: str
    """A condition on `a` (articles) and `s` (sites)."""
    params: dict[str, Any] = field(default_factory=dict)
    """Its named parameters."""
    source: str = "articles a LEFT JOIN sites s ON s.id = a.site"
    """What is searched; has `a`, and `s` if the condition does."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list."""

    articles: list[Row]
    """COLUMNS, and `published`: a Moment or None."""
    following: Place | None
    """Where the next page begins. None: this is the last."""
    late: bool
    """Whether it took too long; then there are no articles."""


async def read_listing(database: Any, selection: Selection, place: Place | None, *, size: int = PAGE_SIZE) -> Listing:
    """The page behind that place: first those with a date, newest first, then those without, last archived first."""
    found = Found([])
    if place is None or place.at:
        found = await _dated(database, selection, place, size + 1)
        place = None
    if not found.late and len(found.rows) <= size:
        undated = await _undated(database, selection, place, size + 1 - len(found.rows))
        found = Found([*found.rows, *undated.rows], late=undated.late)
    rows = [with_time(row) for row in found.rows[:size]]
    more = len(found.rows) > size
    following = Place(rows[-1]["published_at"] or "", rows[-1]["id"]) if more else None
    return Listing(rows, following, late=found.late and not rows)


def with_time(row: Row) -> Row:
    """The row with `published`: its time as the newsroom's readers know it, or None."""
    return row | {"published": moment(row["published_at"], zone=row["timezone"], country=row["country"])}


async def _dated(database: Any, selection: Selection, place: Place | None, limit: int) -> Found:
    behind = "(a.published_at, a.id) < (:place_at, :place_id)" if place else "a.published_at IS NOT NULL"
    return await _fetch(database, selection, behind, place, limit, order="a.published_at DESC, a.id DESC")


async def _undated(database: Any, selection: Selection, place: Place | None, limit: int) -> Found:
    behind = "a.published_at IS NULL" + (" AND a.id < :place_id" if place else "")
    return await _fetch(database, selection, behind, place, limit, order="a.id DESC")


async def _fetch(
    database: Any, selection: Selection, behind: str, place: Place | None, limit: int, *, order: str
) -> Found:
    """The ids first: they come from an index without reading a text."""
    sql = (
        f"SELECT {COLUMNS} FROM (SELECT a.id FROM {selection.source} WHERE {selection.where} AND {behind}"  # noqa: S608 (constants; values are bound)
        f" ORDER BY {order} LIMIT :limit) AS page JOIN articles a ON a.id = page.id"
        f" LEFT JOIN sites s ON s.id = a.site ORDER BY {order}"
    )
    where = {"place_at": place.at, "place_id": place.article_id} if place else {}
    return await fetch(database, sql, selection.params | where | {"limit": limit})
