"""A page whose server forbids archiving is not kept."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import Response

from newscrawler.middlewares.noarchive import NoArchiveMiddleware, forbids_archiving
from newscrawler.outcome import NoArchive

URL = "https://alpha.example/1"


@pytest.mark.parametrize(
    ("values", "forbidden"),
    [
        (["noarchive"], True),
        (["NoIndex, NoArchive"], True),
        (["nofollow", "noarchive"], True),
        (["newscrawler: noarchive"], True),
        (["googlebot: nofollow, noarchive"], True),
        (["unavailable_after: 25 Jun 2027 15:00:00 PST, noarchive"], True),
        (["otherbot: noarchive"], False),
        (["noindex, nofollow"], False),
        (["unavailable_after: 25 Jun 2027 15:00:00 PST"], False),
        (["nosnippet", "max-image-preview: large"], False),
        ([""], False),
        ([], False),
    ],
)
def test_the_header_is_read_as_the_search_engines_define_it(values: list[str], forbidden: bool) -> None:
    """Several headers, several words, and words for one robot only."""
    assert forbids_archiving(values) is forbidden


def test_a_page_of_an_article_ends_there() -> None:
    """Before its bytes are kept."""
    request = Request(URL, cb_kwargs={"row": "a row"})
    with pytest.raises(NoArchive, match="X-Robots-Tag"):
        NoArchiveMiddleware().process_response(request, Response(URL, headers={"X-Robots-Tag": "noarchive"}))


def test_a_source_is_read_all_the_same() -> None:
    """A feed isn't archived; it is only read for its addresses. And most pages have no such header."""
    response = Response(URL, headers={"X-Robots-Tag": "noarchive"})
    assert NoArchiveMiddleware().process_response(Request(URL), response) is response
    plain = Response(URL)
    assert NoArchiveMiddleware().process_response(Request(URL, cb_kwargs={"row": "a row"}), plain) is plain


@pytest.mark.parametrize("status", [404, 410, 500])
def test_an_error_page_ends_as_the_error_it_is(status: int) -> None:
    """Many servers add the header to everything they refuse; an article that is gone is gone all the same."""
    response = Response(URL, status=status, headers={"X-Robots-Tag": "noarchive"})
    request = Request(URL, cb_kwargs={"row": "a row"})
    assert NoArchiveMiddleware().process_response(request, response) is response
