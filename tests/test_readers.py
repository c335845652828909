"""Readers: a page that hangs or kills its worker costs that page, never the crawl."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator
from multiprocessing import forkserver
from pathlib import Path

import pytest

from newscrawler import readers
from newscrawler.article import Article
from newscrawler.outcome import ExtractorFailed, ExtractorTimeout, NoText, Outcome, PutBack
from newscrawler.page import Page
from newscrawler.readers import InlineReaders, ProcessReaders, Readers, ReadersLost, local, make_readers, reading
from newscrawler.text.tagger_files import TaggerFiles
from support.archives import NOW, a_site
from support.newspaper import headline, page
from support.server import Answer
from support.workers import misbehave

URL = "https://alpha.example/news/1"


def a_page(body: bytes) -> Page:
    return Page(url=URL, body=body, fetched_at=NOW, requested_url=URL, content_type="text/html; charset=utf-8")


def read(by: Readers, *bodies: bytes) -> list[Article | BaseException]:
    """All at once, as the crawl does."""

    async def all_of_them() -> list[Article | BaseException]:
        return await asyncio.gather(*(by.read(a_page(body), a_site()) for body in bodies), return_exceptions=True)

    return asyncio.run(all_of_them())


@pytest.fixture(scope="module")
def workers() -> Iterator[ProcessReaders]:
    """Two processes that misbehave on request, with a limit of a second and a half."""
    pool = ProcessReaders(workers=2, timeout_s=1.5, min_words=25, read=misbehave)
    yield pool
    pool.close()


@pytest.fixture(scope="module", params=["inline", "processes"])
def real(request: pytest.FixtureRequest) -> Iterator[Readers]:
    """Readers as the settings make them."""
    made = make_readers(workers=0 if request.param == "inline" else 1, timeout_s=60, min_words=25)
    yield made
    made.close()


def test_a_page_becomes_its_article_wherever_it_is_read(real: Readers) -> None:
    """Zero workers or many: the same article."""
    served = page(3)
    assert isinstance(served, Answer)
    (article,) = read(real, served.body)
    assert isinstance(article, Article)
    assert (article.title, article.site, article.requested_url) == (headline(3), "alpha", URL)


def test_a_page_without_article_raises_the_outcome_it_ends_in(real: Readers) -> None:
    """With its reason, though it came from another process."""
    (why,) = read(real, b"<html><body></body></html>")
    assert isinstance(why, NoText)
    assert why.detail


def test_what_the_extractor_raises_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Error, message and place: enough to look for it without the log."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero in a date")

    monkeypatch.setattr("newscrawler.extract.extract", broken)
    (why,) = read(InlineReaders(min_words=25), b"x")
    assert isinstance(why, ExtractorFailed)
    assert why.detail.startswith("ZeroDivisionError: division by zero in a date (test_readers.py:")


@pytest.mark.parametrize("error", [RecursionError("too deep"), MemoryError()])
def test_running_out_of_stack_or_memory_costs_the_page(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are errors of the page that caused them."""

    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("newscrawler.extract.extract", broken)
    (why,) = read(InlineReaders(min_words=25), b"x")
    assert isinstance(why, ExtractorFailed)
    assert type(error).__name__ in why.detail


def test_pages_are_read_in_other_processes(workers: ProcessReaders) -> None:
    """The reactor never waits for a parser."""
    found = read(workers, *[b"good"] * 4)
    names = {article.extractor for article in found if isinstance(article, Article)}
    assert f"process {os.getpid()}" not in names
    assert len(found) == 4


def test_an_outcome_from_a_worker_is_raised_here(workers: ProcessReaders) -> None:
    """Detail and arguments survive the way between processes."""
    (why,) = read(workers, b"no text")
    assert isinstance(why, NoText)
    assert why.detail == "25 words wanted"


def test_a_page_that_hangs_is_ended_and_the_next_one_is_read(workers: ProcessReaders) -> None:
    """It costs its time limit, on one worker; the other goes on, and both are there afterwards."""
    hung, good, after = read(workers, b"hang", b"good", b"good")
    assert isinstance(hung, ExtractorTimeout)
    assert hung.detail == "longer than 1.5 s"
    assert isinstance(good, Article)
    assert isinstance(after, Article)
    assert all(isinstance(article, Article) for article in read(workers, *[b"good"] * 4))


@pytest.mark.parametrize("death", [b"exit", b"killed"])
def test_a_worker_that_dies_costs_one_page(workers: ProcessReaders, death: bytes) -> None:
    """A crash in a C library, or the kernel's out-of-memory killer: the page fails, the next is read."""
    died, good = read(workers, death, b"good")
    assert isinstance(died, ExtractorFailed)
    assert "the worker died" in died.detail
    assert isinstance(good, Article)
    assert isinstance(read(workers, b"good")[0], Article)


def test_an_answer_that_cannot_travel_costs_one_page(workers: ProcessReaders) -> None:
    """Whatever the reason, it has an outcome or an error, and the pool lives."""
    (why,) = read(workers, b"unpicklable")
    assert isinstance(why, BaseException)
    assert isinstance(read(workers, b"good")[0], Article)


def test_an_error_of_our_own_in_a_worker_is_raised_here(workers: ProcessReaders) -> None:
    """It is a defect of this program: the run ledger calls it Broken."""
    (why,) = read(workers, b"raise")
    assert isinstance(why, RuntimeError)
    assert not isinstance(why, Outcome)


def test_the_settings_decide_which_readers() -> None:
    """0 workers: inline."""
    assert isinstance(make_readers(workers=0, timeout_s=1, min_words=1), InlineReaders)


def test_workers_are_replaced_before_a_leak_can_grow() -> None:
    """A crawl runs for weeks."""
    assert 100 <= readers.PAGES_PER_WORKER <= 100_000


def test_no_worker_is_started_before_there_is_a_page() -> None:
    """A run under cron that has nothing to read starts none; one that ended before its workers had begun left their
    tracebacks in the log.
    """
    before = set(multiprocessing.active_children())
    idle = make_readers(workers=1, timeout_s=60, min_words=25)
    time.sleep(0.3)
    assert set(multiprocessing.active_children()) == before
    idle.close()
    busy = make_readers(workers=1, timeout_s=60, min_words=25)
    served = page(3)
    assert isinstance(served, Answer)
    assert isinstance(read(busy, served.body)[0], Article)
    assert len(set(multiprocessing.active_children()) - before) == 1
    busy.close()


def test_workers_that_are_prepared_wait_for_the_first_page() -> None:
    """They load what they need while it is fetched; asking twice starts them once."""
    prepared = ProcessReaders(workers=1, timeout_s=60, min_words=25)
    assert prepared._pool is None
    prepared.prepare()
    pool = prepared._pool
    prepared.prepare()
    assert pool is not None
    assert pool.result(60).active
    served = page(3)
    assert isinstance(served, Answer)
    assert isinstance(read(prepared, served.body)[0], Article)
    assert prepared._pool is pool
    prepared.close()


def test_a_run_that_ends_while_its_workers_start_leaves_none() -> None:
    """The first request may be refused by robots.txt, and there is no second."""
    prepared = ProcessReaders(workers=1, timeout_s=60, min_words=25)
    prepared.prepare()
    prepared.close()
    assert prepared._pool is not None
    assert not prepared._pool.result().active


def test_workers_that_cannot_be_started_are_no_fault_of_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine has no process left: the run is stopped, and every page of it comes back."""

    def none_left(*_: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(local, "_start", none_left)
    readers_ = ProcessReaders(workers=1, timeout_s=60, min_words=25)
    first, second = read(readers_, b"good", b"good")
    assert isinstance(first, ReadersLost)
    assert isinstance(second, ReadersLost)
    assert "Resource temporarily unavailable" in str(first)
    readers_.close()


def test_a_page_whose_run_ends_while_the_workers_start_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was never read."""
    may_end = threading.Event()
    monkeypatch.setattr(local, "_start", lambda *_: may_end.wait(60))
    readers_ = ProcessReaders(workers=1, timeout_s=60, min_words=25)

    async def ended() -> None:
        reading = asyncio.ensure_future(readers_.read(a_page(b"good"), a_site()))
        await asyncio.sleep(0.05)
        reading.cancel()
        with pytest.raises(PutBack):
            await reading

    asyncio.run(ended())
    may_end.set()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_workers_parent_outlives_the_signals_of_its_group(workers: ProcessReaders, number: signal.Signals) -> None:
    """Ctrl-C goes to all processes of a terminal: the crawl decides when its readers end, and replaces a dead one."""
    assert isinstance(read(workers, b"good")[0], Article)
    parent = forkserver._forkserver._forkserver_pid
    assert parent is not None
    os.kill(parent, number)
    _, good = read(workers, b"killed", b"good")
    assert isinstance(good, Article)
    assert forkserver._forkserver._forkserver_pid == parent


@pytest.mark.parametrize("tags", [True, False])
def test_readers_without_workers_load_the_parsers_in_the_background(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, tags: bool
) -> None:
    """Once, when a page is likely, and the page waits for it without holding the loop; where nothing is tagged, there
    is no search text either, and no dictionary is needed.
    """
    loaded: list[str] = []
    go_on = threading.Event()
    monkeypatch.setattr(reading, "_load", lambda *, finishing: go_on.wait(60) and loaded.append(f"{finishing}"))
    files = TaggerFiles(folder=tmp_path, confidence_min=0.5, model=tmp_path / "none.json")
    inline = InlineReaders(min_words=25, files=files if tags else None)
    served = page(3)
    assert isinstance(served, Answer)
    body = served.body

    async def one() -> Article:
        inline.prepare()
        inline.prepare()
        reading_ = asyncio.ensure_future(inline.read(a_page(body), a_site()))
        await asyncio.sleep(0.05)
        assert not reading_.done()
        go_on.set()
        return await reading_

    assert asyncio.run(one()).title == headline(3)
    assert loaded == [f"{tags}"]
