"""Readers on a Dask cluster: what becomes of pages when workers or the scheduler die, and of a crawl that uses it."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

from newscrawler.article import Article
from newscrawler.outcome import ExtractorFailed, ExtractorTimeout, NoText, PutBack
from newscrawler.page import Page
from newscrawler.readers import NoReaders, ReadersLost, cluster, make_readers, on_worker
from newscrawler.readers.cluster import CHUNK_MAX, ClusterReaders
from newscrawler.readers.installed import installed
from support.archives import NOW, a_site
from support.cluster import Cluster
from support.commands import ROOT, Desk
from support.newspaper import feed, page, seed
from support.server import Server
from support.workers import die, installed_elsewhere, misbehave, misbehave_at

URL = "https://alpha.example/news/1"

pytestmark = pytest.mark.slow


def a_page(body: bytes) -> Page:
    return Page(url=URL, body=body, fetched_at=NOW, requested_url=URL, content_type="text/html; charset=utf-8")


def read(by: ClusterReaders, *bodies: bytes) -> list[Article | BaseException]:
    """All at once, as the crawl does."""

    async def all_of_them() -> list[Article | BaseException]:
        return await asyncio.gather(*(by.read(a_page(body), a_site()) for body in bodies), return_exceptions=True)

    return asyncio.run(all_of_them())


def ready(address: str, workers: int) -> None:
    """Wait until so many workers have come."""
    from distributed import Client

    with Client(address, set_as_default=False, timeout=30) as client:
        client.wait_for_workers(workers, timeout=60)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler and two workers that outlive every test."""
    with Cluster(tmp_path_factory.mktemp("two")) as started:
        ready(started.address, 2)
        yield started


@pytest.fixture
def readers(two: Cluster) -> Iterator[ClusterReaders]:
    """Readers that misbehave on request, with a limit of a second and a half."""
    made = ClusterReaders(two.address, timeout_s=1.5, min_words=25, read=misbehave)
    yield made
    made.close()


@pytest.fixture(scope="module")
def paper() -> Iterator[Server]:
    """A newspaper with forty articles, and a page without text."""
    with Server() as server:
        for number in range(40):
            server.pages[f"/news/{number}"] = page(number)
        server.pages["/feed"] = feed([server.url(path) for path in [*server.pages]])
        yield server


def test_pages_are_read_by_several_processes_and_outcomes_come_back(readers: ClusterReaders) -> None:
    """Whatever the size of the chunks they travelled in, each page gets its own answer."""
    found = read(readers, *[b"good"] * 40, b"no text")
    names = {article.extractor for article in found if isinstance(article, Article)}
    assert len(names) == 2, names
    assert f"process {os.getpid()}" not in names
    assert isinstance(found[-1], NoText)
    assert found[-1].detail == "25 words wanted"


def test_a_page_that_hangs_or_kills_costs_that_page(readers: ClusterReaders, two: Cluster) -> None:
    """The worker lives: only the child that read the page is ended."""
    bodies = [b"hang", b"killed", b"exit", b"unpicklable", b"raise", *[b"good"] * 11]
    hung, killed, gone, stuck, defect, *good = read(readers, *bodies)
    assert isinstance(hung, ExtractorTimeout)
    assert hung.detail == "longer than 1.5 s"
    assert isinstance(killed, ExtractorFailed)
    assert killed.detail == "the worker died: signal 9"
    assert isinstance(gone, ExtractorFailed)
    assert gone.detail == "the worker died: exit code 7"
    assert isinstance(stuck, ExtractorFailed)
    assert "can't travel" in stuck.detail
    assert isinstance(defect, RuntimeError)
    assert all(isinstance(article, Article) for article in good)
    assert [process.poll() for process in two.processes] == [None] * 3


def test_a_page_is_put_back_when_the_run_ends_first(readers: ClusterReaders) -> None:
    """A crawl that is stopped waits for nobody."""

    async def stopped() -> BaseException | None:
        task = asyncio.ensure_future(readers.read(a_page(b"hang"), a_site()))
        await asyncio.sleep(0.2)
        task.cancel()
        await asyncio.wait([task])
        return task.exception()

    assert isinstance(asyncio.run(stopped()), PutBack)


def test_a_crawl_a_replay_and_a_reextract_give_what_local_workers_give(
    two: Cluster, paper: Server, tmp_path: Path
) -> None:
    """Equal archives, column by column; only the run knows where its pages were read."""
    local, far = Desk(tmp_path / "local"), Desk(tmp_path / "far")
    for desk in (local, far):
        desk.tags()
        desk.seeds(paper=seed(paper, ("feed", "/feed")))
    given = {"NEWS_CLUSTER": two.address}
    assert local.crawl().code == 0
    ended = far.crawl(**given)
    assert ended.code == 0, ended
    again = Desk(tmp_path / "again")
    words = ("crawl", "replay", "-a", f"warc={far.warc}/*.warc.gz")
    assert again.scrapy(*words, NEWS_SEEDS_DIR=far.folder / "seeds", **given).code == 0
    what = "url, title, text, authors, published_at, published_from, content_hash, search_text, tagged_with"
    sql = f"SELECT {what} FROM articles ORDER BY url"
    assert len(local.rows(sql)) == 40
    assert local.rows(sql) == far.rows(sql) == again.rows(sql)
    told = "SELECT provenance FROM articles ORDER BY url"  # a replay elsewhere doesn't know what the feed said
    assert local.rows(told) == far.rows(told)
    far.execute("UPDATE articles SET title = 'x'")
    ended = far.scrapy("reextract", **given)
    assert ended.code == 0, ended
    assert local.rows(sql) == far.rows(sql)


def test_a_dead_worker_costs_no_page_and_a_dead_scheduler_stops_the_crawl(paper: Server, tmp_path: Path) -> None:
    """Of a killed worker the pages are read by the other; of a killed scheduler they are put back, and exit code 1."""
    desk = Desk(tmp_path)
    desk.seeds(paper=seed(paper, ("feed", "/feed")))
    with Cluster(tmp_path) as mortal:
        ready(mortal.address, 2)
        crawl = desk.start("crawl", "news", NEWS_CLUSTER=mortal.address)
        wait_for(desk, 3)
        mortal.kill(2)
        wait_for(desk, 12)
        paper.gate.clear()
        assert paper.arrived.wait(30)
        mortal.kill(0)
        paper.gate.set()
        out, err = crawl.communicate(timeout=60)
    assert crawl.returncode == 1, (out, err)
    assert f"the Dask scheduler {mortal.address} is gone" in out
    state, taken_up, ended, _ = desk.run_state()
    assert (state, taken_up) == ("stopped", ended)
    assert {outcome for outcome, _ in desk.outcomes().values()} <= {"New", "PutBack"}
    assert desk.crawl().code == 0
    assert desk.rows("SELECT count(*), count(DISTINCT content_hash) FROM articles") == [(40, 40)]


def wait_for(desk: Desk, articles: int) -> None:
    """Wait until so many articles are archived."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if desk.archive.exists():
            try:
                if desk.rows("SELECT count(*) FROM articles")[0][0] >= articles:
                    return
            except Exception:  # noqa: BLE001 (the tables are being made)
                pass
        time.sleep(0.01)
    raise AssertionError(f"never {articles} articles")


def test_without_any_worker_left_nobody_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crawl that hangs for ever would hold the archive's lock for ever."""
    monkeypatch.setattr(cluster, "_ALONE_MAX_S", 0.5)
    monkeypatch.setattr(cluster, "_LOOK_EVERY_S", 0.2)
    with Cluster(tmp_path, workers=1) as mortal:
        ready(mortal.address, 1)
        readers = ClusterReaders(mortal.address, timeout_s=30, min_words=25, read=misbehave)

        async def abandoned() -> BaseException | None:
            task = asyncio.ensure_future(readers.read(a_page(b"hang"), a_site()))
            await asyncio.sleep(1)
            os.killpg(mortal.processes[1].pid, signal.SIGKILL)
            await asyncio.wait([task], timeout=30)
            with pytest.raises(ReadersLost):
                await readers.read(a_page(b"good"), a_site())
            return task.exception()

        lost = asyncio.run(abandoned())
        readers.close()
    assert isinstance(lost, ReadersLost)
    assert "has no worker any more" in str(lost)


def test_what_cannot_be_used_is_refused_before_anything_is_changed(desk: Desk, two: Cluster, paper: Server) -> None:
    """Nobody there, nobody who works: exit code 2, and the address in the message."""
    desk.seeds(paper=seed(paper, ("feed", "/feed")))
    nobody = desk.crawl(NEWS_CLUSTER="tcp://127.0.0.1:1")
    assert nobody.code == 2
    assert "tcp://127.0.0.1:1: no Dask scheduler answers there" in nobody.err
    assert not desk.archive.exists()
    says = "no worker is connected; start some with `dask worker tcp://"
    with Cluster(desk.folder, workers=0) as idle, pytest.raises(NoReaders, match=says):
        ClusterReaders(idle.address, timeout_s=1, min_words=25)


def test_a_worker_with_other_code_is_named_at_the_start(two: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the articles would be read by rules of last month, and nobody would know which."""
    monkeypatch.setattr(cluster, "installed", installed_elsewhere)
    with pytest.raises(NoReaders) as refused:
        ClusterReaders(two.address, timeout_s=1, min_words=25)
    assert "2 of 2 workers have another state of the program; tcp://127.0.0.1:" in str(refused.value)
    assert "ModuleNotFoundError" not in str(refused.value)


def test_a_worker_with_other_code_that_comes_later_stops_the_crawl(readers: ClusterReaders) -> None:
    """Its pages are put back: what it read would be worth nothing."""
    readers._code = "newscrawler 0.0.1"
    (lost,) = read(readers, b"good")
    assert isinstance(lost, ReadersLost)
    assert "OtherCode: it has newscrawler " in str(lost)
    assert str(lost).endswith("the crawl newscrawler 0.0.1")


def test_pages_whose_workers_die_repeatedly_are_tried_alone_and_the_one_that_kills_fails(
    readers: ClusterReaders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dask gives up on a task whose workers died three times: its other pages are not to blame."""

    class Executor:
        """Chunks with the bad page end their workers."""

        def submit(self, run: Callable[..., object], pages: list[bytes], **kwargs: object) -> object:
            if any(pickle.loads(packed)[1].body == b"bad" for packed in pages):
                return real.submit(die, len(pages))
            return real.submit(run, pages, **kwargs)

    real = readers._executor
    monkeypatch.setattr(readers, "_executor", Executor())
    *good, bad = read(readers, *[b"good"] * 3 * CHUNK_MAX, b"bad")
    assert all(isinstance(article, Article) for article in good), good
    assert isinstance(bad, ExtractorFailed)
    assert "its workers died one after the other" in bad.detail


def test_without_the_extra_the_setting_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence instead of a traceback."""
    monkeypatch.setitem(sys.modules, "newscrawler.readers.cluster", None)
    with pytest.raises(NoReaders, match=r"pip install -e '\.\[cluster\]'"):
        make_readers(workers=1, timeout_s=1, min_words=1, cluster="tcp://127.0.0.1:8786")


def test_children_are_replaced_before_a_leak_can_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    """As local workers are."""
    monkeypatch.setattr(on_worker, "PAGES_PER_WORKER", 2)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "tests"))
    packed = [pickle.dumps((misbehave_at, a_page(b"good"), a_site())) for _ in range(3)]
    answers = on_worker.read_chunk(packed, limit_s=30, code=installed())
    first, second, third = (pickle.loads(answer).extractor for answer in answers)
    for child in on_worker._idle:
        child.end()
    on_worker._idle.clear()
    assert first == second != third


def test_a_worker_whose_program_was_updated_under_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its children would read by rules that it doesn't know of."""
    before = installed()
    monkeypatch.setattr(on_worker, "_idle", [])
    monkeypatch.setattr(on_worker, "installed", lambda: "newscrawler 0.0.9")
    with pytest.raises(on_worker.OtherCode) as refused:
        on_worker.read_chunk([b""], limit_s=1, code="newscrawler 0.0.9")
    assert str(refused.value) == f"it was updated while it ran: restart it; a reader of it has {before}"
