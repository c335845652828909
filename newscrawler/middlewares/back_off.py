"""A host that asks for a pause gets it, in this run and in the next ones; one that only fails is left for a later run.

Stands near the downloader: what it lets pass goes out, and is counted.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Final, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError, DownloadTimeoutError
from scrapy.http import Response

from newscrawler.archive.polls import hosts
from newscrawler.archive.polls.hosts import BackOff
from newscrawler.middlewares.pauses import asks_to_wait, pause, retry_after
from newscrawler.outcome import PutBack
from newscrawler.run import Run, run_of
from newscrawler.slots import hold, site_of
from newscrawler.times import iso
from newscrawler.urls import host_of

WAIT_IN_RUN_MAX_S: Final = 60.0
"""Seconds. A longer pause isn't waited for: the rest of the host's addresses is left for a later run."""

GOOD_IN_A_ROW: Final = 10
"""Answers after which a host that asked for a pause counts as if it never had: one alone may be luck."""

FAILURES_IN_A_ROW: Final = 20
"""Requests without an answer, or with 5xx, 401, 403 or 406, and nothing else between, after which a site is left for
a later run. Some broken pages may stand beside each other; with time-outs of 30 s a dead site costs ten minutes of its
own, not a night."""

FORGOTTEN_AFTER: Final = timedelta(days=1)
"""A host that asks for a pause so long after the last one is over begins with a short one again."""

_NOT_THERE: Final = (CannotResolveHostError, DownloadConnectionRefusedError, DownloadTimeoutError)
_REFUSED: Final = frozenset({401, 403, 406})


class BackOffMiddleware:
    """Reads 429, 503 and Retry-After, and counts requests and failures."""

    def __init__(self, crawler: Crawler, run: Run) -> None:
        self.crawler = crawler
        self.run = run
        every = [host for site in run.sites.values() for host in site.scope]
        self._waits = hosts.back_offs(run.archive.conn, every)
        self._good: Counter[str] = Counter()
        self._failures: Counter[str] = Counter()
        for wait in self._waits.values():
            if wait.until > run.clock():
                self._close(wait)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(crawler, run_of(crawler))

    def process_request(self, request: Request) -> None:
        """Raises PutBack for a site that isn't asked any more; else counts the request."""
        site = site_of(request)
        hours = self.run.sites[site].quiet_at(self.run.clock()) if site in self.run.sites else None
        if hours is not None:
            self.run.gates.close(site, "quiet-hours", f"quiet hours {hours}")
        if (shut := self.run.gates.shut.get(site)) is not None:
            raise PutBack(shut.detail)
        request.meta["counted"] = True
        self.run.gates.count(site)

    def process_response(self, request: Request, response: Response) -> Response:
        """Notes what the host said."""
        slot = request.meta.get("download_slot", "")
        if asks_to_wait(response):
            self._wait(host_of(response.url), slot, response)
        elif response.status >= 500 or response.status in _REFUSED:
            self._failed(request, f"HTTP {response.status}")
        else:
            self._failures[slot] = 0
            self._answered(host_of(response.url))
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Notes that nobody answered. Whatever else goes wrong has to do with one page."""
        if isinstance(exception, _NOT_THERE):
            self._failed(request, "no answer")

    def _wait(self, host: str, slot: str, response: Response) -> None:
        now, gates = self.run.clock(), self.run.gates
        asked_s = retry_after(response.headers.get("Retry-After"), now=now)
        last = self._waits.get(host)
        fresh = last is None or now - last.until > FORGOTTEN_AFTER
        at_once = bool(gates.rests(slot))  # it was on its way when another was told to wait: that is one refusal
        # One broken page among good ones says 503, too; who says 429 means us, whatever it answered between.
        again = not at_once and (response.status == 429 or not self._good[host])
        refusals = 1 if fresh or last is None else last.refusals + again
        seconds = pause(refusals=refusals, asked_s=asked_s)
        said = f"HTTP {response.status}" + (f", Retry-After: {asked_s:.0f} s" if asked_s is not None else "")
        wait = BackOff(host, now + timedelta(seconds=seconds), said, refusals)
        if at_once and last is not None and last.until >= wait.until:
            return
        self._waits[host], self._good[host] = wait, 0
        with self.run.archive.transaction() as conn:
            hosts.remember(conn, wait, now=now)
        if seconds > WAIT_IN_RUN_MAX_S:
            self._close(wait)
        else:
            gates.rest(slot, seconds)
            assert self.crawler.engine is not None
            hold(self.crawler.engine.downloader, slot, seconds)

    def _close(self, wait: BackOff) -> None:
        slot = self.run.gates.slot_of_host(wait.host)
        if slot is not None:
            detail = f"{wait.host} asked us to wait ({wait.reason}): not before {iso(wait.until)}"
            self.run.gates.close_slot(slot, "back-off", detail)

    def _answered(self, host: str) -> None:
        if host not in self._waits:
            return
        self._good[host] += 1
        if self._good[host] >= GOOD_IN_A_ROW:
            del self._waits[host]
            with self.run.archive.transaction() as conn:
                hosts.forgive(conn, host)

    def _failed(self, request: Request, what: str) -> None:
        slot = request.meta.get("download_slot", "")
        self._failures[slot] += 1
        last_try = request.meta.get("retry_times", 0) >= self.crawler.settings.getint("RETRY_TIMES")
        rules = "for_site" in request.meta and what.startswith("HTTP 5") and last_try
        if rules:
            self.run.gates.close_slot(slot, "failing", f"robots.txt answers with {what}: nothing is allowed")
        elif self._failures[slot] >= FAILURES_IN_A_ROW:
            self.run.gates.close_slot(slot, "failing", f"{self._failures[slot]} requests in a row failed ({what})")
