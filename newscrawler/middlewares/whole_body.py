"""A packed body that ends too early is no page: Scrapy's gunzip keeps what it could unpack and says nothing."""

from __future__ import annotations

import zlib
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawler.outcome import Unreachable


class WholeBodyMiddleware:
    """Stands nearest to the downloader, so that half a page is not even kept raw."""

    def __init__(self, *, max_bytes: int) -> None:
        self.max_bytes = max_bytes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(max_bytes=crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002 (Scrapy's signature)
        """Raises Unreachable, like any other answer that broke off."""
        packed = response.headers.get("Content-Encoding", b"") or b""
        if packed.strip().lower() in (b"gzip", b"x-gzip") and is_cut_off(response.body, max_bytes=self.max_bytes):
            raise Unreachable("the packed body is cut off")
        return response


def is_cut_off(body: bytes, *, max_bytes: int) -> bool:
    """Whether a gzip stream ends before its end mark. False for what isn't gzip or unpacks to more than `max_bytes`:
    others say what is wrong with that.
    """
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        unpacker.decompress(body, max_bytes)
    except zlib.error:
        return False
    return bool(body) and not unpacker.eof and not unpacker.unconsumed_tail
