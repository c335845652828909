"""400: one transaction for the article, its older state, tags, relations, frontier row and outcome."""

from __future__ import annotations

import sqlite3
from typing import Self

from scrapy.crawler import Crawler

from newscrawler.archive.copies import clusters, signatures
from newscrawler.archive.copies.limits import Limits
from newscrawler.archive.holdings import addresses, articles
from newscrawler.archive.holdings.takedowns import is_taken_down
from newscrawler.article import Article
from newscrawler.outcome import TakenDown
from newscrawler.run import Run, run_of
from newscrawler.text.search import search_text


class ArchivePipeline:
    """Writes what is kept."""

    def __init__(self, run: Run, *, limits: Limits) -> None:
        self.run = run
        self.limits = limits

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(run_of(crawler), limits=Limits.of(crawler.settings))

    def process_item(self, item: Article) -> Article:
        """All or nothing: after a crash the URL is either archived and closed, or still open."""
        searched = item.search_text
        if searched is None:
            searched = search_text(item.title, item.standfirst or "", item.text)
        with self.run.archive.transaction() as conn:
            if is_taken_down(conn, item.url, item.requested_url):
                raise TakenDown(item.url)
            was_copy_of = addresses.filed_under(conn, item.url, item.requested_url)
            with clusters.kept_in_order(conn, *was_copy_of, limits=self.limits):
                stored = self._store(conn, item, searched)
            self.run.end(
                item.requested_url,
                stored.outcome,
                article_id=stored.article_id,
                capture_id=item.capture_id,
                notes=item.notes,
            )
        return item

    def _store(self, conn: sqlite3.Connection, item: Article, searched: str) -> articles.Stored:
        stored = articles.store(conn, item, search_text=searched)
        if stored.written:
            articles.tag(conn, stored.article_id, item.tags)
            if item.signature is not None:
                signatures.remember(conn, stored.article_id, item.signature)
            if item.alike is not None:
                clusters.settle(conn, stored.article_id, limits=self.limits, found=item.alike)
        return stored
