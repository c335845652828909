"""CountTraffic: what the wire sees of each site, for its health."""

from __future__ import annotations

from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawler.health.walls import wall_in_place
from newscrawler.run import Run, run_of


class CountTraffic:
    """Counts requests and answers by site, and captcha pages in place of sources, into `run.traffic`."""

    def __init__(self, run: Run) -> None:
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        counter = cls(run_of(crawler))
        for handler in (counter.request_reached_downloader, counter.response_downloaded, counter.response_received):
            crawler.signals.connect(handler, signal=getattr(signals, handler.__name__))
        return counter

    def request_reached_downloader(self, request: Request) -> None:
        """A request is sent."""
        if site := request.meta.get("site"):
            self.run.traffic[site].requests += 1

    def response_downloaded(self, response: Response, request: Request) -> None:  # noqa: ARG002 (Scrapy's signature)
        """An answer came, of whatever status; robots.txt goes by no site."""
        if site := request.meta.get("site"):
            traffic = self.run.traffic[site]
            traffic.answers += 1
            if (latency := request.meta.get("download_latency")) is not None:
                traffic.latencies.append(latency)

    def response_received(self, response: Response, request: Request) -> None:
        """The answer that a callback will get. That of a source may be a wall: whoever reads it sees only no feed."""
        if "turn" in request.cb_kwargs and response.status == 200:
            kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
            if wall_in_place(kind, response.body):
                self.run.traffic[request.meta["site"]].walls += 1
