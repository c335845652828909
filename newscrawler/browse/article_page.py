"""The article page: what was published, where each fact comes from, and what the archive knows around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from newscrawler.browse.dates import Moment, moment
from newscrawler.browse.history import read_revisions, read_shortened, read_withdrawals
from newscrawler.browse.rows import Row, fetch, fetch_one, json_list, json_object

_ARTICLE_SQL: Final = """
SELECT a.*, s.name AS site_name, s.name_en AS site_name_en, s.timezone, s.country, s.home
FROM articles a LEFT JOIN sites s ON s.id = a.site WHERE a.id = :id
"""

_NEIGHBOUR: Final = """
a.id, a.title, a.url, a.published_at, a.site, s.name AS site_name, s.timezone, s.country
"""

_NEAR_SQL: Final = f"""
SELECT {_NEIGHBOUR} FROM articles a LEFT JOIN sites s ON s.id = a.site
WHERE a.original_id = :original AND a.id <> :id ORDER BY a.published_at LIMIT 100
"""  # noqa: S608 (a constant)

_ORIGINAL_SQL: Final = f"""
SELECT {_NEIGHBOUR} FROM articles a LEFT JOIN sites s ON s.id = a.site WHERE a.id = :original
"""  # noqa: S608 (a constant)

_COPIES_SQL: Final = """
SELECT c.url, c.title, c.published_at, c.seen_at, c.site, s.name AS site_name, s.timezone, s.country
FROM copies c LEFT JOIN sites s ON s.id = c.site
WHERE c.article_id = :id ORDER BY coalesce(c.published_at, c.seen_at) LIMIT 200
"""

_RELATED_SQL: Final = f"""
SELECT {_NEIGHBOUR}, max(r.similarity) AS similarity
FROM (
    SELECT other_id AS id, similarity FROM related WHERE article_id = :id
    UNION ALL
    SELECT article_id AS id, similarity FROM related WHERE other_id = :id
) AS r JOIN articles a ON a.id = r.id LEFT JOIN sites s ON s.id = a.site
GROUP BY a.id ORDER BY similarity DESC LIMIT 20
"""  # noqa: S608 (a constant)

_TAGS_SQL: Final = """
SELECT t.id, t.kind, t.name, g.source, g.confidence, g.mentions
FROM article_tags g JOIN tags t ON t.id = g.tag_id
WHERE g.article_id = :id ORDER BY t.kind, g.mentions DESC, t.name LIMIT 200
"""

_CAPTURE_SQL: Final = """
SELECT id, url, requested_url, fetched_at, status, content_type, file, "offset", length, sha256
FROM captures WHERE id = :capture
"""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where one field of the record was read, and what other places said."""

    field: str
    """Column of `articles`."""
    source: str
    """The source that won (`h1`, `json-ld` …); empty if only the losers are known."""
    losers: tuple[tuple[str, str], ...]
    """Source and its value, for each that said something else."""


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything the page of one article shows."""

    article: Row
    """The columns of `articles` with the outlet's `site_name`, `timezone`, `country`, `home`."""
    paragraphs: list[str]
    """The text, in order."""
    authors: list[str]
    """In the order of the byline."""
    keywords: list[str]
    """The page's own."""
    published: Moment | None
    """In the newsroom's zone."""
    modified: Moment | None
    """In the newsroom's zone."""
    provenance: list[Provenance]
    """By field."""
    original: Row | None
    """The article this one is a near copy of."""
    near: list[Row]
    """Other near copies of the same original, or of this article."""
    copies: list[Row]
    """The same text at other addresses."""
    related: list[Row]
    """Articles that share part of the text."""
    tags: list[Row]
    """id, kind, name, source, confidence, mentions."""
    revisions: list[Row]
    """Older states, newest first; see `history`."""
    withdrawals: list[Row]
    """Times it was gone from its site, newest first; see `history`."""
    shortened: Moment | None
    """When its page was last seen to show only a part of this text. None: at its last visit it showed all."""
    capture: Row | None
    """The bytes this record was read from. None: the raw store was off."""


async def read_article(database: Any, article_id: int) -> ArticlePage | None:
    """The page of that article; None: there is none."""
    article = await fetch_one(database, _ARTICLE_SQL, {"id": article_id})
    if article is None:
        return None
    key = {
        "id": article_id,
        "original": article["original_id"] or article_id,
        "capture": article["capture_id"],
    }
    return ArticlePage(
        article=article,
        paragraphs=[part for part in article["text"].split("\n\n") if part.strip()],
        authors=json_list(article["authors"]),
        keywords=json_list(article["keywords"]),
        published=_when(article, "published_at"),
        modified=_when(article, "modified_at"),
        provenance=read_provenance(article["provenance"]),
        original=await fetch_one(database, _ORIGINAL_SQL, key) if article["original_id"] else None,
        near=_with_times((await fetch(database, _NEAR_SQL, key)).rows),
        copies=_with_times((await fetch(database, _COPIES_SQL, key)).rows),
        related=_with_times((await fetch(database, _RELATED_SQL, key)).rows),
        tags=(await fetch(database, _TAGS_SQL, key)).rows,
        revisions=await read_revisions(database, article),
        withdrawals=await read_withdrawals(database, article),
        shortened=await read_shortened(database, article),
        capture=await fetch_one(database, _CAPTURE_SQL, key) if article["capture_id"] else None,
    )


def read_provenance(stored: str | None) -> list[Provenance]:
    """The stored JSON as lines: field → source, and under `disagreements` field → source → value."""
    won = json_object(stored)
    disagreements = won.pop("disagreements", None)
    lost = disagreements if isinstance(disagreements, dict) else {}
    return [
        Provenance(field, str(won.get(field, "")), _losers(lost.get(field)))
        for field in sorted(won.keys() | lost.keys())
    ]


def _losers(said: Any) -> tuple[tuple[str, str], ...]:
    return tuple((str(source), str(value)) for source, value in said.items()) if isinstance(said, dict) else ()


def _when(row: Row, column: str) -> Moment | None:
    return moment(row.get(column), zone=row.get("timezone"), country=row.get("country"))


def _with_times(rows: list[Row]) -> list[Row]:
    """Adds `published` and `seen` as Moments."""
    return [row | {"published": _when(row, "published_at"), "seen": _when(row, "seen_at")} for row in rows]
