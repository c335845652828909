from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from newscrawler.demo.newsroom import Newsroom
from newscrawler.demo.story import paragraphs_as_body
from newscrawler.seeds import load_sites

Get = Callable[..., Any]


def test_every_story_can_be_read(newsroom: Newsroom, get: Get) -> None:
    """What a list names is served, except where a special case says otherwise."""
    statuses = {
        (
            story.case if story.case in ("moved", "not-found") else "ordinary",
            get(newsroom.listed_url_of(site.id, story)).status,
        )
        for site in newsroom.sites
        for story in site.stories
    }
    assert statuses == {("ordinary", 200), ("moved", 301), ("not-found", 404)}


def test_a_taken_port_is_replaced() -> None:
    """Two newsrooms at once don't fight over a port: the second takes a free one."""
    with Newsroom((0, 0, 0)) as first:
        ports = [site.port for site in first.sites]
        with Newsroom(ports) as second:
            assert not set(ports) & {site.port for site in second.sites}


def test_a_closed_newsroom_has_no_addresses() -> None:
    """Asking for addresses before it is open is an error, not a wrong answer."""
    with pytest.raises(RuntimeError, match="with block"):
        _ = Newsroom((0, 0, 0)).sites


def test_the_log_names_site_path_and_status(newsroom: Newsroom, get: Get) -> None:
    """Tests of a crawl can ask what was requested, of whom, and what came back."""
    site = newsroom.sites[0]
    get(f"{site.home}robots.txt")
    get(f"{site.home}nowhere")
    assert newsroom.requests == [(site.id, "/robots.txt", 200), (site.id, "/nowhere", 404)]


def test_a_page_that_has_not_changed_is_answered_304(newsroom: Newsroom, get: Get) -> None:
    """Both validators work, for pages and for feeds; the ETag counts more than the date."""
    site = newsroom.sites[0]
    for url in (newsroom.url_of(site.id, site.stories[0]), f"{site.home}rss.xml"):
        first = get(url)
        etag, changed = first.headers["ETag"], first.headers["Last-Modified"]
        assert get(url, If_None_Match=etag) == (304, get(url, If_None_Match=etag).headers, b"")
        assert get(url, If_Modified_Since=changed).status == 304
        assert get(url, If_Modified_Since="Thu, 01 Jan 2015 00:00:00 GMT").status == 200
        assert get(url, If_None_Match='"other"', If_Modified_Since=changed).status == 200
        assert get(url, If_Modified_Since="yesterday").status == 200


def test_head_sends_the_headers_alone(newsroom: Newsroom, get: Get) -> None:
    """HEAD states the length of a body it doesn't send."""
    url = newsroom.sites[1].home
    head = get(url, method="HEAD")
    assert head.body == b""
    assert int(head.headers["Content-Length"]) == len(get(url).body)


def test_gzip_goes_to_those_who_ask(newsroom: Newsroom, get: Get) -> None:
    """The modern site packs its pages for a client that accepts it; the old one never does."""
    modern, classic, _ = newsroom.sites
    packed = get(modern.home, Accept_Encoding="gzip, br")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == get(modern.home).body
    assert "Content-Encoding" not in get(classic.home, Accept_Encoding="gzip").headers


def test_a_moved_page_redirects_to_the_right_one(newsroom: Newsroom, get: Get) -> None:
    """The address that lists name answers 301 and names the page that is served."""
    answer = get(newsroom.case_url("moved"))
    assert answer.status == 301
    assert get(answer.headers["Location"]).status == 200


def test_edition_two_changes_one_article_and_no_other(newsroom: Newsroom, get: Get) -> None:
    """Every other article answers 304, so a second crawl finds exactly one revision."""
    addresses = {
        newsroom.url_of(site.id, story): story.case for site in newsroom.sites for story in site.stories if story.served
    }
    before = {url: get(url).headers["ETag"] for url in addresses}
    newsroom.edition = 2
    changed = [addresses[url] for url in addresses if get(url, If_None_Match=before[url]).status == 200]
    assert changed == ["corrected"]


def test_edition_two_corrects_headline_and_text(newsroom: Newsroom) -> None:
    """The correction is one a reader would notice, and the page states when it was made."""

    def corrected() -> Any:
        return next(story for story in newsroom.sites[0].stories if story.case == "corrected")

    old = corrected()
    newsroom.edition = 2
    new = corrected()
    assert new.title != old.title
    assert [a == b for a, b in zip(old.paragraphs, new.paragraphs, strict=True)] == [False, True, True, True, True]
    assert old.modified is None
    assert new.modified > new.published


def test_there_are_two_editions(newsroom: Newsroom) -> None:
    """A third edition is a mistake of the caller."""
    with pytest.raises(ValueError, match="not 3"):
        newsroom.edition = 3


def test_a_published_story_is_in_pages_and_feed(newsroom: Newsroom, get: Get) -> None:
    """Tests can print a document of their own and let a crawl find it."""
    site = newsroom.sites[2]
    story = replace(
        site.stories[0], id=999, title="عنوان “جديد”", body=paragraphs_as_body(["- سطر يبدأ بشرطة", "## وآخر"])
    )
    url = newsroom.publish(site.id, story)
    page = get(url).body.decode()
    assert "- سطر يبدأ بشرطة" in page
    assert "## وآخر" in page
    assert url.encode() in get(f"{site.home}atom.xml").body
    with pytest.raises(KeyError):
        newsroom.publish("nobody", story)


def test_seeds_lead_to_the_running_newsroom(newsroom: Newsroom, tmp_path: Path) -> None:
    """The written seed files are valid, active, allowed on loopback, and carry the real ports."""
    newsroom.write_seeds(tmp_path)
    sites = load_sites(tmp_path)
    assert {site.id: site.home for site in newsroom.sites} == {key: site.home for key, site in sites.items()}
    for site in sites.values():
        assert (site.status, site.status_note, site.private_network, site.delay_s) == ("active", None, True, 0)
        assert all(site.in_scope(source.url) for source in site.source)


def test_every_source_of_the_seeds_is_served(newsroom: Newsroom, get: Get, tmp_path: Path) -> None:
    """No seed file of the demo names a feed, sitemap or section that isn't there."""
    newsroom.write_seeds(tmp_path)
    for site in load_sites(tmp_path).values():
        assert [get(source.url).status for source in site.source] == [200] * len(site.source)


def test_seeds_of_the_checkout_are_paused() -> None:
    """An ordinary crawl of all sites leaves the newsroom alone: its seed files are paused and say why."""
    from newscrawler.demo.newsroom import DEFAULT_PORTS, SEEDS
    from newscrawler.seeds import read_site

    sites = [read_site(path) for path in sorted((SEEDS / "sites" / "demo").glob("*.toml"))]
    assert [site.status for site in sites] == ["paused"] * 3
    assert all("scrapy demo" in (site.status_note or "") for site in sites)
    assert [site.home for site in sites] == [f"http://127.0.0.1:{port}/" for port in DEFAULT_PORTS]


def test_pictures_are_pictures(newsroom: Newsroom, get: Get) -> None:
    """Every story's picture is a PNG; the same number gives the same one."""
    url = f"{newsroom.sites[0].home}media/1001.png"
    first = get(url)
    assert first.headers["Content-Type"] == "image/png"
    assert first.body.startswith(b"\x89PNG\r\n\x1a\n")
    assert get(url).body == first.body


def test_nothing_is_dated_in_the_future() -> None:
    """Stories are dated back from the day the newsroom opens; a page from tomorrow would not be believed."""
    with Newsroom((0, 0, 0), today=date(2024, 3, 1)) as room:
        days = [
            moment.date()
            for site in room.sites
            for story in site.stories
            for moment in (story.published, story.modified)
            if moment
        ]
    assert max(days) == date(2024, 2, 29)
