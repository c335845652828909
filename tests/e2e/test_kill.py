"""A killed crawl loses nothing, archives nothing twice, and leaves no process behind."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newscrawler.archive.warc import read
from newscrawler.demo.bulk import BulkNewsroom

PAGES = 300
KILLS = 10


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A crawl of 300 pages, killed ten times at random moments and then let run to its end."""
    folder = tmp_path_factory.mktemp("killed")
    moments = random.Random(20261122)
    with BulkNewsroom(PAGES, port=0) as newsroom:
        newsroom.write_seeds(folder / "seeds")
        for _ in range(KILLS):
            process = _crawl(folder)
            _wait_for_work(folder, process)
            time.sleep(moments.uniform(0.0, 0.2))
            if moments.random() < 0.5:
                os.killpg(process.pid, signal.SIGKILL)  # the machine's way: workers too
            else:
                process.kill()  # the OOM killer's way: the crawl only
            process.wait()
        assert _crawl(folder).wait() == 0
    yield folder


def test_nothing_is_lost(killed: Path) -> None:
    """300 addresses discovered, 300 articles archived, each once."""
    with _archive(killed) as conn:
        assert conn.execute("SELECT count(*), count(DISTINCT url) FROM articles").fetchone() == (PAGES, PAGES)
        assert conn.execute("SELECT count(*) FROM frontier WHERE outcome IS NULL").fetchone() == (0,)
        assert conn.execute("SELECT count(*) FROM revisions").fetchone() == (0,)


def test_the_kills_came_in_the_middle(killed: Path) -> None:
    """The test means something only if work was done in several of the killed runs."""
    with _archive(killed) as conn:
        runs = conn.execute("SELECT count(DISTINCT run_id) FROM outcomes").fetchone()[0]
        interrupted = conn.execute("SELECT count(*) FROM runs WHERE state = 'interrupted'").fetchone()[0]
    assert interrupted == KILLS
    assert runs >= 4


def test_every_article_has_one_good_end(killed: Path) -> None:
    """Over all runs each address ended as New exactly once, and the last run's account balances."""
    with _archive(killed) as conn:
        ends = conn.execute("SELECT outcome, count(*) FROM outcomes GROUP BY outcome").fetchall()
        assert ends == [("New", PAGES)]
        taken, ended = conn.execute("SELECT taken_up, ended FROM runs ORDER BY id DESC LIMIT 1").fetchone()
        assert taken == ended


def test_every_capture_can_be_read_back(killed: Path) -> None:
    """WARC files torn by a kill are mended: each row of `captures` leads to its page."""
    with _archive(killed) as conn:
        captures = conn.execute("SELECT file, offset, sha256 FROM captures").fetchall()
    assert len(captures) >= PAGES
    for file, offset, sha256 in captures:
        assert read(killed / "warc", file, offset).sha256 == sha256
    assert not list((killed / "warc").glob("*.open"))


def test_no_worker_outlives_its_crawl(killed: Path) -> None:
    """A killed crawl's reader processes end by themselves: they would pile up under cron."""
    deadline = time.monotonic() + 10
    while (left := _processes_about(killed)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left == []


def _crawl(folder: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "NEWS_ARCHIVE": str(folder / "archive.db"),
        "NEWS_RAW_DIR": str(folder / "warc"),
        "NEWS_SEEDS_DIR": str(folder / "seeds"),
        "NEWS_PROGRESS": "off",
        "NEWS_TEST_MARK": str(folder),
    }
    command = [sys.executable, "-m", "scrapy", "crawl", "news"]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def _wait_for_work(folder: Path, process: subprocess.Popen[bytes]) -> None:
    """Until this run has ended its first address, or itself."""
    before = _ended(folder)
    while process.poll() is None and _ended(folder) == before:
        time.sleep(0.02)


def _ended(folder: Path) -> int:
    path = folder / "archive.db"
    if not path.exists():
        return 0
    try:
        with _archive(folder) as conn:
            count: int = conn.execute("SELECT count(*) FROM outcomes").fetchone()[0]
            return count
    except sqlite3.OperationalError:  # the tables are just being made
        return 0


def _archive(folder: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True, timeout=10))


def _processes_about(folder: Path) -> list[str]:
    """Command lines of live processes that carry this test's mark in their environment."""
    mark = f"NEWS_TEST_MARK={folder}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (entry / "environ").read_bytes():
                found.append((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue  # it has just ended, or is not ours to look at
    return found
