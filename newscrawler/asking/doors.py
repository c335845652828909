"""The crawl's middlewares, for a spider that has sites and no run."""

from __future__ import annotations

import re
from typing import Final, Self, cast

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

from newscrawler.asking.answers import RobotsWord
from newscrawler.asking.session import AskingSpider
from newscrawler.middlewares.private_network import PrivateNetworkMiddleware
from newscrawler.middlewares.robots import RobotsMiddleware
from newscrawler.middlewares.scope import ScopeMiddleware
from newscrawler.urls import host_of

_SITEMAP: Final = re.compile(rb"^[ \t]*sitemap[ \t]*:[ \t]*(https?://\S+)", re.IGNORECASE | re.MULTILINE)


class Scope(ScopeMiddleware):
    """Keeps the questions about a site on its hosts."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(_spider(crawler))


class PrivateNetwork(PrivateNetworkMiddleware):
    """Keeps the questions out of private networks."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(_spider(crawler))


class Robots(RobotsMiddleware):
    """Obeys robots.txt, notes what it says, and waits as long between two requests as it asks for."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._tried: set[tuple[str, str]] = set()

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """See RobotsMiddleware; a host that didn't answer is noted too, and asked again by its other scheme.

        Scrapy remembers rules by host alone: where https is refused, http would be free of rules.
        """
        parts = urlparse_cached(request)
        if (parts.scheme, parts.netloc) not in self._tried and self._parsers.get(parts.netloc) is None:
            self._parsers.pop(parts.netloc, None)
        self._tried.add((parts.scheme, parts.netloc))
        parser = await super().robot_parser(request)
        _spider(self.crawler).heard.setdefault(host_of(request.url), RobotsWord())
        return parser

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        await super()._parse_robots(response, netloc, request)
        parser = self._parsers[netloc]
        asked = parser.crawl_delay(self._robotstxt_useragent or "*") if isinstance(parser, RobotParser) else None
        host = host_of(request.url)
        found = [match.decode("utf-8", "replace") for match in _SITEMAP.findall(response.body)]
        _spider(self.crawler).heard[host] = RobotsWord(response.status, asked, tuple(dict.fromkeys(found)))
        if asked:
            self._slow_down(host, min(asked, _spider(self.crawler).crawl_delay_max_s))

    def _slow_down(self, host: str, seconds: float) -> None:
        assert self.crawler.engine is not None
        downloader = self.crawler.engine.downloader
        given = downloader.per_slot_settings.get(host, {})
        delay = max(seconds, given.get("delay", self.crawler.settings.getfloat("DOWNLOAD_DELAY")))
        downloader.per_slot_settings[host] = given | {"concurrency": 1, "delay": delay}
        if host in downloader.slots:
            downloader.slots[host].delay = delay


def _spider(crawler: Crawler) -> AskingSpider:
    return cast("AskingSpider", crawler.spider)
