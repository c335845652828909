from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from newscrawler.demo.newsroom import DemoSite, Newsroom
from newscrawler.discovery.feed import read_feed
from newscrawler.discovery.section import read_section
from newscrawler.discovery.sitemap import read_sitemap
from newscrawler.seeds import load_sites

Get = Callable[..., Any]


def _listed(newsroom: Newsroom, site: DemoSite) -> set[str]:
    return {newsroom.listed_url_of(site.id, story) for story in site.stories}


def test_the_modern_site_lists_everything_twice(newsroom: Newsroom, get: Get) -> None:
    """Feed and news sitemap name every story, with headline, section and date; the feed a tag page as well."""
    site = newsroom.sites[0]
    links = read_feed(get(f"{site.home}rss.xml").body, base=site.home)
    assert {link.url for link in links} == _listed(newsroom, site) | {newsroom.case_url("listing")}
    entries = read_sitemap(get(f"{site.home}news-sitemap.xml").body, base=site.home).links
    assert {link.url for link in entries} == _listed(newsroom, site)
    assert all(link.title and link.published for link in entries)
    assert {link.section for link in links if link.section} == {story.section for story in site.stories}


def test_the_old_site_has_to_be_leafed_through(newsroom: Newsroom, get: Get, tmp_path: Path) -> None:
    """Its feed knows five stories; the rest are found on three pages, each of which names the next."""
    site = newsroom.sites[1]
    answer = get(f"{site.home}rss.asp")
    assert b"encoding='windows-1256'" in answer.body
    feed = read_feed(answer.body, base=site.home, content_type=answer.headers["Content-Type"])
    assert [link.title for link in feed] == [story.title for story in site.stories[:5]]
    newsroom.write_seeds(tmp_path)
    seed = load_sites(tmp_path)[site.id]
    url: str | None = f"{site.home}archive.asp?page=1"
    found: set[str] = set()
    turned = 0
    while url:
        page = read_section(get(url).body, url=url, site=seed)
        found |= {link.url for link in page.links}
        url, turned = page.next_url, turned + 1
        assert turned < 10
    assert turned == 3
    assert found == _listed(newsroom, site)


def test_the_app_splits_its_sitemap(newsroom: Newsroom, get: Get) -> None:
    """The index names a plain and a packed sitemap, which together name every story; Atom names the newest half."""
    site = newsroom.sites[2]
    index = read_sitemap(get(f"{site.home}sitemap.xml").body, base=site.home)
    plain, packed = (get(child.url) for child in index.children)
    assert packed.body.startswith(b"\x1f\x8b")
    assert packed.headers["Content-Type"] == "application/gzip"
    links = [link.url for body in (plain.body, packed.body) for link in read_sitemap(body, base=site.home).links]
    assert sorted(links) == sorted(_listed(newsroom, site))
    feed = read_feed(get(f"{site.home}atom.xml").body, base=site.home)
    assert [link.url for link in feed] == [newsroom.listed_url_of(site.id, story) for story in site.stories[:6]]
    assert all(link.title and link.section and link.published and link.lastmod for link in feed)


def test_menus_lead_somewhere(newsroom: Newsroom, get: Get) -> None:
    """Every address that a home page links to on its own site is answered, 404 only for the page that is gone."""
    from lxml import html

    for site in newsroom.sites:
        tree = html.document_fromstring(get(site.home).body)
        tree.make_links_absolute(site.home)
        links = {link for element, name, link, _ in tree.iterlinks() if element.tag == "a" and name == "href"}
        broken = [link for link in links if get(link.partition("#")[0]).status != 200]
        assert broken == [], f"{site.id} links to pages that aren't there"
