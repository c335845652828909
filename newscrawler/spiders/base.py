"""ArchiveSpider: what reading the web and reading WARC files have in common, from Page to Article."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Final, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from newscrawler.archive.copies.limits import Limits
from newscrawler.archive.holdings.visits import Answer
from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.article import Article
from newscrawler.health.walls import wall_in_place
from newscrawler.outcome import NotAnArticle, NoText, Outcome, PutBack, Rejected, TooShort, Walled
from newscrawler.page import Page
from newscrawler.readers import Readers, ReadersLost
from newscrawler.run import Run
from newscrawler.spiders.failures import outcome_of
from newscrawler.spiders.revisits import Revisits
from newscrawler.starting import open_run, readers_of
from newscrawler.tagging import tagger_files
from newscrawler.urls import BadUrl, canonical

_SAYS_LITTLE: Final = (NotAnArticle, NoText, TooShort)
"""How a captcha page ends that wasn't known for one."""


OF_SCRAPYD: Final = ("_job",)
"""Arguments that scrapyd adds to those it was given: its number for the job."""


class ArchiveSpider(Spider):
    """A spider with a run: sites, archive, ledger, and readers for its pages."""

    run: Run
    readers: Readers
    revisits: Revisits
    _closing: asyncio.Future[None] | None = None
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
        spider.readers = spider.run.readers or readers_of(settings, files=tagger_files(settings))
        spider.revisits = Revisits(spider.run, spider.readers, limits=Limits.of(settings))
        settings.set("DOWNLOAD_SLOTS", _slots(spider.run), priority="spider")
        settings.set("USER_AGENT", agent_of(settings), priority="spider")
        crawler.signals.connect(spider.readers.close, signal=signals.spider_closed, weak=False)
        return spider

    @classmethod
    def check_arguments(cls, arguments: Mapping[str, str]) -> None:
        """Raises CannotStart naming the `-a` argument that can't be used."""
        raise NotImplementedError

    def article_request(self, row: FrontierRow) -> Request:
        """The request for a frontier row. An address never visited will bring a page to read, so the workers begin
        to load what they need while it is fetched; a known article may well answer 304.
        """
        if row.article_id is None:
            self.readers.prepare()
        return Request(
            row.url,
            callback=self.parse_article,
            errback=self.article_failed,
            cb_kwargs={"row": row},
            meta={"site": row.site},
            dont_filter=True,
        )

    async def parse_article(self, response: Response, row: FrontierRow) -> AsyncIterator[Article]:
        """A response as a Page, the page as an Article; a page without one ends here."""
        answer = self._answered(response.meta, response.url, row)
        content_type = response.headers.get("Content-Type")
        page = Page(
            url=canonical(response.url),
            body=response.body,
            fetched_at=answer.at,
            requested_url=row.url,
            content_type=content_type.decode("latin-1") if content_type else None,
            capture_id=answer.capture_id,
            link=row.link,
        )
        article = await self.read(page, row, redirected=answer.landed is not None)
        if article is not None:
            yield article

    async def read(self, page: Page, row: FrontierRow, *, redirected: bool = False) -> Article | None:
        """The page's article, compared with what the archive has of it. None: it has none, and its URL has ended in
        the ledger.
        """
        try:
            article = await self.readers.read(page, self.run.sites[row.site])
            return await self.revisits.compared(article, page, row, redirected=redirected)
        except Outcome as why:
            outcome = _wall(page, why)
            if isinstance(outcome, Rejected) and row.url in self.run.answers:
                there = await self.revisits.text_there(page, row)
                self.run.answers[row.url] = replace(self.run.answers[row.url], text_there=there)
            self.run.end(page.requested_url, outcome, capture_id=page.capture_id)
            return None
        except ReadersLost as why:
            self._give_up(str(why))
            self.run.end(page.requested_url, PutBack(str(why)), capture_id=page.capture_id)
            return None

    def article_failed(self, failure: Failure) -> None:
        """No page was got: name the outcome."""
        request: Request = failure.request  # type: ignore[attr-defined]
        row: FrontierRow = request.cb_kwargs["row"]
        outcome = outcome_of(failure)
        self._answered(request.meta, request.url, row)
        self.run.end(row.url, outcome)

    def _give_up(self, why: str) -> None:
        """Nobody is left who reads pages: take up no more work. What is open in the frontier stays open."""
        self.run.problem(why)
        if self._closing is None:
            self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="readers_lost"))

    def _answered(self, meta: Mapping[str, Any], url: str, row: FrontierRow) -> Answer:
        """Note what came of a request: its middlewares have left it in `meta`."""
        answer = Answer(
            at=meta.get("fetched_at") or self.run.clock(),
            landed=_canonical_or_raw(url) if meta.get("redirect_times") else None,
            validators=meta.get("validators"),
            capture_id=meta.get("capture_id"),
            redirect=meta.get("redirect"),
        )
        self.run.answers[row.url] = answer
        return answer


def _wall(page: Page, why: Outcome) -> Outcome:
    """A page without an article may be a wall: that passes, and the address comes back."""
    found = wall_in_place(page.content_type, page.body) if isinstance(why, _SAYS_LITTLE) else None
    return Walled(found) if found else why


def agent_of(settings: BaseSettings) -> str:
    """How we introduce ourselves: the program, and whom to write to if the settings say so."""
    contact = settings["NEWS_CONTACT"]
    return f"{settings['USER_AGENT']} (+{contact})" if contact else str(settings["USER_AGENT"])


def _slots(run: Run) -> dict[str, dict[str, float]]:
    """What the downloader is told of each slot: of sites that share one the most careful wish holds."""
    slots: dict[str, dict[str, float]] = {}
    for key, site in run.sites.items():
        given = slots.setdefault(run.gates.slot_of[key], {"concurrency": site.concurrency, "delay": site.delay_s})
        given["concurrency"] = min(given["concurrency"], site.concurrency)
        given["delay"] = max(given["delay"], site.delay_s)
        given["jitter"] = 0.5 if given["delay"] else 0
    return slots


def _canonical_or_raw(url: str) -> str:
    try:
        return canonical(url)
    except BadUrl:
        return url
