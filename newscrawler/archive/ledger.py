"""The ledger: runs, and exactly one outcome for every URL a run took up."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newscrawler import __version__
from newscrawler.outcome import Outcome
from newscrawler.times import iso


@dataclass(frozen=True, slots=True)
class Stall:
    """A time in which the crawl's loop did nothing else."""

    ms: int = 0
    """Milliseconds."""
    where: str = ""
    """The line it stood in, «file:line function». Empty: in none of ours, as when the machine is busy."""


def start_run(conn: sqlite3.Connection, *, spider: str, arguments: Mapping[str, str], now: datetime) -> int:
    """Open a run and return its id. Runs that never ended were interrupted: the lock proves they are dead."""
    conn.execute("UPDATE runs SET state = 'interrupted' WHERE state = 'running'")
    cursor = conn.execute(
        "INSERT INTO runs (started_at, spider, arguments, pid, version) VALUES (?, ?, ?, ?, ?)",
        (iso(now), spider, json.dumps(dict(arguments), ensure_ascii=False), os.getpid(), __version__),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def record(
    conn: sqlite3.Connection,
    outcome: Outcome,
    *,
    run_id: int,
    url: str,
    site: str,
    now: datetime,
    notes: Sequence[str] = (),
    article_id: int | None = None,
    capture_id: int | None = None,
) -> None:
    """Write how a URL ended. A second outcome for it in the same run is an IntegrityError."""
    conn.execute(
        """INSERT INTO outcomes (run_id, url, site, outcome, detail, notes, article_id, capture_id, at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            run_id,
            url,
            site,
            outcome.name,
            outcome.detail,
            json.dumps(list(notes), ensure_ascii=False),
            article_id,
            capture_id,
            iso(now),
        ),
    )


def recorded(conn: sqlite3.Connection, run_id: int) -> int:
    """How many outcomes a run has."""
    count: int = conn.execute("SELECT count(*) FROM outcomes WHERE run_id = ?", [run_id]).fetchone()[0]
    return count


def add_remark(conn: sqlite3.Connection, run_id: int, remark: str) -> None:
    """Add to what a closed run has to say."""
    conn.execute("UPDATE runs SET remarks = json_insert(remarks, '$[#]', ?) WHERE id = ?", (remark, run_id))


def finish_run(
    conn: sqlite3.Connection,
    run_id: int,
    *,
    state: str,
    taken_up: int,
    exit_code: int,
    problems: Sequence[str],
    now: datetime,
    remarks: Sequence[str] = (),
    stall: Stall = Stall(),
) -> None:
    """Close a run with its verdict, what broke, what is to be known, and the longest time its loop stood still."""
    conn.execute(
        """UPDATE runs SET finished_at = ?, state = ?, taken_up = ?, ended = ?, exit_code = ?, problems = ?,
               remarks = ?, worst_stall_ms = ?, worst_stall_in = ? WHERE id = ?""",
        (
            iso(now),
            state,
            taken_up,
            recorded(conn, run_id),
            exit_code,
            json.dumps(list(problems), ensure_ascii=False),
            json.dumps(list(remarks), ensure_ascii=False),
            stall.ms,
            stall.where,
            run_id,
        ),
    )
