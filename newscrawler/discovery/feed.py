"""read_feed(): RSS, Atom, RDF and JSON feeds, as broken as they come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import Any, Final

from newscrawler.discovery.body import Unreadable, to_utf8, unpack
from newscrawler.discovery.jsonfeed import read_json_feed
from newscrawler.discovery.links import absolute, plain, unique
from newscrawler.discovery.markup import describe, xml_from
from newscrawler.discovery.pieces import documents, salvage
from newscrawler.link import Link

_ROOT: Final = re.compile(rb"<(?:[\w.-]+:)?(?:rss|feed|rdf|channel)(?=[\s>/])", re.IGNORECASE)
_WEB: Final = re.compile(r"(?i)https?://")
_PERMALINK: Final = re.compile(r"(?i)https?://|/[^/]")
_FEED_TYPES: Final = ("application/atom+xml", "application/rss+xml", "application/xml", "text/xml", "image/")

_CATEGORIES_MAX: Final = 8
"""Above it the categories are keywords, and none of them is the section."""
_SECTION: Final = re.compile(r"[^\W\d_][^,،;؛:/\\|#<>@=&?]{1,38}[^\W_]")
_NO_SECTION: Final = frozenset({"uncategorized", "غير مصنف", "بدون تصنيف", "عام", "featured", "default"})


class NotAFeed(Unreadable):
    """The body holds no feed; the message says what it is instead."""


def read_feed(body: bytes, *, base: str, content_type: str | None = None) -> tuple[Link, ...]:
    """The entries of a feed in its order, each address once, made absolute with `base`.

    Titles are free of markup, dates as printed. Entries without an address of a page (media only, a
    `guid` that is no permalink) are left out; a feed may have no entries at all. `content_type` is the
    header's and counts for the encoding only.

    Raises NotAFeed, never anything else.
    """
    try:
        body = to_utf8(unpack(body), content_type=content_type)
    except Unreadable as why:
        raise NotAFeed(str(why)) from why
    xml = xml_from(body, _ROOT)
    if xml is not None:
        return unique(_links(xml, base))
    items = read_json_feed(body, base=base)
    if items is None:
        raise NotAFeed(f"not a feed but {describe(body)}")
    return items


def _links(xml: bytes, base: str) -> Iterator[Link]:
    for piece in documents(xml):
        links = list(_entries(piece, base))
        if not links and piece is not xml and (found := salvage(piece)):
            url = absolute(unescape(found[0]), base=base)
            links = [Link(url, plain(found[1]))] if url else []
        yield from links


def _entries(xml: bytes, base: str) -> Iterator[Link]:
    import feedparser  # 40 ms, in the thread that reads; a run in which no source answers anew needs none

    feed = feedparser.parse(
        BytesIO(b'<?xml version="1.0" encoding="utf-8"?>' + xml),
        # Not the site's own type, whose charset would be believed; and no `content-location`: then a
        # `guid` comes as printed, and «12345» isn't taken for a relative address.
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    rss = str(feed.get("version", "")).startswith("rss")
    for entry in feed.entries:
        url = _address(entry, base)
        if url is None:
            continue
        # `dict.get`: feedparser's own `get` answers «published» to the question for «updated».
        published, updated = (plain(dict.get(entry, key)) for key in ("published", "updated"))
        if rss and published is None:  # RDF and some RSS feeds print `dc:date` only
            published, updated = updated, None
        yield Link(url, plain(dict.get(entry, "title")), _section(entry), published, updated)


def _address(entry: dict[str, Any], base: str) -> str | None:
    """The address of the entry's page. A proxy's link gives way to the original."""
    for printed in _printed(entry):
        url = absolute(printed, base=base)
        if url:
            return url
    return None


def _printed(entry: dict[str, Any]) -> Iterator[str]:
    original = dict.get(entry, "feedburner_origlink")
    if original and _WEB.match(original):
        yield original
    links = [link for link in dict.get(entry, "links") or () if link.get("href")]
    pages = [link for link in links if not str(link.get("type", "")).startswith(_FEED_TYPES)]
    yield from (link["href"] for link in pages if link.get("rel") == "alternate")
    guid = dict.get(entry, "id") or ""
    if _PERMALINK.match(guid) and (not pages or dict.get(entry, "guidislink")):
        yield guid


def _section(entry: dict[str, Any]) -> str | None:
    """The first category that is a plain word or two. None where there are so many that they are keywords."""
    terms = [plain(tag.get("label") or tag.get("term")) for tag in dict.get(entry, "tags") or ()]
    names = [term for term in dict.fromkeys(terms) if term]
    if len(names) > _CATEGORIES_MAX:
        return None
    fits = (name for name in names if _SECTION.fullmatch(name) and name.casefold() not in _NO_SECTION)
    return next(fits, None)
