"""robots.txt, obeyed by every request: also by those that ask while it is being fetched."""

from __future__ import annotations

import asyncio
import logging

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler

from newscrawler.middlewares.pauses import asks_to_wait
from newscrawler.outcome import PutBack, Unreachable
from newscrawler.slots import CRAWL_DELAY_MAX_S, slow_down

_logger = logging.getLogger(__name__)


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's judgement of rules; they are fetched here, once for scheme and host (RFC 9309).

    In Scrapy 2.19 all requests that wait for the same robots.txt share one Deferred, and all but the first are
    given None by it, which means "no rules": a resumed crawl fetched pages that robots.txt forbids. Rules are kept
    by host alone, so that http was free of rules where https is refused. And robots.txt is asked for beside the
    queue of the pages' slot, over a connection of its own.
    """

    crawl_delay_max_s = CRAWL_DELAY_MAX_S
    """Seconds above which a Crawl-delay isn't waited for in full."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._rules: dict[tuple[str, str], asyncio.Future[RobotParser | None]] = {}

    async def process_request(self, request: Request, spider: Spider | None = None) -> None:  # noqa: ARG002
        """Raises Unreachable while robots.txt answers with a server error: then nothing is allowed (RFC 9309). So
        does 429, which says nothing about rules.
        """
        await super().process_request(request)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules for an address. None: there are none, or nobody answered. Raises what process_request does."""
        parts = urlparse_cached(request)
        origin = (parts.scheme, parts.netloc)
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._fetched(origin, request))
        return await asyncio.shield(self._rules[origin])

    def heard(self, request: Request, response: Response | None, parser: RobotParser | None) -> None:
        """Called once for every robots.txt that answered, or didn't (then both are None). `request`: what it was
        asked for.
        """
        asked = parser.crawl_delay(self._robotstxt_useragent or "*") if parser is not None else None
        slot = request.meta.get("download_slot")
        if response is not None and asked and slot is not None:
            assert self.crawler.engine is not None
            slow_down(self.crawler.engine.downloader, slot, min(asked, self.crawl_delay_max_s))

    async def _fetched(self, origin: tuple[str, str], request: Request) -> RobotParser | None:
        try:
            response = await self._answer(origin, request)
        except PutBack:
            del self._rules[origin]  # it wasn't asked: whoever comes later may be luckier
            raise
        except Exception as why:  # noqa: BLE001 (no answer, whatever the reason, is no rule)
            if not isinstance(why, IgnoreRequest):
                _logger.debug("no robots.txt at %s://%s: %r", *origin, why)
            self.heard(request, None, None)
            return None
        if asks_to_wait(response) or response.status >= 500:
            self.heard(request, response, None)
            if asks_to_wait(response):
                del self._rules[origin]  # after the pause it is asked again
            said = "HTTP 429" if response.status == 429 else "a server error"
            raise Unreachable(f"robots.txt answers with {said}")
        rules = response.body if response.status < 300 else b""  # an error page holds none
        parser: RobotParser = build_from_crawler(self._parserimpl, self.crawler, rules)
        self.heard(request, response, parser)
        return parser

    async def _answer(self, origin: tuple[str, str], request: Request) -> Response:
        """The site's own robots.txt may redirect to any host, so it carries no site; but it waits in its slot."""
        meta = {"dont_obey_robotstxt": True, "for_site": request.meta.get("site", "")}
        if "download_slot" in request.meta:
            meta["download_slot"] = request.meta["download_slot"]
        url = f"{origin[0]}://{origin[1]}/robots.txt"
        assert self.crawler.engine is not None
        self._stats.inc_value("robotstxt/request_count")
        return await self.crawler.engine.download_async(
            Request(url, priority=self.DOWNLOAD_PRIORITY, meta=meta, callback=NO_CALLBACK)
        )
