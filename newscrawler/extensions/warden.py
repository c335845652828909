"""Warden: shuts the gates of a run when the time has come, and sees to it that nothing waits behind them.

What it looks at by the clock: quiet hours, `NEWS_RUN_LIMIT_S`, and whether the crawl was told to stop: a request that
waits for its turn in a slot of 30 s would otherwise keep the process for as long.
"""

from __future__ import annotations

import logging
import time
from typing import Final, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from twisted.internet.task import LoopingCall

from newscrawler.archive.polls.host_locks import HostLocks, locks_path
from newscrawler.outcome import PutBack
from newscrawler.run import Run, run_of
from newscrawler.slots import give_back, site_of

TICK_S: Final = 0.5
"""Seconds between two looks at the clock."""

_logger = logging.getLogger(__name__)


class Warden:
    """Opens with the run, closes with it."""

    def __init__(self, crawler: Crawler, run: Run, *, limit_s: float, requests_max: int) -> None:
        """`limit_s`, `requests_max`: 0 for none."""
        self.crawler = crawler
        self.run = run
        self.limit_s = limit_s
        self._begun = time.monotonic()
        self._loop = LoopingCall(self.look)
        run.gates.requests_max = requests_max
        self._locks = self._take_locks()
        self._keep_quiet()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy; NotConfigured where pages come from WARC files."""
        run, settings = run_of(crawler), crawler.settings
        if run.replaying:
            raise NotConfigured
        limit_s, requests_max = settings.getfloat("NEWS_RUN_LIMIT_S"), settings.getint("NEWS_RUN_REQUESTS_MAX")
        warden = cls(crawler, run, limit_s=limit_s, requests_max=requests_max)
        crawler.signals.connect(warden.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(warden.spider_closed, signal=signals.spider_closed)
        return warden

    def spider_opened(self) -> None:
        """Begin to look at the clock."""
        self.run.gates.on_shut.append(lambda _: self._clear())
        self._loop.start(TICK_S, now=False)

    def spider_closed(self) -> None:
        """End; other crawls may have the hosts."""
        if self._loop.running:
            self._loop.stop()
        if self._locks is not None:
            self._locks.release()

    def look(self) -> None:
        """Look at the clock, and at whether the crawl goes on."""
        self._keep_quiet()
        if self.limit_s and time.monotonic() - self._begun >= self.limit_s:
            self.run.gates.close_all("limit", f"NEWS_RUN_LIMIT_S: {self.limit_s:g} s are over")
        if self.crawler.engine is not None and not self.crawler.engine.running:
            give_back(self.crawler.engine.downloader, self._stopped)

    def _keep_quiet(self) -> None:
        now = self.run.clock()
        for site in self.run.sites.values():
            if site.quiet_hours and (hours := site.quiet_at(now)) is not None:
                self.run.gates.close(site.id, "quiet-hours", f"quiet hours {hours}")

    def _take_locks(self) -> HostLocks | None:
        """None: there is no place for locks, or the file system has none; then nobody is kept out."""
        try:
            locks = HostLocks(locks_path())
            self._lock_slots(locks)
        except (OSError, RuntimeError) as why:  # RuntimeError: the system doesn't know the user
            _logger.info("no locks on hosts: %s", why)
            return None
        return locks

    def _lock_slots(self, locks: HostLocks) -> None:
        gates = self.run.gates
        for slot in dict.fromkeys(gates.slot_of.values()):
            scopes = (site.scope for key, site in self.run.sites.items() if gates.slot_of[key] == slot)
            held = locks.take(sorted(host for scope in scopes for host in scope))
            if held is not None:
                gates.close_slot(slot, "locked", f"another crawl on this machine is asking {held}")

    def _clear(self) -> None:
        """A site was shut: what waits in the downloader for it hasn't been sent and won't be."""
        assert self.crawler.engine is not None
        give_back(self.crawler.engine.downloader, self._refused)

    def _refused(self, request: Request) -> PutBack | None:
        shut = self.run.gates.shut.get(site_of(request))
        if shut is None or shut.why == "budget":  # what is on its way is within the budget: it was counted
            return None
        self.run.gates.uncount(site_of(request))
        return PutBack(shut.detail)

    def _stopped(self, request: Request) -> PutBack:
        self.run.gates.uncount(site_of(request))
        return PutBack("the run was stopped (shutdown)")
