"""robots.txt, obeyed by every request: also by those that ask while it is being fetched."""

from __future__ import annotations

import asyncio
from collections import defaultdict

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from newscrawler.outcome import Unreachable


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's, one asker at a time per host.

    In Scrapy 2.19 all requests that wait for the same robots.txt share one Deferred, and all but the first are
    given None by it, which means "no rules": a resumed crawl fetched pages that robots.txt forbids.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._broken: set[str] = set()
        self._asking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def process_request(self, request: Request, spider: Spider | None = None) -> None:  # noqa: ARG002
        """Raises Unreachable while robots.txt answers with a server error: then nothing is allowed (RFC 9309)."""
        await super().process_request(request)
        if urlparse_cached(request).netloc in self._broken and not request.meta.get("dont_obey_robotstxt"):
            raise Unreachable("robots.txt answers with a server error")

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            self._broken.add(netloc)
        await super()._parse_robots(response, netloc, request)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The host's rules. None: it has none, or can't be asked."""
        async with self._asking[urlparse_cached(request).netloc]:
            return await super().robot_parser(request)
