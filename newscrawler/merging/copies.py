"""Copies that only a merge finds: two machines archived one text at two addresses, each as an article."""

from __future__ import annotations

import sqlite3
from typing import Final

from newscrawler.archive.copies import clusters, signatures

_FILE: Final = """INSERT INTO main.copies (url, article_id, site, title, published_at, seen_at, capture_id, agency)
VALUES (:url, :article_id, :site, :title, :published_at, :first_seen_at, :capture_id, :agency)
ON CONFLICT (url) DO UPDATE SET seen_at = min(copies.seen_at, excluded.seen_at)"""

_COLUMNS: Final = ("site", "title", "published_at", "first_seen_at", "agency")


def file_as_copy(conn: sqlite3.Connection, row: sqlite3.Row, original_id: int) -> bool:
    """File an article of theirs under ours. False: it was filed before."""
    urls = conn.execute("SELECT url FROM theirs.frontier WHERE article_id = ?", [row["id"]]).fetchall()
    values = {name: row[name] for name in _COLUMNS} | {"article_id": original_id, "capture_id": row["our_capture"]}
    return _file(conn, [found["url"] for found in urls] or [row["url"]], values)


def turn_into_copy(conn: sqlite3.Connection, article_id: int, original_id: int) -> list[int]:
    """Make an article of ours a copy of another one. Returns its near copies, which have no original now: settle them.

    Its addresses are visited as those of copies from now on; what earlier runs say of it is about the original.
    """
    row = conn.execute("SELECT * FROM main.articles WHERE id = ?", [article_id]).fetchone()
    urls = [found["url"] for found in conn.execute("SELECT url FROM main.frontier WHERE article_id = ?", [article_id])]
    mates = clusters.members_of(conn, article_id)
    detail = f"of article {original_id}: the same text"
    conn.execute(
        "UPDATE main.frontier SET article_id = NULL, outcome = 'Copy', detail = ? WHERE article_id = ?",
        (detail, article_id),
    )
    for table in ("outcomes", "copies"):
        conn.execute(f"UPDATE main.{table} SET article_id = ? WHERE article_id = ?", (original_id, article_id))  # noqa: S608
    conn.execute("UPDATE main.articles SET original_id = NULL WHERE original_id = ?", [article_id])
    conn.execute("DELETE FROM main.related WHERE article_id = ? OR other_id = ?", (article_id, article_id))
    signatures.forget(conn, article_id)
    conn.execute("DELETE FROM main.article_tags WHERE article_id = ?", [article_id])
    conn.execute("DELETE FROM main.articles WHERE id = ?", [article_id])
    values = {name: row[name] for name in (*_COLUMNS, "capture_id")} | {"article_id": original_id}
    _file(conn, urls or [row["url"]], values)
    return mates


def _file(conn: sqlite3.Connection, urls: list[str], values: dict[str, object]) -> bool:
    before = conn.execute("SELECT count(*) FROM main.copies").fetchone()[0]
    conn.executemany(_FILE, [values | {"url": url} for url in urls])
    return bool(conn.execute("SELECT count(*) FROM main.copies").fetchone()[0] > before)
