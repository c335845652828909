"""One writer per archive."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest

from newscrawler.archive.lock import Lock, LockHeld
from support.archives import NOW
from support.commands import ENVIRONMENT, ROOT

HOLD = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from newscrawler.archive.lock import Lock
lock = Lock(Path(sys.argv[1]), started_at=datetime.now(UTC))
print("held", flush=True)
time.sleep(60)
"""


def test_a_second_process_is_told_who_holds_the_lock_and_since_when(tmp_path: Path) -> None:
    """Process and start, so that a person can look for it."""
    held = Lock(tmp_path / "archive.db", started_at=NOW)
    with pytest.raises(LockHeld, match=rf"archive\.db.*process {os.getpid()}, since 2026-11-22T09:30:00Z"):
        Lock(tmp_path / "archive.db", started_at=NOW)
    held.release()


def test_an_owner_that_has_not_written_yet_is_waited_for(tmp_path: Path) -> None:
    """Two crawls of the same moment: the slower one finds the lock taken and the file still empty."""
    path = tmp_path / "archive.db"
    held = Lock(path, started_at=NOW)
    written = held.path.read_text()
    held.path.write_text("")
    Timer(0.2, held.path.write_text, [written]).start()
    with pytest.raises(LockHeld, match=rf"process {os.getpid()}, since"):
        Lock(path, started_at=NOW)
    held.release()


def test_a_released_lock_is_free_and_names_nobody(tmp_path: Path) -> None:
    """The file stays, empty: removing it would race with the next owner."""
    lock = Lock(tmp_path / "archive.db", started_at=NOW)
    lock.release()
    lock.release()  # once more does no harm
    assert lock.path.read_text() == ""
    Lock(tmp_path / "archive.db", started_at=NOW).release()


def test_a_killed_process_leaves_no_stale_lock(tmp_path: Path) -> None:
    """The kernel frees it, even after kill -9: nobody has to remove a file by hand."""
    path = tmp_path / "archive.db"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    with holder.stdout:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LockHeld, match=f"process {holder.pid}"):
            Lock(path, started_at=NOW)
        holder.send_signal(signal.SIGKILL)
        holder.wait(10)
    Lock(path, started_at=NOW).release()


def test_archives_side_by_side_do_not_lock_each_other(tmp_path: Path) -> None:
    """The lock is the archive's, not the folder's."""
    one, other = Lock(tmp_path / "a.db", started_at=NOW), Lock(tmp_path / "b.db", started_at=NOW)
    one.release()
    other.release()
