"""Making the signatures anew after their algorithm changed, and deciding again who is whose copy.

Works from the stored texts, in batches, each a transaction: it may be killed at any moment, and goes on where it
was. Where nothing is outdated it changes nothing.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from newscrawler.archive.connection import Archive
from newscrawler.archive.copies import clusters, signatures
from newscrawler.archive.copies.limits import Limits
from newscrawler.text.fingerprint import ALGORITHM, Signature, content_hash, pairs
from newscrawler.text.normalise import fold

BATCH: Final = 500
"""Articles in a transaction: about half a second."""

_SETTLED_TO: Final = "settled_to"
"""Row of `meta` while a rebuilding is under way: the last article whose cluster was decided again."""

_ARE_OUTDATED: Final = "SELECT EXISTS (SELECT 1 FROM signatures WHERE algorithm <> ?)"
_WITHOUT: Final = """
SELECT a.id, a.text, a.content_hash FROM articles AS a LEFT JOIN signatures ON signatures.article_id = a.id
WHERE signatures.article_id IS NULL AND a.id > ? ORDER BY a.id LIMIT ?
"""
_NEXT: Final = "SELECT id FROM articles WHERE id > ? ORDER BY id LIMIT ?"


def rebuild(archive: Archive, *, limits: Limits) -> int:
    """Make outdated and missing signatures anew, then put the clusters in order. Returns how many were made.

    The caller holds the archive's lock.
    """
    with archive.transaction() as conn:
        _discard_outdated(conn)
    made, last = 0, 0
    while batch := archive.conn.execute(_WITHOUT, (last, BATCH)).fetchall():
        with archive.transaction() as conn:
            for row in batch:
                _make(conn, row)
            conn.execute("INSERT OR IGNORE INTO meta (key, value) VALUES (?, '0')", [_SETTLED_TO])
        made, last = made + len(batch), batch[-1]["id"]
    _settle_all(archive, limits)
    return made


def _discard_outdated(conn: sqlite3.Connection) -> None:
    """Their bands in one pass: those of a single article can't be found without the algorithm that made them."""
    if not conn.execute(_ARE_OUTDATED, [ALGORITHM]).fetchone()[0]:
        return
    if conn.execute("SELECT EXISTS (SELECT 1 FROM signatures WHERE algorithm = ?)", [ALGORITHM]).fetchone()[0]:
        outdated = "SELECT article_id FROM signatures WHERE algorithm <> ?"
        conn.execute(f"DELETE FROM bands WHERE article_id IN ({outdated})", [ALGORITHM])  # noqa: S608 (own words)
    else:
        conn.execute("DELETE FROM bands")
    conn.execute("DELETE FROM signatures WHERE algorithm <> ?", [ALGORITHM])


def _make(conn: sqlite3.Connection, row: sqlite3.Row) -> None:
    folded = fold(row["text"])
    signatures.remember(conn, row["id"], Signature.of(pairs(folded)))
    digest = content_hash(folded)  # goes by the same words
    if digest != row["content_hash"]:
        conn.execute("UPDATE articles SET content_hash = ? WHERE id = ?", (digest, row["id"]))


def _settle_all(archive: Archive, limits: Limits) -> None:
    while (settled_to := _marker(archive.conn)) is not None:
        with archive.transaction() as conn:
            batch = [row["id"] for row in conn.execute(_NEXT, (settled_to, BATCH))]
            for article_id in batch:
                clusters.settle(conn, article_id, limits=limits)
            if batch:
                conn.execute("UPDATE meta SET value = ? WHERE key = ?", (str(batch[-1]), _SETTLED_TO))
            else:
                conn.execute("DELETE FROM meta WHERE key = ?", [_SETTLED_TO])


def _marker(conn: sqlite3.Connection) -> int | None:
    row = conn.execute("SELECT value FROM meta WHERE key = ?", [_SETTLED_TO]).fetchone()
    return int(row["value"]) if row else None
