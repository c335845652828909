"""Scrapy that downloads and does nothing: with its defaults, or (`tuned`) without the four costs of DECISIONS.md."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
from common import Read, write
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response, TextResponse

FOUND: list[Read] = []


class Unpack(HttpCompressionMiddleware):
    """Doesn't guess the encoding of packed bytes."""

    def process_response(self, request: scrapy.Request, response: Response) -> Any:
        if isinstance(response, TextResponse):
            response._encoding = "utf-8"
        return super().process_response(request, response)


class BareSpider(scrapy.Spider):
    """Follows a sitemap."""

    name = "bare"

    async def start(self) -> AsyncIterator[scrapy.Request]:
        yield scrapy.Request(sys.argv[1], callback=self.parse_sitemap)

    def parse_sitemap(self, response: Response) -> Iterator[scrapy.Request]:
        for url in re.findall(r"<loc>([^<]*)</loc>", response.text)[: int(sys.argv[2])]:
            yield scrapy.Request(url, callback=self.parse_page)

    def parse_page(self, response: Response) -> None:
        FOUND.append(Read(response.url, None, None))


def main() -> None:
    """As many requests at once as everybody."""
    settings: dict[str, Any] = {
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "ERROR",
    }
    if "tuned" in sys.argv:
        settings |= {
            "ASYNCIO_EVENT_LOOP": "uvloop.Loop",
            "CONCURRENT_ITEMS": 1,
            "DOWNLOADER_MIDDLEWARES": {
                "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
                Unpack: 590,
            },
        }
    process = AsyncCrawlerProcess(settings)
    if "tuned" in sys.argv:
        logging.getLogger().setLevel(logging.ERROR)
    process.crawl(BareSpider)
    process.start()
    write(FOUND)


if __name__ == "__main__":
    main()
