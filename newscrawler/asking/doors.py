"""The crawl's middlewares, for a spider that has sites and no run."""

from __future__ import annotations

import re
import time
from typing import Final, Self, cast

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from newscrawler.asking.answers import RobotsWord
from newscrawler.asking.session import AskingSpider
from newscrawler.middlewares.pauses import asks_to_wait, pause, retry_after
from newscrawler.middlewares.private_network import PrivateNetworkMiddleware
from newscrawler.middlewares.robots import RobotsMiddleware
from newscrawler.middlewares.scope import ScopeMiddleware
from newscrawler.outcome import http_error
from newscrawler.times import utc_now
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
    """Obeys robots.txt, and notes what it says."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.crawl_delay_max_s = _spider(crawler).crawl_delay_max_s

    def heard(self, request: Request, response: Response | None, parser: RobotParser | None) -> None:
        """See RobotsMiddleware. A host that didn't answer is noted too."""
        super().heard(request, response, parser)
        word = RobotsWord()
        if response is not None:
            asked = parser.crawl_delay(self._robotstxt_useragent or "*") if parser is not None else None
            found = [match.decode("utf-8", "replace") for match in _SITEMAP.findall(response.body)]
            word = RobotsWord(response.status, asked, tuple(dict.fromkeys(found)))
        heard, host = _spider(self.crawler).heard, host_of(request.url)
        if response is not None or host not in heard:
            heard[host] = word


class BackOff:
    """A host that asks for a pause isn't asked again before it is over; what is wanted of it fails as the first did."""

    def __init__(self) -> None:
        self._until: dict[str, tuple[float, int]] = {}

    def process_request(self, request: Request) -> None:
        """Raises the outcome of the answer that asked for the pause."""
        until, status = self._until.get(host_of(request.url), (0.0, 0))
        if time.monotonic() < until:
            raise http_error(status)

    def process_response(self, request: Request, response: Response) -> Response:
        """Notes the pause."""
        if asks_to_wait(response):
            asked_s = retry_after(response.headers.get("Retry-After"), now=utc_now())
            until = time.monotonic() + pause(refusals=1, asked_s=asked_s)
            self._until[host_of(request.url)] = (until, response.status)
        return response


def _spider(crawler: Crawler) -> AskingSpider:
    return cast("AskingSpider", crawler.spider)
