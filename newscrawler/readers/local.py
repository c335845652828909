"""Readers in processes of this machine."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Final

from newscrawler.article import Article
from newscrawler.extract.finishing import announce
from newscrawler.outcome import ExtractorFailed, ExtractorTimeout, Outcome, PutBack
from newscrawler.page import Page
from newscrawler.readers.answers import article_in
from newscrawler.readers.reading import ReadersLost, read_page
from newscrawler.site import Site
from newscrawler.text.tagger_files import TaggerFiles

if TYPE_CHECKING:
    from pebble import ProcessPool

PAGES_PER_WORKER: Final = 5000
"""Pages after which a worker is replaced, so that a leak in a parser can't grow for weeks."""

_PAGES_AHEAD: Final = 8
"""Pages under way for each worker: enough that none waits for work."""

_OF_THE_GROUP: Final = frozenset({signal.SIGINT, signal.SIGTERM})
"""Signals that a terminal, or cron's end, sends to every process of the crawl."""


class ProcessReaders:
    """Reads in worker processes, each page with a time limit in seconds. Nothing is started before `prepare()`."""

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
        self.workers = workers
        self.room = workers * _PAGES_AHEAD
        self.timeout_s = timeout_s
        finishing = []
        if files is not None:
            announce(files)
            finishing.append("newscrawler.extract.preloaded")
        self._preload = ("newscrawler.readers", "newscrawler.extract.article", *finishing)
        self._read = partial(read, min_words=min_words, files=files)
        self._starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="readers")
        self._pool: Future[ProcessPool] | None = None

    def prepare(self) -> None:
        """See Readers.prepare. In a thread: it takes a second, in which the crawl's loop would stand still."""
        if self._pool is None:
            self._pool = self._starter.submit(_start, self.workers, self._preload)

    async def read(self, page: Page, site: Site) -> Article:
        """See Readers.read."""
        pool = await self._started()
        from pebble import ProcessExpired  # it was imported in the thread that started the pool

        future: Future[Article | Exception] = pool.schedule(
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
        if self._pool is not None and self._pool.exception() is None:  # waits for the start, if that is under way
            pool = self._pool.result()
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()
        self._starter.shutdown()

    async def _started(self) -> ProcessPool:
        self.prepare()
        assert self._pool is not None
        if not self._pool.done():
            try:
                await asyncio.shield(asyncio.wrap_future(self._pool))  # others wait for it too
            except asyncio.CancelledError as why:
                raise PutBack("the run ended before its page was read") from why
            except Exception:  # noqa: BLE001, S110 (told below, as to every page that comes later)
                pass
        if (failed := self._pool.exception()) is not None:
            raise ReadersLost(f"the workers could not be started: {type(failed).__name__}: {failed}") from failed
        return self._pool.result()


def _start(workers: int, preload: Sequence[str]) -> ProcessPool:
    """A pool whose workers are there.

    They are forked from a clean process that has the parsers loaded, so replacing one that was killed takes
    milliseconds, and none inherits the reactor's sockets or the archive's connection.
    """
    import multiprocessing

    from pebble import ProcessPool  # 50 ms, here and not in every command

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*preload])
    _start_forkserver()
    pool = ProcessPool(max_workers=workers, max_tasks=PAGES_PER_WORKER, initializer=_leave_the_group, context=context)
    assert pool.active  # starts the workers
    return pool


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
    """Start the workers' parent so that Ctrl-C and SIGTERM, which go to the whole process group, don't reach it.

    The crawl decides when its readers end; without their parent the pool breaks and no page is answered any more.
    A process begins with the signals blocked that its parent's thread has blocked, and keeps them so.
    """
    from multiprocessing import forkserver, resource_tracker

    resource_tracker.ensure_running()  # now: starting it would let the signals through again
    let_through = signal.pthread_sigmask(signal.SIG_BLOCK, _OF_THE_GROUP)
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, let_through)


def _leave_the_group() -> None:
    """A worker's first act: out of reach of the group's signals, in reach of the pool's."""
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _OF_THE_GROUP)
