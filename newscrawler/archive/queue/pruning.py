"""Pruning: what is older than NEWS_KEEP and says nothing that isn't said elsewhere goes, a little at each run's close.

Of the ledger: that an article was unchanged, and failures before a success, once a later line has the address.
`health` keeps the totals of every run. Of the frontier: addresses that never gave an article; `forgotten` keeps their
hash, so that a sitemap that lists them for years makes nobody ask again. Articles, edits, absences, captures stay.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from newscrawler.archive.connection import Archive
from newscrawler.archive.queue.forgotten import remember
from newscrawler.outcome import OutOfScope
from newscrawler.times import durations, iso, parsed

BUDGET_S: Final = 0.15
"""Seconds for one run's close: at 48 runs a day far more than a day adds, and nobody waits for it."""

_SHORTEST: Final = timedelta(days=60)
"""The ladders of retries and revisits and four weeks of health look back less than that."""

_REST: Final = timedelta(days=7)
"""Between two looks at all old rows: most are articles, and stay."""

_LINES: Final = 200
_ROWS: Final = 100

_NEXT_RUN: Final = "SELECT id FROM runs WHERE id >= ? AND started_at < ? ORDER BY id LIMIT 1"

_LAST_OF_BATCH: Final = """
SELECT max(url), count(*) FROM (SELECT url FROM outcomes WHERE run_id = :run AND url > :after ORDER BY url LIMIT :limit)
"""

_SUPERSEDED: Final = """
DELETE FROM outcomes WHERE run_id = :run AND url > :after AND url <= :last
    AND (outcome IN ('Unchanged', 'NotModified') OR article_id IS NULL)
    AND EXISTS (SELECT 1 FROM outcomes AS later WHERE later.url = outcomes.url AND later.run_id > :run)
    AND NOT EXISTS (SELECT 1 FROM withdrawals WHERE withdrawals.article_id = outcomes.article_id)
"""

_TOTALS: Final = """
INSERT OR IGNORE INTO health (run_id, site, at, verdict, reason, since, polled, discovered, archived, revised, copies,
    rejected, errors, outcomes, requests, answers, read, unread, crashed, dated, sectioned, authored, new_day)
SELECT :run, site, max(at), 'healthy', '{"code": "unjudged"}', max(at), 0, 0, 0, 0, 0, 0, 0,
       json_group_object(outcome, number), 0, 0, 0, 0, 0, 0, 0, 0, 0
FROM (SELECT site, outcome, count(*) AS number, max(at) AS at FROM outcomes WHERE run_id = :run GROUP BY 1, 2)
GROUP BY site
"""
"""Runs that closed before there was a table `health`, or never, get their totals when their first lines go."""

_OLD_ROWS: Final = """
SELECT id, url, outcome, ended_at, due_at IS NULL AND ended_at < :before AND article_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM copies WHERE copies.url = frontier.url)
       AND NOT EXISTS (SELECT 1 FROM takedowns WHERE takedowns.url = frontier.url) AS goes
FROM frontier WHERE id > :after AND discovered_at < :before ORDER BY id LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Pruned:
    """What went."""

    lines: int = 0
    """Rows of `outcomes`."""
    addresses: int = 0
    """Rows of `frontier`."""


def keep_of(setting: str) -> timedelta | None:
    """NEWS_KEEP as a duration. None: everything is kept. Raises ValueError for what can't be meant."""
    if str(setting).strip() in ("", "0"):
        return None
    (keep, *more) = durations(str(setting))
    if more:
        raise ValueError("must be one duration")
    if keep < _SHORTEST:
        raise ValueError(f"must be at least {_SHORTEST.days}d, or 0 to keep everything")
    return keep


def prune(
    archive: Archive, *, keep: timedelta, now: datetime, budget_s: float = BUDGET_S,
    clock: Callable[[], float] = time.monotonic,
) -> Pruned:  # fmt: skip
    """Remove what is old enough, batch by batch, until nothing is left or the time is used up. Each batch is a
    transaction and notes how far it came.
    """
    before, until = iso(now - keep), clock() + budget_s
    lines = addresses = 0
    steps = [_prune_lines, _prune_rows]
    while steps and clock() < until:
        step = steps.pop(0)
        with archive.transaction() as conn:
            found = step(conn, before)
        if found is not None:
            steps.append(step)
            lines += found.lines
            addresses += found.addresses
    return Pruned(lines, addresses)


def _prune_lines(conn: sqlite3.Connection, before: str) -> Pruned | None:
    """One batch of the ledger. None: the rest is too young."""
    run_id, _, after = _remembered(conn, "pruned_to", "0 ").partition(" ")
    run = conn.execute(_NEXT_RUN, (int(run_id), before)).fetchone()
    if run is None:
        return None
    if run["id"] != int(run_id):
        after = ""
    last, number = conn.execute(_LAST_OF_BATCH, {"run": run["id"], "after": after, "limit": _LINES}).fetchone()
    if not number:
        _note(conn, "pruned_to", f"{run['id'] + 1} ")
        return Pruned()
    _keep_totals(conn, run["id"])
    gone = conn.execute(_SUPERSEDED, {"run": run["id"], "after": after, "last": last}).rowcount
    conn.execute("UPDATE runs SET pruned = pruned + ? WHERE id = ?", (gone, run["id"]))
    _note(conn, "pruned_to", f"{run['id']} {last}")
    return Pruned(lines=gone)


def _prune_rows(conn: sqlite3.Connection, before: str) -> Pruned | None:
    """One batch of the frontier. None: all old rows were looked at; after a week it begins anew."""
    after, _, ended = _remembered(conn, "forgotten_to", "0 ").partition(" ")
    if ended and iso(_time(ended) + _REST) > before:
        return None
    rows = conn.execute(_OLD_ROWS, {"before": before, "after": int(after), "limit": _ROWS}).fetchall()
    if not rows:
        _note(conn, "forgotten_to", f"0 {before}")
        return None
    lines = addresses = 0
    for row in rows:
        if row["goes"]:
            lines += _forget(conn, row)
            addresses += 1
    _note(conn, "forgotten_to", f"{rows[-1]['id']} ")
    return Pruned(lines, addresses)


def _forget(conn: sqlite3.Connection, row: sqlite3.Row) -> int:
    """Remove an address and its lines; returns how many lines."""
    if row["outcome"] != OutOfScope.__name__:  # those are never asked for, and a wider seed may want them
        remember(conn, row["url"], outcome=row["outcome"], ended_at=_time(row["ended_at"]))
    runs = [each[0] for each in conn.execute("SELECT run_id FROM outcomes WHERE url = ?", [row["url"]])]
    for run_id in runs:
        _keep_totals(conn, run_id)
    conn.execute("DELETE FROM outcomes WHERE url = ?", [row["url"]])
    conn.executemany("UPDATE runs SET pruned = pruned + 1 WHERE id = ?", [(run_id,) for run_id in runs])
    conn.execute("DELETE FROM frontier WHERE id = ?", [row["id"]])
    return len(runs)


def _keep_totals(conn: sqlite3.Connection, run_id: int) -> None:
    if conn.execute("SELECT 1 FROM health WHERE run_id = ? LIMIT 1", [run_id]).fetchone() is None:
        conn.execute(_TOTALS, {"run": run_id})


def _remembered(conn: sqlite3.Connection, key: str, default: str) -> str:
    row = conn.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
    return default if row is None else str(row[0])


def _note(conn: sqlite3.Connection, key: str, value: str) -> None:
    conn.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))


def _time(stored: str) -> datetime:
    at = parsed(stored)
    assert at is not None  # written by `iso`
    return at
