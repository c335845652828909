"""Sites and sources as the archive knows them: what the seeds said, and how each poll went."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self

from newscrawler.archive.queue.validators import Validators
from newscrawler.polling import Pace
from newscrawler.site import Site
from newscrawler.times import iso, parsed


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source between two polls."""

    id: int
    """Row of `sources`."""
    polls: int
    """How often it was polled."""
    validators: Validators = field(default_factory=Validators)
    """What the server said of it when it was last read in full; `body_hash` is of the body and of the seed's
    `[articles]` together."""
    listing_hash: str | None = None
    """Of what it listed when it was last read in full. None: never, or not to its end."""
    pace: Pace = field(default_factory=Pace)
    """How fast it moves."""
    listed: int = 0
    """Entries when it was last read in full."""
    read_at: datetime | None = None
    """Its last poll that ended well. None: none did."""
    full_at: datetime | None = None
    """When it was last read in full. None: never."""
    due_at: datetime | None = None
    """Its next turn. None: a seed's source that was never polled, or one that waits for the one that named it."""
    failures: int = 0
    """Polls that failed, in a row."""
    open_since: datetime | None = None
    """Since when its pages are turned without having come to the end. None: the last time they were."""
    stamps: bool = False
    """Whether it was caught dating everything "now": its dates make nobody visit an article again."""
    depth: int = 0
    """How many sitemap indexes are above it."""

    @classmethod
    def of_row(cls, row: sqlite3.Row) -> Self:
        """That of a row of `sources`."""
        return cls(
            id=row["id"],
            polls=row["polls"],
            validators=Validators.of_row(row),
            listing_hash=row["listing_hash"],
            pace=Pace(_duration(row["interval_s"]), row["rate"], row["peak_rate"]),
            listed=row["listed"],
            read_at=parsed(row["read_at"]),
            full_at=parsed(row["full_at"]),
            due_at=parsed(row["due_at"]),
            failures=row["failures"],
            open_since=parsed(row["open_since"]),
            stamps=bool(row["stamps"]),
            depth=row["depth"],
        )


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


def known_since(conn: sqlite3.Connection, site: str) -> datetime:
    """When the first run began that knew the site, UTC, aware."""
    return datetime.fromisoformat(conn.execute("SELECT first_seen_at FROM sites WHERE id = ?", [site]).fetchone()[0])


def mark_crawled(conn: sqlite3.Connection, site_ids: Iterable[str], *, now: datetime) -> None:
    """Note that a run visited these sites."""
    conn.executemany("UPDATE sites SET last_crawled_at = ? WHERE id = ?", [(iso(now), key) for key in site_ids])


def remember_source(
    conn: sqlite3.Connection,
    *,
    site: str,
    kind: str,
    url: str,
    section: str | None,
    parent_id: int | None = None,
    depth: int = 0,
) -> SourceState:
    """The row of a source, made if it is new. An archive's is under its address with `{date:…}`."""
    conn.execute(
        """INSERT INTO sources (site, kind, url, section, parent_id, depth) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (site, url) DO UPDATE SET kind = excluded.kind, section = excluded.section""",
        (site, kind, url, section, parent_id, depth),
    )
    return SourceState.of_row(conn.execute("SELECT * FROM sources WHERE site = ? AND url = ?", (site, url)).fetchone())


def note_poll(
    conn: sqlite3.Connection,
    source_id: int,
    *,
    status: str,
    detail: str,
    now: datetime,
    links: int | None = None,
    new: int | None = None,
) -> None:
    """Record a poll: `status` is `ok`, `unchanged` or the name of an outcome. When the next one is, `polls` says."""
    conn.execute(
        """UPDATE sources SET polls = polls + 1, last_polled_at = ?, last_status = ?, last_detail = ?,
               last_links = ?, last_new = ? WHERE id = ?""",
        (iso(now), status, detail, links, new, source_id),
    )


def _duration(seconds: int | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
