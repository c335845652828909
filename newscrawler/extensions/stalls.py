"""Stalls: how long the crawl's own loop stood still at worst, and in which line.

Everything that waits on the network waits for this loop. A step that keeps it longer than 50 ms belongs in a
thread or in a worker; this is how one finds out.
"""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path
from types import FrameType
from typing import Final, Self

from scrapy import signals
from scrapy.crawler import Crawler
from twisted.internet.task import LoopingCall

from newscrawler.archive.ledger import Stall
from newscrawler.run import Run, run_of

BEAT_S: Final = 0.02
"""Seconds between two heartbeats of the loop: less than half of the 50 ms that are to be noticed."""

LOOK_AFTER_S: Final = 0.04
"""Seconds without a heartbeat after which another thread looks at what the loop is doing."""

_ROOT: Final = Path(__file__).resolve().parents[2]
_COMMANDS: Final = "newscrawler/commands/"


class Stalls:
    """Measures the gaps between heartbeats of the loop; the longest becomes `run.stall`."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._loop = LoopingCall(self.beat)
        self._last = time.monotonic()
        self._seen_in = ""
        self._ended = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="stalls", daemon=True)
        self._watched = threading.get_ident()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        stalls = cls(run_of(crawler))
        crawler.signals.connect(stalls.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(stalls.engine_stopped, signal=signals.engine_stopped)
        return stalls

    def spider_opened(self) -> None:
        """Begin. In the thread of the loop: that is the one looked at."""
        self._watched = threading.get_ident()
        self._last = time.monotonic()
        self._loop.start(BEAT_S, now=False)
        self._watcher.start()

    def engine_stopped(self) -> None:
        """End."""
        self._ended.set()
        if self._loop.running:
            self._loop.stop()

    def beat(self) -> None:
        """One heartbeat: how late is it?"""
        now = time.monotonic()
        late_ms = round((now - self._last - BEAT_S) * 1000)
        if late_ms > self.run.stall.ms:
            self.run.stall = Stall(late_ms, self._seen_in)
        self._last, self._seen_in = now, ""

    def _watch(self) -> None:
        while not self._ended.wait(LOOK_AFTER_S / 2):
            if time.monotonic() - self._last > LOOK_AFTER_S + BEAT_S and not self._seen_in:
                self._seen_in = _place(sys._current_frames().get(self._watched))


def _place(frame: FrameType | None) -> str:
    """The innermost line of this project, as «file:line function». Empty: only the command that started the loop,
    so the loop was idle or in a library, and the machine was busy with something else.
    """
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(_ROOT) and ".venv" not in path.parts:
            place = path.relative_to(_ROOT).as_posix()
            return "" if place.startswith(_COMMANDS) else f"{place}:{frame.f_lineno} {frame.f_code.co_name}"
        frame = frame.f_back
    return ""
