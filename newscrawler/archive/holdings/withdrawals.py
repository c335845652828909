"""Withdrawals: when an article was gone from its newspaper's site, on what evidence, and when it came back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from newscrawler.times import iso

Reason = Literal["not-found", "gone", "legal", "redirected", "emptied"]
"""`not-found` 404, `gone` 410, `legal` 451, `redirected` to a page that isn't the article, `emptied` of its text."""


def withdraw(
    conn: sqlite3.Connection, article_id: int, reason: Reason, *, detail: str, at: datetime, capture_id: int | None
) -> bool:
    """Note that an article was seen to be gone; `detail` and `capture_id` are the evidence.

    False: it is known to be gone since an earlier visit, and that row stands, one for each absence; or it was seen
    after that, at another of its addresses.
    """
    seen_since = "SELECT 1 FROM articles WHERE id = ? AND last_seen_at > ?"
    if is_absent(conn, article_id) or conn.execute(seen_since, (article_id, iso(at))).fetchone():
        return False
    conn.execute(
        "INSERT INTO withdrawals (article_id, withdrawn_at, reason, detail, capture_id) VALUES (?, ?, ?, ?, ?)",
        (article_id, iso(at), reason, detail, capture_id),
    )
    conn.execute("UPDATE articles SET state = 'withdrawn' WHERE id = ?", [article_id])
    return True


def come_back(conn: sqlite3.Connection, article_id: int, *, at: datetime) -> bool:
    """Note that an article was on its site at that time. False: it was not known to be gone then.

    A page fetched before the article disappeared, replayed today, brings nothing back.
    """
    cursor = conn.execute(
        """UPDATE withdrawals SET returned_at = :at
           WHERE article_id = :article AND returned_at IS NULL AND withdrawn_at < :at""",
        {"article": article_id, "at": iso(at)},
    )
    _state_again(conn, [article_id])
    return cursor.rowcount > 0


def take_back(conn: sqlite3.Connection, article_ids: Sequence[int], *, since: str) -> None:
    """Forget absences that were noted since then and turn out to be ours: the pages are there, we can't read them.

    Only what lasts and rests on our reading (`redirected`, `emptied`) is forgotten.
    """
    conn.execute(
        """DELETE FROM withdrawals WHERE article_id IN (SELECT value FROM json_each(?)) AND returned_at IS NULL
           AND withdrawn_at >= ? AND reason IN ('redirected', 'emptied')""",
        (json.dumps(article_ids), since),
    )
    _state_again(conn, article_ids)


def is_absent(conn: sqlite3.Connection, article_id: int) -> bool:
    """Whether the article is gone from its site, as far as we know."""
    query = "SELECT 1 FROM withdrawals WHERE article_id = ? AND returned_at IS NULL"
    return conn.execute(query, [article_id]).fetchone() is not None


def _state_again(conn: sqlite3.Connection, article_ids: Sequence[int]) -> None:
    conn.executemany(
        """UPDATE articles SET state = 'live' WHERE id = ? AND state <> 'live' AND NOT EXISTS (
               SELECT 1 FROM withdrawals WHERE article_id = articles.id AND returned_at IS NULL)""",
        [(article_id,) for article_id in article_ids],
    )
