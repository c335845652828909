"""Left alone under cron or systemd: the README's own lines, in the environment these programs give."""

from __future__ import annotations

import shlex
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from support.commands import ROOT
from support.manners import Paper
from support.schedules import PLACE, cron_line, installed, unit

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (ROOT / ".venv/bin/scrapy").exists(), reason="not installed by `make install`"),
]


@pytest.fixture
def paper() -> Iterator[Paper]:
    """Four articles."""
    with Paper(4) as server:
        yield server


@pytest.fixture
def place(tmp_path: Path, paper: Paper) -> Path:
    """An installation that knows the paper."""
    folder = installed(tmp_path / "newscrawler")
    (folder / "seeds" / "sites").mkdir()
    (folder / "seeds" / "sites" / "paper.toml").write_text(paper.seed(), encoding="utf-8")
    return folder


def bare(tmp_path: Path) -> list[str]:
    """The environment that Debian's cron gives a command, and nothing else."""
    names = {"HOME": str(tmp_path), "LOGNAME": "keeper", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}
    return ["env", "-i", *(f"{name}={value}" for name, value in names.items())]


def command_of(line: str, place: Path) -> str:
    """What a line of a crontab runs, as a shell gets it."""
    *_, command = line.split(maxsplit=5)
    assert "%" not in command  # cron would make a line break of it
    return command.replace(PLACE, str(place))


def run_by_cron(place: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*bare(tmp_path), "/bin/sh", "-c", command_of(cron_line(), place)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def rows(place: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(place / "data" / "archive.db")) as conn:
        return conn.execute(sql).fetchall()


def test_the_crontab_line_works_on_a_fresh_clone(place: Path, tmp_path: Path, paper: Paper) -> None:
    """With cron's bare environment; it prints nothing, so nothing is mailed, and introduces itself."""
    ended = run_by_cron(place, tmp_path)
    log = (place / "data" / "crawl.log").read_text("utf-8")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", ""), log
    assert rows(place, "SELECT count(*) FROM articles") == [(4,)]
    assert "all well" in log
    assert "Traceback" not in log
    assert "(+archive@example.org)" in paper.requests[-1].headers["user-agent"]


def test_of_two_that_overlap_the_second_is_quiet(place: Path, tmp_path: Path, paper: Paper) -> None:
    """Exit code 3, one line in the log that says who is at work and since when; cron mails nothing."""
    paper.gate.clear()
    command = [*bare(tmp_path), "/bin/sh", "-c", command_of(cron_line(), place)]
    first = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert paper.arrived.wait(60)
        second = run_by_cron(place, tmp_path)
    finally:
        paper.gate.set()
        said, _ = first.communicate(timeout=120)
    assert (second.returncode, second.stdout, second.stderr) == (3, "", "")
    assert (first.returncode, said) == (0, "")
    log = (place / "data" / "crawl.log").read_text("utf-8")
    assert log.count("another crawl is writing here (process ") == 1
    assert rows(place, "SELECT count(*), max(exit_code) FROM runs") == [(1, 0)]


def test_the_units_are_sound(place: Path, tmp_path: Path) -> None:
    """As systemd itself reads them."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd-analyze on this machine")
    units = []
    for suffix in ("service", "timer"):
        path = tmp_path / f"newscrawler.{suffix}"
        path.write_text(unit(suffix).replace(PLACE, str(place)), encoding="utf-8")
        units.append(str(path))
    ended = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, timeout=60, check=False
    )
    ours = [line for line in ended.stderr.splitlines() if "newscrawler" in line]
    assert (ended.returncode, ours) == (0, []), ended.stderr


def test_the_services_command_works_as_it_stands(place: Path, tmp_path: Path, paper: Paper) -> None:
    """In its folder, with the environment it names."""
    keys = dict(line.partition("=")[::2] for line in unit("service").splitlines() if "=" in line)
    assert keys["SuccessExitStatus"] == "3"  # another crawl at work is no failure
    start = keys["ExecStart"].replace(PLACE, str(place))
    ended = subprocess.run(
        [
            *bare(tmp_path),
            *shlex.split(keys["Environment"]),
            *shlex.split(start),
        ],
        cwd=keys["WorkingDirectory"].replace(PLACE, str(place)),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended
    assert rows(place, "SELECT count(*) FROM articles") == [(4,)]
    assert "(+archive@example.org)" in paper.requests[-1].headers["user-agent"]


def test_cron_itself_runs_the_line(place: Path, paper: Paper) -> None:
    """Debian's daemon, in mount and process namespaces of its own with an empty spool: no crontab of this machine is
    read or touched. The line is the README's, every minute instead of every half hour.
    """
    tools = [name for name in ("cron", "unshare", "mount") if shutil.which(name) is None]
    if tools:
        pytest.skip(f"not on this machine: {', '.join(tools)}")
    crontab = place / "crontab"
    crontab.write_text(cron_line().replace("*/30", "*", 1).replace(PLACE, str(place)) + "\n", encoding="utf-8")
    script = (
        "set -e; mount -t tmpfs none /var/spool/cron; mkdir -p /var/spool/cron/crontabs; "
        "mount -t tmpfs none /etc/cron.d; mount --bind /dev/null /etc/crontab; mount -t tmpfs none /run; "
        f"install -m 600 {shlex.quote(str(crontab))} /var/spool/cron/crontabs/root; exec cron -f"
    )
    daemon = subprocess.Popen(
        ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", script],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and len(paper.asked_articles()) < 4:
            if daemon.poll() is not None:
                pytest.skip(f"cron can't be started here: {daemon.communicate()[0].strip()}")
            time.sleep(0.2)
        assert len(paper.asked_articles()) == 4
        while time.monotonic() < deadline and not _finished(place):
            time.sleep(0.2)
        assert rows(place, "SELECT state, exit_code FROM runs WHERE id = 1") == [("finished", 0)]
    finally:
        daemon.kill()
        daemon.communicate()


def _finished(place: Path) -> bool:
    try:
        return bool(rows(place, "SELECT 1 FROM runs WHERE state = 'finished'"))
    except sqlite3.OperationalError:
        return False
