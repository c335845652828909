"""Runs, captures and outcomes: what was done elsewhere, under numbers of ours.

A run is known again by its `uid`, a capture by its place in its WARC file. A run is `interrupted` until all of its
outcomes are here: whoever looks meanwhile sees no account that doesn't balance.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Final

from newscrawler.archive import Archive
from newscrawler.merging.attached import bring, columns_of

_STEP: Final = 20_000
"""Rows in a transaction: about half a second."""

_CAPTURES: Final = """theirs.captures AS t LEFT JOIN temp.runs_of AS r ON r.theirs = t.run_id
WHERE t.id BETWEEN ? AND ? AND NOT EXISTS (
    SELECT 1 FROM main.captures AS o WHERE o.file = t.file AND o.offset = t.offset AND o.sha256 = t.sha256
) ORDER BY t.id"""

_CAPTURES_OF: Final = """INSERT OR IGNORE INTO temp.captures_of (theirs, ours)
SELECT t.id, o.id FROM theirs.captures AS t CROSS JOIN main.captures AS o
ON o.file = t.file AND o.offset = t.offset AND o.sha256 = t.sha256 WHERE t.id BETWEEN ? AND ?"""

_OF_RUN: Final = """theirs.{table} AS t JOIN temp.runs_of AS r ON r.theirs = t.run_id
LEFT JOIN temp.articles_of AS m ON m.theirs = {article} LEFT JOIN temp.captures_of AS k ON k.theirs = {capture}
WHERE t.run_id = ?"""

_DETAIL: Final = """CASE WHEN t.outcome = 'Copy' AND m.ours IS NOT NULL AND t.detail LIKE 'of article %:%'
THEN 'of article ' || m.ours || substr(t.detail, instr(t.detail, ':')) ELSE t.detail END"""


def ranges(conn: sqlite3.Connection, table: str) -> Iterator[tuple[int, int]]:
    """First and last id of each part of their table that fits into one transaction."""
    (last,) = conn.execute(f"SELECT coalesce(max(id), 0) FROM theirs.{table}").fetchone()  # noqa: S608 (own name)
    yield from ((first, first + _STEP - 1) for first in range(1, last + 1, _STEP))


def bring_runs(archive: Archive) -> int:
    """Their runs as rows of ours, to be completed by `complete_runs`; returns how many are new."""
    with archive.transaction() as conn:
        known = "SELECT uid FROM main.runs WHERE uid IS NOT NULL"
        source = f"theirs.runs AS t WHERE t.uid NOT IN ({known}) ORDER BY t.started_at, t.uid"
        new = bring(conn, "runs", selected={"state": "'interrupted'"}, source=source)
        conn.execute(
            """INSERT INTO temp.runs_of (theirs, ours) SELECT t.id, o.id
               FROM theirs.runs AS t JOIN main.runs AS o ON o.uid = t.uid"""
        )
    return new


def bring_captures(archive: Archive) -> int:
    """Where their pages are; returns how many are new. The WARC files don't come by themselves."""
    new = 0
    for part in ranges(archive.conn, "captures"):
        with archive.transaction() as conn:
            new += bring(conn, "captures", selected={"run_id": "r.ours"}, source=_CAPTURES, values=part)
            conn.execute(_CAPTURES_OF, part)
    return new


def complete_runs(archive: Archive) -> int:
    """Outcomes and verdicts of runs that aren't complete here, then their state; returns how many outcomes are new.

    A run that is complete is left alone: what was pruned from it here stays so.
    """
    waiting = archive.conn.execute(
        """SELECT r.theirs, r.ours FROM temp.runs_of AS r JOIN main.runs AS o ON o.id = r.ours
           WHERE o.state = 'interrupted' AND o.pruned = 0 ORDER BY r.ours"""
    ).fetchall()
    new = 0
    for theirs, ours in waiting:
        with archive.transaction() as conn:
            new += bring(
                conn,
                "outcomes",
                selected={"run_id": "r.ours", "article_id": "m.ours", "capture_id": "k.ours", "detail": _DETAIL},
                source=_OF_RUN.format(table="outcomes", article="t.article_id", capture="t.capture_id"),
                values=(theirs,),
            )
            bring(
                conn,
                "health",
                selected={"run_id": "r.ours"},
                source=_OF_RUN.format(table="health", article="NULL", capture="NULL"),
                values=(theirs,),
            )
            names = columns_of(conn, "runs", without=("id", "state"))
            pairs = ", ".join(f"{name} = t.{name}" for name in names)
            conn.execute(
                f"""UPDATE main.runs SET {pairs}, state = replace(t.state, 'running', 'interrupted')
                    FROM theirs.runs AS t WHERE t.id = ? AND runs.id = ?""",  # noqa: S608 (own names)
                (theirs, ours),
            )
    return new


def files_of(conn: sqlite3.Connection) -> list[str]:
    """The WARC files that their captures are in."""
    return [row[0] for row in conn.execute("SELECT DISTINCT file FROM theirs.captures ORDER BY file")]
