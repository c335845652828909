"""run_session(): one job that asks live servers, in a Scrapy process that stores nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, Final, TypeVar

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import BaseSettings, Settings

from newscrawler.asking.answers import RobotsWord
from newscrawler.asking.asker import Asker
from newscrawler.site import Site
from newscrawler.slots import CRAWL_DELAY_MAX_S
from newscrawler.spiders.base import agent_of
from newscrawler.starting import check_settings

T = TypeVar("T")
MakeAsker = Callable[..., Asker]
"""`make(site="id", requests_max=…, seconds_max=…)`: an asker for one outlet."""

_FIRST: Final = 50
"""Priority of these settings: above the command line's, whose `-s` may not open a door that is shut here."""

_OURS: Final[Mapping[str, Any]] = {
    "SCHEDULER": "scrapy.core.scheduler.Scheduler",  # the crawl's hands out the archive's rows
    "ITEM_PIPELINES": {},
    "EXTENSIONS": {"newscrawler.extensions.log_level.LogLevel": 0, "scrapy.extensions.logstats.LogStats": None},
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
        "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
        "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
        "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
        "newscrawler.asking.doors.Scope": 50,
        "newscrawler.asking.doors.PrivateNetwork": 60,
        "newscrawler.asking.doors.Robots": 100,
        "newscrawler.asking.doors.BackOff": 970,
        "newscrawler.middlewares.redirects.PageRedirectMiddleware": 600,
        "newscrawler.middlewares.whole_body.WholeBodyMiddleware": 990,
        "newscrawler.middlewares.whole_body.UnpackMiddleware": 590,
    },
    "RETRY_HTTP_CODES": [],  # a server that says 429 or 503 is not asked again at once; a lost connection is
}
"""What differs from a crawl. robots.txt, certificates, sizes, time-outs and the user agent are the crawl's."""


class SessionStopped(Exception):
    """The process was told to stop before the job had ended."""


class AskingSpider(Spider):
    """Runs the job and makes no item."""

    name = "asking"
    job: Callable[[MakeAsker], Awaitable[Any]]
    """What is to be done."""
    sites: Mapping[str, Site]
    """The outlets whose hosts and private addresses the middlewares know."""
    heard: dict[str, RobotsWord]
    """What was read of robots.txt, by host."""
    crawl_delay_max_s: float
    """Seconds above which a Crawl-delay isn't waited for in full."""
    result: Any = None
    """What the job returned."""
    error: BaseException | None = None
    """What ended the job. None: it ended by itself, or not at all."""

    async def start(self) -> AsyncIterator[Request]:
        """The job; there is no request for Scrapy's scheduler."""
        try:
            self.result = await self.job(self._asker)
        except BaseException as why:
            self.error = why
            raise
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    def _asker(self, *, site: str = "", requests_max: int, seconds_max: float) -> Asker:
        engine = self.crawler.engine
        assert engine is not None
        return Asker(engine.download_async, self.heard, site=site, requests_max=requests_max, seconds_max=seconds_max)


def run_session(
    settings: BaseSettings,
    job: Callable[[MakeAsker], Awaitable[T]],
    *,
    sites: Mapping[str, Site],
    delay_s: float = 2.0,
    any_network: bool = False,
    crawl_delay_max_s: float = CRAWL_DELAY_MAX_S,
) -> T:
    """Run a job to its end and return its result. Once in a process: a reactor can't be started again.

    `delay_s`: seconds between two requests to a host that is none of the sites'. `any_network`: whether private
    addresses may be asked. `crawl_delay_max_s`: how much of a Crawl-delay is waited for.

    Raises CannotStart for a bad setting, SessionStopped after Ctrl-C or SIGTERM, and what the job raises.
    """
    check_settings(settings)
    process = AsyncCrawlerProcess(_settings(settings, sites, delay_s=delay_s, any_network=any_network))
    crawler = process.create_crawler(AskingSpider)
    process.crawl(crawler, job=job, sites=sites, heard={}, crawl_delay_max_s=crawl_delay_max_s)
    process.start()
    spider = crawler.spider
    if not isinstance(spider, AskingSpider):
        raise SessionStopped("it ended before it began")
    if isinstance(spider.error, Exception):
        raise spider.error
    if spider.error is not None or spider.result is None:
        raise SessionStopped("stopped before the end")
    result: T = spider.result
    return result


def _settings(settings: BaseSettings, sites: Mapping[str, Site], *, delay_s: float, any_network: bool) -> Settings:
    ours = Settings()
    ours.update(settings)
    for name, value in _OURS.items():
        ours.set(name, dict(value) if isinstance(value, dict) else value, priority=_FIRST)
    if any_network:
        doors = dict(_OURS["DOWNLOADER_MIDDLEWARES"])
        del doors["newscrawler.asking.doors.PrivateNetwork"]
        ours.set("DOWNLOADER_MIDDLEWARES", doors, priority=_FIRST)
    slots = {
        host: {"concurrency": 1, "delay": site.delay_s, "jitter": 0.5 if site.delay_s else 0}
        for site in sites.values()
        for host in site.scope
    }
    ours.set("DOWNLOAD_SLOTS", slots, priority=_FIRST)
    ours.set("DOWNLOAD_DELAY", delay_s, priority=_FIRST)
    ours.set("USER_AGENT", agent_of(settings), priority=_FIRST)
    return ours
