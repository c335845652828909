"""The spider most people write first: trafilatura in the callback, one upsert per item. Our yardstick."""

from __future__ import annotations

import re
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
import sqlite_utils
import trafilatura
from common import Read, write
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
        for url in re.findall(r"<loc>([^<]*)</loc>", response.text)[: int(self.limit)]:
            yield scrapy.Request(url, callback=self.parse_article)

    def parse_article(self, response: Response) -> Iterator[dict[str, Any]]:
        """One article, stored before the next."""
        read = trafilatura.bare_extraction(response.text, url=response.url, with_metadata=True)
        if read is not None:
            row = {
                "url": response.url,
                "title": read.title,
                "date": read.date,
                "text": read.text,
                "section": (read.categories or [None])[0],
                "author": read.author,
            }
            self.db.table("articles").upsert(row, pk="url")
            yield row


def main(sitemap: str, limit: str, lines: str) -> None:
    """Crawl with Scrapy's defaults; only the log is quiet, and as many requests at once as ours may make."""
    settings = {"LOG_LEVEL": "ERROR", "CONCURRENT_REQUESTS_PER_DOMAIN": 16, "TELNETCONSOLE_ENABLED": False}
    process = AsyncCrawlerProcess(settings)
    database = f"{lines}.db"
    process.crawl(NaiveSpider, sitemap=sitemap, limit=limit, database=database)
    process.start()
    rows = sqlite_utils.Database(database).table("articles").rows
    write(
        Read(
            r["url"],
            r["title"],
            r["text"],
            r["date"],
            r["section"],
            tuple(filter(None, (r["author"] or "").split("; "))),
        )
        for r in rows
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
