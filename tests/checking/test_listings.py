"""What is new in a list, and what is wrong with it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from scrapy import Request
from scrapy.http import Response, TextResponse

from newscrawler.asking.asker import Asker
from newscrawler.checking.listings import check_source, newest_first
from newscrawler.checking.outlet import check_site
from newscrawler.checking.reading import Reading
from newscrawler.link import Link
from newscrawler.outcome import PrivateAddress, TooLarge
from newscrawler.readers import InlineReaders
from newscrawler.site import Site, Source
from newscrawler.urls import canonical
from support.archives import NOW, a_site
from support.newspaper import sitemap, sitemap_index

SITE: Site = a_site("sada")


def an_asker(pages: dict[str, Any], *, requests_max: int = 40) -> Asker:
    """Answers by address; an exception is raised, anything else is missing."""

    async def fetch(request: Request) -> Response:
        page = pages.get(request.url)
        if isinstance(page, Exception):
            raise page
        status = 404 if page is None else 200
        return TextResponse(
            request.url, status=status, body=page or b"", headers={"Content-Type": "text/xml"}, request=request
        )

    return Asker(fetch, {}, requests_max=requests_max, seconds_max=60, clock=lambda: NOW)


def a_link(number: int, published: str | None = None, lastmod: str | None = None) -> tuple[Any, Link]:
    """As a source lists it."""
    url = canonical(f"https://sada.example/news/{number}")
    return url, Link(url, published=published, lastmod=lastmod)


def test_the_newest_comes_first() -> None:
    """By whatever date the source gives; those without one keep their order behind."""
    wanted = [
        a_link(1),
        a_link(2, lastmod="2026-11-20"),
        a_link(3, published="2026-11-22T08:00:00+02:00"),
        a_link(4, published="2026-11-22T08:30:00+02:00"),
        a_link(5, published="someday"),
    ]
    listed = newest_first(wanted, SITE, now=NOW)
    assert [one.url[-1] for one in listed] == ["4", "3", "2", "1", "5"]
    assert listed[0].at == datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
    assert listed[3].at is None


def test_of_a_large_sitemap_only_the_newest_are_read_to_the_minute() -> None:
    """50,000 dates take seconds; two hundred are enough."""
    wanted = [a_link(n, lastmod=f"2026-{1 + n % 11:02}-03") for n in range(1000)]
    listed = newest_first(wanted, SITE, now=NOW)
    assert len(listed) == 1000
    assert sum(one.at is not None for one in listed) == 200
    assert all(one.link.lastmod == "2026-11-03" for one in listed[:90])


def test_a_date_in_the_future_is_trouble_and_not_the_newest() -> None:
    """A wrong clock or a wrong zone at the outlet's; a crawl would leave such dates out."""
    body = sitemap(["https://sada.example/news/1"], news=True).body.replace(b"2026-11-20T08", b"2027-01-20T08")
    found, _ = asyncio.run(
        check_source(
            an_asker({"https://sada.example/m": body}), SITE, Source(kind="sitemap", url="https://sada.example/m")
        )
    )
    assert found.newest is None
    assert [trouble.kind for trouble in found.troubles] == ["wrong dates"]


def test_a_broken_part_of_an_index_is_named() -> None:
    """The others are read all the same; of many parts three are."""
    parts = [f"https://sada.example/part-{n}.xml" for n in range(9)]
    pages = {
        "https://sada.example/m": sitemap_index(parts).body,
        parts[0]: sitemap(["https://sada.example/news/1"]).body,
        parts[1]: b"<html><title>x</title></html>",
    }
    one = an_asker(pages)
    found, listed = asyncio.run(check_source(one, SITE, Source(kind="sitemap", url="https://sada.example/m")))
    assert one.asked == 4
    assert [entry.url for entry in listed] == ["https://sada.example/news/1"]
    assert sorted(trouble.text for trouble in found.troubles) == [
        "HttpError 404",
        "not a sitemap but an HTML page «x»",
    ]


def test_links_on_other_hosts_are_not_the_outlet_s() -> None:
    """A source that lists only those is useless as it stands."""
    pages = {"https://sada.example/m": sitemap(["https://other.example/1"]).body}
    found, _ = asyncio.run(check_source(an_asker(pages), SITE, Source(kind="sitemap", url="https://sada.example/m")))
    assert [trouble.text for trouble in found.troubles] == [
        "lists 1 addresses, none in scope and admitted by [articles]"
    ]


def _check(site: Site, asker: Asker) -> Any:
    return asyncio.run(check_site(asker, site, Reading(InlineReaders(min_words=20), lambda _: True)))


def test_an_outlet_without_sources_has_a_verdict() -> None:
    """Nothing can be found there; its home page is looked at."""
    check = _check(SITE, an_asker({"https://sada.example/": b"<html></html>"}))
    assert check.verdict == "broken source"
    assert check.remarks == ("the home page answers: look there for the sources, or run `scrapy sites probe`",)


def test_a_check_that_takes_too_long_tells_what_it_saw() -> None:
    """The budget is an end, not a loss."""
    sources = [Source(kind="sitemap", url=f"https://sada.example/m{n}") for n in (1, 2)]
    pages = {"https://sada.example/m1": sitemap(["https://sada.example/news/1"]).body}
    check = _check(a_site("sada", source=sources), an_asker(pages, requests_max=1))
    assert check.verdict == "not finished"
    assert check.sources[0].admitted == 1


def test_other_ends_have_their_words() -> None:
    """A private address and a file that is too large, as a crawl names them."""
    for error, kind, words in (
        (PrivateAddress("sada.example is at 10.0.0.1"), "unreachable", "`private_network = true` only where"),
        (TooLarge("99 bytes"), "broken source", "TooLarge 99 bytes"),
    ):
        site = a_site("sada", source=[Source(kind="feed", url="https://sada.example/f")])
        check = _check(site, an_asker({"https://sada.example/f": error, "https://sada.example/": error}))
        assert check.verdict == kind
        assert words in check.troubles[0].text
        assert len(check.troubles) == 1, "the home page says the same, and saying it twice tells nothing"


def test_stale_is_two_weeks() -> None:
    """A weekly is not stale."""
    for days, verdicts in ((13, []), (15, ["stale"])):
        at = NOW - timedelta(days=days)
        body = sitemap(["https://sada.example/1"]).body.replace(
            b"</loc>", f"</loc><lastmod>{at:%Y-%m-%d}</lastmod>".encode()
        )
        source = Source(kind="sitemap", url="https://sada.example/m")
        found, _ = asyncio.run(check_source(an_asker({source.url: body}), SITE, source))
        assert [trouble.kind for trouble in found.troubles] == verdicts
