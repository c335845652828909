"""The `-a` arguments of the spiders, before anything starts."""

from __future__ import annotations

import pytest

from newscrawler.spiders.base import ArchiveSpider
from newscrawler.spiders.news import NewsSpider
from newscrawler.spiders.replay import ReplaySpider
from newscrawler.starting import CannotStart


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"site": "a,b", "country": "LB", "since": "2026-11-01", "mode": "backfill"},
        {"url": "https://alpha.example/1"},
        {"shard": "2/5", "_job": "scrapyd adds this one"},
        {"since": "", "mode": "update"},
    ],
    ids=str,
)
def test_what_the_documentation_promises_is_accepted(arguments: dict[str, str]) -> None:
    """Each argument by itself and together."""
    NewsSpider.check_arguments(arguments)


@pytest.mark.parametrize(
    ("spider", "arguments", "says"),
    [
        (NewsSpider, {"sites": "a"}, "sites: no such argument; there are site, country, url, since, mode, poll, shard"),
        (NewsSpider, {"mode": "fast"}, "mode: 'fast': use update or backfill"),
        (NewsSpider, {"since": "2026-11-31"}, "since: '2026-11-31' is not a date such as 2026-11-01"),
        (ReplaySpider, {"url": "x"}, "url: no such argument; there are warc, site, since"),
        (ReplaySpider, {"since": "monday"}, "since: 'monday' is not a date such as 2026-11-01"),
        (ReplaySpider, {"warc": "/nowhere/*"}, "warc: no file matches /nowhere/*"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_named(spider: type[ArchiveSpider], arguments: dict[str, str], says: str) -> None:
    """A mistyped argument must not be a crawl of everything."""
    with pytest.raises(CannotStart) as refused:
        spider.check_arguments(arguments)
    assert str(refused.value) == says
