"""Signatures and bands: what near copies are found by, kept in step with the articles."""

from __future__ import annotations

import sqlite3

from newscrawler.text.fingerprint import ALGORITHM, Signature, bands


def remember(conn: sqlite3.Connection, article_id: int, signature: Signature) -> None:
    """Store or replace an article's signature and its bands."""
    forget(conn, article_id)
    conn.execute(
        "INSERT INTO signatures (article_id, algorithm, signature) VALUES (?, ?, ?)",
        (article_id, ALGORITHM, signature.to_bytes()),
    )
    conn.executemany(
        "INSERT OR IGNORE INTO bands (key, article_id) VALUES (?, ?)", [(key, article_id) for key in bands(signature)]
    )


def forget(conn: sqlite3.Connection, article_id: int) -> None:
    """Remove an article's signature and bands. The bands are computed from it: an index would cost every insert."""
    row = conn.execute("SELECT algorithm, signature FROM signatures WHERE article_id = ?", [article_id]).fetchone()
    if row is None:
        return
    if row["algorithm"] == ALGORITHM:
        keys = bands(Signature.from_bytes(row["signature"]))
        conn.executemany("DELETE FROM bands WHERE key = ? AND article_id = ?", [(key, article_id) for key in keys])
    else:
        conn.execute("DELETE FROM bands WHERE article_id = ?", [article_id])
    conn.execute("DELETE FROM signatures WHERE article_id = ?", [article_id])
