"""Articles in the archive: stored once per address, older states kept, copies filed under their original."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from newscrawler.article import Article, Related
from newscrawler.outcome import Archived, New, Revised, Unchanged
from newscrawler.text.tags import Tag
from newscrawler.times import iso

_EDITED: Final = ("title", "standfirst", "text")
"""The fields whose change is an edit by the newspaper. The others follow when one of these changes."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing an article did."""

    outcome: Archived
    """New, Revised or Unchanged."""
    article_id: int
    """Row of `articles`."""
    written: bool
    """Whether the row was written; False: only `last_seen_at` moved."""


def store(conn: sqlite3.Connection, article: Article, *, search_text: str) -> Stored:
    """Insert, revise or confirm an article; `search_text` is what full-text search sees.

    All times are the page's: replaying an old capture dates the article then, not today.
    """
    known = conn.execute("SELECT * FROM articles WHERE url = ?", [article.url]).fetchone()
    if known is None:
        return Stored(New(), _insert(conn, article, search_text), written=True)
    if known["capture_id"] is not None and known["capture_id"] == article.capture_id:
        return _read_again(conn, known, article, search_text)
    seen_at = max(iso(article.fetched_at), known["last_seen_at"])
    same = all(known[name] == getattr(article, name) for name in _EDITED)
    if same or seen_at != iso(article.fetched_at):  # the same, or an older capture than the archive has
        conn.execute("UPDATE articles SET last_seen_at = ?, state = 'live' WHERE id = ?", (seen_at, known["id"]))
        return Stored(Unchanged("" if same else "an older capture"), known["id"], written=False)
    _keep_older_state(conn, known)
    values = _columns(article, search_text) | {"last_seen_at": seen_at, "changed_at": seen_at, "state": "live"}
    if values["published_at"] is None:  # a date once read is not lost because an edited page shows none
        values |= {name: known[name] for name in ("published_at", "published_raw", "published_from")}
    changed = ", ".join(name for name in _EDITED if known[name] != getattr(article, name))
    _update(conn, known["id"], values)
    return Stored(Revised(changed), known["id"], written=True)


def relate(conn: sqlite3.Connection, article_id: int, related: Iterable[Related]) -> None:
    """Set the articles that share part of the text; what was noted before goes."""
    conn.execute("DELETE FROM related WHERE article_id = ?", [article_id])
    conn.executemany(
        "INSERT OR REPLACE INTO related (article_id, other_id, similarity) VALUES (?, ?, ?)",
        [(article_id, r.article_id, round(r.similarity, 4)) for r in related if r.article_id != article_id],
    )


def tag(conn: sqlite3.Connection, article_id: int, tags: Iterable[Tag]) -> None:
    """Set an article's tags; what it had before goes."""
    conn.execute("DELETE FROM article_tags WHERE article_id = ?", [article_id])
    for each in tags:
        conn.execute("INSERT OR IGNORE INTO tags (kind, name) VALUES (?, ?)", (each.kind, each.name))
        conn.execute(
            """INSERT OR REPLACE INTO article_tags (article_id, tag_id, source, confidence, mentions)
               SELECT ?, id, ?, ?, ? FROM tags WHERE kind = ? AND name = ?""",
            (article_id, each.source, each.confidence, each.mentions, each.kind, each.name),
        )


def id_of(conn: sqlite3.Connection, url: str) -> int | None:
    """The article at an address. None: there is none."""
    row = conn.execute("SELECT id FROM articles WHERE url = ?", [url]).fetchone()
    return row["id"] if row else None


def _read_again(conn: sqlite3.Connection, known: sqlite3.Row, article: Article, search_text: str) -> Stored:
    """The same bytes read by a newer extractor: a correction of ours, not an edit of theirs."""
    values = _columns(article, search_text)
    corrected = [name for name, value in values.items() if known[name] != value]
    if not corrected:
        return Stored(Unchanged(), known["id"], written=False)
    _update(conn, known["id"], values)
    return Stored(Unchanged(f"read again: {', '.join(corrected)}"), known["id"], written=True)


def _insert(conn: sqlite3.Connection, article: Article, search_text: str) -> int:
    seen_at = iso(article.fetched_at)
    values = _columns(article, search_text) | {"first_seen_at": seen_at, "last_seen_at": seen_at}
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    cursor = conn.execute(f"INSERT INTO articles ({names}) VALUES ({marks})", values)  # noqa: S608 (own names)
    # It was one, and has its own text now.
    conn.execute("DELETE FROM copies WHERE url IN (?, ?)", [article.url, article.requested_url])
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _keep_older_state(conn: sqlite3.Connection, known: sqlite3.Row) -> None:
    conn.execute(
        """INSERT INTO revisions (article_id, seen_at, title, standfirst, text, content_hash, capture_id)
           VALUES (?, ?, ?, ?, ?, ?, ?)""",
        (
            known["id"],
            known["changed_at"] or known["first_seen_at"],
            known["title"],
            known["standfirst"],
            known["text"],
            known["content_hash"],
            known["capture_id"],
        ),
    )


def _update(conn: sqlite3.Connection, article_id: int, values: dict[str, Any]) -> None:
    pairs = ", ".join(f"{name} = :{name}" for name in values)
    conn.execute(f"UPDATE articles SET {pairs} WHERE id = :id", values | {"id": article_id})  # noqa: S608 (own names)


def _columns(article: Article, search_text: str) -> dict[str, Any]:
    provenance: dict[str, Any] = dict(article.provenance)
    if article.disagreements:
        provenance["disagreements"] = {name: dict(said) for name, said in article.disagreements.items()}
    return {
        "url": article.url,
        "site": article.site,
        "section": article.section,
        "title": article.title,
        "standfirst": article.standfirst,
        "text": article.text,
        "authors": _json(article.authors),
        "agency": article.agency,
        "published_at": iso(article.published_at) if article.published_at else None,
        "published_raw": article.published_raw,
        "published_from": article.published_from,
        "modified_at": iso(article.modified_at) if article.modified_at else None,
        "image_url": article.image_url,
        "keywords": _json(article.keywords),
        "language": article.language.guess if article.language else "und",
        "words": len(article.text.split()),
        "original_id": article.original_id,
        "capture_id": article.capture_id,
        "extractor": article.extractor,
        "provenance": _json(provenance),
        "content_hash": article.content_hash,
        "search_text": search_text,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
