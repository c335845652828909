"""FrontierScheduler: the archive's frontier as Scrapy's scheduler.

Sources, redirects and retries wait in memory; articles are rows of the frontier until their turn comes, so
memory does not grow with the number of discovered addresses and a killed crawl has nothing to save.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, Self, cast

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler

from newscrawler.archive import frontier
from newscrawler.archive.frontier import FrontierRow
from newscrawler.run import Run, run_of
from newscrawler.site import Site

if TYPE_CHECKING:
    from scrapy import Spider
    from twisted.internet.defer import Deferred


ROWS_AT_ONCE = 50
"""Frontier rows fetched per query and site."""


class MakesRequests(Protocol):
    """A spider whose requests can come from the frontier."""

    def article_request(self, row: FrontierRow) -> Request:
        """The request for a row."""


class FrontierScheduler(BaseScheduler):
    """Hands out requests: memory first, then one row per site in turn, so that no site starves the others."""

    def __init__(self, run: Run, request_for: Callable[[FrontierRow], Request]) -> None:
        self.run = run
        self.request_for = request_for
        self._memory: deque[Request] = deque()
        self._fetched: dict[str, deque[FrontierRow]] = {site: deque() for site in run.sites}
        self._turns: deque[str] = deque(run.sites)
        self._dry: set[str] = set()
        run.on_discovery.append(self._dry.discard)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy for the crawl's spider."""
        return cls(run_of(crawler), cast("MakesRequests", crawler.spider).article_request)

    def has_pending_requests(self) -> bool:
        """Whether anything is left to hand out, now or when a site is ready for its next."""
        return bool(self._memory) or any(self._has_rows(site) for site in self._turns)

    def enqueue_request(self, request: Request) -> bool:
        """Keep a request that isn't a frontier row's first: a source, a redirect, a retry."""
        if request.priority > 0:
            self._memory.appendleft(request)
        else:
            self._memory.append(request)
        return True

    def next_request(self) -> Request | None:
        """The next request. None: nothing is left, or every site has as many under way as it may."""
        if self._memory:
            return self._memory.popleft()
        for _ in range(len(self._turns)):
            key = self._turns[0]
            self._turns.rotate(-1)
            if self.run.busy[key] < _most_under_way(self.run.sites[key]) and self._has_rows(key):
                row = self._fetched[key].popleft()
                self.run.take_up(row)
                return self.request_for(row)
        return None

    def close(self, reason: str) -> Deferred[None] | None:  # noqa: ARG002 (Scrapy's signature)
        """Give back rows that never had their turn."""
        unused = [row.url for rows in self._fetched.values() for row in rows]
        if unused and self.run.unwritable is None:
            with self.run.archive.transaction() as conn:
                frontier.release(conn, unused)
        return None

    def open(self, spider: Spider) -> Deferred[None] | None:  # noqa: ARG002 (Scrapy's signature)
        """Nothing to prepare: the frontier is there already."""
        return None

    def _has_rows(self, site: str) -> bool:
        if self.run.replaying:
            return False  # what is due waits for a crawl: a replay makes no request
        rows = self._fetched[site]
        if not rows and site not in self._dry:
            run = self.run
            with run.archive.transaction() as conn:
                rows.extend(
                    frontier.take(conn, site=site, run_id=run.id, now=run.clock(), limit=ROWS_AT_ONCE, only=run.only)
                )
            if not rows:
                self._dry.add(site)
        return bool(rows)


def _most_under_way(site: Site) -> int:
    """Requests of a site handed out and not ended. With a delay more would only wait in its slot;
    without one the readers need a few pages to choose from.
    """
    return site.concurrency if site.delay_s else site.concurrency * 2 + 8
