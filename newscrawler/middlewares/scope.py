"""Nothing outside a site's own hosts is requested, wherever a redirect leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, Self

from scrapy import Request
from scrapy.crawler import Crawler

from newscrawler.outcome import OutOfScope
from newscrawler.run import run_of
from newscrawler.site import Site


class HasSites(Protocol):
    """A run, or whatever else asks the servers of sites."""

    @property
    def sites(self) -> Mapping[str, Site]:
        """The sites by id."""


class ScopeMiddleware:
    """Ends a request that is not on one of the hosts of the site it was made for."""

    def __init__(self, run: HasSites) -> None:
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
