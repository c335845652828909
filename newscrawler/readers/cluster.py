"""The crawl's end of a Dask cluster: pages go out in chunks, as many as keep every thread of every worker busy.

What can go wrong, and what becomes of it:

    a page hangs or kills its reader      that page's outcome; see on_worker.py
    a worker dies                         Dask gives its pages to another worker
    pages whose workers die repeatedly    once more one by one; who is alone then is ExtractorFailed
    the scheduler is gone, no worker is   ReadersLost for all that wait: the crawl stops, the next one goes on
    left, or one has other code
"""

from __future__ import annotations

import asyncio
import logging
import pickle
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from distributed import Client, KilledWorker

from newscrawler.article import Article
from newscrawler.outcome import ExtractorFailed, Outcome, PutBack
from newscrawler.page import Page
from newscrawler.readers.answers import article_in
from newscrawler.readers.installed import installed
from newscrawler.readers.on_worker import read_chunk
from newscrawler.readers.reading import NoReaders, ReadersLost, read_page
from newscrawler.site import Site
from newscrawler.text.tagger_files import TaggerFiles

CONNECT_S: Final = 10.0
"""Seconds to reach the scheduler in."""

CHUNK_MAX: Final = 8
"""Pages in a task. DECISIONS.md has what a task costs."""

_CHUNKS_AHEAD: Final = 2
"""Chunks under way for each thread: one being read, one that waits at the worker."""

_LOOK_EVERY_S: Final = 2.0
"""Seconds between two looks at who is there."""

_ALONE_MAX_S: Final = 60.0
"""Seconds without any worker after which none is waited for: a nanny restarts one in five."""

_logger: Final = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class _Asked:
    page: bytes
    answer: asyncio.Future[bytes]
    alone: bool = False
    """Whether its chunk has ended workers: it travels by itself now."""


class ClusterReaders:
    """Reads on the workers of a Dask cluster."""

    def __init__(
        self,
        address: str,
        *,
        timeout_s: float,
        min_words: int,
        files: TaggerFiles | None = None,
        read: Callable[..., Article | Outcome] = read_page,
    ) -> None:
        """Connect, and see that all workers have our code. Raises NoReaders.

        `min_words` and `files` are for `read`, which the workers run; it is importable by name.
        """
        self.address = address
        self.timeout_s = timeout_s
        self._read = partial(read, min_words=min_words, files=files)
        self._client = _connected(address)
        try:
            self._threads = _threads_of(self._client, address)
        except NoReaders:
            self._client.close(timeout=1)
            raise
        self._code = installed()
        self._executor = self._client.get_executor(pure=False)
        self._waiting: deque[_Asked] = deque()
        self._asked: set[_Asked] = set()
        self._chunks: dict[Future[list[bytes]], asyncio.Task[None]] = {}
        self._lost: str | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = threading.Event()
        threading.Thread(target=self._watch, name="cluster", daemon=True).start()

    @property
    def room(self) -> int:
        """See Readers.room."""
        return self._threads * _CHUNKS_AHEAD * CHUNK_MAX

    async def read(self, page: Page, site: Site) -> Article:
        """See Readers.read."""
        if self._lost is not None:
            raise ReadersLost(self._lost)
        self._loop = asyncio.get_running_loop()
        packed = pickle.dumps((self._read, page, site), protocol=5)
        asked = _Asked(packed, self._loop.create_future())
        self._asked.add(asked)
        self._waiting.append(asked)
        self._feed()
        try:
            answer = pickle.loads(await asked.answer)  # noqa: S301 (from our own worker)
        except asyncio.CancelledError as why:  # not an Exception: Scrapy would wait for this page for ever
            raise PutBack("the run ended while the page was read") from why
        finally:
            self._asked.discard(asked)
        return article_in(answer)

    def prepare(self) -> None:
        """Nothing to do: the cluster was there before the run began."""

    def close(self) -> None:
        """See Readers.close."""
        self._closed.set()
        self._client.close(timeout=2)

    def _feed(self) -> None:
        """Send what waits, in chunks: single pages while there is room for all, larger ones the more wait."""
        while self._lost is None and (free := self._threads * _CHUNKS_AHEAD - len(self._chunks)) > 0:
            if not (chunk := self._next_chunk(free)):
                return
            future = self._executor.submit(
                read_chunk, [asked.page for asked in chunk], limit_s=self.timeout_s, code=self._code
            )
            self._chunks[future] = asyncio.ensure_future(self._deliver(chunk, future))

    def _next_chunk(self, free: int) -> list[_Asked]:
        size = min(CHUNK_MAX, -(-len(self._waiting) // free))
        chunk: list[_Asked] = []
        while self._waiting and len(chunk) < size:
            if self._waiting[0].alone and chunk:
                break
            asked = self._waiting.popleft()
            if asked.answer.done():  # its page was put back
                continue
            chunk.append(asked)
            if asked.alone:
                break
        return chunk

    async def _deliver(self, chunk: Sequence[_Asked], future: Future[list[bytes]]) -> None:
        try:
            done = asyncio.wrap_future(future)
            await asyncio.wait([done])
            if done.cancelled():
                self._lose(f"the Dask scheduler {self.address} is gone")
            elif isinstance(error := done.exception(), KilledWorker):
                self._try_alone(chunk, error)
            elif error is not None:
                self._lose(f"a worker of {self.address} can't read for this crawl: {type(error).__name__}: {error}")
            else:
                for asked, answer in zip(chunk, done.result(), strict=True):
                    _give(asked, answer)
        finally:
            del self._chunks[future]
            self._feed()

    def _try_alone(self, chunk: Sequence[_Asked], error: KilledWorker) -> None:
        """Workers died, one after the other, that had these pages: one of the pages may be to blame, or none."""
        if len(chunk) == 1:
            _give(chunk[0], pickle.dumps(ExtractorFailed(f"its workers died one after the other, last {_last(error)}")))
            return
        for asked in chunk:
            asked.alone = True
            self._waiting.append(asked)

    def _lose(self, why: str) -> None:
        if self._lost is not None or self._closed.is_set():
            return
        self._lost = why
        _logger.error("%s", why)
        for asked in self._asked:
            if not asked.answer.done():
                asked.answer.set_exception(ReadersLost(why))

    def _watch(self) -> None:
        """In a thread: how many threads the workers have, and whether there are any; asking would stop the loop."""
        seen = time.monotonic()
        while not self._closed.wait(_LOOK_EVERY_S):
            threads = 0
            if self._client.status == "running":
                try:
                    threads = sum(self._client.nthreads().values())
                except (OSError, TimeoutError, RuntimeError):  # the next look, or the pages' own end, tells
                    continue
            if threads:
                self._threads, seen = threads, time.monotonic()
                self._soon(self._feed)
            elif self._client.status != "running":
                self._soon(partial(self._lose, f"the Dask scheduler {self.address} is gone"))
            elif time.monotonic() - seen > _ALONE_MAX_S:
                self._soon(partial(self._lose, f"the Dask scheduler {self.address} has no worker any more"))

    def _soon(self, act: Callable[[], None]) -> None:
        if self._loop is not None and not self._closed.is_set():
            try:
                self._loop.call_soon_threadsafe(act)
            except RuntimeError:  # the loop has ended, and with it the crawl
                self._closed.set()


def _connected(address: str) -> Client:
    try:
        return Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError) as why:
        raise NoReaders(f"{address}: no Dask scheduler answers there: {why}") from why


def _threads_of(client: Client, address: str) -> int:
    """The threads of all workers. Raises NoReaders if there are none, or one has another state of the program."""
    threads: dict[str, int] = client.nthreads()
    if not threads:
        raise NoReaders(f"{address}: no worker is connected; start some with `dask worker {address}`")
    told: dict[str, Any] = client.run(installed, on_error="return")
    mine = installed()
    wrong = {worker: said for worker, said in told.items() if said != mine}
    if wrong:
        worker, said = next(iter(sorted(wrong.items())))
        has = f"{type(said).__name__}: {said}" if isinstance(said, BaseException) else said
        raise NoReaders(
            f"{address}: {len(wrong)} of {len(told)} workers have another state of the program; {worker} has {has}, "
            f"this machine {mine}"
        )
    return sum(threads.values())


def _give(asked: _Asked, answer: bytes) -> None:
    if not asked.answer.done():
        asked.answer.set_result(answer)


def _last(error: KilledWorker) -> str:
    return str(getattr(error.last_worker, "address", error.last_worker))
