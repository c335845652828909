"""Captures: which WARC record holds the bytes of which visit."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from newscrawler.archive.records.warc import Record
from newscrawler.times import iso


@dataclass(frozen=True, slots=True)
class Capture:
    """One row of `captures`, as far as a replay needs it."""

    id: int
    """Row of `captures`."""
    requested_url: str
    """The frontier's address."""
    site: str
    """Id of the site."""
    file: str
    """Name of the WARC file in the raw folder; an absolute path for a file from elsewhere."""
    offset: int
    """Bytes from the file's start."""


def add_capture(
    conn: sqlite3.Connection,
    record: Record,
    *,
    url: str,
    requested_url: str,
    site: str,
    run_id: int | None,
    fetched_at: datetime,
    status: int,
    content_type: str | None,
) -> int:
    """Note where a response was stored; returns the capture's id."""
    cursor = conn.execute(
        """INSERT INTO captures (url, requested_url, site, run_id, fetched_at, status, content_type,
               file, offset, length, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            url,
            requested_url,
            site,
            run_id,
            iso(fetched_at),
            status,
            content_type,
            record.file,
            record.offset,
            record.length,
            record.sha256,
        ),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def capture_at(conn: sqlite3.Connection, file: str, offset: int) -> int | None:
    """The capture stored at a place. None: that record is not known to this archive."""
    row = conn.execute("SELECT id FROM captures WHERE file = ? AND offset = ?", (file, offset)).fetchone()
    return row["id"] if row else None


def newest_capture(conn: sqlite3.Connection, url: str) -> Capture | None:
    """The last page captured of an address, as requested or as answered. None: there is none.

    Answers such as 404 are kept as evidence that an article is gone; they are no pages.
    """
    row = conn.execute(
        """SELECT id, requested_url, site, file, offset FROM captures
           WHERE (url = :url OR requested_url = :url) AND status = 200 ORDER BY id DESC LIMIT 1""",
        {"url": url},
    ).fetchone()
    return Capture(*row) if row else None


def page_captured(conn: sqlite3.Connection, capture_id: int) -> Capture | None:
    """The page of a capture. None: there is no such capture, or it holds no page."""
    row = conn.execute(
        "SELECT id, requested_url, site, file, offset FROM captures WHERE id = ? AND status = 200", [capture_id]
    ).fetchone()
    return Capture(*row) if row else None


def worth_reading_again(conn: sqlite3.Connection, *, sites: list[str], since: str | None) -> Iterator[Capture]:
    """The captures that archived articles were read from, and the newest of every address that gave none.
    One for each address, the newest: a run has one outcome for it.

    `since` is a day, YYYY-MM-DD, UTC: only captures fetched then or later.
    """
    rows = conn.execute(
        """SELECT id, requested_url, site, file, offset FROM captures
           WHERE id IN (
               SELECT max(id) FROM captures
               WHERE status = 200 AND (id IN (SELECT capture_id FROM articles)
                   OR requested_url IN (SELECT url FROM frontier WHERE article_id IS NULL))
               GROUP BY requested_url
           ) AND site IN (SELECT value FROM json_each(?)) AND fetched_at >= coalesce(?, '') ORDER BY id""",
        (json.dumps(sites), since),
    ).fetchall()
    yield from (Capture(*row) for row in rows)
