"""Redirects end where they should."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import Response

from newscrawler.middlewares.redirects import PageRedirectMiddleware
from newscrawler.outcome import OutOfScope, TooManyRedirects
from newscrawler.run import Run
from support.crawlers import a_crawler

URL = "https://alpha.example/1"


def follow(run: Run, location: bytes, *, times: int = 0, status: int = 302) -> object:
    middleware = PageRedirectMiddleware.from_crawler(a_crawler(run))
    request = Request(URL, meta={"site": "alpha", "redirect_times": times}, cb_kwargs={"row": "the row"})
    return middleware.process_response(request, Response(URL, status=status, headers={"Location": location}))


@pytest.mark.parametrize(
    ("location", "to"),
    [
        (b"/2", "https://alpha.example/2"),
        (b"//www.alpha.example/2", "https://www.alpha.example/2"),
        ("/أخبار".encode(), "https://alpha.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1"),
    ],
)
def test_a_redirect_is_followed_and_remembers_its_row(run: Run, location: bytes, to: str) -> None:
    """Relative, without scheme, or with Arabic letters that nobody escaped."""
    followed = follow(run, location)
    assert isinstance(followed, Request)
    assert followed.url == to
    assert followed.cb_kwargs == {"row": "the row"}
    assert followed.meta["site"] == "alpha"
    assert "Referer" not in followed.headers


def test_going_round_in_circles_ends_with_the_place(run: Run) -> None:
    """After `REDIRECT_MAX_TIMES`."""
    assert isinstance(follow(run, b"/2", times=4), Request)
    with pytest.raises(TooManyRedirects, match=r"5 redirects, the last to https://alpha\.example/2"):
        follow(run, b"/2", times=5)


@pytest.mark.parametrize("location", [b"mailto:editor@alpha.example", b"http://[bad", b"tel:123"])
def test_a_redirect_to_what_is_no_address_is_out_of_scope(run: Run, location: bytes) -> None:
    """The newspaper's mistake, not a defect of this program."""
    with pytest.raises(OutOfScope, match="no address"):
        follow(run, location)


@pytest.mark.parametrize("status", [304, 300])
def test_what_is_no_redirect_is_left_as_it_is(run: Run, status: int) -> None:
    """A 304 has nowhere to go."""
    assert isinstance(follow(run, b"/2", status=status), Response)
