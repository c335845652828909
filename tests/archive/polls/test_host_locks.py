"""One crawler for each host, whatever the archive."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newscrawler.archive.polls.host_locks import HostLocks, locks_path
from support.commands import ENVIRONMENT, ROOT

HOLD = """
import sys
from pathlib import Path
from newscrawler.archive.polls.host_locks import HostLocks
locks = HostLocks(Path(sys.argv[1]))
print(locks.take(sys.argv[2:]), flush=True)
sys.stdin.read()
"""


@contextmanager
def another_process(path: Path, *hosts: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A process that tries to lock hosts and stays; what it was told, and the process."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), *hosts],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    yield process.stdout.readline().strip(), process
    process.kill()
    process.communicate()


def test_a_host_is_one_crawls_at_a_time(tmp_path: Path) -> None:
    """The second is told which; what it took before that is free again; a killed process holds nothing."""
    path = tmp_path / "state" / "hosts.lock"
    locks = HostLocks(path)
    with another_process(path, "alpha.example", "beta.example") as (told, process):
        assert told == "None"
        assert locks.take(["gamma.example", "alpha.example"]) == "alpha.example"
        with another_process(path, "gamma.example") as (freed, _):
            assert freed == "None"
        process.kill()
        process.wait()
        assert locks.take(["alpha.example", "gamma.example"]) is None
        with another_process(path, "alpha.example") as (refused, _):
            assert refused == "alpha.example"
        locks.release()
        with another_process(path, "alpha.example") as (freed, _):
            assert freed == "None"


def test_five_hundred_outlets_cost_one_file(tmp_path: Path) -> None:
    """A machine allows a process about a thousand open files."""
    locks = HostLocks(tmp_path / "hosts.lock")
    before = sum(1 for _ in Path("/dev/fd").iterdir())
    assert locks.take(f"outlet{n}.example" for n in range(2000)) is None
    assert sum(1 for _ in Path("/dev/fd").iterdir()) == before
    locks.release()


def test_the_place_does_not_hang_on_how_the_crawl_was_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cron knows `HOME` and little else."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_STATE_HOME")
    assert locks_path() == tmp_path / ".local/state/newscrawler/hosts.lock"
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert locks_path() == tmp_path / "state" / "newscrawler" / "hosts.lock"
