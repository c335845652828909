"""When a source's next turn is: what a poll came to, written into its row of `sources`."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from newscrawler.archive.polls.sites import SourceState
from newscrawler.polling import Pace
from newscrawler.times import iso


def set_turn(conn: sqlite3.Connection, source_id: int, *, pace: Pace, due_at: datetime | None, now: datetime) -> None:
    """A poll ended well: the pace it showed, and the next turn. None: when the index above names a new date."""
    conn.execute(
        """UPDATE sources SET interval_s = ?, rate = ?, peak_rate = ?, due_at = ?, read_at = ?, failures = 0
           WHERE id = ?""",
        (
            None if pace.interval is None else max(1, round(pace.interval.total_seconds())),
            pace.rate,
            pace.peak,
            None if due_at is None else iso(due_at),
            iso(now),
            source_id,
        ),
    )


def stir(conn: sqlite3.Connection, source_id: int, *, pace: Pace, due_at: datetime) -> None:
    """What an index named moves faster than the index: its turn comes no later than this."""
    conn.execute(
        "UPDATE sources SET interval_s = ?, rate = ?, due_at = min(due_at, ?) WHERE id = ? AND due_at IS NOT NULL",
        (
            None if pace.interval is None else max(1, round(pace.interval.total_seconds())),
            pace.rate,
            iso(due_at),
            source_id,
        ),
    )


def set_retry(conn: sqlite3.Connection, state: SourceState, *, site: str, due_at: datetime, now: datetime) -> None:
    """A poll failed. At the first failure the site's other listings are called."""
    conn.execute("UPDATE sources SET failures = failures + 1, due_at = ? WHERE id = ?", (iso(due_at), state.id))
    if state.failures == 0:
        call_others(conn, state.id, site=site, now=now)


def call_others(conn: sqlite3.Connection, source_id: int, *, site: str, now: datetime) -> None:
    """The site's other listings are due at once: this one failed or was flooded, and they may have been polled seldom
    only because it had everything first.
    """
    conn.execute(
        """UPDATE sources SET due_at = :now
           WHERE site = :site AND id <> :id AND due_at > :now AND parent_id IS NULL AND failures = 0""",
        {"now": iso(now), "site": site, "id": source_id},
    )


def make_due(conn: sqlite3.Connection, source_id: int, *, now: datetime) -> None:
    """A source is to be read at that time: one that another named, or a day's page that wasn't there yet."""
    conn.execute("UPDATE sources SET due_at = ? WHERE id = ?", (iso(now), source_id))


def state_of(conn: sqlite3.Connection, source_id: int) -> SourceState:
    """What is remembered of a source."""
    return SourceState.of_row(conn.execute("SELECT * FROM sources WHERE id = ?", [source_id]).fetchone())
