"""Hosts that asked us to wait: remembered, so that the next run doesn't knock at the door before its time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from newscrawler.times import iso, parsed


@dataclass(frozen=True, slots=True)
class BackOff:
    """A row of `hosts`."""

    host: str
    """Host, with the port only if it is not the scheme's own."""
    until: datetime
    """No request before; UTC, aware. It may be over."""
    reason: str
    """What the server said, such as `HTTP 429, Retry-After: 120`."""
    refusals: int
    """How often it said so without answering well between."""


def back_offs(conn: sqlite3.Connection, hosts: Iterable[str]) -> dict[str, BackOff]:
    """Those of these hosts that have asked us to wait, whether it is over or not."""
    rows = conn.execute(
        "SELECT * FROM hosts WHERE host IN (SELECT value FROM json_each(?))", [json.dumps(list(hosts))]
    ).fetchall()
    found = {}
    for row in rows:
        until = parsed(row["back_off_until"])
        assert until is not None  # the column is written by `remember` alone
        found[row["host"]] = BackOff(row["host"], until, row["reason"], row["refusals"])
    return found


def remember(conn: sqlite3.Connection, wait: BackOff, *, now: datetime) -> None:
    """Write that a host asked us to wait."""
    conn.execute(
        """INSERT INTO hosts (host, back_off_until, reason, refusals, refused_at) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (host) DO UPDATE SET back_off_until = excluded.back_off_until, reason = excluded.reason,
               refusals = excluded.refusals, refused_at = excluded.refused_at""",
        (wait.host, iso(wait.until), wait.reason, wait.refusals, iso(now)),
    )


def forgive(conn: sqlite3.Connection, host: str) -> None:
    """Forget that a host ever asked us to wait: it answers again."""
    conn.execute("DELETE FROM hosts WHERE host = ?", [host])
