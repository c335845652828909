"""An Atom feed (RFC 4287) as bytes, from plain values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

_ATOM: Final = "http://www.w3.org/2005/Atom"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_AUTHORITY: Final = "newscrawler.invalid,2026"
"""Of the `tag:` addresses: the ids name articles by where they were published, and stay the same wherever a copy of the
archive is served. `.invalid` belongs to nobody, so nobody can claim them."""

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One article."""

    name: str
    """What its id is made of: the newspaper's address."""
    title: str
    """Headline."""
    summary: str
    """Standfirst or first sentences, plain text."""
    link: str
    """Its page in this archive, absolute."""
    original: str | None
    """The newspaper's page. None: no address a reader may be sent to."""
    updated: str
    """When the archive last saw its text change, UTC as stored."""
    published: str | None
    """First publication, UTC as stored. None: not known."""
    authors: tuple[str, ...]
    """The byline; the outlet where there is none, because Atom wants an author."""
    section: str | None
    """As printed. None: not known."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of the archive."""

    name: str
    """What its id is made of: what it is a feed of."""
    title: str
    """What a feed reader lists it as."""
    link: str
    """The page it is the feed of, absolute."""
    itself: str
    """Its own address, absolute."""
    updated: str
    """When its newest entry was updated, UTC as stored."""
    entries: Sequence[Entry]
    """Those archived last, first."""


def as_atom(feed: Feed) -> bytes:
    """The document, UTF-8. What XML can't hold is left out of texts."""
    root = ET.Element("feed", {"xmlns": _ATOM, _LANG: "ar"})
    _text(root, "id", _tag(feed.name))
    _text(root, "title", feed.title)
    _text(root, "updated", feed.updated)
    _link(root, "self", feed.itself, kind="application/atom+xml")
    _link(root, "alternate", feed.link, kind="text/html")
    for entry in feed.entries:
        _entry(ET.SubElement(root, "entry"), entry)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _entry(element: ET.Element, entry: Entry) -> None:
    _text(element, "id", _tag(f"article/{entry.name}"))
    _text(element, "title", entry.title)
    _text(element, "updated", entry.updated)
    if entry.published:
        _text(element, "published", entry.published)
    for author in entry.authors:
        _text(ET.SubElement(element, "author"), "name", author)
    _link(element, "alternate", entry.link, kind="text/html")
    if entry.original:
        _link(element, "via", entry.original, kind="text/html")
    if entry.section:
        ET.SubElement(element, "category", {"term": _clean(entry.section)})
    _text(element, "summary", entry.summary)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _clean(text)


def _link(parent: ET.Element, relation: str, href: str, *, kind: str) -> None:
    ET.SubElement(parent, "link", {"rel": relation, "type": kind, "href": _clean(href)})


def _tag(name: str) -> str:
    return f"tag:{_AUTHORITY}:{quote(name, safe='/:?@!$&()*+,;=%-._~')}"


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
