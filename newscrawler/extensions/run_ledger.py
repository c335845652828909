"""RunLedger: whatever happens to a URL, it ends in the ledger; the run closes only when the account balances."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from datetime import timedelta
from typing import Any, Final, Self

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.python.failure import Failure

from newscrawler.archive import cannot_write, ledger
from newscrawler.archive.polls.sites import mark_crawled
from newscrawler.archive.queue.pruning import keep_of, prune
from newscrawler.article import Article
from newscrawler.exits import BROKE, FINISHED, NOT_STARTED
from newscrawler.extensions.farewell import farewell
from newscrawler.extensions.judging import judge_sites
from newscrawler.outcome import Broken, Outcome, PutBack
from newscrawler.run import Run, run_of

logger = logging.getLogger(__name__)

_DONE: Final = "finished"
"""Scrapy's reason for ending a crawl whose work is done; every other one means that it was stopped."""


class RunLedger:
    """Turns Scrapy's signals into outcomes and closes the run."""

    def __init__(self, crawler: Crawler, run: Run, *, keep: timedelta | None = None) -> None:
        """`keep`: NEWS_KEEP; None: for ever."""
        self.crawler = crawler
        self.run = run
        self.keep = keep

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        ledger_ = cls(crawler, run_of(crawler), keep=keep_of(crawler.settings["NEWS_KEEP"]))
        for handler in (
            ledger_.item_dropped,
            ledger_.item_error,
            ledger_.spider_error,
            ledger_.spider_closed,
        ):
            crawler.signals.connect(handler, signal=getattr(signals, handler.__name__))
        return ledger_

    def item_dropped(self, item: Article, exception: Outcome) -> None:
        """A pipeline said no: that is the outcome."""
        article_id = getattr(exception, "article_id", None)
        self._end(item.requested_url, exception, capture_id=item.capture_id, article_id=article_id, notes=item.notes)

    def item_error(self, item: Article, failure: Failure) -> None:
        """A pipeline raised something else: our defect, or the disk's."""
        self._defect(failure, item.requested_url)

    def spider_error(self, failure: Failure, response: Any) -> None:
        """A callback raised: our defect, or the disk's."""
        request = getattr(response, "request", None)
        row = request.cb_kwargs.get("row") if request is not None else None
        self._defect(failure, row.url if row else None)

    def spider_closed(self, reason: str) -> None:
        """Balance the account, judge the run, let the archive go."""
        run = self.run
        try:
            if run.unwritable is None:
                self._balance(reason)
            if run.unwritable is None:
                self._close(reason)
                self._prune()
        except sqlite3.Error as why:
            run.unwritable = str(why)
        if run.unwritable is not None:
            run.exit_code = NOT_STARTED
            logger.error("%s: can't be written any more: %s", run.archive.path, run.unwritable)
        run.archive.close()
        run.lock.release()

    def _balance(self, reason: str) -> None:
        for url in list(self.run.under_way):
            if reason != _DONE:
                self.run.end(url, PutBack(f"the run was stopped ({reason})"))
            else:
                self.run.end(url, Broken("no outcome was recorded"))
        recorded = ledger.recorded(self.run.archive.conn, self.run.id)
        if recorded != self.run.taken_up:
            self.run.problem(f"ledger: {self.run.taken_up} URLs taken up, {recorded} outcomes")

    def _close(self, reason: str) -> None:
        run = self.run
        if reason != _DONE:
            run.problem(f"stopped before its work was done ({reason}); the next run goes on from here")
        broken = sum(n for (_, outcome), n in run.counts.items() if outcome == Broken.__name__)
        if broken:
            run.problem(f"{broken} URLs ended as Broken: a defect of this program, see the log")
        now = run.clock()
        with run.archive.transaction() as conn:
            run.settle(conn)
            judge_sites(run, conn, finished=reason == _DONE, now=now)
            run.exit_code = BROKE if run.problems else FINISHED
            if not run.replaying:
                mark_crawled(conn, run.gates.visited(), now=now)
            for line in farewell(run, conn):
                run.remark(line)
            ledger.finish_run(
                conn,
                run.id,
                state="finished" if reason == _DONE else "stopped",
                taken_up=run.taken_up,
                exit_code=run.exit_code,
                problems=run.problems,
                remarks=run.remarks,
                now=now,
                stall=run.stall,
            )

    def _prune(self) -> None:
        if self.keep is not None and not self.run.replaying:
            gone = prune(self.run.archive, keep=self.keep, now=self.run.clock())
            if gone.lines or gone.addresses:
                logger.info("pruned %d lines of the ledger, %d addresses", gone.lines, gone.addresses)

    def _defect(self, failure: Failure, url: str | None) -> None:
        error = failure.value
        if error is not None and cannot_write(error):
            self._give_up(error)
        elif url is not None:
            self._end(url, Broken(f"{type(error).__name__}: {error}"[:200]))
        else:
            self.run.problem(f"{type(error).__name__}: {error}"[:200])

    def _end(self, url: str, outcome: Outcome, **kwargs: Any) -> None:
        try:
            self.run.end(url, outcome, **kwargs)
        except (sqlite3.DatabaseError, OSError) as why:
            if not cannot_write(why):
                raise
            self._give_up(why)

    def _give_up(self, why: BaseException) -> None:
        """The archive can't be written: stop taking up work. What is open in the frontier stays open."""
        if self.run.unwritable is None:
            self.run.unwritable = str(why)
            if self.crawler.engine.running:
                self._closing = asyncio.ensure_future(
                    self.crawler.engine.close_spider_async(reason="archive_unwritable")
                )
