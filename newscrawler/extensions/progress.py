"""Progress: a live table on a terminal, a line a minute under cron."""

from __future__ import annotations

import sys
import time
from typing import Final, Self

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from twisted.internet.task import LoopingCall

from newscrawler.run import Run, run_of

SITES_SHOWN: Final = 15
"""Rows of the live table; a terminal has about 24 lines."""

ARCHIVED: Final = frozenset({"New", "Revised"})
KEPT_OR_KNOWN: Final = frozenset({"New", "Revised", "Unchanged", "Copy", "NotModified", "Shortened"})


class Progress:
    """Shows pages, articles and rate, in all and per site. Writes to standard error only."""

    def __init__(self, run: Run, *, live: bool, every_s: float) -> None:
        self.run = run
        self.every_s = 0.5 if live else every_s
        self.console = Console(stderr=True)
        self._live = Live(console=self.console, auto_refresh=False, transient=True) if live else None
        self._begun = time.monotonic()
        self._loop = LoopingCall(self.show)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy; NotConfigured where `NEWS_PROGRESS` is off."""
        mode = crawler.settings["NEWS_PROGRESS"]
        if mode == "off":
            raise NotConfigured  # without a reason: Scrapy would warn about what was asked for
        live = mode == "live" or (mode == "auto" and sys.stderr.isatty())
        progress = cls(run_of(crawler), live=live, every_s=crawler.settings.getfloat("NEWS_PROGRESS_EVERY_S"))
        crawler.signals.connect(progress.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(progress.spider_closed, signal=signals.spider_closed)
        return progress

    def spider_opened(self) -> None:
        """Begin to show."""
        self._begun = time.monotonic()
        if self._live:
            self._live.start()
        self._loop.start(self.every_s, now=False)

    def spider_closed(self) -> None:
        """Stop; the report says the rest."""
        self._loop.stop()
        if self._live:
            self._live.stop()
        self.console.print(self.line(), highlight=False, soft_wrap=True)

    def show(self) -> None:
        """Draw the table, or print the line."""
        if self._live:
            self._live.update(self.table(), refresh=True)
        else:
            self.console.print(self.line(), highlight=False, soft_wrap=True)

    def line(self) -> str:
        """The state of the crawl in one line."""
        pages, articles = self._totals()
        seconds = time.monotonic() - self._begun
        return (
            f"{pages} pages, {articles} articles new or revised, {len(self.run.under_way)} under way, "
            f"{len(self.run.sites)} sites, {seconds:.0f} s, {pages / max(seconds, 0.001):.1f} pages/s"
        )

    def table(self) -> Group:
        """The state of the crawl: the line, and a row for each of the busiest sites."""
        table = Table(box=None, pad_edge=False)
        table.add_column("site")
        for name in ("pages", "new", "revised", "known", "rejected", "under way"):
            table.add_column(name, justify="right")
        rows = sorted(((self._row(site), site) for site in self.run.sites), reverse=True)
        shown = [(row, site) for row, site in rows if any(row)]
        for row, site in shown[:SITES_SHOWN]:
            table.add_row(site, *(str(n) for n in row))
        rest = len(shown) - SITES_SHOWN
        return Group(self.line(), table, *([f"and {rest} more sites"] if rest > 0 else []))

    def _row(self, site: str) -> tuple[int, ...]:
        counts = {outcome: n for (where, outcome), n in self.run.counts.items() if where == site}
        pages = sum(counts.values())
        kept = sum(n for outcome, n in counts.items() if outcome in KEPT_OR_KNOWN)
        new, revised = counts.get("New", 0), counts.get("Revised", 0)
        return pages, new, revised, kept - new - revised, pages - kept, self.run.busy[site]

    def _totals(self) -> tuple[int, int]:
        counts = self.run.counts
        return sum(counts.values()), sum(n for (_, outcome), n in counts.items() if outcome in ARCHIVED)
