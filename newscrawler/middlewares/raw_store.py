"""Raw before parsed: every page of an article is a WARC record before anything else looks at it.

So is the answer that says an archived article is gone: it is the evidence.
"""

from __future__ import annotations

import asyncio
from typing import Final, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from newscrawler.archive.holdings.withdrawals import is_absent
from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.archive.records import raw
from newscrawler.archive.records.raw import Received
from newscrawler.archive.records.warc import WarcFolder
from newscrawler.archive.records.warc_mending import mend
from newscrawler.archive.records.warc_record import Packed
from newscrawler.middlewares.noarchive import forbids_archiving
from newscrawler.run import Run, run_of

_GONE: Final = frozenset({b"Transfer-Encoding", b"Content-Length"})
"""Headers that no longer describe what is stored: the transfer coding is undone, the length is set anew."""

_EVIDENCE: Final = frozenset({404, 410, 451})
"""Statuses by which a server says that an article is gone."""

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class RawStoreMiddleware:
    """Sits next to the downloader, so it sees the bytes as sent, before content decoding."""

    def __init__(self, run: Run, *, max_bytes: int) -> None:
        self.run = run
        self.folder = WarcFolder(run.raw_dir, label=_label(run), max_bytes=max_bytes)
        mend(run.raw_dir, run.archive.conn)
        run.keep = self.keep

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy; NotConfigured where `NEWS_RAW_ENABLED` is false."""
        if not crawler.settings.getbool("NEWS_RAW_ENABLED"):
            raise NotConfigured("NEWS_RAW_ENABLED is false: pages are not kept")
        middleware = cls(run_of(crawler), max_bytes=crawler.settings.getint("NEWS_RAW_MAX_BYTES"))
        crawler.signals.connect(middleware.spider_closed, signal=signals.spider_closed)
        return middleware

    async def process_response(self, request: Request, response: Response) -> Response:
        """Store a page and note in `request.meta` where. An archived article's redirect is only carried along:
        what it leads to decides whether it is evidence.
        """
        row = request.cb_kwargs.get("row")
        if row is None:
            return response
        received = _received(response, self.run)
        if response.status == 200 or self._is_evidence(row, response):
            # In a thread: gzip is a fifth of what a page costs this process, and the other core has time for it. What
            # the server has packed takes less time than changing threads.
            packed = received.packed() if received.is_packed else await asyncio.to_thread(received.packed)
            request.meta["capture_id"] = self.keep(received, row, packed=packed)
            request.meta["fetched_at"] = received.at
        elif row.article_id is not None and response.status in _REDIRECTS:
            request.meta.setdefault("redirect", received)
        return response

    def keep(self, received: Received, row: FrontierRow, *, packed: Packed | None = None) -> int:
        """Store an answer to the request for a row's address; returns the capture."""
        with self.run.archive.transaction() as conn:
            return raw.keep(conn, self.folder, received, row=row, run_id=self.run.id, packed=packed)

    def spider_closed(self) -> None:
        """Close the file."""
        self.folder.close()

    def _is_evidence(self, row: FrontierRow, response: Response) -> bool:
        """Whether an answer says that an archived article is gone, and nobody knew."""
        return (
            response.status in _EVIDENCE
            and row.article_id is not None
            and not forbids_archiving(value.decode("latin-1") for value in response.headers.getlist("X-Robots-Tag"))
            and not is_absent(self.run.archive.conn, row.article_id)
        )


def _label(run: Run) -> str:
    """The archive, the run's number there, and some of its own name: two machines have an `archive.db` and a first run,
    begun in the same second by the same line in two crontabs, and their files must get along in one folder.
    """
    (uid,) = run.archive.conn.execute("SELECT uid FROM runs WHERE id = ?", [run.id]).fetchone()
    return f"{run.archive.path.stem}-{run.id:06d}-{uid[:6]}"


def _received(response: Response, run: Run) -> Received:
    content_type = response.headers.get("Content-Type")
    return Received(
        url=response.url,
        status=response.status,
        headers=_headers(response),
        body=response.body,
        content_type=content_type.decode("latin-1") if content_type else None,
        at=run.clock(),
    )


def _headers(response: Response) -> list[tuple[str, str]]:
    sent = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        if name.title() not in _GONE
        for value in values
    ]
    return [*sent, ("Content-Length", str(len(response.body)))]
