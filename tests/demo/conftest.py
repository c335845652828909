from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from http.client import HTTPConnection, HTTPResponse
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from newscrawler.demo.newsroom import Newsroom

TODAY = date(2026, 11, 19)


class Answer(NamedTuple):
    """One response, with no redirect followed and nothing unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Get = Callable[..., Answer]


def _get(url: str, *, method: str = "GET", **headers: str) -> Answer:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=10)
    try:
        target = parts._replace(scheme="", netloc="").geturl() or "/"
        connection.request(method, target, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response: HTTPResponse = connection.getresponse()
        return Answer(response.status, dict(response.headers.items()), response.read())
    finally:
        connection.close()


@pytest.fixture
def get() -> Get:
    """Asks a server once: `get(url, If_None_Match="…")`."""
    return _get


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """The three papers on free ports, dated as on a Thursday in November."""
    with Newsroom((0, 0, 0), today=TODAY) as room:
        yield room
