"""Half a packed page is no page."""

from __future__ import annotations

import gzip
import random

import pytest
from scrapy import Request
from scrapy.http import Response

from newscrawler.middlewares.whole_body import WholeBodyMiddleware, is_cut_off
from newscrawler.outcome import Unreachable

URL = "https://alpha.example/1"
PAGE = gzip.compress("".join(random.Random(1).choices("ابتثجحخد <p>", k=20_000)).encode())


@pytest.mark.parametrize("kept", [1, len(PAGE) // 2, len(PAGE) - 1])
def test_a_body_that_breaks_off_is_seen(kept: int) -> None:
    """However much of it came."""
    middleware = WholeBodyMiddleware(max_bytes=10_000_000)
    response = Response(URL, headers={"Content-Encoding": "gzip"}, body=PAGE[:kept])
    with pytest.raises(Unreachable, match="cut off"):
        middleware.process_response(Request(URL), response)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", PAGE),
        ("gzip", PAGE + PAGE),
        ("gzip", b""),
        ("gzip", b"<html>not packed at all"),
        ("br", b"\x0b"),
        ("", b"<p>"),
    ],
)
def test_everything_else_goes_on(encoding: str, body: bytes) -> None:
    """A whole page, two members, an empty answer, and what somebody else has to judge."""
    response = Response(URL, headers={"Content-Encoding": encoding} if encoding else {}, body=body)
    assert WholeBodyMiddleware(max_bytes=10_000_000).process_response(Request(URL), response) is response


def test_a_bomb_is_not_unpacked_here() -> None:
    """More than the limit is somebody else's to refuse, and costs no memory here."""
    assert not is_cut_off(gzip.compress(b"0" * 5_000_000), max_bytes=100_000)
