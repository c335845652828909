"""FrontierScheduler: the archive's frontier as Scrapy's scheduler.

Sources, redirects and retries wait in memory; articles are rows of the frontier until their turn comes, so
memory does not grow with the number of discovered addresses and a killed crawl has nothing to save.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Protocol, Self, cast

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler

from newscrawler.archive.queue import frontier
from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.outcome import PutBack
from newscrawler.run import Run, run_of
from newscrawler.site import Site
from newscrawler.slots import site_of

if TYPE_CHECKING:
    from scrapy import Spider
    from twisted.internet.defer import Deferred


ROWS_AT_ONCE = 25
"""Frontier rows fetched per query, for each site those never visited and those due again apart."""


class Turns:
    """One site's rows: those never visited, and those due again, of which only a share goes out while others wait."""

    def __init__(self, share: float) -> None:
        """`share`: of the rows handed out while both kinds wait, how many may be due again, 0 to 1."""
        self.share = share
        self.waiting: dict[bool, deque[FrontierRow]] = {False: deque(), True: deque()}
        self.dry: set[bool] = set()
        self._saved = 0.0

    def take(self, *, hold_back: bool = False) -> FrontierRow | None:
        """The next row. Shares add up: with 0.25 every fourth is one due again. None: none waits that may go out."""
        new, again = (self.waiting[visited] for visited in (False, True))
        if hold_back or not (new or again):
            return new.popleft() if new else None
        if new and again:
            self._saved += self.share
            if self._saved < 1:
                return new.popleft()
            self._saved -= 1
            return again.popleft()
        return (new or again).popleft()

    def rows(self) -> Iterator[FrontierRow]:
        """All that wait."""
        return chain(*self.waiting.values())


class MakesRequests(Protocol):
    """A spider whose requests can come from the frontier."""

    def article_request(self, row: FrontierRow) -> Request:
        """The request for a row."""


class FrontierScheduler(BaseScheduler):
    """Hands out requests: memory first, then one row per site in turn, so that no site starves the others.

    A request that is handed out can't be called back, and the downloader has room for a limited number. So each
    site has only a few there, whether sources or rows: an index of 300 sitemaps waits here, not there.
    """

    def __init__(
        self,
        run: Run,
        request_for: Callable[[FrontierRow], Request],
        *,
        in_downloader: Callable[[], Iterable[Request]],
        revisit_share: float,
    ) -> None:
        """`in_downloader` says which requests are there now; `revisit_share` is `NEWS_REVISIT_SHARE`."""
        self.run = run
        self.request_for = request_for
        self.in_downloader = in_downloader
        self._memory: dict[str, deque[Request]] = {}
        self._rows = {site: Turns(revisit_share) for site in run.sites}
        self._turns: deque[str] = deque(run.sites)
        self._polls: Counter[str] = Counter()
        run.gates.on_shut.append(self._give_up)
        run.on_discovery.append(lambda site: self._rows[site].dry.clear())

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy for the crawl's spider."""
        engine = crawler.engine
        assert engine is not None
        spider = cast("MakesRequests", crawler.spider)
        return cls(
            run_of(crawler),
            spider.article_request,
            in_downloader=lambda: engine.downloader.active,
            revisit_share=crawler.settings.getfloat("NEWS_REVISIT_SHARE"),
        )

    def has_pending_requests(self) -> bool:
        """Whether anything is left to hand out, now or when a site is ready for its next."""
        return bool(self._memory) or any(self._has_rows(site) for site in self._turns)

    def enqueue_request(self, request: Request) -> bool:
        """Keep a request that isn't a frontier row's first: a source, a redirect, a retry. False: its site is shut."""
        request.meta.pop("counted", None)  # a retry carries what its first try was marked with
        if request.meta.get("site", "") in self.run.gates.shut:
            self._put_back(request)
            return False
        waiting = self._memory.setdefault(request.meta.get("site", ""), deque())
        if request.priority > 0:
            waiting.appendleft(request)
        else:
            waiting.append(request)
        return True

    def next_request(self) -> Request | None:
        """The next request. None: nothing is left, or every site has as many under way as it may."""
        request = self._from_memory() or self._from_frontier()
        if request is not None and (slot := self.run.gates.slot_of.get(request.meta.get("site", ""))) is not None:
            request.meta["download_slot"] = slot
        return request

    def _from_memory(self) -> Request | None:
        if not self._memory:
            return None
        there = Counter(request.meta.get("site", "") for request in self.in_downloader())
        promised = self._promised()
        for key, waiting in self._memory.items():
            site = self.run.sites.get(key)
            free = site is None or (there[key] < _most_under_way(site) and self._may_ask(key, promised))
            if free and not self._polls_are_enough(key, waiting[0]):
                request = waiting.popleft()
                del self._memory[key]
                if waiting:
                    self._memory[key] = waiting  # last in the row: the next site's turn
                if "row" not in request.cb_kwargs:
                    self._polls[key] += 1
                return request
        return None

    def _from_frontier(self) -> Request | None:
        promised = self._promised()
        for _ in range(len(self._turns)):
            key = self._turns[0]
            self._turns.rotate(-1)
            free = self.run.busy[key] < _most_under_way(self.run.sites[key]) and self._may_ask(key, promised)
            if free and self._has_rows(key) and (row := self._rows[key].take(hold_back=self._awaits_news(key))):
                self.run.take_up(row)
                return self.request_for(row)
        return None

    def close(self, reason: str) -> Deferred[None] | None:  # noqa: ARG002 (Scrapy's signature)
        """Give back rows that never had their turn."""
        unused = [row.url for turns in self._rows.values() for row in turns.rows()]
        if unused and self.run.unwritable is None:
            with self.run.archive.transaction() as conn:
                frontier.release(conn, unused)
        return None

    def open(self, spider: Spider) -> Deferred[None] | None:  # noqa: ARG002 (Scrapy's signature)
        """Nothing to prepare: the frontier is there already."""
        return None

    def _may_ask(self, site: str, promised: Mapping[str, int]) -> bool:
        gates = self.run.gates
        return site not in gates.shut and not gates.rests(gates.slot_of[site]) and gates.left(site, promised) > 0

    def _promised(self) -> Counter[str]:
        """By site, the requests that the downloader has and that haven't gone out: they will use up the budget too."""
        if not self.run.gates.limited:
            return Counter()
        return Counter(site_of(request) for request in self.in_downloader() if "counted" not in request.meta)

    def _polls_are_enough(self, site: str, request: Request) -> bool:
        """Where a budget is set, sources get half of it while articles wait: without polls there is no news, with
        nothing but polls (an index of 300 sitemaps) no article.
        """
        if not self.run.gates.limited or "row" in request.cb_kwargs or site not in self.run.sites:
            return False
        return self._polls_share_is_used(site) and (self._has_rows(site) or self._polls_under_way(site))

    def _polls_share_is_used(self, site: str) -> bool:
        own, all_ = self.run.sites[site].requests_per_run_max, self.run.gates.requests_max
        return bool((own and self._polls[site] * 2 >= own) or (all_ and self._polls.total() * 2 >= all_))

    def _awaits_news(self, site: str) -> bool:
        """Whether a site's revisits wait for its polls: where a site or a budget allows few requests, they would use
        them up before the first new address is known. Polls that wait themselves, their share used up, count no more.
        """
        awaited = self.run.awaited.get(site)
        if not awaited:
            return False
        waiting = sum(request.meta.get("awaited") in awaited for request in self._memory.get(site, ()))
        return len(awaited) > waiting or not self._polls_share_is_used(site)

    def _polls_under_way(self, site: str) -> bool:
        """They may yet find articles."""
        return any(r.meta.get("site") == site and "row" not in r.cb_kwargs for r in self.in_downloader())

    def _give_up(self, site: str) -> None:
        """A site was shut: what waits in memory for it ends. Its rows are given back when the run closes."""
        for request in self._memory.pop(site, ()):
            self._put_back(request)

    def _put_back(self, request: Request) -> None:
        """An article that was on its way (a redirect, a retry) comes back; a source is simply not polled."""
        row = request.cb_kwargs.get("row")
        if isinstance(row, FrontierRow):
            self.run.end(row.url, PutBack(self.run.gates.shut[row.site].detail))

    def _has_rows(self, site: str) -> bool:
        if self.run.replaying or site in self.run.gates.shut:
            return False  # what is due waits for a crawl: a replay makes no request
        turns = self._rows[site]
        for visited, rows in turns.waiting.items():
            if not rows and visited not in turns.dry:
                rows.extend(self._fetched(site, visited=visited))
                if not rows:
                    turns.dry.add(visited)
        return any(turns.waiting.values())

    def _fetched(self, site: str, *, visited: bool) -> list[FrontierRow]:
        run = self.run
        with run.archive.transaction() as conn:
            return frontier.take(
                conn,
                site=site,
                run_id=run.id,
                now=run.clock(),
                limit=ROWS_AT_ONCE,
                only=run.only,
                visited=visited,
                backfilled=run.backfilling,
            )


def _most_under_way(site: Site) -> int:
    """Requests of a site handed out and not ended. With a delay more would only wait in its slot;
    without one the readers need a few pages to choose from.
    """
    return site.concurrency if site.delay_s else site.concurrency * 2 + 8
