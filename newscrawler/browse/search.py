"""The search page: articles that match, newest or best first, with the passages that matched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from newscrawler.browse.dates import moment
from newscrawler.browse.facets import FacetList, count_facets
from newscrawler.browse.rows import Found, Row, fetch
from newscrawler.browse.search_query import PAGE_MAX, SearchQuery
from newscrawler.browse.snippets import Run, Wanted, passage, wanted_by

PAGE_SIZE: Final = 20
"""Articles per page of results."""

_TEXT_MAX: Final = 40_000
"""Characters of an article that are looked through for its passage; hits further down show the beginning."""

_COLUMNS: Final = f"""
    a.id, a.title, a.section, a.standfirst, substr(a.text, 1, {_TEXT_MAX}) AS text, a.published_at,
    a.published_raw, a.original_id, a.state, a.site, s.name AS site_name, s.timezone, s.country,
    (SELECT count(*) FROM copies c WHERE c.article_id = a.id) AS copies
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
    """Counts by outlet, section, language and day."""


async def run_search(database: Any, search: SearchQuery) -> Results:
    """Results, count and facets of a search; what takes too long is left out and said so."""
    found = await _page(database, search)
    where, params = search.conditions()
    counted = await fetch(
        database,
        f"SELECT count(*) AS total FROM articles a LEFT JOIN sites s ON s.id = a.site WHERE {where}",  # noqa: S608 (conditions hold no values)
        params,
    )
    wanted = wanted_by(search.typed)
    return Results(
        hits=[_hit(row, wanted) for row in found.rows[:PAGE_SIZE]],
        total=counted.rows[0]["total"] if counted.rows else None,
        late=found.late,
        more=len(found.rows) > PAGE_SIZE and search.page < PAGE_MAX,
        facets=await count_facets(database, search),
    )


async def _page(database: Any, search: SearchQuery) -> Found:
    """Best first, and newest first where ranking so many matches would take too long."""
    if search.typed and search.order == "rank":
        found = await fetch(database, *_ranked(search))
        if not found.late:
            return found
    return await fetch(database, *_newest(search))


def _ranked(search: SearchQuery) -> tuple[str, dict[str, Any]]:
    where, params = search.conditions()
    sql = (
        f"SELECT {_COLUMNS} FROM articles_fts f JOIN articles a ON a.id = f.rowid"  # noqa: S608 (constants; values are bound)
        f" LEFT JOIN sites s ON s.id = a.site WHERE articles_fts MATCH :match AND {where}"
        " ORDER BY f.rank, a.id DESC LIMIT :limit OFFSET :offset"
    )
    return sql, params | _window(search)


def _newest(search: SearchQuery) -> tuple[str, dict[str, Any]]:
    """The ids first: they come from the index on published_at without reading a text."""
    where, params = search.conditions()
    sql = (
        f"SELECT {_COLUMNS} FROM (SELECT a.id FROM articles a LEFT JOIN sites s ON s.id = a.site WHERE {where}"  # noqa: S608 (constants; values are bound)
        " ORDER BY a.published_at DESC, a.id DESC LIMIT :limit OFFSET :offset) AS page"
        " JOIN articles a ON a.id = page.id LEFT JOIN sites s ON s.id = a.site"
        " ORDER BY a.published_at DESC, a.id DESC"
    )
    return sql, params | _window(search)


def _window(search: SearchQuery) -> dict[str, int]:
    return {"limit": PAGE_SIZE + 1, "offset": (search.page - 1) * PAGE_SIZE}


def _hit(row: Row, wanted: Wanted) -> Hit:
    published = moment(row["published_at"], zone=row["timezone"], country=row["country"])
    body = row["standfirst"] if row["standfirst"] and not wanted else row["text"]
    title = passage(row["title"], wanted)
    return Hit(article=row | {"published": published}, title=title, passage=passage(body, wanted))
