"""Articles in the archive: stored once per address, older states kept, copies filed under their original."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newscrawler.archive.holdings.revisions import edit_of, keep_older_state, what_changed
from newscrawler.archive.holdings.withdrawals import come_back
from newscrawler.article import Article
from newscrawler.outcome import Archived, New, Revised, Unchanged
from newscrawler.text.tags import Tag
from newscrawler.times import iso


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
    edit = edit_of(known, article)
    seen_at = iso(article.fetched_at)
    if edit is None or seen_at < known["last_seen_at"]:  # the same, or an older capture than the archive has
        see_again(conn, known["id"], at=article.fetched_at)
        return Stored(Unchanged("" if edit is None else "an older capture"), known["id"], written=False)
    keep_older_state(conn, known, article, edit, at=seen_at)
    values = _columns(article, search_text) | {"last_seen_at": seen_at, "changed_at": seen_at}
    if values["published_at"] is None:  # a date once read is not lost because an edited page shows none
        values |= {name: known[name] for name in ("published_at", "published_raw", "published_from")}
    _update(conn, known["id"], values)
    come_back(conn, known["id"], at=article.fetched_at)
    return Stored(Revised(what_changed(known, article, edit)), known["id"], written=True)


def see_again(conn: sqlite3.Connection, article_id: int, *, at: datetime) -> None:
    """Note that an article was on its site at that time, as it stands in the archive."""
    conn.execute("UPDATE articles SET last_seen_at = max(last_seen_at, ?) WHERE id = ?", (iso(at), article_id))
    come_back(conn, article_id, at=at)


def tag(conn: sqlite3.Connection, article_id: int, tags: Iterable[Tag]) -> None:
    """Set an article's tags; what it had before goes."""
    conn.execute("DELETE FROM article_tags WHERE article_id = ?", [article_id])
    for each in tags:
        conn.execute(
            """INSERT INTO tags (kind, name, name_en, country) VALUES (?, ?, ?, ?)
               ON CONFLICT (kind, name) DO UPDATE SET name_en = excluded.name_en, country = excluded.country
               WHERE (name_en, country) IS NOT (excluded.name_en, excluded.country)""",
            (each.kind, each.name, each.name_en, each.country),
        )
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
    read_anew = ", ".join(name for name in corrected if name != "tagged_with")
    return Stored(Unchanged(f"read again: {read_anew}" if read_anew else ""), known["id"], written=True)


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
        "mentions": _json([{"name": mention.name, "kind": mention.kind} for mention in article.mentions]),
        "tagged_with": article.tagged_with,
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
