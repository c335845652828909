"""Readers: run extract() inline or in worker processes. A page that hangs or kills its worker costs that page."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing import forkserver
from typing import Protocol

from pebble import ProcessExpired, ProcessPool

from newscrawler.article import Article
from newscrawler.outcome import ExtractorFailed, ExtractorTimeout, Outcome, PutBack
from newscrawler.page import Page
from newscrawler.site import Site

PAGES_PER_WORKER = 5000
"""Pages after which a worker is replaced, so that a leak in a parser can't grow for weeks."""


class Readers(Protocol):
    """Something that turns pages into articles."""

    async def read(self, page: Page, site: Site) -> Article:
        """The page's article. Raises the Outcome it ends in if it has none."""

    def close(self) -> None:
        """Let the workers go; pages under way are lost."""


class InlineReaders:
    """Reads in this process. No time limit: a page that hangs hangs the crawl."""

    def __init__(self, *, min_words: int) -> None:
        self.min_words = min_words

    async def read(self, page: Page, site: Site) -> Article:
        """See Readers.read."""
        return _result(read_page(page, site, min_words=self.min_words))

    def close(self) -> None:
        """Nothing to let go."""


class ProcessReaders:
    """Reads in worker processes, each page with a time limit in seconds."""

    def __init__(
        self, *, workers: int, timeout_s: float, min_words: int, read: Callable[..., Article | Outcome] | None = None
    ) -> None:
        """`read` is what a worker runs, importable by name; None: read_page."""
        # forkserver: workers start from a clean process that has the parsers loaded, so replacing one that was
        # killed takes milliseconds, and none inherits the reactor's sockets or the archive's connection.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["newscrawler.readers", "newscrawler.extract"])
        _start_forkserver()
        self._pool = ProcessPool(
            max_workers=workers, max_tasks=PAGES_PER_WORKER, initializer=_leave_the_group, context=context
        )
        self.timeout_s = timeout_s
        self.min_words = min_words
        self._read = read or read_page
        # Starting processes takes 90 to 150 ms, in which the crawl's loop would stand still.
        self._starting = threading.Thread(target=lambda: self._pool.active, name="readers", daemon=True)
        self._starting.start()

    async def read(self, page: Page, site: Site) -> Article:
        """See Readers.read."""
        if self._starting.is_alive():
            await asyncio.to_thread(self._starting.join)
        future: Future[Article | Outcome] = self._pool.schedule(
            _read_or_die,
            args=(self._read, page, site),
            kwargs={"min_words": self.min_words, "limit_s": 2 * self.timeout_s},
            timeout=self.timeout_s,
        )
        try:
            return _result(await asyncio.wrap_future(future))
        except TimeoutError as why:
            raise ExtractorTimeout(f"longer than {self.timeout_s:g} s") from why
        except ProcessExpired as why:
            raise ExtractorFailed(f"the worker died: {why}") from why
        except asyncio.CancelledError as why:  # not an Exception: Scrapy would wait for this page for ever
            raise PutBack("the run ended while the page was read") from why

    def close(self) -> None:
        """See Readers.close."""
        self._starting.join()
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def make_readers(*, workers: int, timeout_s: float, min_words: int, cluster: str = "") -> Readers:
    """The readers the settings ask for.

    Raises NotImplementedError for a cluster: only local workers are there yet.
    """
    if cluster:
        raise NotImplementedError("NEWS_CLUSTER is not available in this version; leave it empty")
    if workers == 0:
        return InlineReaders(min_words=min_words)
    return ProcessReaders(workers=workers, timeout_s=timeout_s, min_words=min_words)


def read_page(page: Page, site: Site, *, min_words: int) -> Article | Outcome:
    """What a worker runs. Outcomes are returned, not raised: a pickled traceback costs more than the page."""
    from newscrawler.extract import extract  # loads the parsers, in the worker

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it discards is the page's outcome

    try:
        return extract(page, site, min_words=min_words)
    except Outcome as why:
        return why
    except (Exception, RecursionError, MemoryError) as why:  # noqa: BLE001 (the extractor library: anything)
        last = traceback.extract_tb(why.__traceback__)[-1]
        where = f"{os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119
        return ExtractorFailed(f"{type(why).__name__}: {str(why)[:200]} ({where})")


def _read_or_die(
    read: Callable[..., Article | Outcome], page: Page, site: Site, *, min_words: int, limit_s: float
) -> Article | Outcome:
    """In a worker. The pool ends it after its time; the alarm does when the crawl was killed and no pool is left."""
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        return read(page, site, min_words=min_words)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _start_forkserver() -> None:
    """Start the workers' parent so that it ignores Ctrl-C and SIGTERM, which go to the whole process group.

    The crawl decides when its readers end; without their parent the pool breaks and no page is answered any more.
    """
    mine = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        forkserver.ensure_running()  # what is ignored stays ignored across exec
    finally:
        for number, handler in mine.items():
            signal.signal(number, handler)


def _leave_the_group() -> None:
    """A worker's first act: out of reach of the group's signals, in reach of the pool's."""
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _result(read: Article | Outcome) -> Article:
    if isinstance(read, Outcome):
        raise read
    return read
