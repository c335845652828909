"""A killed crawl loses nothing, archives nothing twice, and leaves no process behind."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from newscrawler.archive.records.warc_reading import read
from newscrawler.demo.bulk import BulkNewsroom
from support.commands import ENVIRONMENT, ROOT, Desk

pytestmark = pytest.mark.slow

PAGES = 300
KILLS = 10


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A crawl of 300 pages, killed ten times at random moments and then let run to its end."""
    desk = Desk(tmp_path_factory.mktemp("killed"))
    moments = random.Random(20261122)
    with BulkNewsroom(PAGES, port=0) as newsroom:
        newsroom.write_seeds(desk.folder / "seeds")
        (desk.folder / "seeds" / "tags").mkdir()  # none: they are read by each of the eleven before it begins
        for _ in range(KILLS):
            process = _crawl(desk)
            _wait_for_work(desk, process)
            time.sleep(moments.uniform(0.0, 0.2))
            if moments.random() < 0.5:
                os.killpg(process.pid, signal.SIGKILL)  # the machine's way: workers too
            else:
                process.kill()  # the OOM killer's way: the crawl only
            process.wait()
        assert _crawl(desk).wait() == 0
    return desk


def test_nothing_is_lost(killed: Desk) -> None:
    """300 addresses discovered, 300 articles archived, each once."""
    assert killed.rows("SELECT count(*), count(DISTINCT url) FROM articles") == [(PAGES, PAGES)]
    assert killed.rows("SELECT count(*) FROM frontier WHERE outcome IS NULL") == [(0,)]
    assert killed.rows("SELECT count(*) FROM revisions") == [(0,)]


def test_the_kills_came_in_the_middle(killed: Desk) -> None:
    """The test means something only if work was done in several of the killed runs."""
    assert killed.rows("SELECT count(*) FROM runs WHERE state = 'interrupted'") == [(KILLS,)]
    assert len(killed.rows("SELECT DISTINCT run_id FROM outcomes")) >= 4


def test_every_article_has_one_good_end(killed: Desk) -> None:
    """Over all runs each address ended as New exactly once, and the last run's account balances."""
    assert killed.rows("SELECT outcome, count(*) FROM outcomes GROUP BY outcome") == [("New", PAGES)]
    _, taken_up, ended, _ = killed.run_state()
    assert taken_up == ended


def test_every_capture_can_be_read_back(killed: Desk) -> None:
    """WARC files torn by a kill are mended: each row of `captures` leads to its page."""
    captures = killed.rows("SELECT file, offset, sha256 FROM captures")
    assert len(captures) >= PAGES
    for file, offset, sha256 in captures:
        assert read(killed.warc, file, offset).sha256 == sha256
    assert not list(killed.warc.glob("*.open"))


def test_no_worker_outlives_its_crawl(killed: Desk) -> None:
    """A killed crawl's reader processes end by themselves: they would pile up under cron."""
    deadline = time.monotonic() + 10
    while (left := _processes_about(killed.folder)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left == []


def _crawl(desk: Desk) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        desk.command("crawl", "news", NEWS_EXTRACT_WORKERS=2),
        cwd=ROOT,
        env=ENVIRONMENT | {"NEWS_TEST_MARK": str(desk.folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _wait_for_work(desk: Desk, process: subprocess.Popen[bytes]) -> None:
    """Until this run has ended its first address, or itself."""
    before = _ended(desk)
    while process.poll() is None and _ended(desk) == before:
        time.sleep(0.02)


def _ended(desk: Desk) -> int:
    try:
        count: int = desk.rows("SELECT count(*) FROM outcomes")[0][0]
    except sqlite3.OperationalError:  # the file or its tables are just being made
        return 0
    return count


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
