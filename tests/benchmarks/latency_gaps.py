"""Gaps: how late each beat of the crawl's loop is, and whether the loop itself was busy meanwhile."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Final, Self

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.internet.task import LoopingCall

BEAT_S: Final = 0.005
"""Seconds between two beats."""


class Gaps:
    """Two figures for each beat: milliseconds it was late, and milliseconds of CPU that the loop's thread used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.late: list[tuple[float, float]] = []
        self._loop = LoopingCall(self.beat)
        self._last = self._worked = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy; the file is `LATENCY_FILE` of the environment."""
        gaps = cls(Path(os.environ["LATENCY_FILE"]))
        crawler.signals.connect(gaps.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(gaps.engine_stopped, signal=signals.engine_stopped)
        return gaps

    def spider_opened(self) -> None:
        """Begin."""
        self._last, self._worked = time.monotonic(), time.thread_time()
        self._loop.start(BEAT_S, now=False)

    def beat(self) -> None:
        """One beat."""
        now, worked = time.monotonic(), time.thread_time()
        self.late.append((max(0.0, 1000 * (now - self._last - BEAT_S)), 1000 * (worked - self._worked)))
        self._last, self._worked = now, worked

    def engine_stopped(self) -> None:
        """End, and write down."""
        self._loop.stop()
        self.path.write_text(json.dumps(self.late))
