"""Alerts: after a run is closed, the keeper is told which verdicts changed. Once, and not before it is committed."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Sequence
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newscrawler.archive import ArchiveError, ledger, open_archive
from newscrawler.health.alerts import send
from newscrawler.health.changes import Change, kind_of, mark_told, untold
from newscrawler.run import Run, run_of

logger = logging.getLogger(__name__)


class Alerts:
    """Sends one message for each run after which verdicts are others than those last told."""

    def __init__(self, run: Run, urls: Sequence[str]) -> None:
        """`urls`: addresses that apprise knows."""
        self.run = run
        self.urls = urls

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy. Raises NotConfigured without NEWS_ALERT_URLS."""
        urls = str(crawler.settings["NEWS_ALERT_URLS"] or "").split()
        if not urls:
            raise NotConfigured
        alerts = cls(run_of(crawler), urls)
        crawler.signals.connect(alerts.engine_stopped, signal=signals.engine_stopped)
        return alerts

    async def engine_stopped(self) -> None:
        """The run is closed: tell, in a thread, what changed. A failure is a warning; the next run tells it again."""
        if self.run.unwritable is None and not self.run.replaying:
            try:
                await asyncio.to_thread(self._tell)
            except (ArchiveError, sqlite3.Error) as why:
                logger.warning("alerts: %s", why)

    def _tell(self) -> None:
        with open_archive(self.run.archive.path) as archive:
            changes = untold(archive.conn)
            if not changes:
                return
            body = "\n".join(str(change) for change in changes)
            missed = send(self.urls, title=_title(changes), body=body, kind=kind_of(changes))
            told = len(missed) < len(self.urls)
            with archive.transaction() as conn:
                if told:
                    mark_told(conn, changes)
                for url in missed:
                    remark = f"alert not delivered: {url}" + ("" if told else "; sent again after the next run")
                    logger.warning("%s", remark)
                    ledger.add_remark(conn, self.run.id, remark)


def _title(changes: Sequence[Change]) -> str:
    troubled = sum(change.new != "healthy" for change in changes)
    back = len(changes) - troubled
    parts = [f"{troubled} not healthy" if troubled else "", f"{back} healthy again" if back else ""]
    return "newscrawler: " + ", ".join(part for part in parts if part)
