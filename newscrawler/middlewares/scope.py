"""Nothing outside a site's own hosts is requested, wherever a redirect leads."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from newscrawler.outcome import OutOfScope
from newscrawler.run import Run, run_of


class ScopeMiddleware:
    """Ends a request that is not on one of the hosts of the site it was made for."""

    def __init__(self, run: Run) -> None:
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(run_of(crawler))

    def process_request(self, request: Request) -> None:
        """Raises OutOfScope. robots.txt requests carry no site: they go where a checked request goes."""
        site = self.run.sites.get(request.meta.get("site", ""))
        if site is not None and not site.in_scope(request.url):
            raise OutOfScope(request.url)
