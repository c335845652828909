"""Takedowns: an article and every trace of its text leave the archive, and do not come back."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from newscrawler.archive.copies import clusters, signatures
from newscrawler.archive.copies.limits import DEFAULT_LIMITS, Limits
from newscrawler.archive.holdings.addresses import filed_under
from newscrawler.times import iso
from newscrawler.urls import CanonicalUrl


@dataclass(frozen=True, slots=True)
class Removed:
    """What a takedown removed."""

    articles: int
    """Articles at the address, or reached through it: 0 or 1."""
    revisions: int
    """Older states."""
    copies: int
    """Copies filed under the article or at the address; theirs are taken down too."""
    captures: tuple[str, ...]
    """WARC records that still hold the bytes: `file:offset`. The files are evidence and are not rewritten."""


def take_down(
    conn: sqlite3.Connection, url: CanonicalUrl, *, reason: str, now: datetime, limits: Limits = DEFAULT_LIMITS
) -> Removed:
    """Remove what is archived under an address and refuse it from now on. Call it in a transaction.

    Near copies of what is removed get a new original, by the `limits` of the settings.
    """
    article = conn.execute(
        """SELECT id, url FROM articles
           WHERE url = :url OR id = (SELECT article_id FROM frontier WHERE url = :url) ORDER BY url <> :url""",
        {"url": url},
    ).fetchone()
    addresses, revisions, copies = {str(url)}, 0, 0
    if article is not None:
        key = article["id"]
        aliases = [row["url"] for row in conn.execute("SELECT url FROM copies WHERE article_id = ?", [key])]
        requested = [row["url"] for row in conn.execute("SELECT url FROM frontier WHERE article_id = ?", [key])]
        addresses |= {article["url"], *aliases, *requested}
        copies = len(aliases)
        near_copies = clusters.members_of(conn, key)
        revisions = _forget(conn, key)
        clusters.settle(conn, *near_copies, limits=limits)
    with clusters.kept_in_order(conn, *filed_under(conn, url), limits=limits):
        copies += conn.execute("DELETE FROM copies WHERE url = ?", [url]).rowcount
    for address in addresses:
        conn.execute(
            "INSERT INTO takedowns (url, reason, at) VALUES (?, ?, ?) ON CONFLICT (url) DO NOTHING",
            (address, reason, iso(now)),
        )
        conn.execute(
            """UPDATE frontier SET due_at = NULL, outcome = 'TakenDown', detail = ?, title = NULL, ended_at = ?
               WHERE url = ?""",
            (reason, iso(now), address),
        )
    return Removed(int(article is not None), revisions, copies, _captures(conn, addresses))


def is_taken_down(conn: sqlite3.Connection, *urls: str) -> bool:
    """Whether one of these addresses was taken down."""
    return any(conn.execute("SELECT 1 FROM takedowns WHERE url = ?", [url]).fetchone() for url in urls)


def _forget(conn: sqlite3.Connection, key: int) -> int:
    revisions = conn.execute("DELETE FROM revisions WHERE article_id = ?", [key]).rowcount
    conn.execute("UPDATE articles SET original_id = NULL WHERE original_id = ?", [key])
    conn.execute("UPDATE frontier SET article_id = NULL WHERE article_id = ?", [key])
    conn.execute("UPDATE outcomes SET article_id = NULL WHERE article_id = ?", [key])
    conn.execute("DELETE FROM related WHERE article_id = ? OR other_id = ?", [key, key])
    signatures.forget(conn, key)
    for table in ("copies", "article_tags", "withdrawals"):
        conn.execute(f"DELETE FROM {table} WHERE article_id = ?", [key])  # noqa: S608 (own names)
    conn.execute("DELETE FROM articles WHERE id = ?", [key])
    return revisions


def _captures(conn: sqlite3.Connection, addresses: set[str]) -> tuple[str, ...]:
    return tuple(
        f"{row['file']}:{row['offset']}"
        for address in sorted(addresses)
        for row in conn.execute("SELECT file, offset FROM captures WHERE requested_url = ? ORDER BY id", [address])
    )
