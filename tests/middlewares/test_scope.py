"""Nothing outside a site's own hosts is requested."""

from __future__ import annotations

import pytest
from scrapy import Request

from newscrawler.middlewares.scope import ScopeMiddleware
from newscrawler.outcome import OutOfScope
from newscrawler.run import Run
from support.crawlers import a_crawler


@pytest.mark.parametrize(
    ("url", "admitted"),
    [
        ("https://alpha.example/1", True),
        ("http://www.alpha.example/1", True),
        ("https://alpha.example:8443/1", False),
        ("https://beta.example/1", False),  # another site of the run is another site all the same
        ("https://alpha.example.evil.example/1", False),
        ("https://evil.example/alpha.example", False),
    ],
)
def test_a_request_stays_on_the_hosts_of_its_site(run: Run, url: str, admitted: bool) -> None:
    """With and without www, nowhere else; the outcome names where it led."""
    middleware = ScopeMiddleware.from_crawler(a_crawler(run))
    request = Request(url, meta={"site": "alpha"})
    if admitted:
        middleware.process_request(request)
    else:
        with pytest.raises(OutOfScope, match="example"):
            middleware.process_request(request)


def test_a_request_of_no_site_goes_where_a_checked_one_goes(run: Run) -> None:
    """robots.txt is asked for by Scrapy itself."""
    ScopeMiddleware.from_crawler(a_crawler(run)).process_request(Request("https://gamma.example/robots.txt"))
