"""A newspaper that lists itself in nothing but an index of sitemaps: its mornings come in the morning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from newscrawler.times import iso
from support.commands import Desk
from support.many_crawls import BEGIN, ManyCrawls
from support.newspaper import page, seed, sitemap
from support.server import XML, Answer, Server, text

pytestmark = pytest.mark.slow

HOURS = (6, 10, 14, 18)
"""Of the day, when something is published: nothing for twelve hours, each night."""


class Paper:
    """One child for the articles of these days, and one for those of before."""

    def __init__(self, server: Server, *, dates: bool) -> None:
        self.server, self.dates = server, dates
        self.published: list[datetime] = []
        server.pages["/old.xml"] = sitemap([server.url("/news/900")])
        server.pages["/news/900"] = page(900)

    def tick(self, now: datetime) -> None:
        """Publish if it is time, and list what there is."""
        if now.hour in HOURS:
            self.published.append(now)
            self.server.pages[f"/news/{len(self.published)}"] = page(len(self.published))
        links = [self.server.url(f"/news/{number}") for number in range(1, len(self.published) + 1)]
        self.server.pages["/new.xml"] = sitemap(links)
        self.server.pages["/sitemap.xml"] = self._index()

    def _index(self) -> Answer:
        changed = {"/new.xml": self.published[-1] if self.published else BEGIN, "/old.xml": None}
        children = "".join(
            f"<sitemap><loc>{self.server.url(path)}</loc>"
            + (f"<lastmod>{iso(at) if at else '2026-11-20'}</lastmod>" if self.dates else "")
            + "</sitemap>"
            for path, at in changed.items()
        )
        index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{children}</sitemapindex>'
        return text(index, content_type=XML)


@pytest.fixture
def server() -> Iterator[Server]:
    """On 127.0.0.1."""
    with Server() as serving:
        yield serving


@pytest.mark.parametrize("dates", [True, False], ids=["with dates", "without dates"])
def test_after_a_night_articles_are_not_late(desk: Desk, server: Server, *, dates: bool) -> None:
    """Four hours at most over three days, where the pace of an index that lists no articles itself once grew to 17;
    and it is not asked at every tick.
    """
    paper = Paper(server, dates=dates)
    desk.seeds(paper=seed(server, ("sitemap", "/sitemap.xml")))
    late = []
    with ManyCrawls(desk) as crawls:
        for tick in range(72):
            paper.tick(crawls.now + (timedelta(hours=1) if tick else timedelta(0)))
            crawls.crawl(after=timedelta(hours=1) if tick else timedelta(0))
            ((count,),) = desk.rows("SELECT count(*) FROM articles WHERE url NOT LIKE '%/900'")
            late += [crawls.now - at for at in paper.published[len(late) : count]]
    assert len(late) >= len(paper.published) - 1 == 11
    assert max(late) <= timedelta(hours=4)
    ((polls,),) = desk.rows("SELECT polls FROM sources WHERE url LIKE '%/sitemap.xml'")
    assert polls < 45
