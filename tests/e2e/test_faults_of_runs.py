"""What a crawl leaves behind when it is stopped, locked out, or runs out of disk."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.commands import ENVIRONMENT, ROOT, Desk
from support.newspaper import feed, page, seed
from support.server import Server

pytestmark = pytest.mark.slow

PAGES = 40


@pytest.fixture(scope="module")
def paper() -> Iterator[Server]:
    """A newspaper with forty articles."""
    with Server() as server:
        for number in range(PAGES):
            server.pages[f"/news/{number}"] = page(number)
        server.pages["/feed"] = feed([server.url(f"/news/{number}") for number in range(PAGES)])
        yield server


@pytest.fixture
def ready(desk: Desk, paper: Server) -> Iterator[Desk]:
    """A desk with the paper's seed, and the paper's gate open again afterwards."""
    desk.seeds(paper=seed(paper, ("feed", "/feed")))
    paper.arrived.clear()
    yield desk
    paper.gate.set()


def held_in_the_middle(desk: Desk, paper: Server, *words: str, **settings: object) -> subprocess.Popen[str]:
    """A crawl that has archived some articles and now waits for pages that don't come."""
    process = desk.start("crawl", "news", *words, **settings)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if desk.archive.exists() and _archived(desk) >= 5:
            paper.gate.clear()
            assert paper.arrived.wait(30)
            return process
        time.sleep(0.02)
    raise AssertionError(process.communicate(timeout=10))


def _archived(desk: Desk) -> int:
    try:
        return int(desk.rows("SELECT count(*) FROM articles")[0][0])
    except Exception:  # noqa: BLE001 (the tables are being made)
        return 0


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def everything_is_archived(desk: Desk) -> None:
    """The next crawl takes up what was open, and nothing twice."""
    assert desk.crawl().code == 0
    assert desk.rows("SELECT count(*), count(DISTINCT content_hash) FROM articles") == [(PAGES, PAGES)]
    assert desk.rows("SELECT url FROM frontier WHERE article_id IS NULL") == []
    assert desk.rows("SELECT count(*) FROM revisions") == [(0,)]


def test_a_signal_stops_the_crawl_cleanly(ready: Desk, paper: Server) -> None:
    """What is under way is finished, what waited is left for the next run, and the exit code doesn't say "all well"."""
    paper.requests.clear()
    process = held_in_the_middle(ready, paper, LOG_LEVEL="INFO")
    process.send_signal(signal.SIGTERM)
    assert process.stderr is not None
    for line in process.stderr:
        if "Received SIGTERM" in line:
            break
    paper.gate.set()
    code, out, err = finish(process)
    state, taken_up, ended, exit_code = ready.run_state()
    assert (state, code, exit_code) == ("stopped", 1, 1)
    assert taken_up == ended < PAGES
    assert "stopped before its work was done (shutdown)" in out
    assert "Traceback" not in err
    assert ready.rows("SELECT count(*) FROM frontier WHERE outcome IS NULL OR outcome = 'PutBack'")[0][
        0
    ] == PAGES - _archived(ready)
    assert not list(ready.warc.glob("*.open"))
    everything_is_archived(ready)


def test_a_signal_to_the_whole_group_loses_nothing(ready: Desk, paper: Server) -> None:
    """A service manager ends every process of a service at once, the page readers too."""
    process = held_in_the_middle(ready, paper, NEWS_EXTRACT_WORKERS=2)
    os.killpg(process.pid, signal.SIGTERM)
    paper.gate.set()
    code, _, _ = finish(process)
    assert code == 1
    assert ready.run_state()[0] == "stopped"
    ready.execute("UPDATE frontier SET due_at = '2000-01-01T00:00:00Z' WHERE article_id IS NULL")
    everything_is_archived(ready)


def test_a_second_crawl_into_the_same_archive_is_refused(ready: Desk, paper: Server) -> None:
    """Exit code 3, a sentence that names the first, and the first goes on undisturbed."""
    process = held_in_the_middle(ready, paper)
    for words in (("crawl", "news"), ("takedown", "http://x.example/", "--reason", "طلب"), ("reextract",)):
        refused = ready.scrapy(*words)
        assert refused.code == 3, refused
        assert f"another crawl is writing here (process {process.pid}, since 20" in refused.err
        assert "Traceback" not in refused.err
    assert ready.scrapy("report").code == 0  # reading is always possible
    paper.gate.set()
    assert finish(process)[0] == 0
    assert ready.rows("SELECT count(*) FROM runs") == [(1,)]


def test_of_two_crawls_started_together_one_does_the_work(ready: Desk, paper: Server) -> None:
    """Two cron lines of the same minute, on an archive that isn't there yet: one crawls, the other ends with 3 and
    says who does and since when. Nothing is damaged, fetched twice or lost.
    """
    paper.requests.clear()
    paper.gate.clear()  # so that the first can't be done before the second begins
    both = [ready.start("crawl", "news") for _ in range(2)]
    deadline = time.monotonic() + 60
    while all(process.poll() is None for process in both):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    refused, at_work = sorted(both, key=lambda process: process.poll() is None)
    code, out, err = finish(refused)
    assert (code, out) == (3, "")
    assert re.search(rf"another crawl is writing here \(process {at_work.pid}, since 20\d\d-\d\d-\d\dT[\d:]+Z\)", err)
    assert "Traceback" not in err
    paper.gate.set()
    code, _, err = finish(at_work)
    assert (code, err) == (0, "")
    assert ready.rows("SELECT state, taken_up, ended, exit_code FROM runs") == [("finished", PAGES, PAGES, 0)]
    assert ready.rows("SELECT count(*), count(DISTINCT content_hash) FROM articles") == [(PAGES, PAGES)]
    assert {len(paper.asked(f"/news/{number}")) for number in range(PAGES)} == {1}
    assert not list(ready.warc.glob("*.open"))
    assert ready.scrapy("doctor").code == 0


@pytest.mark.parametrize("limit", [250_000, 600_000], ids=["at the first writes", "in mid-crawl"])
def test_a_full_disk_ends_the_crawl_and_loses_nothing(ready: Desk, limit: int) -> None:
    """No file may grow beyond the limit, as on a full disk: exit code 2, a sentence, and the frontier is as it was."""

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    ended = subprocess.run(
        ready.command("crawl", "news"),
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=small_disk,
    )
    assert ended.returncode == 2, ended
    assert "can't be written" in ended.stderr.strip().splitlines()[-1]
    assert ended.stdout == ""
    everything_is_archived(ready)
    assert ready.rows("SELECT DISTINCT state FROM runs WHERE id < (SELECT max(id) FROM runs)") in (
        [],
        [("interrupted",)],
    )
    assert ready.scrapy("doctor").code == 0


def test_a_folder_for_pages_that_fills_up_ends_the_crawl(ready: Desk, tmp_path: Path) -> None:
    """Raw before parsed: a page that can't be kept isn't read, and no URL is to blame."""
    small = tmp_path / "full"
    small.symlink_to("/dev/full")  # the WARC file itself can be made nowhere below it
    ended = ready.crawl(NEWS_RAW_DIR=small)
    assert ended.code == 2
    assert "WARC files can't be written here" in ended.err
    assert not ready.archive.exists()
