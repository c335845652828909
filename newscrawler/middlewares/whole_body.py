"""A packed body that ends too early is no page: Scrapy's gunzip keeps what it could unpack and says nothing.

To know that, it has to be unpacked; so it is unpacked once, here, and not again.
"""

from __future__ import annotations

from typing import Final, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response, TextResponse
from scrapy.responsetypes import responsetypes

from newscrawler.outcome import Unreachable
from newscrawler.unpacking import unpack

_UNPACKED: Final = "unpacked_body"
"""Key of `request.meta`: the body as the page will have it, on its way past the raw store."""


class WholeBodyMiddleware:
    """Stands nearest to the downloader, so that half a page is not even kept raw."""

    def __init__(self, *, max_bytes: int) -> None:
        self.max_bytes = max_bytes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(max_bytes=crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_response(self, request: Request, response: Response) -> Response:
        """Raises Unreachable, like any other answer that broke off."""
        codings = [coding.strip().lower() for coding in response.headers.getlist("Content-Encoding")]
        if codings in ([b"gzip"], [b"x-gzip"]):
            body, cut_off = unpack(response.body, max_bytes=self.max_bytes)
            if cut_off:
                raise Unreachable("the packed body is cut off")
            if body is not None:
                request.meta[_UNPACKED] = body
        return response


class UnpackMiddleware(HttpCompressionMiddleware):
    """Scrapy's, for what WholeBodyMiddleware has not unpacked: other codings, and what is wrong with this one."""

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002 (Scrapy's signature)
    ) -> Request | Response:
        """The response with its body unpacked. Raises IgnoreRequest if that is too large."""
        if isinstance(response, TextResponse) and "Content-Encoding" in response.headers:
            # Or `replace` guesses from the packed bytes what encoding they are in: a quarter of a bare crawl. Nobody
            # asks a response of ours for its text: what is read from it is decoded by `extract`.
            response._encoding = "utf-8"
        body = request.meta.pop(_UNPACKED, None)
        if body is None:
            return super().process_response(request, response)
        del response.headers["Content-Encoding"]
        kind = responsetypes.from_args(headers=response.headers, url=response.url, body=body)
        return response.replace(cls=kind, body=body, **({"encoding": None} if issubclass(kind, TextResponse) else {}))
