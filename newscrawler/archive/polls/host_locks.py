"""One crawler for each host, whatever the archive: advisory locks that all crawls of a user on this machine share."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path


def locks_path() -> Path:
    """Where they are: the same file for a terminal, cron and systemd, as long as `HOME` is the user's.

    Not in `XDG_RUNTIME_DIR`: cron has none, and would lock other doors than the terminal does.
    """
    state = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return Path(state).expanduser() / "newscrawler" / "hosts.lock"


class HostLocks:
    """Locks on hosts, held until `release()` or the end of the process, however it ends.

    Each is one byte of one file, at the place that the host's name hashes to: 500 sites cost one open file, and
    nothing is left lying about. The kernel keeps such locks by process: a second object in the same process finds
    every door open, and closing it opens those of the first.
    """

    def __init__(self, path: Path) -> None:
        """Raises OSError if the file can't be opened for writing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("a+b")

    def take(self, hosts: Iterable[str]) -> str | None:
        """Lock these hosts, all or none more. Returns the first that another process holds; None: all are ours."""
        taken: list[str] = []
        for host in hosts:
            try:
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _place(host))
            except (BlockingIOError, PermissionError):  # POSIX leaves the system the choice of the two
                for ours in taken:
                    fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _place(ours))
                return host
            taken.append(host)
        return None

    def release(self) -> None:
        """Let others ask them."""
        self._file.close()


def _place(host: str) -> int:
    """56 bits: of a thousand hosts two share a place once in 10^11 archives."""
    return int.from_bytes(sha256(host.encode()).digest()[:7])
