"""robots.txt: once for scheme and host, in the site's own slot, with its Crawl-delay."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse
from scrapy.settings import Settings
from scrapy.statscollectors import MemoryStatsCollector

from newscrawler.middlewares import robots
from newscrawler.middlewares.robots import RobotsMiddleware
from newscrawler.outcome import PutBack, Unreachable

RULES = b"User-agent: *\nDisallow: /private/\n"


class Web:
    """Answers robots.txt by address; an answer may be an error to raise."""

    def __init__(self, **answers: bytes | int | Exception) -> None:
        self.answers = answers
        self.asked: list[Request] = []
        self.downloader = object()

    async def download_async(self, request: Request) -> Response:
        self.asked.append(request)
        await asyncio.sleep(0.01)
        answer = self.answers[request.url.partition(":")[0]]
        if isinstance(answer, Exception):
            raise answer
        status, body = (answer, RULES) if isinstance(answer, int) else (200, answer)
        return TextResponse(request.url, status=status, body=body)


@pytest.fixture
def slowed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float]]:
    """Slots that were told to be slower."""
    calls: list[tuple[str, float]] = []
    monkeypatch.setattr(robots, "slow_down", lambda _, slot, seconds: calls.append((slot, seconds)))
    return calls


def obeying(web: Web) -> RobotsMiddleware:
    settings = Settings({"ROBOTSTXT_OBEY": True, "ROBOTSTXT_USER_AGENT": "newscrawler"})
    crawler: Any = SimpleNamespace(settings=settings, engine=web, spider=None)
    crawler.stats = MemoryStatsCollector(SimpleNamespace(settings=settings))  # type: ignore[arg-type]
    return RobotsMiddleware(crawler)


def end_of(middleware: RobotsMiddleware, *urls: str, together: bool = False) -> list[str]:
    """What becomes of requests: the name of what is raised, or «goes on»."""

    async def one(url: str) -> str:
        try:
            await middleware.process_request(Request(url, meta={"site": "alpha", "download_slot": "alpha"}))
        except (IgnoreRequest, Unreachable, PutBack) as why:
            return type(why).__name__
        return "goes on"

    async def every() -> list[str]:
        if together:
            return list(await asyncio.gather(*map(one, urls)))
        return [await one(url) for url in urls]

    return asyncio.run(every())


def test_all_that_wait_for_the_rules_obey_them() -> None:
    """One request for them, whoever asks first."""
    web = Web(https=RULES)
    urls = ["https://a.example/1", "https://a.example/private/2", "https://a.example/private/3"]
    assert end_of(obeying(web), *urls, together=True) == ["goes on", "IgnoreRequest", "IgnoreRequest"]
    assert [request.url for request in web.asked] == ["https://a.example/robots.txt"]


def test_http_has_rules_of_its_own() -> None:
    """Where https is refused, http isn't free of rules (RFC 9309: by scheme and host)."""
    web = Web(https=ConnectionError("refused"), http=RULES)
    ends = end_of(obeying(web), "https://a.example/private/1", "http://a.example/private/1", "http://a.example/2")
    assert ends == ["goes on", "IgnoreRequest", "goes on"]
    assert len(web.asked) == 2


def test_the_rules_take_their_turn_in_the_sites_slot() -> None:
    """In the name of the site, but free to be redirected to a host outside its scope."""
    web = Web(https=RULES)
    end_of(obeying(web), "https://a.example/1")
    meta = web.asked[0].meta
    assert (meta["download_slot"], meta["for_site"]) == ("alpha", "alpha")
    assert "site" not in meta


@pytest.mark.parametrize(("status", "again"), [(500, 1), (502, 1), (503, 2), (429, 2)])
def test_a_server_error_forbids_and_a_pause_is_followed_by_another_look(status: int, again: int) -> None:
    """500 is asked once a run; 429 and 503 say nothing about rules, and are asked again after the pause."""
    web = Web(https=status)
    assert end_of(obeying(web), "https://a.example/1", "https://a.example/2") == ["Unreachable", "Unreachable"]
    assert len(web.asked) == again


def test_an_error_page_is_no_rules() -> None:
    """Whatever stands in it: 404 means that there are none."""
    assert end_of(obeying(Web(https=404)), "https://a.example/private/1") == ["goes on"]


def test_what_was_not_asked_is_asked_later() -> None:
    """The site was shut, or the run stopped: that isn't an answer."""
    web = Web(https=PutBack("not now"))
    assert end_of(obeying(web), "https://a.example/1", "https://a.example/2") == ["PutBack", "PutBack"]
    assert len(web.asked) == 2


@pytest.mark.parametrize(("asked", "delay"), [(b"7", [("alpha", 7.0)]), (b"3600", [("alpha", 30.0)]), (b"x", [])])
def test_a_crawl_delay_slows_the_slot_down_up_to_the_cap(
    asked: bytes, delay: list[tuple[str, float]], slowed: list[tuple[str, float]]
) -> None:
    """An hour between two requests would mean that the newspaper can't be read at all."""
    end_of(obeying(Web(https=b"User-agent: *\nCrawl-delay: " + asked + b"\n")), "https://a.example/1")
    assert slowed == delay


def test_the_crawl_delay_for_us_goes_before_that_for_all(slowed: list[tuple[str, float]]) -> None:
    """As the other rules."""
    rules = b"User-agent: *\nCrawl-delay: 20\n\nUser-agent: newscrawler\nCrawl-delay: 4\n"
    end_of(obeying(Web(https=rules)), "https://a.example/1")
    assert slowed == [("alpha", 4.0)]


def test_a_request_may_be_exempted() -> None:
    """As that for robots.txt itself."""
    web = Web(https=RULES)
    asyncio.run(obeying(web).process_request(Request("https://a.example/private/", meta={"dont_obey_robotstxt": True})))
    assert web.asked == []
