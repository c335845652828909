"""Readers: a page that hangs or kills its worker costs that page, never the crawl."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import time
from collections.abc import Iterator

import pytest

from newscrawler import readers
from newscrawler.article import Article
from newscrawler.outcome import ExtractorFailed, ExtractorTimeout, NoText, Outcome
from newscrawler.page import Page
from newscrawler.readers import InlineReaders, ProcessReaders, Readers, make_readers
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
