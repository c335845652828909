"""What a slot of Scrapy's downloader can be told while it works: to be slower, to pause, to give back what waits in it;
and how many connections are kept for it.

Beside `downloader.py` the one module that handles slots. A slot without work is dropped by Scrapy after a minute and
made anew from `per_slot_settings`, so what must last is written there too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from scrapy import Request
from scrapy.core.downloader import Downloader
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import call_later
from twisted.python.failure import Failure

from newscrawler.outcome import Outcome

CRAWL_DELAY_MAX_S: Final = 30.0
"""Seconds. A Crawl-delay of 3600 would make ten requests last ten hours; what robots.txt asks for is told."""


class KeptConnections(HTTP11DownloadHandler):
    """Scrapy's, with a connection kept for every request that a slot may have under way.

    Scrapy keeps as many for a host as slots have by default, which here is one: of sixteen connections to a site that
    allows sixteen, fifteen were closed after each page.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        given = crawler.settings.getdict("DOWNLOAD_SLOTS").values()
        most = [int(slot["concurrency"]) for slot in given if "concurrency" in slot]
        self._pool.maxPersistentPerHost = max([self._pool.maxPersistentPerHost, *most])


def site_of(request: Request) -> str:
    """The site a request was made for; robots.txt is asked for in the name of the first that needs it. Empty: none."""
    return str(request.meta.get("site") or request.meta.get("for_site", ""))


def slow_down(downloader: Downloader, slot: str, seconds: float) -> None:
    """Leave at least so many seconds between two requests of a slot, one at a time. A longer delay stays.

    Without jitter: it would leave half of the time that was asked for.
    """
    given = downloader.per_slot_settings.get(slot, {})
    delay = given.get("delay", downloader.settings.getfloat("DOWNLOAD_DELAY"))
    if seconds <= delay:
        return
    downloader.per_slot_settings[slot] = given | {"concurrency": 1, "delay": seconds, "jitter": 0}
    if slot in downloader.slots:
        there = downloader.slots[slot]
        there.concurrency, there.delay, there.jitter = 1, seconds, 0


def hold(downloader: Downloader, slot: str, seconds: float) -> None:
    """Let nothing that waits in a slot go out for so many seconds. For what comes later the caller sees to it."""
    there = downloader.slots.get(slot)
    if there is None:
        return
    if there.latercall is not None:
        there.latercall.cancel()
    there.latercall = call_later(seconds, downloader._latercall, there)


def give_back(downloader: Downloader, why: Callable[[Request], Outcome | None]) -> None:
    """End what waits in slots and hasn't been sent, with the outcome that `why` names; None: it goes on waiting."""
    ended = []
    for there in list(downloader.slots.values()):
        for waiting in list(there.queue):
            if (outcome := why(waiting[0])) is not None:
                there.queue.remove(waiting)
                ended.append((waiting[1], outcome))
    for deferred, outcome in ended:  # only now: each may start other requests, and so change the slots
        deferred.errback(Failure(outcome))  # type: ignore[no-untyped-call]
