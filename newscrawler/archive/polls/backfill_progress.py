"""How far a backfill has come."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from newscrawler.archive.polls.backfill import TRIES


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a site's backfill has come."""

    read: int
    """Listings read so far, in all runs."""
    waiting: int
    """Listings known and not read; what they lead to isn't known yet."""
    given_up: int
    """Listings that failed for good."""


def progress(conn: sqlite3.Connection, site: str, *, roots: Collection[str]) -> Progress:
    """How far a site's backfill has come."""
    row = conn.execute(
        """SELECT coalesce(sum(done_at IS NOT NULL AND tries < :tries), 0), coalesce(sum(done_at IS NULL), 0),
               coalesce(sum(done_at IS NOT NULL AND tries >= :tries), 0)
           FROM backfill WHERE site = :site AND root IN (SELECT value FROM json_each(:roots))""",
        {"site": site, "roots": json.dumps(list(roots)), "tries": TRIES},
    ).fetchone()
    return Progress(*row)


def backlog(conn: sqlite3.Connection, site: str, *, limit: int) -> int:
    """How many addresses that a backfill found wait for their first visit, counted up to `limit`."""
    query = """SELECT count(*) FROM (SELECT 1 FROM frontier
               WHERE site = ? AND due_at IS NOT NULL AND (visits > 0) = 0 AND backfilled = 1 LIMIT ?)"""
    found: int = conn.execute(query, (site, limit)).fetchone()[0]
    return found
