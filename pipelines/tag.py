"""300: goes on with tags."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from newscrawler.article import Article
from newscrawler.extract.finishing import tagged
from newscrawler.run import run_of
from newscrawler.tagging import tagger_of
from newscrawler.text.tagger import Tagger


class TagPipeline:
    """Names what an article is about, from the page's own data, from seeds/tags and by rules."""

    def __init__(self, tagger: Tagger) -> None:
        self.tagger = tagger
        self.version = tagger.version

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy. The lists were read when the run was opened; where they weren't, they are read now."""
        return cls(run_of(crawler).tagger or tagger_of(crawler.settings))

    def process_item(self, item: Article) -> Article:
        """Never drops. What a worker has tagged by the same lists and rules goes on as it is."""
        return item if item.tagged_with == self.version else tagged(item, self.tagger)
