"""300: goes on with tags."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from scrapy.crawler import Crawler

from newscrawler.article import Article
from newscrawler.starting import tags_folder
from newscrawler.text.tags import Lexicon, load_lexicon, tags_of


class TagPipeline:
    """Names what an article is about, from the page's own keywords and from seeds/tags."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(load_lexicon(tags_folder(crawler.settings)))

    def process_item(self, item: Article) -> Article:
        """Never drops."""
        tags = tags_of(
            title=item.title,
            text=item.text,
            section=item.section,
            keywords=item.keywords,
            lexicon=self.lexicon,
        )
        return replace(item, tags=tags)
