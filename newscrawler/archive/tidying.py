"""Tidying an archive up: statistics, search index, and the file without the gaps that removed rows left."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import Final

from newscrawler.archive.connection import Archive

_ROWS_LOOKED_AT: Final = 1000
"""Rows of each index that SQLite's statistics are made of: seconds for a million articles instead of minutes."""


class NoRoom(Exception):
    """Too little room on a disk to rewrite the file; the message says how much is needed where. Nothing was done."""


def optimize(archive: Archive) -> None:
    """Merge the pieces of the search index into one, and let SQLite look at its tables again to plan by.

    A crawl's inserts leave the index in dozens of pieces, each of which a search has to look at.
    """
    archive.conn.execute("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")
    archive.conn.execute(f"PRAGMA analysis_limit = {_ROWS_LOOKED_AT}")
    archive.conn.execute("ANALYZE")
    _fold_log_in(archive.conn)


def vacuum(archive: Archive) -> None:
    """Rewrite the file without gaps. Raises NoRoom.

    SQLite writes a copy to the folder for temporary files, and then all of it into the log beside the archive before
    the file is replaced: until the end the old pages are what readers see, and what a killed process leaves.
    """
    size = file_size(archive.conn)
    beside = archive.path.resolve().parent
    temporary = Path(os.environ.get("SQLITE_TMPDIR") or tempfile.gettempdir())
    one_disk = os.stat(beside).st_dev == os.stat(temporary).st_dev  # noqa: PTH116 (two of them, compared)
    needed = {beside: 2 * size} if one_disk else {beside: size, temporary: size}
    for folder, most in needed.items():
        free = shutil.disk_usage(folder).free
        if free < most:
            raise NoRoom(f"{folder}: {_mb(most)} are needed to rewrite the archive, {_mb(free)} are free")
    archive.conn.execute("VACUUM")
    _fold_log_in(archive.conn)


def file_size(conn: sqlite3.Connection) -> int:
    """Bytes of the archive's file, the log beside it not counted."""
    pages, size = (conn.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages * size)


def _fold_log_in(conn: sqlite3.Connection) -> None:
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _mb(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
