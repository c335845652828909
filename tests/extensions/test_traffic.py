"""What the wire sees of each site is counted: requests, answers, latencies, and captcha pages in place of sources."""

from __future__ import annotations

import pytest
from scrapy import signals
from scrapy.http import HtmlResponse, Request, Response

from newscrawler.extensions.traffic import CountTraffic
from newscrawler.run import Run
from support.commands import Desk
from support.crawlers import a_crawler
from support.newspaper import seed
from support.server import Answer, Server

WALL = b"<html><title>Just a moment...</title><body>Checking your browser</body></html>"


def counted(run: Run, request: Request, response: Response | None = None) -> None:
    """A request goes out; with a response, it is answered."""
    crawler = a_crawler(run)
    counter = CountTraffic.from_crawler(crawler)
    crawler.signals.send_catch_log(signals.request_reached_downloader, request=request, spider=None)
    if response is not None:
        crawler.signals.send_catch_log(signals.response_downloaded, response=response, request=request, spider=None)
        crawler.signals.send_catch_log(signals.response_received, response=response, request=request, spider=None)
    assert counter.run is run


def a_request(**meta: object) -> Request:
    return Request("https://alpha.example/feed", meta={"site": "alpha", **meta})


def test_requests_and_answers_are_counted_by_site(run: Run) -> None:
    """An answer is one whatever its status; a request without one failed."""
    counted(run, a_request(download_latency=0.25), Response("https://alpha.example/feed", status=503))
    counted(run, a_request(), Response("https://alpha.example/feed"))
    counted(run, a_request())
    traffic = run.traffic["alpha"]
    assert (traffic.requests, traffic.answers, traffic.walls) == (3, 2, 0)
    assert traffic.latency_ms(0.5) == 250


def test_requests_of_no_site_are_not_counted(run: Run) -> None:
    """robots.txt goes by host."""
    counted(run, Request("https://alpha.example/robots.txt"), Response("https://alpha.example/robots.txt"))
    assert run.traffic == {}


def test_a_captcha_page_in_place_of_a_source_is_a_wall(run: Run) -> None:
    """Of an article page the spider itself says so; a feed, or an error, is none."""
    source = {"turn": None}
    for status, body, headers, kwargs in (
        (200, WALL, {"Content-Type": "text/html"}, source),
        (403, WALL, {"Content-Type": "text/html"}, source),
        (200, b"<rss/>", {"Content-Type": "text/xml"}, source),
        (200, b"<rss/>", {}, source),
        (200, WALL, {"Content-Type": "text/html"}, {"row": None}),
    ):
        request = a_request().replace(cb_kwargs=kwargs)
        counted(run, request, HtmlResponse(request.url, status=status, body=body, headers=headers))
    assert run.traffic["alpha"].walls == 1


def test_without_answers_there_is_no_latency(run: Run) -> None:
    """None is not zero."""
    counted(run, a_request())
    assert run.traffic["alpha"].latency_ms(0.9) is None


@pytest.mark.slow
def test_the_spiders_own_polls_are_known_as_such(desk: Desk) -> None:
    """A crawl whose only feed is a captcha page says "blocked", not "broken"."""
    with Server({"/feed": Answer(WALL)}) as paper:
        desk.seeds(paper=seed(paper, ("feed", "/feed")))
        assert desk.crawl().code == 1
    assert desk.rows("SELECT verdict FROM health") == [("blocked",)]
