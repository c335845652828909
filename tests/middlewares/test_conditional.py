"""Conditional GET: when a page is asked for with validators, and when it is known again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from scrapy import Request
from scrapy.http import Response

from newscrawler.archive.holdings import articles
from newscrawler.archive.holdings.addresses import file_copy
from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.archive.queue.validators import Validators
from newscrawler.link import Link
from newscrawler.middlewares.conditional import ConditionalMiddleware
from newscrawler.outcome import NotModified
from newscrawler.run import Run
from newscrawler.urls import CanonicalUrl
from support.archives import NOW, an_article
from support.crawlers import a_crawler
from support.newspaper import paragraphs

URL = "https://alpha.example/news/1"
BODY = "<p>نص</p>".encode()
HASH = sha256(BODY).hexdigest()
SAID = Validators('"v1"', "Sun, 01 Nov 2026 00:00:00 GMT", HASH)
ROW = FrontierRow(CanonicalUrl(URL), "alpha", Link(URL), visits=1, article_id=1, validators=SAID)
BOTH = {"If-None-Match": '"v1"', "If-Modified-Since": "Sun, 01 Nov 2026 00:00:00 GMT"}


@pytest.fixture
def asking(run: Run) -> ConditionalMiddleware:
    """In a run with the whole ladder."""
    run.revisit = [timedelta(hours=n) for n in range(1, 6)]
    return ConditionalMiddleware.from_crawler(a_crawler(run))


def asked(asking: ConditionalMiddleware, row: FrontierRow = ROW, **meta: object) -> Request:
    """The request as it goes to the downloader."""
    request = Request(URL, cb_kwargs={"row": row}, meta=meta)
    asking.process_request(request)
    return request


def headers(request: Request) -> dict[str, str]:
    names = ("If-None-Match", "If-Modified-Since")
    return {name: request.headers[name].decode() for name in names if name in request.headers}


@pytest.mark.parametrize(
    ("visits", "conditional"), [(0, False), (1, True), (2, True), (3, False), (4, True), (5, False)]
)
def test_every_third_visit_and_the_last_ask_for_the_whole_page(
    asking: ConditionalMiddleware, visits: int, conditional: bool
) -> None:
    """Servers lie about what has changed; after the last visit nobody would find out."""
    assert headers(asked(asking, replace(ROW, visits=visits))) == (BOTH if conditional else {})


def test_what_somebody_asks_for_by_name_is_read(asking: ConditionalMiddleware) -> None:
    """`-a url=…` is a wish to have the page read: neither headers nor known bytes stand in its way."""
    asking.run.only = [ROW.url]
    request = asked(asking)
    assert headers(request) == {}
    response = Response(URL, body=BODY)
    assert asking.process_response(request, response) is response


def test_a_copy_of_what_was_edited_since_is_read_though_it_has_not_changed(
    asking: ConditionalMiddleware, run: Run
) -> None:
    """It may have the old words still, and is a near copy then."""
    copy = replace(ROW, url=CanonicalUrl("https://beta.example/1"), site="beta", article_id=None)
    with run.archive.transaction() as conn:
        key = articles.store(conn, an_article(1), search_text="").article_id
        file_copy(conn, an_article(1, site="beta"), key, url=copy.url)
    assert headers(asked(asking, copy)) == BOTH
    with run.archive.transaction() as conn:
        edited = an_article(1, paragraphs=tuple(paragraphs(2)), fetched_at=NOW + timedelta(hours=1))
        articles.store(conn, edited, search_text="")
    request = asked(asking, copy)
    assert headers(request) == {}
    response = Response(URL, body=BODY)
    assert asking.process_response(request, response) is response


def test_sources_are_none_of_its_business(asking: ConditionalMiddleware) -> None:
    """They have validators of their own."""
    request = Request(URL, headers=BOTH)
    asking.process_request(request)
    assert headers(request) == BOTH
    response = Response(URL, status=304)
    assert asking.process_response(request, response) is response


def test_a_redirect_does_not_carry_the_headers_on(asking: ConditionalMiddleware) -> None:
    """A page that has stood unchanged for years would answer 304 to the date of an article."""
    first = asked(asking)
    followed = first.replace(url="https://alpha.example/", meta={"redirect_times": 1})
    asking.process_request(followed)
    assert headers(followed) == {}


def test_a_304_is_not_modified(asking: ConditionalMiddleware) -> None:
    """If we had asked for it; one that nobody asked for is an error of the server."""
    with pytest.raises(NotModified, match="304"):
        asking.process_response(asked(asking), Response(URL, status=304))
    response = Response(URL, status=304)
    assert asking.process_response(asked(asking, replace(ROW, visits=3)), response) is response


def test_the_same_bytes_are_not_modified(asking: ConditionalMiddleware) -> None:
    """Whatever the headers say; and those that come with them are remembered."""
    request = asked(asking)
    with pytest.raises(NotModified, match="the same bytes"):
        asking.process_response(request, Response(URL, body=BODY, headers={"ETag": '"v2"'}))
    assert request.meta["validators"] == Validators('"v2"', None, HASH)


def test_other_bytes_go_on_with_what_the_server_said(asking: ConditionalMiddleware) -> None:
    """To be kept once the page has been read."""
    request = asked(asking)
    response = Response(URL, body=b"other", headers={"ETag": '"v2"', "Last-Modified": "x"})
    assert asking.process_response(request, response) is response
    assert request.meta["validators"] == Validators('"v2"', "x", sha256(b"other").hexdigest())


def test_of_a_page_behind_a_redirect_only_the_bytes_count(asking: ConditionalMiddleware) -> None:
    """The next visit asks the first address, of which these headers say nothing."""
    request = asked(asking, redirect_times=1)
    asking.process_response(request, Response(URL, body=b"other", headers={"ETag": '"v2"'}))
    assert request.meta["validators"] == Validators(body_hash=sha256(b"other").hexdigest())


@pytest.mark.parametrize("status", [404, 500, 301])
def test_an_error_says_nothing_of_the_page(asking: ConditionalMiddleware, status: int) -> None:
    """Its ETag would be an error page's."""
    request = asked(asking)
    response = Response(URL, status=status, headers={"ETag": '"v2"'}, body=BODY)
    assert asking.process_response(request, response) is response
    assert "validators" not in request.meta
