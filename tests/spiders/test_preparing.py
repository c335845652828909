"""When the workers begin to load: early enough for the first page, and not for a run that has none."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.link import Link
from newscrawler.spiders.news import NewsSpider
from newscrawler.urls import CanonicalUrl

URL = CanonicalUrl("https://alpha.example/news/1")


@dataclass
class Waiting:
    """Readers that nobody asks to read."""

    prepared: int = 0

    def prepare(self) -> None:
        self.prepared += 1


@pytest.mark.parametrize(("article_id", "prepared"), [(None, 1), (7, 0)], ids=["new", "known"])
def test_workers_begin_to_load_when_a_new_address_is_requested(article_id: int | None, prepared: int) -> None:
    """It will bring a page. A known article may answer 304, and a run of nothing but those needs no workers."""
    spider = NewsSpider()
    spider.readers = readers = Waiting()  # type: ignore[assignment]
    assert spider.article_request(FrontierRow(URL, "alpha", Link(url=URL), article_id=article_id)).url == URL
    assert readers.prepared == prepared
