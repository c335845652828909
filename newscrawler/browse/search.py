"""The search page: articles that match, newest or best first, with the passages that matched."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Final

from newscrawler.browse.dates import moment
from newscrawler.browse.facets import FacetList, list_facets
from newscrawler.browse.matches import Index, Matches
from newscrawler.browse.rows import Found, Row, fetch
from newscrawler.browse.search_query import PAGE_MAX, SearchQuery
from newscrawler.browse.snippets import Run, Wanted, passage, wanted_by

PAGE_SIZE: Final = 20
"""Articles per page of results."""

_RANKED_MAX: Final = 30_000
"""Matches that are compared by rank, the last archived ones; 1.3 µs each. A word that more articles have tells little
about any of them."""

_TEXT_MAX: Final = 40_000
"""Characters of an article that are looked through for its passage; hits further down show the beginning."""

_COLUMNS: Final = f"""
    a.id, a.title, a.section, a.standfirst, substr(a.text, 1, {_TEXT_MAX}) AS text, a.published_at,
    a.published_raw, a.original_id, a.state, a.site, s.name AS site_name, s.name_en AS site_name_en, s.timezone,
    s.country, (SELECT count(*) FROM copies c WHERE c.article_id = a.id) AS copies
"""  # noqa: S608 (a constant)


@dataclass(frozen=True, slots=True)
class Hit:
    """One result."""

    article: Row
    """The columns of _COLUMNS, and `published`: a Moment or None."""
    title: list[Run]
    """The headline with the words that were meant."""
    passage: list[Run]
    """A piece of the text with the words that were meant."""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of results."""

    hits: list[Hit]
    """At most PAGE_SIZE."""
    total: int | None
    """All matching articles. None: too many to count in time."""
    late: bool
    """Whether even this page of results took too long."""
    more: bool
    """Whether there is a next page that can be asked for."""
    facets: list[FacetList]
    """What the search can be narrowed by, with counts."""
    outdated: bool
    """Whether the index was made by other rules, so that articles may be missing; the page says what to do."""


async def run_search(database: Any, search: SearchQuery) -> Results:
    """Results, count and facets of a search; what takes too long is left out and said so."""
    index = await Index.of(database)
    found, total, facets = await asyncio.gather(
        read_matches(database, search, index, columns=_COLUMNS, size=PAGE_SIZE),
        _count(database, search, index),
        list_facets(database, search, index),
    )
    wanted = wanted_by(search.typed)
    return Results(
        hits=[_hit(row, wanted) for row in found.rows[:PAGE_SIZE]],
        total=total,
        late=found.late,
        more=len(found.rows) > PAGE_SIZE and search.page < PAGE_MAX,
        facets=facets,
        outdated=index.outdated,
    )


async def read_matches(database: Any, search: SearchQuery, index: Index, *, columns: str, size: int) -> Found:
    """The search's page of that size in its order, and one row more if there is a next page.

    `columns`: SQL on `a` (articles) and `s` (sites), with `a.id` in it. Best first, and newest first where ranking
    would take too long; the ids first, without reading a text.
    """
    found = Found([], late=True)
    if search.typed and search.order == "rank":
        found = await fetch(database, *_ranked(search, index, size))
    if found.late:
        found = await fetch(database, *_newest(search, index, size))
    places = {row["id"]: place for place, row in enumerate(found.rows)}
    sql = f"SELECT {columns} FROM articles a LEFT JOIN sites s ON s.id = a.site WHERE a.id IN (SELECT value FROM json_each(:ids))"  # noqa: S608, E501 (constants; values are bound)
    rows = (await fetch(database, sql, {"ids": str(list(places))})).rows if places else []
    return Found(sorted(rows, key=lambda row: places[row["id"]]), late=found.late)


async def _count(database: Any, search: SearchQuery, index: Index) -> int | None:
    matches = Matches.of(search, index, counting=bool(search.first or search.last))
    source = matches.source
    if search.typed and matches.source.endswith("AND 1"):  # no filter: the index alone knows, in a tenth of the time
        source = "articles_fts WHERE articles_fts MATCH :match"
    found = await fetch(database, f"SELECT count(*) AS total FROM {source}", matches.params)  # noqa: S608 (no values)
    return found.rows[0]["total"] if found.rows else None


def _ranked(search: SearchQuery, index: Index, size: int) -> tuple[str, dict[str, Any]]:
    """Those that are as good as each other to a tenth of a point, newest first."""
    matches = Matches.of(search, index)
    scored = (
        f"SELECT a.id AS id, a.published_at AS at, bm25(articles_fts) AS score FROM {matches.source}"  # noqa: S608 (no values in it)
        f" ORDER BY {matches.last_archived} LIMIT :ranked"
    )
    sql = f"SELECT id FROM ({scored}) ORDER BY round(score, 1), at DESC, id DESC LIMIT :limit OFFSET :offset"  # noqa: S608
    return sql, matches.params | _window(search, size) | {"ranked": _RANKED_MAX}


def _newest(search: SearchQuery, index: Index, size: int) -> tuple[str, dict[str, Any]]:
    matches = Matches.of(search, index)
    order = "ORDER BY a.published_at DESC, a.id DESC LIMIT :limit OFFSET :offset"
    return f"SELECT a.id AS id FROM {matches.source} {order}", matches.params | _window(search, size)  # noqa: S608 (no values)


def _window(search: SearchQuery, size: int) -> dict[str, int]:
    return {"limit": size + 1, "offset": (search.page - 1) * size}


def _hit(row: Row, wanted: Wanted) -> Hit:
    published = moment(row["published_at"], zone=row["timezone"], country=row["country"])
    body = row["standfirst"] if row["standfirst"] and not wanted else row["text"]
    title = passage(row["title"], wanted)
    return Hit(article=row | {"published": published}, title=title, passage=passage(body, wanted))
