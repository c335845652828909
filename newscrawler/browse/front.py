"""The front page: the latest originals by day, by topic and by outlet, and what the archive holds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from newscrawler.browse.dates import Moment, moment
from newscrawler.browse.listing import COLUMNS, with_time
from newscrawler.browse.rows import Row, fetch, fetch_one
from newscrawler.times import newsroom_day

_LATEST: Final = 24
"""Articles in the first column: about a screen of a desk, half a minute of thumb on a phone."""

_RECENT: Final = 600
"""Articles in which topics and outlets are looked for: what a large archive gets in some hours."""

_SHELVES: Final = 8
"""Topics, and outlets, that have a shelf of their own."""

_ON_A_SHELF: Final = 3

_DATED_SQL: Final = f"""
SELECT {COLUMNS} FROM (
    SELECT id FROM articles WHERE original_id IS NULL AND published_at IS NOT NULL
    ORDER BY published_at DESC LIMIT :limit
) AS latest JOIN articles a ON a.id = latest.id LEFT JOIN sites s ON s.id = a.site
ORDER BY a.published_at DESC, a.id DESC
"""  # noqa: S608 (a constant)

_UNDATED_SQL: Final = f"""
SELECT {COLUMNS} FROM (
    SELECT id FROM articles WHERE published_at IS NULL AND original_id IS NULL ORDER BY id DESC LIMIT :limit
) AS latest JOIN articles a ON a.id = latest.id LEFT JOIN sites s ON s.id = a.site
ORDER BY a.id DESC
"""  # noqa: S608 (a constant)

_TOPICS_SQL: Final = """
WITH recent AS (
    SELECT a.id, a.title, a.site, a.published_at FROM articles a
    WHERE a.original_id IS NULL AND a.published_at IS NOT NULL ORDER BY a.published_at DESC LIMIT :recent
),
marked AS (
    SELECT t.id AS tag, t.name, t.name_en, recent.*,
           row_number() OVER (PARTITION BY t.id ORDER BY recent.published_at DESC, recent.id DESC) AS place,
           count(*) OVER (PARTITION BY t.id) AS articles
    FROM recent CROSS JOIN article_tags g ON g.article_id = recent.id
    CROSS JOIN tags t ON t.id = g.tag_id WHERE t.kind = 'topic'
)
SELECT marked.*, s.name AS site_name, s.name_en AS site_name_en, s.timezone, s.country
FROM marked LEFT JOIN sites s ON s.id = marked.site
WHERE place <= :places ORDER BY marked.articles DESC, marked.tag, place LIMIT :limit
"""

_OUTLETS_SQL: Final = """
WITH recent AS (
    SELECT a.id, a.title, a.site, a.published_at,
           row_number() OVER (PARTITION BY a.site ORDER BY a.published_at DESC, a.id DESC) AS place,
           count(*) OVER (PARTITION BY a.site) AS articles
    FROM (
        SELECT id, title, site, published_at FROM articles
        WHERE original_id IS NULL AND published_at IS NOT NULL ORDER BY published_at DESC LIMIT :recent
    ) AS a
)
SELECT recent.*, s.name AS site_name, s.name_en AS site_name_en, s.timezone, s.country
FROM recent LEFT JOIN sites s ON s.id = recent.site
WHERE place <= :places ORDER BY recent.articles DESC, recent.site, place LIMIT :limit
"""

_COUNTS_SQL: Final[dict[str, str]] = {
    "articles": "SELECT count(*) AS n FROM articles",
    "outlets": "SELECT count(DISTINCT site) AS n FROM articles",
    "copies": "SELECT (SELECT count(*) FROM copies)"
    " + (SELECT count(*) FROM articles WHERE original_id IS NOT NULL) AS n",
    "revisions": "SELECT count(*) AS n FROM revisions",
    "withdrawn": "SELECT count(*) AS n FROM withdrawals WHERE returned_at IS NULL",
}

_COUNT_MS: Final = 150
"""Milliseconds for each number: one that takes longer is left out."""

_SECTIONS_SQL: Final = """
SELECT section, count(*) AS articles
FROM (SELECT section FROM articles ORDER BY published_at DESC LIMIT :recent)
WHERE section IS NOT NULL GROUP BY section ORDER BY articles DESC, section LIMIT 12
"""


@dataclass(frozen=True, slots=True)
class Day:
    """The articles of one newsroom day."""

    day: str
    """YYYY-MM-DD; empty for articles whose date is not known."""
    articles: list[Row]
    """Newest first."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The latest of one topic or outlet."""

    key: int | str
    """Id of the tag or of the outlet."""
    name: str
    """Arabic name."""
    name_en: str | None
    """English name. None: not known."""
    articles: list[Row]
    """id, title, site, site_name, published; newest first, at most _ON_A_SHELF."""


@dataclass(frozen=True, slots=True)
class Front:
    """Everything the front page shows."""

    days: list[Day]
    """Newest first; the undated at the end."""
    topics: list[Shelf]
    """Those with most articles among the newest _RECENT."""
    outlets: list[Shelf]
    """Likewise."""
    sections: list[Row]
    """section and articles, of the newest _RECENT."""
    counts: dict[str, int]
    """What the archive holds: articles, outlets, copies, revisions, withdrawn; those that could be counted in time."""
    since: Moment | None
    """When the archive began. None: no crawl yet."""
    crawled: Moment | None
    """When the last crawl began."""


async def read_front(database: Any) -> Front:
    """The front page of one archive: originals only, near copies are reached from their original."""
    dated = (await fetch(database, _DATED_SQL, {"limit": _LATEST})).rows
    undated: list[Row] = []
    if len(dated) < _LATEST:
        undated = (await fetch(database, _UNDATED_SQL, {"limit": _LATEST - len(dated)})).rows
    span = await fetch_one(
        database,
        "SELECT (SELECT started_at FROM runs ORDER BY id LIMIT 1) AS first,"
        " (SELECT started_at FROM runs ORDER BY id DESC LIMIT 1) AS last",
    )
    return Front(
        days=_by_day([*dated, *undated]),
        topics=await _shelves(database, _TOPICS_SQL, "tag", "name"),
        outlets=await _shelves(database, _OUTLETS_SQL, "site", "site_name"),
        sections=(await fetch(database, _SECTIONS_SQL, {"recent": _RECENT})).rows,
        counts=await _counts(database),
        since=moment((span or {}).get("first"), zone=None, country=None),
        crawled=moment((span or {}).get("last"), zone=None, country=None),
    )


def _by_day(rows: list[Row]) -> list[Day]:
    """By each newsroom's own calendar day; within a day, the newest first across outlets."""
    rows = [with_time(row) | {"day": newsroom_day(row["published_at"], row["timezone"]) or ""} for row in rows]
    rows.sort(key=lambda row: str(row["day"]), reverse=True)  # stable: within a day as they were
    return [Day(day, list(group)) for day, group in groupby(rows, key=lambda row: str(row["day"]))]


async def _shelves(database: Any, sql: str, key: str, name: str) -> list[Shelf]:
    limits = {"recent": _RECENT, "places": _ON_A_SHELF, "limit": _SHELVES * _ON_A_SHELF}
    rows = [with_time(row) for row in (await fetch(database, sql, limits)).rows]
    groups = [list(group) for _, group in groupby(rows, key=lambda row: row[key])]
    return [Shelf(rows[0][key], rows[0][name] or rows[0][key], rows[0][f"{name}_en"], rows) for rows in groups]


async def _counts(database: Any) -> dict[str, int]:
    counts = {}
    for name, sql in _COUNTS_SQL.items():
        found = await fetch(database, sql, limit_ms=_COUNT_MS)
        if found.rows:
            counts[name] = found.rows[0]["n"]
    return counts
