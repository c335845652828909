"""RSS, Atom, sitemaps and news sitemaps of the newsroom's outlets, as XML bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from email.utils import format_datetime
from typing import Final
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from newscrawler.demo.outlet import Outlet
from newscrawler.demo.story import Story

_ATOM: Final = "http://www.w3.org/2005/Atom"
_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS: Final = "http://www.google.com/schemas/sitemap-news/0.9"


def rss(
    stories: Sequence[Story],
    *,
    outlet: Outlet,
    base: str,
    encoding: str = "utf-8",
    extra: Mapping[str, str] | None = None,
) -> bytes:
    """RSS 2.0; `extra` adds entries of title → path. What the encoding lacks becomes a character reference."""
    root = Element("rss", version="2.0")
    channel = SubElement(root, "channel")
    _texts(channel, {"title": outlet.name, "link": f"{base}/", "description": outlet.tagline, "language": "ar"})
    for story in stories:
        item = SubElement(channel, "item")
        url = base + outlet.listed_path_of(story)
        _texts(item, {"title": story.title, "link": url, "guid": url, "description": story.standfirst})
        _texts(item, {"category": story.section})
        if story.published:
            _texts(item, {"pubDate": format_datetime(story.published)})
    for title, path in (extra or {}).items():
        _texts(SubElement(channel, "item"), {"title": title, "link": base + quote(path)})
    return _bytes(root, encoding)


def atom(stories: Sequence[Story], *, outlet: Outlet, base: str) -> bytes:
    """Atom 1.0."""
    register_namespace("", _ATOM)
    root = Element(f"{{{_ATOM}}}feed")
    newest = max((story.modified or story.published for story in stories if story.published), default=None)
    _texts(root, {"id": f"{base}/", "title": outlet.name, "updated": newest.isoformat() if newest else None}, ns=_ATOM)
    for story in stories:
        entry = SubElement(root, f"{{{_ATOM}}}entry")
        url = base + outlet.listed_path_of(story)
        changed = story.modified or story.published
        _texts(entry, {"id": url, "title": story.title, "summary": story.standfirst}, ns=_ATOM)
        _texts(entry, {"published": story.published.isoformat() if story.published else None}, ns=_ATOM)
        _texts(entry, {"updated": changed.isoformat() if changed else None}, ns=_ATOM)
        SubElement(entry, f"{{{_ATOM}}}link", rel="alternate", type="text/html", href=url)
        if story.section:
            SubElement(entry, f"{{{_ATOM}}}category", term=story.section)
        for name in story.authors:
            _texts(SubElement(entry, f"{{{_ATOM}}}author"), {"name": name}, ns=_ATOM)
    return _bytes(root)


def sitemap(stories: Sequence[Story], *, outlet: Outlet, base: str, news: bool = False) -> bytes:
    """A sitemap; with `news`, publication, date and headline in the news namespace as well."""
    register_namespace("", _SITEMAP)
    register_namespace("news", _NEWS)
    root = Element(f"{{{_SITEMAP}}}urlset")
    for story in stories:
        entry = SubElement(root, f"{{{_SITEMAP}}}url")
        changed = story.modified or story.published
        lastmod = changed.isoformat() if changed else None
        _texts(entry, {"loc": base + outlet.listed_path_of(story), "lastmod": lastmod}, ns=_SITEMAP)
        if news:
            about = SubElement(entry, f"{{{_NEWS}}}news")
            _texts(SubElement(about, f"{{{_NEWS}}}publication"), {"name": outlet.name, "language": "ar"}, ns=_NEWS)
            date = story.published.isoformat() if story.published else None
            _texts(about, {"publication_date": date, "title": story.title}, ns=_NEWS)
    return _bytes(root)


def sitemap_index(addresses: Iterable[str]) -> bytes:
    """A sitemap of sitemaps."""
    register_namespace("", _SITEMAP)
    root = Element(f"{{{_SITEMAP}}}sitemapindex")
    for address in addresses:
        _texts(SubElement(root, f"{{{_SITEMAP}}}sitemap"), {"loc": address}, ns=_SITEMAP)
    return _bytes(root)


def _texts(parent: Element, values: Mapping[str, str | None], *, ns: str = "") -> None:
    for name, text in values.items():
        if text is not None:
            SubElement(parent, f"{{{ns}}}{name}" if ns else name).text = text


def _bytes(root: Element, encoding: str = "utf-8") -> bytes:
    document: bytes = tostring(root, encoding=encoding, xml_declaration=True)
    return document
