"""100: Arabic goes on."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from newscrawler.article import Article
from newscrawler.outcome import NotArabic


class LanguagePipeline:
    """Lets Arabic articles through. The extractor has recorded the evidence; here it is held against the limits."""

    def __init__(self, *, share_min: float, foreign_max: float) -> None:
        self.share_min = share_min
        self.foreign_max = foreign_max

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        settings = crawler.settings
        return cls(
            share_min=settings.getfloat("NEWS_ARABIC_SHARE_MIN"),
            foreign_max=settings.getfloat("NEWS_FOREIGN_SHARE_MAX"),
        )

    def process_item(self, item: Article) -> Article:
        """Raises NotArabic."""
        verdict = item.language
        assert verdict is not None, "the extractor judges every article"
        if verdict.arabic_share < self.share_min or verdict.foreign_share > self.foreign_max or verdict.guess != "ar":
            raise NotArabic(
                f"{verdict.guess}: {verdict.arabic_share:.0%} Arabic letters, "
                f"{verdict.foreign_share:.1%} of them not of standard Arabic"
            )
        return item
