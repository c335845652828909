"""What a killed process left open is cut to its last record that `captures` knows of, and closed.

The addresses of lost records are still open in the frontier.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from pathlib import Path

from newscrawler.archive.records.warc import OPEN
from newscrawler.archive.records.warc_places import has_pages


def mend(folder: Path, conn: sqlite3.Connection) -> list[str]:
    """Close files that a killed process left open. Returns their names.

    A file with pages this archive doesn't know belongs to another archive that shares the folder: it is left alone.
    """
    mended = []
    for path in sorted(folder.glob("*" + OPEN)):
        with path.open("r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue  # a crawl into another archive is writing it
            name = path.name.removesuffix(OPEN)
            known = conn.execute("SELECT max(offset + length) FROM captures WHERE file = ?", [name]).fetchone()[0]
            if known:
                file.truncate(min(known, file.seek(0, os.SEEK_END)))
            elif has_pages(path):
                continue
        if known:
            path.rename(folder / name)
        else:
            path.unlink()
        mended.append(name)
    return mended
