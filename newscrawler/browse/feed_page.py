"""The feeds of the reading room: of everything, of an outlet, of a tag, of a search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from newscrawler.browse.atom import Entry
from newscrawler.browse.links import safe_link
from newscrawler.browse.listing import COLUMNS, Selection
from newscrawler.browse.rows import Row, fetch, json_list
from newscrawler.browse.search_query import SearchQuery
from newscrawler.times import parsed

_ENTRIES: Final = 50
"""Articles in a feed: an hour of a large archive's crawl; who polls rarely uses the API."""

_NEVER: Final = "1970-01-01T00:00:00Z"
"""When a feed without entries was updated: Atom wants a time, and this one never looks like news."""

ALL: Final = Selection("1", source="articles a")


def of_outlet(site: str) -> Selection:
    """The articles of one outlet."""
    return Selection("a.site = :site", {"site": site}, "articles a")


def of_tag(tag_id: int) -> Selection:
    """The articles with one tag."""
    return Selection("a.id IN (SELECT article_id FROM article_tags WHERE tag_id = :tag)", {"tag": tag_id}, "articles a")


def of_search(search: SearchQuery) -> Selection:
    """What a search finds, all its filters applied."""
    where, params = search.conditions()
    return Selection(where, params)


async def read_entries(database: Any, selection: Selection, link: Callable[[Row], str]) -> list[Entry]:
    """The articles archived last, first: a feed reader wants what is new to it, whatever date it bears.

    `link` gives the absolute address of an article's page.
    """
    sql = (
        f"SELECT {COLUMNS}, a.authors, a.changed_at"  # noqa: S608 (constants; values are bound)
        f" FROM (SELECT a.id FROM {selection.source} WHERE {selection.where} ORDER BY a.id DESC LIMIT :limit) AS page"
        " JOIN articles a ON a.id = page.id LEFT JOIN sites s ON s.id = a.site ORDER BY a.id DESC"
    )
    rows = (await fetch(database, sql, selection.params | {"limit": _ENTRIES})).rows
    return [_entry(row, link(row)) for row in rows]


def updated(entries: list[Entry]) -> str:
    """When the newest of them was updated."""
    return max((entry.updated for entry in entries), default=_NEVER)


def _entry(row: Row, link: str) -> Entry:
    times = [at for at in (row["changed_at"], row["first_seen_at"]) if parsed(at)]
    return Entry(
        name=row["url"],
        title=row["title"],
        summary=row["lead"] or "",
        link=link,
        original=safe_link(row["url"]),
        updated=max(times, default=_NEVER),
        published=row["published_at"] if parsed(row["published_at"]) else None,
        authors=tuple(json_list(row["authors"])) or (row["site_name"] or row["site"],),
        section=row["section"],
    )
