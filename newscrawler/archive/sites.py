"""Sites and sources as the archive knows them: what the seeds said, and how each poll went."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from newscrawler.site import Site
from newscrawler.times import iso
from newscrawler.urls import CanonicalUrl


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source between two polls."""

    id: int
    """Row of `sources`."""
    polls: int
    """How often it was polled."""
    etag: str | None
    """The last ETag header. None: never sent."""
    last_modified: str | None
    """The last Last-Modified header. None: never sent."""
    body_hash: str | None
    """Hash of the last body. None: never fetched."""


def remember_sites(conn: sqlite3.Connection, sites: Iterable[Site], *, now: datetime) -> None:
    """Copy what the seeds say into `sites`, so that the archive explains itself without the seed files."""
    conn.executemany(
        """INSERT INTO sites (id, name, name_en, country, kind, home, timezone, status, first_seen_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_en = excluded.name_en,
               country = excluded.country, kind = excluded.kind, home = excluded.home,
               timezone = excluded.timezone, status = excluded.status""",
        [(s.id, s.name, s.name_en, s.country, s.kind, s.home, s.timezone, s.status, iso(now)) for s in sites],
    )


def mark_crawled(conn: sqlite3.Connection, site_ids: Iterable[str], *, now: datetime) -> None:
    """Note that a run visited these sites."""
    conn.executemany("UPDATE sites SET last_crawled_at = ? WHERE id = ?", [(iso(now), key) for key in site_ids])


def remember_source(
    conn: sqlite3.Connection,
    *,
    site: str,
    kind: str,
    url: CanonicalUrl,
    section: str | None,
    parent_id: int | None = None,
) -> SourceState:
    """The row of a source, made if it is new."""
    conn.execute(
        """INSERT INTO sources (site, kind, url, section, parent_id) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (site, url) DO UPDATE SET kind = excluded.kind, section = excluded.section""",
        (site, kind, url, section, parent_id),
    )
    row = conn.execute("SELECT * FROM sources WHERE site = ? AND url = ?", (site, url)).fetchone()
    return SourceState(row["id"], row["polls"], row["etag"], row["last_modified"], row["body_hash"])


def note_poll(
    conn: sqlite3.Connection,
    source_id: int,
    *,
    status: str,
    detail: str,
    now: datetime,
    links: int | None = None,
    new: int | None = None,
    etag: str | None = None,
    last_modified: str | None = None,
    body_hash: str | None = None,
) -> None:
    """Record a poll: `status` is `ok`, `unchanged` or the name of an outcome. Validators only change on `ok`."""
    conn.execute(
        """UPDATE sources SET polls = polls + 1, last_polled_at = ?, last_status = ?, last_detail = ?,
               last_links = ?, last_new = ? WHERE id = ?""",
        (iso(now), status, detail, links, new, source_id),
    )
    if status == "ok":
        conn.execute(
            "UPDATE sources SET etag = ?, last_modified = ?, body_hash = ? WHERE id = ?",
            (etag, last_modified, body_hash, source_id),
        )
