"""attached(): another archive beside ours in one connection, as `theirs`, for reading only."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from newscrawler.archive import Archive, ArchiveError, read_archive
from newscrawler.archive.lock import LockHeld

_MAPS = ("runs_of", "captures_of", "sources_of", "articles_of")
"""Temporary tables, `theirs` → `ours`: which row of ours theirs became."""


@contextmanager
def attached(archive: Archive, other: Path) -> Iterator[sqlite3.Connection]:
    """Our connection, with the other archive as `theirs` and with empty tables for which row became which.

    Raises ArchiveError for what is no archive, an older or newer one, or ours; LockHeld while somebody writes to it.
    """
    with read_archive(other) as opened:
        immutable = "&immutable=1" if opened.immutable else ""
    if other.resolve() == archive.path.resolve():
        raise ArchiveError(f"{other}: can't be merged into itself")
    conn = archive.conn
    with ExitStack() as undo:
        _keep_crawls_out(other, undo)
        conn.execute("ATTACH ? AS theirs", [f"{other.resolve().as_uri()}?mode=ro{immutable}"])
        undo.callback(conn.execute, "DETACH theirs")
        for name in _MAPS:
            conn.execute(f"CREATE TEMP TABLE {name} (theirs INTEGER PRIMARY KEY, ours INTEGER, copy INTEGER)")
            undo.callback(conn.execute, f"DROP TABLE temp.{name}")
        yield conn


def columns_of(conn: sqlite3.Connection, table: str, *, without: tuple[str, ...] = ()) -> list[str]:
    """The names of a table's columns, but for these. Both archives have the same: their migrations are."""
    names = [row["name"] for row in conn.execute("SELECT name FROM pragma_table_info(?, 'main')", [table])]
    return [name for name in names if name not in without]


def bring(
    conn: sqlite3.Connection, table: str, *, selected: Mapping[str, str], source: str, values: tuple[object, ...] = ()
) -> int:
    """Insert rows of theirs that ours doesn't have; returns how many. `selected`: column → expression over `source`.

    Columns that aren't named are taken as they are from `t`, the table's own alias in `source`; `id` is given anew.
    """
    names = columns_of(conn, table, without=("id",) if "id" not in selected else ())
    wanted = ", ".join(selected.get(name, f"t.{name}") for name in names)
    cursor = conn.execute(
        f"INSERT OR IGNORE INTO main.{table} ({', '.join(names)}) SELECT {wanted} FROM {source}",  # noqa: S608 (own names)
        values,
    )
    return cursor.rowcount


def _keep_crawls_out(other: Path, undo: ExitStack) -> None:
    """Hold the other archive's lock together with other readers, if the file of its lock is there: nothing is made."""
    lock = other.with_name(other.name + ".lock")
    if not lock.exists():
        return
    file = undo.enter_context(lock.open("rb"))
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError as why:
        raise LockHeld(f"{other}: a crawl is writing there ({lock.read_text().strip()})") from why
