"""Raw before parsed: every page of an article is a WARC record before anything else looks at it."""

from __future__ import annotations

import asyncio
from typing import Final, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from newscrawler.archive.captures import add_capture
from newscrawler.archive.warc import WarcFolder, pack_response
from newscrawler.archive.warc_mending import mend
from newscrawler.run import Run, run_of
from newscrawler.urls import canonical

_GONE: Final = frozenset({b"Transfer-Encoding", b"Content-Length"})
"""Headers that no longer describe what is stored: the transfer coding is undone, the length is set anew."""


class RawStoreMiddleware:
    """Sits next to the downloader, so it sees the bytes as sent, before content decoding."""

    def __init__(self, run: Run, *, max_bytes: int) -> None:
        self.run = run
        self.folder = WarcFolder(run.raw_dir, label=f"{run.archive.path.stem}-{run.id:06d}", max_bytes=max_bytes)
        mend(run.raw_dir, run.archive.conn)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy; NotConfigured where `NEWS_RAW_ENABLED` is false."""
        if not crawler.settings.getbool("NEWS_RAW_ENABLED"):
            raise NotConfigured("NEWS_RAW_ENABLED is false: pages are not kept")
        middleware = cls(run_of(crawler), max_bytes=crawler.settings.getint("NEWS_RAW_MAX_BYTES"))
        crawler.signals.connect(middleware.spider_closed, signal=signals.spider_closed)
        return middleware

    async def process_response(self, request: Request, response: Response) -> Response:
        """Store a page and note in `request.meta` where."""
        row = request.cb_kwargs.get("row")
        if row is None or response.status != 200:
            return response
        now = self.run.clock()
        content_type = response.headers.get("Content-Type")
        # In a thread: gzip is a fifth of what a page costs this process, and the other core has time for it.
        packed = await asyncio.to_thread(
            pack_response,
            url=response.url,
            status="200 OK",
            headers=_headers(response),
            body=response.body,
            at=now,
        )
        record = self.folder.append(packed, at=now)
        with self.run.archive.transaction() as conn:
            request.meta["capture_id"] = add_capture(
                conn,
                record,
                url=canonical(response.url),
                requested_url=row.url,
                site=row.site,
                run_id=self.run.id,
                fetched_at=now,
                status=response.status,
                content_type=content_type.decode("latin-1") if content_type else None,
            )
        request.meta["fetched_at"] = now
        return response

    def spider_closed(self) -> None:
        """Close the file."""
        self.folder.close()


def _headers(response: Response) -> list[tuple[str, str]]:
    sent = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        if name.title() not in _GONE
        for value in values
    ]
    return [*sent, ("Content-Length", str(len(response.body)))]
