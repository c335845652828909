"""LogLevel: no log record is built that nobody will see, and nothing is said twice."""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import Final, Self

from scrapy.crawler import Crawler
from twisted.logger import globalLogBeginner

SAID_BY_THE_LEDGER: Final = (
    "scrapy.downloadermiddlewares.robotstxt",  # a traceback of 60 lines for every host that doesn't answer
    "scrapy.downloadermiddlewares.httpcompression",  # pages that are too large once unpacked
    "scrapy.core.downloader.handlers",  # pages that are too large
)
"""Loggers whose warnings are outcomes of single pages; cron would send them by mail."""

_CERTIFICATES: Final = re.compile(r"verifying certificate|info_callback|^Remote certificate is not valid")
"""How Twisted's records about certificates begin."""


class LogLevel:
    """Sets the root logger to `LOG_LEVEL`. Scrapy sets only its handler's level, builds every debug record
    and drops it there: 17 % of a fast crawl.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy, after it has configured logging."""
        logging.getLogger().setLevel(crawler.settings["LOG_LEVEL"])
        for name in SAID_BY_THE_LEDGER:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        _hush_twisted()
        return cls()


@cache
def _hush_twisted() -> None:
    """Once in a process: Twisted prints a traceback for every refused certificate until somebody observes its log.
    Scrapy hands its records on to Python's logging, where these are not wanted either: the outcome says it.
    """
    globalLogBeginner.beginLoggingTo([], discardBuffer=True, redirectStandardIO=False)
    logging.getLogger("twisted").addFilter(lambda record: not _CERTIFICATES.search(record.getMessage()))
