"""read_sitemap(): sitemaps, their indexes, news sitemaps, packed ones, lists of addresses; and what is fresh."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from newscrawler.discovery.body import LIMIT, TooBig, Unreadable, to_utf8, unpack
from newscrawler.discovery.dates import last_day, last_day_in_name
from newscrawler.discovery.feed import NotAFeed, read_feed
from newscrawler.discovery.links import absolute, key_of, plain, unique
from newscrawler.discovery.markup import describe, xml_from
from newscrawler.discovery.records import Record, records
from newscrawler.link import Link

__all__ = ["Child", "NotASitemap", "Sitemap", "TooBig", "is_fresh", "read_sitemap"]

_ROOT: Final = re.compile(rb"<(?:[\w.-]+:)?(?:urlset|sitemapindex)(?=[\s>/])", re.IGNORECASE)
_CHILD_NAME: Final = re.compile(r"(?i)\.xml(?:\.gz)?\s*$")
_WEB: Final = re.compile(r"(?i)https?://\S+")


class NotASitemap(Unreadable):
    """The body holds no sitemap; the message says what it is instead."""


@dataclass(frozen=True, slots=True)
class Child:
    """A sitemap that an index names."""

    url: str
    """Absolute address, as printed."""

    lastmod: str | None = None
    """When the child last changed, as printed. None: not said."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What one sitemap file lists. A file is nearly always one or the other: pages or further sitemaps."""

    links: tuple[Link, ...] = ()
    """Pages, in order, each once."""

    children: tuple[Child, ...] = ()
    """Further sitemaps, in order, each once, never the file itself."""


def read_sitemap(body: bytes, *, base: str, limit: int = LIMIT) -> Sitemap:
    """The pages and sitemaps a file lists, made absolute with `base`, the file's own address.

    Reads XML with any namespace or none, packed or not, cut off or with broken entries; a text file
    with an address in each line; and a feed, which the protocol allows as a sitemap. Pictures, videos
    and translations of a page are not pages.

    Raises TooBig if the body unpacks to more than `limit` bytes and NotASitemap for anything else
    that can't be read; never any other error.
    """
    body = to_utf8(unpack(body, limit=limit))
    xml = xml_from(body, _ROOT)
    if xml is not None:
        return _split(records(xml), base)
    lines = _lines(body)
    if lines:
        return Sitemap(links=_links((Record(loc=line) for line in lines), base))
    try:
        return Sitemap(links=read_feed(body, base=base))
    except NotAFeed as why:
        raise NotASitemap(f"not a sitemap but {describe(body)}") from why


def is_fresh(entry: Link | Child, *, since: date) -> bool:
    """Whether a page or sitemap may hold something of the day `since` or later.

    False only where every date it carries can be read and lies before that day, or where a sitemap's
    own address names a month or day that was over by then. What has no date is fresh.
    """
    if isinstance(entry, Child):
        named = last_day_in_name(entry.url)
        if named is not None and named < since:
            return False
        printed = [entry.lastmod]
    else:
        printed = [entry.published, entry.lastmod]
    days = [last_day(raw) for raw in printed if raw and raw.strip()]
    return not days or any(day is None or day >= since for day in days)


def _split(found: Iterable[Record], base: str) -> Sitemap:
    pages: list[Record] = []
    children: dict[str, Child] = {}
    own = key_of(base)
    for record in found:
        # Some sites list their sitemaps in a <urlset>.
        if not (record.is_child or _CHILD_NAME.search(record.loc)):
            pages.append(record)
            continue
        url = absolute(record.loc, base=base)
        key = key_of(url) if url else None
        if url and key and key != own:
            children.setdefault(key, Child(url, plain(record.lastmod)))
    return Sitemap(_links(pages, base), tuple(children.values()))


def _links(found: Iterable[Record], base: str) -> tuple[Link, ...]:
    return unique(
        Link(url, plain(r.title), None, plain(r.published), plain(r.lastmod))
        for r in found
        if (url := absolute(r.loc, base=base))
    )


def _lines(body: bytes) -> list[str]:
    """The addresses of a text sitemap. Empty: the body is something else."""
    lines = [line.strip() for line in body.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines if all(_WEB.fullmatch(line) for line in lines) else []
