"""A clock that was ahead: turns that were set by it would be in years, and nobody would be asked until then."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from typing import Final

from newscrawler.times import iso, parsed

_STEP: Final = timedelta(hours=1)
"""What a clock may be put back without a word. The shortest turns are minutes, the shortest visits again an hour."""

_SOURCES: Final = """
UPDATE sources SET due_at = CASE WHEN due_at > :now THEN :now ELSE due_at END,
    read_at = CASE WHEN read_at <= :now THEN read_at END, full_at = CASE WHEN full_at <= :now THEN full_at END,
    open_since = CASE WHEN open_since <= :now THEN open_since END
WHERE due_at > :now OR read_at > :now OR full_at > :now OR open_since > :now
"""

_ADDRESSES: Final = """
UPDATE frontier SET due_at = CASE WHEN ended_at IS NULL THEN :now ELSE min(due_at, strftime('%Y-%m-%dT%H:%M:%SZ',
    strftime('%s', :now) + max(0, strftime('%s', due_at) - strftime('%s', ended_at)), 'unixepoch')) END
WHERE due_at > :now AND (ended_at IS NULL OR ended_at > :now)
"""
"""Each waits from now on as long as it was to wait after its last visit."""


def set_back(conn: sqlite3.Connection, *, now: datetime) -> str | None:
    """Call it in a transaction, before a run is begun. If the last one was later than now, what waits for turns that
    it set is due as if it had ended now. What it wrote into the ledger stays. Returns what the keeper should know;
    None: the clock goes on.

    If the whole archive was made later than now, it is today's clock that is wrong, and nothing is changed.
    """
    last = conn.execute("SELECT coalesce(finished_at, started_at) FROM runs ORDER BY id DESC LIMIT 1").fetchone()
    before = parsed(last[0]) if last else None
    if before is None or before <= now + _STEP:
        return None
    (first,) = conn.execute("SELECT min(started_at) FROM runs").fetchone()
    if first > iso(now):
        return f"the clock is wrong: it says {iso(now)}, and the archive was begun at {first}; little will be due"
    key = {"now": iso(now)}
    conn.execute(_SOURCES, key)
    conn.execute(_ADDRESSES, key)
    conn.execute("DELETE FROM hosts WHERE refused_at > :now", key)
    conn.execute("UPDATE sites SET first_seen_at = :now WHERE first_seen_at > :now", key)
    return f"the clock was put back: the last run ended at {last[0]}; what it had set for later is due from now on"
