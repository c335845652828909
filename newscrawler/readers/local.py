"""Readers in processes of this machine."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from multiprocessing import forkserver
from typing import Final

from pebble import ProcessExpired, ProcessPool

from newscrawler.article import Article
from newscrawler.outcome import ExtractorFailed, ExtractorTimeout, Outcome, PutBack
from newscrawler.page import Page
from newscrawler.readers.answers import article_in
from newscrawler.readers.reading import read_page
from newscrawler.site import Site
from newscrawler.text.tagger_files import TaggerFiles

PAGES_PER_WORKER: Final = 5000
"""Pages after which a worker is replaced, so that a leak in a parser can't grow for weeks."""

_PAGES_AHEAD: Final = 8
"""Pages under way for each worker: enough that none waits for work."""


class ProcessReaders:
    """Reads in worker processes, each page with a time limit in seconds."""

    def __init__(
        self,
        *,
        workers: int,
        timeout_s: float,
        min_words: int,
        files: TaggerFiles | None = None,
        read: Callable[..., Article | Outcome] = read_page,
    ) -> None:
        """`min_words` and `files` are for `read`, which a worker runs; it is importable by name."""
        # forkserver: workers start from a clean process that has the parsers loaded, so replacing one that was
        # killed takes milliseconds, and none inherits the reactor's sockets or the archive's connection.
        context = multiprocessing.get_context("forkserver")
        finishing = [] if files is None else ["newscrawler.extract.preloaded"]
        context.set_forkserver_preload(["newscrawler.readers", "newscrawler.extract", *finishing])
        _start_forkserver()
        self.room = workers * _PAGES_AHEAD
        self._pool = ProcessPool(
            max_workers=workers, max_tasks=PAGES_PER_WORKER, initializer=_leave_the_group, context=context
        )
        self.timeout_s = timeout_s
        self._read = partial(read, min_words=min_words, files=files)
        # Starting processes takes 90 to 150 ms, in which the crawl's loop would stand still.
        self._starting = threading.Thread(target=lambda: self._pool.active, name="readers", daemon=True)

    async def read(self, page: Page, site: Site) -> Article:
        """See Readers.read."""
        if self._starting.ident is None:  # not before there is a page: a run under cron often has none
            self._starting.start()
        if self._starting.is_alive():
            await asyncio.to_thread(self._starting.join)
        future: Future[Article | Exception] = self._pool.schedule(
            _read_or_die,
            args=(self._read, page, site),
            kwargs={"limit_s": 2 * self.timeout_s},
            timeout=self.timeout_s,
        )
        try:
            return article_in(await asyncio.wrap_future(future))
        except TimeoutError as why:
            raise ExtractorTimeout(f"longer than {self.timeout_s:g} s") from why
        except ProcessExpired as why:
            raise ExtractorFailed(f"the worker died: {why}") from why
        except asyncio.CancelledError as why:  # not an Exception: Scrapy would wait for this page for ever
            raise PutBack("the run ended while the page was read") from why

    def close(self) -> None:
        """See Readers.close."""
        if self._starting.ident is None:
            return
        self._starting.join()
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _read_or_die(
    read: Callable[[Page, Site], Article | Outcome], page: Page, site: Site, *, limit_s: float
) -> Article | Outcome:
    """In a worker. The pool ends it after its time; the alarm does when the crawl was killed and no pool is left."""
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        return read(page, site)
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
