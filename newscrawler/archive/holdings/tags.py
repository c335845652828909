"""Tags as a whole: what there is to learn topics from, and what no article has any more."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator


def remove_unused_tags(conn: sqlite3.Connection) -> int:
    """Remove tags that no article has; returns how many."""
    return conn.execute("DELETE FROM tags WHERE id NOT IN (SELECT tag_id FROM article_tags)").rowcount


def sectioned(conn: sqlite3.Connection) -> Iterator[tuple[int, str, str, str]]:
    """Id, section, headline and body (with the standfirst) of every article that has a section and is no near copy."""
    rows = conn.execute(
        """SELECT id, section, title, coalesce(standfirst || char(10, 10), '') || text AS body FROM articles
           WHERE section <> '' AND original_id IS NULL ORDER BY id"""
    )
    return ((row["id"], row["section"], row["title"], row["body"]) for row in rows)
