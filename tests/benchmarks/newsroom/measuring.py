"""How long a command takes, how much CPU it and all that it starts use, and how much memory at most."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

_SUBREAPER: Final = 36
"""`PR_SET_CHILD_SUBREAPER`: orphans become our children, so that what they used is counted (workers' parent)."""
_EVERY_S: Final = 0.2
_ROOT: Final = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    seconds: float
    """From start to end."""
    cpu_s: float
    """User and system time of the whole tree of processes."""
    peak_mb: float
    """The most memory that all of them had at a time; what they share counts once (PSS). 0 where /proc isn't."""
    code: int
    """Exit code. None of them hung: those are ended."""
    output: str
    """The end of what it printed."""


def run(
    command: Sequence[str], *, environment: Mapping[str, str], timeout_s: float, folder: Path | None = None
) -> Cost:
    """Run to the end, or to the time limit. A process between this one and the command does the accounts, so that
    what others are busy with doesn't count.
    """
    accountant = [
        sys.executable,
        "-m",
        "tests.benchmarks.newsroom.measuring",
        str(timeout_s),
        str(folder or Path.cwd()),
    ]
    done = subprocess.run(
        [*accountant, *command], env=dict(environment), cwd=_ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    return Cost(**json.loads(done.stdout))


def main(timeout_s: float, folder: str, command: Sequence[str]) -> None:
    """Run the command and print its Cost as JSON."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    begun = time.monotonic()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        watch = _Memory()
        try:
            output, _ = process.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired:
            for pid in _descendants(os.getpid()):
                os.kill(pid, signal.SIGKILL)
            output = f"{process.communicate()[0]}\nended after {timeout_s:g} s"
        seconds = time.monotonic() - begun
        peak_mb = watch.end()
    _reap()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = Cost(seconds, used.ru_utime + used.ru_stime, peak_mb, process.returncode, output[-2000:])
    print(json.dumps(asdict(cost)))


class _Memory:
    """Looks at all that this process started five times a second."""

    def __init__(self) -> None:
        self._peak = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def end(self) -> float:
        """MB at most."""
        self._ended.set()
        self._thread.join()
        return self._peak / 1000

    def _watch(self) -> None:
        while not self._ended.wait(_EVERY_S):
            self._peak = max(self._peak, sum(_pss_kb(pid) for pid in _descendants(os.getpid())))


def pss_of_tree(pid: int) -> dict[int, float]:
    """MB of a process and of each one it started: what they share is divided among them. Empty where /proc isn't."""
    return {each: _pss_kb(each) / 1000 for each in (pid, *_descendants(pid)) if Path(f"/proc/{each}").exists()}


def _pss_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # ended meanwhile, or no Linux
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _descendants(pid: int) -> list[int]:
    """All that a process started, and what those started."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(entry.parent.name)] = int(entry.read_text().rpartition(")")[2].split()[1])
        except OSError:  # ended meanwhile
            continue
    found: list[int] = []
    wanted = {pid}
    while fresh := {child for child, parent in parents.items() if parent in wanted} - wanted:
        wanted |= fresh
        found += sorted(fresh)
    return found


def _reap() -> None:
    """Wait for orphans, five seconds at most: only what is waited for is counted."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            time.sleep(0.02)


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2], sys.argv[3:])
