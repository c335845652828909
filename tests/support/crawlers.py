"""As much of a Scrapy crawler as a component needs to be made."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from scrapy.settings import Settings
from scrapy.signalmanager import SignalManager
from twisted.python.failure import Failure

from newscrawler import settings as ours
from newscrawler.run import Run


class Engine:
    """Remembers why it was asked to close."""

    def __init__(self) -> None:
        self.running = True
        self.closed: list[str] = []

    async def close_spider_async(self, *, reason: str) -> None:
        """What a component calls to end the crawl."""
        self.closed.append(reason)


def a_crawler(run: Run, **settings: object) -> Any:
    """A crawler whose spider has this run, with the project's settings and these."""
    every = Settings()
    every.setmodule(ours)
    every.update({"NEWS_PROGRESS": "off", **settings})
    crawler = SimpleNamespace(settings=every, spider=SimpleNamespace(run=run), engine=Engine(), stats=None)
    crawler.signals = SignalManager(crawler)
    return crawler


def a_failure(error: Exception) -> Failure:
    """An error as Scrapy's signals carry it."""
    return Failure(error)  # type: ignore[no-untyped-call]
