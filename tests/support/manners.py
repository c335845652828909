"""A newspaper that notes how it is treated: when each request came, and how many were under way at once."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from threading import Lock

from support.newspaper import feed, page, seed
from support.server import Server


@dataclass(frozen=True, slots=True)
class Knock:
    """One request."""

    at: float
    """Seconds of this machine's monotonic clock."""
    path: str
    """Path and query."""


class Paper(Server):
    """A feed of `articles` pages, and the times of all requests."""

    def __init__(self, articles: int = 5, *, first: int = 1, answers_after: float = 0.0) -> None:
        """`first`: number of the first article, so that two papers print different ones. `answers_after`: seconds."""
        super().__init__()
        self.numbers = range(first, first + articles)
        self.answers_after = answers_after
        self.knocks: list[Knock] = []
        self.at_once = 0
        """The most requests that were ever under way together."""
        self._under_way = 0
        self._count = Lock()
        for number in self.numbers:
            self.pages[f"/news/{number}"] = page(number)
        self.pages["/feed"] = feed(self.urls)

    @property
    def urls(self) -> list[str]:
        """Its articles."""
        return [self.url(f"/news/{number}") for number in self.numbers]

    def seed(self, *, more: str = "", articles: str = "", **keys: object) -> str:
        """Its seed file; `keys` replace those of support.newspaper.seed: `delay_s`, `concurrency`."""
        text = seed(self, ("feed", "/feed"), more=more, articles=articles)
        for key, default in (("delay_s", 0), ("concurrency", 4)):
            text = text.replace(f"{key} = {default}", f"{key} = {keys.get(key, default)}")
        return text

    def asked_articles(self) -> list[str]:
        """Paths of articles that were asked for, in order."""
        return [knock.path for knock in self.knocks if knock.path.startswith("/news/")]

    def _serve(self, http: BaseHTTPRequestHandler) -> None:
        with self._count:
            self.knocks.append(Knock(time.monotonic(), http.path))
            self._under_way += 1
            self.at_once = max(self.at_once, self._under_way)
        try:
            time.sleep(self.answers_after)
            super()._serve(http)
        finally:
            with self._count:
                self._under_way -= 1


def gaps(knocks: Iterable[Knock]) -> list[float]:
    """Seconds between each request and the next."""
    return [later.at - sooner.at for sooner, later in pairwise(knocks)]


def shortest_gap(knocks: Iterable[Knock]) -> float:
    """Seconds, the mean of two gaps in a row: on a busy machine a request that is noticed late makes a long gap and a
    short one.
    """
    return min((one + other) / 2 for one, other in pairwise(gaps(knocks)))
