"""The queue of a backfill: which listings of the past have been read and which still wait, over many runs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from newscrawler.times import iso
from newscrawler.urls import CanonicalUrl

TRIES: Final = 4
"""Runs in which a listing is tried before it is given up."""


@dataclass(frozen=True, slots=True)
class Task:
    """A listing that a backfill has to read."""

    site: str
    """Id of the site."""
    root: str
    """The address of the seed file's source that led here."""
    kind: str
    """How to read it: the kind of that source."""
    url: CanonicalUrl
    """Where it is."""
    section: str | None = None
    """The section of everything it lists. None: not said."""
    depth: int = 0
    """How many sitemap indexes are above it."""
    day: date | None = None
    """The last day it may list anything of; decides whose turn it is. None: not known, behind all others."""
    after_hash: str | None = None
    """Digest of the page before it: a page that lists the same is none. None: it is no later page."""
    id: int = 0
    """Row of `backfill`. 0: not queued yet."""


def enqueue(conn: sqlite3.Connection, tasks: Iterable[Task]) -> None:
    """Queue listings. One that was ever queued isn't queued again, so that circles end."""
    conn.executemany(
        """INSERT INTO backfill (site, root, kind, url, section, depth, day, after_hash)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (site, url) DO NOTHING""",
        [
            (t.site, t.root, t.kind, t.url, t.section, t.depth, t.day.isoformat() if t.day else None, t.after_hash)
            for t in tasks
        ],
    )


def next_task(
    conn: sqlite3.Connection,
    site: str,
    *,
    roots: Collection[str],
    without: Collection[int],
    since: date | None = None,
) -> Task | None:
    """The waiting listing of a site that may hold what is youngest; those `without` were tried in this run. None:
    nothing waits. `roots`: the sources that the seed file still has. `since`: only what may list that day or later.
    """
    row = conn.execute(
        """SELECT * FROM backfill WHERE site = :site AND done_at IS NULL
               AND root IN (SELECT value FROM json_each(:roots)) AND id NOT IN (SELECT value FROM json_each(:without))
               AND (:since IS NULL OR day IS NULL OR day >= :since)
           ORDER BY day DESC NULLS LAST, id LIMIT 1""",
        {
            "site": site,
            "roots": json.dumps(list(roots)),
            "without": json.dumps(list(without)),
            "since": since.isoformat() if since else None,
        },
    ).fetchone()
    if row is None:
        return None
    return Task(
        id=row["id"],
        site=row["site"],
        root=row["root"],
        kind=row["kind"],
        url=row["url"],
        section=row["section"],
        depth=row["depth"],
        day=date.fromisoformat(row["day"]) if row["day"] else None,
        after_hash=row["after_hash"],
    )


def finish(
    conn: sqlite3.Connection, task: Task, *, status: str, detail: str = "", now: datetime, links: int = 0, new: int = 0
) -> None:
    """A listing was read, or there is none at that address. Call it in the transaction that adds what it listed."""
    conn.execute(
        "UPDATE backfill SET done_at = ?, status = ?, detail = ?, links = ?, new = ? WHERE id = ?",
        (iso(now), status, detail, links, new, task.id),
    )


def fail(conn: sqlite3.Connection, task: Task, *, status: str, detail: str, now: datetime) -> bool:
    """A listing couldn't be read; the next run tries again, four times in all. Returns whether it was given up."""
    conn.execute(
        """UPDATE backfill SET tries = tries + 1, status = :status, detail = :detail,
               done_at = CASE WHEN tries + 1 >= :tries THEN :now END WHERE id = :id""",
        {"status": status, "detail": detail, "tries": TRIES, "now": iso(now), "id": task.id},
    )
    row = conn.execute("SELECT done_at FROM backfill WHERE id = ?", [task.id]).fetchone()
    return row["done_at"] is not None
