"""A broken feed, one document for each entry: a tag that isn't closed costs that entry, not its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Final

from lxml import etree

_ENTRY: Final = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)(?=[\s>])", re.IGNORECASE)
_ENTRY_END: Final = re.compile(rb"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_ROOT: Final = re.compile(rb"<([\w.:-]{1,40})[^<>]{0,4000}>")
_LINK: Final = re.compile(
    rb"<link[^<>]{0,400}>\s{0,99}(?:<!\[CDATA\[)?\s{0,99}(https?://[^\s<>\]]+)"
    rb"|<link\s[^<>]{0,400}?href\s?=\s?[\"'](https?://[^\s<>\"']+)",
    re.IGNORECASE,
)
_TITLE: Final = re.compile(rb"<title[^<>]{0,400}>\s{0,99}(?:<!\[CDATA\[)?([^<>\]]+)", re.IGNORECASE)
_ENTRIES_MAX: Final = 5_000
_PIECE_MAX: Final = 128 * 1024
"""Bytes of one entry. feedparser's lenient parser takes quadratic time on rows of open tags."""


def documents(xml: bytes) -> Iterator[bytes]:
    """The feed itself if it is well-formed, else its root around each of its first 5,000 entries.

    `xml` is UTF-8, begins with the root element and has no DOCTYPE.
    """
    if _well_formed(xml):
        yield xml
        return
    root = _ROOT.match(xml)
    start, end = (root[0], b"</" + root[1] + b">") if root else (b"<rss>", b"</rss>")
    starts = [found.start() for found in islice(_ENTRY.finditer(xml), _ENTRIES_MAX)]
    for here, beyond in pairwise([*starts, len(xml)]):
        closed = _ENTRY_END.search(xml, here, beyond)
        last = min(closed.end() if closed else beyond, here + _PIECE_MAX)
        if not closed or last < closed.end():
            last = xml.rfind(b"<", here, last)  # the value that was cut off is not half an address
        yield start + xml[here:last] + end


def salvage(piece: bytes) -> tuple[str, str | None] | None:
    """Address and headline of an entry in which no parser finds a link, as printed. None: there is none."""
    link = _LINK.search(piece)
    if not link:
        return None
    title = _TITLE.search(piece)
    return _text(link[1] or link[2]), _text(title[1]) if title else None


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace").strip()


def _well_formed(xml: bytes) -> bool:
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        return False
    return True
