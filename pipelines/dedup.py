"""200: a copy is filed under its original; a near copy goes on with its original named."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler

from newscrawler.archive.copies import clusters, twins
from newscrawler.archive.copies.limits import Limits
from newscrawler.archive.holdings import addresses, articles
from newscrawler.archive.holdings.takedowns import is_taken_down
from newscrawler.article import Article
from newscrawler.outcome import Copy, TakenDown
from newscrawler.run import Run, run_of


class DedupPipeline:
    """Knows what the archive has already."""

    def __init__(self, run: Run, *, limits: Limits) -> None:
        self.run = run
        self.limits = limits

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(run_of(crawler), limits=Limits.of(crawler.settings))

    def process_item(self, item: Article) -> Article:
        """Raises Copy once the copy is filed, TakenDown if its address is refused."""
        conn = self.run.archive.conn
        known = articles.id_of(conn, item.url)
        if known is not None:
            item = self._at_its_own_address(item, known)
            known = articles.id_of(conn, item.url)
        if known is None and (original := twins.same_text(conn, item.content_hash, not_url=item.url)):
            self._file(item, original, "the same text")
        return clusters.placed(conn, item, known=known, limits=self.limits)

    def _at_its_own_address(self, item: Article, known: int) -> Article:
        """The article under the address it is filed at, where `known` is the one that has its own. A canonical address
        is believed only as far as the text at it is the same: some sites print one for many.

        Raises Copy for an AMP page or a print view of an article that another frontier row has archived.
        """
        row = self.run.under_way.get(item.requested_url)
        if row is None or row.article_id == known:
            return item
        same = twins.similarity_to(self.run.archive.conn, known, item.text) >= self.limits.duplicate_min
        if item.requested_url != item.url:
            if same:
                self._file(item, known, "the same page at another address")
            return replace(
                item, url=item.requested_url, notes=(*item.notes, "its canonical address is another article's")
            )
        if not same and row.article_id is None:
            with self.run.archive.transaction() as conn:
                addresses.give_back_address(conn, known)
        return item

    def _file(self, item: Article, original_id: int, why: str) -> None:
        with self.run.archive.transaction() as conn:
            if is_taken_down(conn, item.url, item.requested_url):  # a replay reads what was captured before
                raise TakenDown(item.url)
            before = addresses.filed_under(conn, item.requested_url)
            with clusters.kept_in_order(conn, *before | {original_id}, limits=self.limits):
                addresses.file_copy(conn, item, original_id, url=item.requested_url)
        raise Copy(f"of article {original_id}: {why}", article_id=original_id)
