"""200: a copy is filed under its original; a near copy goes on with its original named."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler

from newscrawler.archive import articles, twins
from newscrawler.article import Article, Related
from newscrawler.outcome import Copy
from newscrawler.run import Run, run_of


class DedupPipeline:
    """Knows what the archive has already."""

    def __init__(self, run: Run, *, duplicate_min: float, related_min: float) -> None:
        self.run = run
        self.duplicate_min = duplicate_min
        self.related_min = related_min

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(
            run_of(crawler),
            duplicate_min=crawler.settings.getfloat("NEWS_DUPLICATE_MIN"),
            related_min=crawler.settings.getfloat("NEWS_RELATED_MIN"),
        )

    def process_item(self, item: Article) -> Article:
        """Raises Copy once the copy is filed."""
        conn = self.run.archive.conn
        assert item.signature is not None, "the extractor fingerprints every article"
        known = articles.id_of(conn, item.url)
        if known is not None and self._is_alias(item, known):
            self._file(item, known, "the same page at another address")
        if known is None and (original := twins.same_text(conn, item.content_hash, not_url=item.url)):
            self._file(item, original, "the same text")
        found = twins.near(conn, item.signature, item.text, not_url=item.url, similarity_min=self.related_min)
        original_id = twins.original_among(conn, found, item.text, similarity_min=self.duplicate_min, known=known)
        related = tuple(Related(t.article_id, t.similarity) for t in found if t.similarity < self.duplicate_min)
        return replace(item, original_id=original_id, related=related)

    def _is_alias(self, item: Article, known: int) -> bool:
        """An AMP page or a print view of an article that another frontier row has archived."""
        row = self.run.under_way.get(item.requested_url)
        return item.requested_url != item.url and row is not None and row.article_id != known

    def _file(self, item: Article, original_id: int, why: str) -> None:
        with self.run.archive.transaction() as conn:
            articles.file_copy(conn, item, original_id, url=item.requested_url)
        raise Copy(f"of article {original_id}: {why}", article_id=original_id)
