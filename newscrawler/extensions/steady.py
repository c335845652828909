"""Steady: keeps the crawl's loop from standing still over what other threads can do, or nobody needs to.

Two things held it for a tenth of a second and more: SQLite folding its log into the archive inside a commit, and Python
looking for garbage among the half a million values of tag lists and settings, which all stay.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import sqlite3
from typing import Final, Self

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.internet.task import LoopingCall

from newscrawler.archive.checkpoints import finish, fold_in, is_due, leave_log_to_us
from newscrawler.run import Run, run_of

logger = logging.getLogger(__name__)

LOOK_EVERY_S: Final = 1.0
"""Seconds between two looks at the log: at 200 articles a second it grows by 40 MB meanwhile."""


class Steady:
    """Folds the archive's log in by a thread, and keeps what is there at the start out of garbage collection."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._loop = LoopingCall(self.look)
        self._folding: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        steady = cls(run_of(crawler))
        crawler.signals.connect(steady.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(steady.spider_closed, signal=signals.spider_closed)
        return steady

    def spider_opened(self) -> None:
        """Begin."""
        gc.collect()
        gc.freeze()
        leave_log_to_us(self.run.archive)
        self._loop.start(LOOK_EVERY_S, now=False)

    async def spider_closed(self) -> None:
        """End, once the thread is done: the archive is closed next."""
        if self._loop.running:
            self._loop.stop()
        if self._folding is not None:
            await self._folding
        gc.unfreeze()

    def look(self) -> None:
        """Begin to fold the log in if it is large and nobody does."""
        if (self._folding is None or self._folding.done()) and is_due(self.run.archive):
            self._folding = asyncio.ensure_future(self._fold_in())

    async def _fold_in(self) -> None:
        try:
            await asyncio.to_thread(fold_in, self.run.archive.path)
            if not self.run.archive.conn.in_transaction:
                finish(self.run.archive)
        except (
            sqlite3.Error
        ) as why:  # busy, or the disk is full: a commit will say so, and SQLite tries by itself later
            logger.info("the archive's log was not folded in: %s", why)
