"""Folding SQLite's log into the archive while a crawl goes on writing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from newscrawler.archive.connection import Archive

LOG_MAX: Final = 16_000_000
"""Bytes of the log from which it is folded in. See DECISIONS.md: pages that are written again and again go in once."""

_BACKSTOP_PAGES: Final = 40_000
"""Pages, 160 MB, at which SQLite folds it in by itself after all, inside a commit."""


def leave_log_to_us(archive: Archive) -> None:
    """From now on no commit of this connection waits for the disk to take 16 MB; the caller calls `fold_in`."""
    archive.conn.execute(f"PRAGMA wal_autocheckpoint = {_BACKSTOP_PAGES}")


def is_due(archive: Archive) -> bool:
    """Whether the log has grown large."""
    try:
        return archive.path.with_name(archive.path.name + "-wal").stat().st_size >= LOG_MAX
    except FileNotFoundError:
        return False


def fold_in(path: Path) -> None:
    """Copy what the log holds into the archive. Call it in a thread: it waits for the disk, and writers go on.

    What they write meanwhile is left, so the log starts anew only if `finish` is called right after.
    """
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)) as conn:
        conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()


def finish(archive: Archive) -> None:
    """The little that is left, so that the next commit begins the log at its start. Not inside a transaction."""
    archive.conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
