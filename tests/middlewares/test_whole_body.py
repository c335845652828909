"""Half a packed page is no page."""

from __future__ import annotations

import gzip
import random

import brotli
import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse, Response
from scrapy.utils.test import get_crawler

from newscrawler.middlewares.whole_body import UnpackMiddleware, WholeBodyMiddleware
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


def through_both(body: bytes, *codings: str, max_bytes: int = 10_000_000) -> Response:
    """As the downloader hands it over, seen by both."""
    request = Request(URL)
    headers = {"Content-Type": "text/html", "Content-Encoding": list(codings)}
    response = HtmlResponse(URL, headers=headers, body=body)
    crawler = get_crawler(settings_dict={"DOWNLOAD_MAXSIZE": max_bytes})
    whole = WholeBodyMiddleware(max_bytes=max_bytes).process_response(request, response)
    unpacked = UnpackMiddleware.from_crawler(crawler).process_response(request, whole)
    assert isinstance(unpacked, Response)
    assert request.meta == {}  # nothing is kept twice
    return unpacked


@pytest.mark.parametrize(
    ("body", "codings"),
    [
        (gzip.compress("<p>ضيعة</p>".encode(), mtime=0), ["gzip"]),
        (gzip.compress("<p>ضيعة</p>".encode(), mtime=0), [" X-GZIP"]),
        (gzip.compress(b"<p>", mtime=0) + gzip.compress("ضيعة</p>".encode(), mtime=0), ["gzip"]),
        (brotli.compress("<p>ضيعة</p>".encode()), ["br"]),
        (brotli.compress(gzip.compress("<p>ضيعة</p>".encode(), mtime=0)), ["gzip", "br"]),
        ("<p>ضيعة</p>".encode(), []),
    ],
)
def test_whatever_its_coding_a_page_is_unpacked_once(body: bytes, codings: list[str]) -> None:
    """By whom doesn't show: body, kind and headers are those of a page that was never packed."""
    got = through_both(body, *codings)
    assert isinstance(got, HtmlResponse)
    assert got.text == "<p>ضيعة</p>"
    assert "Content-Encoding" not in got.headers or not codings


def test_a_page_that_is_too_large_once_unpacked_is_refused() -> None:
    """As Scrapy does."""
    with pytest.raises(IgnoreRequest):
        through_both(gzip.compress(b"0" * 5_000_000), "gzip", max_bytes=100_000)
