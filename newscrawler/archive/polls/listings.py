"""What is remembered of a listing that was read in full, so that it is known again."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from newscrawler.archive.polls.sites import SourceState
from newscrawler.archive.queue.validators import WRONG, Validators
from newscrawler.times import iso


def remember_listing(
    conn: sqlite3.Connection,
    before: SourceState,
    *,
    validators: Validators,
    listing_hash: str | None,
    listed: int,
    edited: bool,
    now: datetime,
) -> None:
    """What was read in full is known again by this. `edited`: it isn't what it was, so a header that is, is wrong:
    it isn't asked with any more.
    """
    kept = validators.after(before.validators, edited=edited)
    conn.execute(
        """UPDATE sources SET etag = ?, last_modified = ?, body_hash = ?, listing_hash = ?, listed = ?, full_at = ?
           WHERE id = ?""",
        (kept.etag, kept.last_modified, kept.body_hash, listing_hash, listed, iso(now), before.id),
    )


def note_lie(conn: sqlite3.Connection, source_id: int, *, detail: str) -> None:
    """Its server says "not modified" whatever it has: it isn't asked that way any more."""
    conn.execute(
        "UPDATE sources SET etag = ?, last_modified = ?, last_detail = ? WHERE id = ?",
        (WRONG, WRONG, detail, source_id),
    )


def note_full(conn: sqlite3.Connection, source_id: int, *, now: datetime) -> None:
    """What the source lists was seen, not just said by its server."""
    conn.execute("UPDATE sources SET full_at = ? WHERE id = ?", (iso(now), source_id))
