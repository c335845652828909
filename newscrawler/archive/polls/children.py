"""The sitemaps that an index names: which of them are to be read."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from newscrawler.archive.polls.sites import SourceState
from newscrawler.times import iso


def offer_child(
    conn: sqlite3.Connection, child: SourceState, *, lastmod: str | None, wanted: bool, now: datetime
) -> bool:
    """An index named a child. Returns whether it is due: it is new and wanted, or its date there is another than at
    its last reading. One that keeps getting new dates and nothing new in it has a long interval, and waits for that.
    """
    known = conn.execute("SELECT lastmod, due_at, polls FROM sources WHERE id = ?", [child.id]).fetchone()
    if known["due_at"] is None and (known["polls"] == 0 or known["lastmod"] != lastmod):
        due = now
        if known["polls"] and child.read_at is not None:
            due = max(now, child.read_at + (child.pace.interval or timedelta(0)))
        if wanted or known["polls"] or known["lastmod"] not in (None, lastmod):
            conn.execute("UPDATE sources SET due_at = ? WHERE id = ?", (iso(due), child.id))
            known = {"due_at": iso(due)}
    conn.execute("UPDATE sources SET lastmod = ? WHERE id = ?", (lastmod, child.id))
    return known["due_at"] is not None and known["due_at"] <= iso(now)


def due_children(conn: sqlite3.Connection, parent_id: int, *, now: datetime | None) -> list[sqlite3.Row]:
    """The rows of `sources` that a source named and whose turn has come; all that are read now and then if `now` is
    None. Pages of a section are none: they come with the first.
    """
    found: list[sqlite3.Row] = conn.execute(
        """SELECT * FROM sources WHERE parent_id = :parent AND kind <> 'section'
               AND CASE WHEN :now IS NULL THEN polls > 0 OR due_at IS NOT NULL ELSE due_at <= :now END
           ORDER BY id""",
        {"parent": parent_id, "now": None if now is None else iso(now)},
    ).fetchall()
    return found
