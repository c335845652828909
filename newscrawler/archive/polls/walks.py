"""Walks: the pages behind a section's first are turned until all of one was there before the walk began."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from newscrawler.times import iso
from newscrawler.urls import CanonicalUrl


def open_walk(conn: sqlite3.Connection, source_id: int, *, since: datetime, now: datetime) -> None:
    """From now on the pages behind a section's first are being turned; until they have been, its turn stays."""
    conn.execute("UPDATE sources SET open_since = ?, due_at = ? WHERE id = ?", (iso(since), iso(now), source_id))


def close_walk(conn: sqlite3.Connection, source_id: int, *, base: datetime, detail: str = "") -> None:
    """The pages were turned until everything on one was known, or to the last."""
    conn.execute(
        """UPDATE sources SET open_since = NULL, last_detail = CASE WHEN :detail = '' THEN last_detail ELSE :detail END,
               due_at = strftime('%Y-%m-%dT%H:%M:%SZ', :base, '+' || interval_s || ' seconds')
           WHERE id = :id AND open_since IS NOT NULL""",
        {"id": source_id, "base": iso(base), "detail": detail},
    )


def settle_page(conn: sqlite3.Connection, source_id: int, parent_id: int | None, *, base: datetime) -> None:
    """There is no such page: what it would continue has come to its end."""
    conn.execute("UPDATE sources SET due_at = NULL WHERE id = ?", [source_id])
    if parent_id is not None:
        close_walk(conn, parent_id, base=base)


def put_off(conn: sqlite3.Connection, source_id: int, parent_id: int | None, *, due_at: datetime) -> None:
    """A later page of a section failed: the section is walked again, from its first page, at that time."""
    conn.execute("UPDATE sources SET failures = failures + 1 WHERE id = ?", [source_id])
    conn.execute("UPDATE sources SET due_at = ? WHERE id = ?", (iso(due_at), parent_id))


def found_since(conn: sqlite3.Connection, urls: Iterable[CanonicalUrl], *, since: datetime) -> bool:
    """Whether one of the addresses was discovered at that time or later."""
    query = "SELECT 1 FROM frontier WHERE url = ? AND discovered_at >= ?"
    return any(conn.execute(query, (url, iso(since))).fetchone() for url in urls)
