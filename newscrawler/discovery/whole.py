"""Whether a feed or sitemap came to its end: what was cut off in the middle is read, and not taken for all of it."""

from __future__ import annotations

import re
import zlib
from typing import Final

from newscrawler.discovery.body import Unreadable, to_utf8, unpack

_ROOT: Final = re.compile(
    rb"<((?:[\w.-]+:)?(?:rss|feed|rdf|channel|urlset|sitemapindex))(?=[\s>/])[^<>]*", re.IGNORECASE
)
_SNIFFED: Final = 64 * 1024
_TAIL: Final = 64 * 1024
"""Bytes at the end in which the root's closing tag is looked for: caches print their comments behind it."""


def is_cut_off(body: bytes) -> bool:
    """Whether a feed's or sitemap's root element is never closed, or its gzip stream never ends.

    False for what has no such root: a text list, JSON (which can't be read at all when it is cut), a page.
    """
    if _gzip_is_cut(body):
        return True
    try:
        xml = to_utf8(unpack(body))
    except Unreadable:
        return False
    root = _ROOT.search(xml, 0, _SNIFFED)
    if root is None or root[0].endswith(b"/"):
        return False
    closing = re.compile(rb"</" + re.escape(root[1]) + rb"\s*>", re.IGNORECASE)
    return closing.search(xml, max(root.end(), len(xml) - _TAIL)) is None


def _gzip_is_cut(body: bytes) -> bool:
    while body.startswith(b"\x1f\x8b"):
        member = zlib.decompressobj(wbits=31)
        piece = body
        try:
            while piece and not member.eof:
                member.decompress(piece, _SNIFFED)
                piece = member.unconsumed_tail
        except zlib.error:
            return True
        if not member.eof:
            return True
        body = member.unused_data
    return False
