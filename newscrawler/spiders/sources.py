"""What a source lists: one function from its bytes to links and further sources, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from newscrawler.discovery.feed import NotAFeed, read_feed
from newscrawler.discovery.section import read_section
from newscrawler.discovery.sitemap import NotASitemap, TooBig, is_fresh, read_sitemap
from newscrawler.link import Link
from newscrawler.site import Site
from newscrawler.urls import BadUrl, CanonicalUrl, canonical

Kind = Literal["feed", "news-sitemap", "sitemap", "section"]
NOT_A_SOURCE = (NotAFeed, NotASitemap, TooBig)


@dataclass(frozen=True, slots=True)
class Visit:
    """One source to be polled."""

    site: str
    """Id of the site."""
    kind: Kind
    """How to read it."""
    url: CanonicalUrl
    """Where it is."""
    section: str | None = None
    """The section of everything it lists. None: not said."""
    parent_id: int | None = None
    """The source that led here: a sitemap index, the first page of a section. None: the seed file."""
    pages_left: int = 0
    """Further pages of the section that may be turned."""
    depth: int = 0
    """How many sitemap indexes are above this one."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a source listed."""

    links: tuple[Link, ...] = ()
    """In the source's order, with the seed's section where it gives one."""
    further: tuple[Visit, ...] = ()
    """Child sitemaps, or the next page of the section."""


def read_source(
    body: bytes, visit: Visit, site: Site, *, url: str, content_type: str | None, since: date | None
) -> Listing:
    """Read one source. `url` is where the answer came from; links older than `since` are left out.

    Raises NotAFeed, NotASitemap or TooBig with a reason.
    """
    match visit.kind:
        case "feed":
            listing = Listing(read_feed(body, base=url, content_type=content_type))
        case "section":
            listing = _section(body, visit, site, url)
        case _:
            listing = _sitemap(body, visit, url, since)
    links = listing.links if since is None else tuple(x for x in listing.links if is_fresh(x, since=since))
    return replace(listing, links=tuple(_in_section(link, visit.section) for link in links))


def sort_links(
    links: Iterable[Link], site: Site
) -> tuple[list[tuple[CanonicalUrl, Link]], list[tuple[CanonicalUrl, Link]]]:
    """Links by canonical address: those that may be articles of the site, and those that may not."""
    wanted: dict[CanonicalUrl, Link] = {}
    refused: dict[CanonicalUrl, Link] = {}
    for link in links:
        try:
            url = canonical(link.url)
        except BadUrl:
            continue  # discovery has dropped those; a javascript: link was never an address
        ours = site.in_scope(url) and site.articles.admits(url)
        (wanted if ours else refused).setdefault(url, link)
    return list(wanted.items()), list(refused.items())


def _section(body: bytes, visit: Visit, site: Site, url: str) -> Listing:
    page = read_section(body, url=url, site=site, encoding=site.encoding or None)
    if page.next_url is None or visit.pages_left < 1:
        return Listing(page.links)
    following = replace(visit, url=canonical(page.next_url), pages_left=visit.pages_left - 1)
    return Listing(page.links, (following,))


def _sitemap(body: bytes, visit: Visit, url: str, since: date | None) -> Listing:
    found = read_sitemap(body, base=url)
    children = [child for child in found.children if since is None or is_fresh(child, since=since)]
    if visit.depth >= 3:  # the protocol allows one level; some sites have two; more is a circle
        children = []
    further = (replace(visit, url=canonical(child.url), depth=visit.depth + 1) for child in children)
    return Listing(found.links, tuple(further))


def _in_section(link: Link, section: str | None) -> Link:
    return replace(link, section=section) if section else link
