"""ArchiveSpider: what reading the web and reading WARC files have in common, from Page to Article."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any, ClassVar, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from newscrawler.archive.frontier import FrontierRow
from newscrawler.article import Article
from newscrawler.outcome import Outcome
from newscrawler.page import Page
from newscrawler.readers import Readers, make_readers
from newscrawler.run import Run
from newscrawler.site import Site
from newscrawler.spiders.failures import outcome_of
from newscrawler.starting import open_run
from newscrawler.urls import canonical


class ArchiveSpider(Spider):
    """A spider with a run: sites, archive, ledger, and readers for its pages."""

    run: Run
    readers: Readers
    replays: ClassVar[bool] = False
    """Whether pages come from WARC files, and nothing is requested."""

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, run: Run | None = None, **kwargs: Any) -> Self:
        """Made by Scrapy. Without a `run` one is opened: CannotStart says why that fails."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        if run is None:
            cls.check_arguments(kwargs)
        spider.run = run or open_run(settings, spider=cls.name, arguments=kwargs)
        spider.run.replaying = cls.replays
        spider.readers = readers_of(settings)
        settings.set("DOWNLOAD_SLOTS", {s.id: _slot(s) for s in spider.run.sites.values()}, priority="spider")
        if contact := settings["NEWS_CONTACT"]:
            settings.set("USER_AGENT", f"{settings['USER_AGENT']} (+{contact})", priority="spider")
        crawler.signals.connect(spider.readers.close, signal=signals.spider_closed, weak=False)
        return spider

    @classmethod
    def check_arguments(cls, arguments: Mapping[str, str]) -> None:
        """Raises CannotStart naming the `-a` argument that can't be used."""
        raise NotImplementedError

    def article_request(self, row: FrontierRow) -> Request:
        """The request for a frontier row."""
        return Request(
            row.url,
            callback=self.parse_article,
            errback=self.article_failed,
            cb_kwargs={"row": row},
            meta={"site": row.site, "download_slot": row.site},
            dont_filter=True,
        )

    async def parse_article(self, response: Response, row: FrontierRow) -> AsyncIterator[Article]:
        """A response as a Page, the page as an Article; a page without one ends here."""
        content_type = response.headers.get("Content-Type")
        page = Page(
            url=canonical(response.url),
            body=response.body,
            fetched_at=response.meta.get("fetched_at") or self.run.clock(),
            requested_url=row.url,
            content_type=content_type.decode("latin-1") if content_type else None,
            capture_id=response.meta.get("capture_id"),
            link=row.link,
        )
        article = await self.read(page, self.run.sites[row.site])
        if article is not None:
            yield article

    async def read(self, page: Page, site: Site) -> Article | None:
        """The page's article. None: it has none, and its URL has ended in the ledger."""
        try:
            return await self.readers.read(page, site)
        except Outcome as why:
            self.run.end(page.requested_url, why, capture_id=page.capture_id)
            return None

    def article_failed(self, failure: Failure) -> None:
        """No page was got: name the outcome."""
        request: Request = failure.request  # type: ignore[attr-defined]
        self.run.end(request.cb_kwargs["row"].url, outcome_of(failure), capture_id=request.meta.get("capture_id"))


def readers_of(settings: BaseSettings) -> Readers:
    """The readers the settings ask for."""
    return make_readers(
        workers=settings.getint("NEWS_EXTRACT_WORKERS"),
        timeout_s=settings.getfloat("NEWS_EXTRACT_TIMEOUT_S"),
        min_words=settings.getint("NEWS_MIN_WORDS"),
        cluster=settings["NEWS_CLUSTER"],
    )


def _slot(site: Site) -> dict[str, float]:
    return {"concurrency": site.concurrency, "delay": site.delay_s, "jitter": 0.5 if site.delay_s else 0}
