"""Asker: one outlet's questions, counted and timed; an answer is always a value, never an exception."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from scrapy import Request
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from twisted.python.failure import Failure

from newscrawler.asking.answers import Answer, RobotsWord
from newscrawler.asking.certificates import certificate_trouble
from newscrawler.health.walls import wall
from newscrawler.outcome import http_error
from newscrawler.spiders.failures import outcome_of
from newscrawler.times import utc_now
from newscrawler.urls import host_of

Fetch = Callable[[Request], Awaitable[Response]]
"""Sends a request through the downloader and its middlewares."""


class NoMoreQuestions(Exception):
    """The outlet has been asked as often, or for as long, as was agreed; the message says which."""


class Asker:
    """Asks one outlet. Requests to one host wait for each other in the downloader's slot of that host."""

    def __init__(
        self,
        fetch: Fetch,
        heard: Mapping[str, RobotsWord],
        *,
        site: str = "",
        requests_max: int,
        seconds_max: float,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        """`heard`: what was read of robots.txt so far, by host. `site`: whose hosts nothing may leave; empty: none's.

        `seconds_max` is looked at before each question; a question itself is limited by `DOWNLOAD_TIMEOUT`.
        """
        self._fetch = fetch
        self._heard = heard
        self._site = site
        self._requests_max = requests_max
        self._seconds_max = seconds_max
        self._clock = clock
        self._begun = time.monotonic()
        self._known: dict[str, Answer] = {}
        self.asked = 0

    @property
    def seconds(self) -> float:
        """Since the first question could be asked."""
        return time.monotonic() - self._begun

    @property
    def left(self) -> int:
        """Questions that may still be asked."""
        return max(0, self._requests_max - self.asked)

    def robots(self, url: str) -> RobotsWord | None:
        """What the robots.txt of an address's host says. None: the host wasn't asked yet."""
        return self._heard.get(host_of(url))

    async def ask(self, url: str) -> Answer:
        """The answer of an address, after redirects; asked twice it is fetched once.

        Raises NoMoreQuestions, nothing else.
        """
        if url in self._known:
            return self._known[url]
        if not self.left:
            raise NoMoreQuestions(f"more than {self._requests_max} requests would be needed")
        if self.seconds > self._seconds_max:
            raise NoMoreQuestions(f"it took longer than {self._seconds_max:g} s")
        self.asked += 1
        self._known[url] = await self._fetched(url)
        return self._known[url]

    async def _fetched(self, url: str) -> Answer:
        begun = time.monotonic()
        meta = {"download_slot": host_of(url)} | ({"site": self._site} if self._site else {})
        request = Request(url, callback=NO_CALLBACK, dont_filter=True, meta=meta)
        try:
            response = await self._fetch(request)
        except Exception as why:  # noqa: BLE001 (whatever the downloader raises has a name as an outcome)
            failed = outcome_of(Failure(why))  # type: ignore[no-untyped-call]
            trouble = certificate_trouble(why)
            return Answer(url, url, self._clock(), time.monotonic() - begun, failed=failed, certificate=trouble)
        return self._answer(url, response, time.monotonic() - begun)

    def _answer(self, url: str, response: Response, seconds: float) -> Answer:
        headers: dict[str, str] = {}
        for name, values in response.headers.items():
            headers[name.decode("latin-1").lower()] = values[0].decode("latin-1") if values else ""
        reasons = response.meta.get("redirect_reasons", ())
        return Answer(
            asked=url,
            url=response.url,
            at=self._clock(),
            seconds=seconds,
            status=response.status,
            headers=headers,
            body=response.body,
            failed=None if response.status < 300 else http_error(response.status),
            blocked=wall(response.status, headers, response.body),
            moved_for_good=any(reason in (301, 308) for reason in reasons),
        )
