"""The spider most people write first: trafilatura in the callback, one upsert per item. Our yardstick."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
import sqlite_utils
import trafilatura
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response


class NaiveSpider(scrapy.Spider):
    """Follows a sitemap, extracts where it stands, writes each article at once."""

    name = "naive"

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """The sitemap."""
        self.db = sqlite_utils.Database(self.database)
        yield scrapy.Request(self.sitemap, callback=self.parse_sitemap)

    def parse_sitemap(self, response: Response) -> Iterator[scrapy.Request]:
        """Every address in it."""
        response.selector.remove_namespaces()
        for url in response.xpath("//loc/text()").getall():
            yield response.follow(url, callback=self.parse_article)

    def parse_article(self, response: Response) -> Iterator[dict[str, Any]]:
        """One article, stored before the next."""
        read = trafilatura.bare_extraction(response.text, url=response.url, with_metadata=True)
        if read is not None:
            row = {"url": response.url, "title": read.title, "date": read.date, "text": read.text}
            self.db.table("articles").upsert(row, pk="url")
            yield row


def main(sitemap: str, database: str) -> None:
    """Crawl with Scrapy's defaults; only the log is quiet, and as many requests at once as ours may make."""
    settings = {"LOG_LEVEL": "ERROR", "CONCURRENT_REQUESTS_PER_DOMAIN": 16, "TELNETCONSOLE_ENABLED": False}
    process = AsyncCrawlerProcess(settings)
    process.crawl(NaiveSpider, sitemap=sitemap, database=database)
    process.start()


if __name__ == "__main__":
    main(*sys.argv[1:])
