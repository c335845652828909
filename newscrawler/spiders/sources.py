"""What a source lists: one function from its bytes to links and further sources, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final

from newscrawler.discovery.feed import NotAFeed, read_feed
from newscrawler.discovery.section import read_section
from newscrawler.discovery.sitemap import Child, NotASitemap, TooBig, is_fresh, read_sitemap
from newscrawler.discovery.whole import is_cut_off
from newscrawler.link import Link
from newscrawler.site import Site
from newscrawler.urls import BadUrl, CanonicalUrl, canonical

NEWS: Final = timedelta(days=31)
"""A sitemap that an index dates earlier is an archive: a backfill reads it, an update doesn't."""
NOT_A_SOURCE = (NotAFeed, NotASitemap, TooBig)


@dataclass(frozen=True, slots=True)
class Visit:
    """One source to be polled."""

    site: str
    """Id of the site."""
    kind: str
    """How to read it: the kind of a seed's source."""
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
    lastmod: str | None = None
    """When it changed, as its sitemap index prints it. None: not said."""

    @property
    def is_page(self) -> bool:
        """Whether it is a later page of a listing."""
        return self.kind in ("section", "archive") and self.parent_id is not None

    def is_fresh(self, *, since: date) -> bool:
        """Whether a sitemap may hold something of that day or later, by its address and its date in the index."""
        return is_fresh(Child(self.url, self.lastmod), since=since)

    def lists_news(self, link: Link, *, now: datetime) -> bool:
        """Whether a link of it may be of the last month; what has no date may be."""
        return is_fresh(link, since=(now - NEWS).date())


@dataclass(frozen=True, slots=True)
class Listing:
    """What a source listed."""

    links: tuple[Link, ...] = ()
    """In the source's order, with the seed's section where it gives one."""
    further: tuple[Visit, ...] = ()
    """Child sitemaps, each with its `lastmod`, or the next page of the section."""
    cut_off: bool = False
    """Whether the body ended in the middle; what it would have listed behind that isn't known."""

    def digest(self) -> str:
        """The same for two bodies that list the same, whatever else is printed in them."""
        said = sha256()
        for line in self._lines():
            said.update(line.encode("utf-8", "replace") + b"\n")
        return said.hexdigest()

    def _lines(self) -> Iterator[str]:
        for link in self.links:
            yield f"{link.url} {link.published} {link.lastmod}"
        for visit in self.further:
            if visit.kind not in ("section", "archive"):  # a pager without end names a new page on the same list
                yield f"> {visit.url} {visit.lastmod}"


def read_source(
    body: bytes, visit: Visit, site: Site, *, url: str, content_type: str | None, since: date | None
) -> Listing:
    """Read one source. `url` is where the answer came from; links older than `since` are left out.

    Raises NotAFeed, NotASitemap or TooBig with a reason.
    """
    match visit.kind:
        case "feed":
            listing = Listing(read_feed(body, base=url, content_type=content_type), cut_off=is_cut_off(body))
        case "section" | "archive":
            listing = _section(body, visit, site, url)
        case _:
            listing = replace(_sitemap(body, visit, url, since), cut_off=is_cut_off(body))
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
    further = (
        replace(visit, url=canonical(child.url), depth=visit.depth + 1, lastmod=child.lastmod) for child in children
    )
    return Listing(found.links, tuple(further))


def _in_section(link: Link, section: str | None) -> Link:
    return replace(link, section=section) if section else link
