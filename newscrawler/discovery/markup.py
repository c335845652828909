"""XML as it is found: its root behind a server's warnings, its ampersands bare; or something else altogether."""

from __future__ import annotations

import re
from typing import Final

from newscrawler.text.normalise import clean

_CONTROLS: Final = bytes(code for code in range(32) if code not in b"\t\n\r")
_CONTROL: Final = re.compile(b"[" + re.escape(_CONTROLS) + b"]")
_BARE_AMPERSAND: Final = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)")

_HTML: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_TITLE: Final = re.compile(r"<title[^<>]*>([^<]*)", re.IGNORECASE)
_ROOT: Final = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_SNIFFED: Final = 64 * 1024
"""Bytes searched for the root element: a server's warnings may be printed before it."""


def xml_from(body: bytes, root: re.Pattern[bytes]) -> bytes | None:
    """UTF-8 XML from its root element on, repaired so far that a parser loses nothing. None: no such root.

    `root` matches the start of the root's tag. All before it goes, and with it any DOCTYPE: an entity
    that isn't declared can't be expanded. A bare «&» is escaped, because a recovering parser drops it
    together with the name after it and turns `?a=1&b=2` into `?a=1=2`.
    """
    found = root.search(body, 0, _SNIFFED)
    html = _HTML.search(body, 0, _SNIFFED)
    if not found or (html and html.start() < found.start()):
        return None
    body = body[found.start() :]
    if _CONTROL.search(body):
        body = body.translate(None, _CONTROLS)
    return _BARE_AMPERSAND.sub(b"&amp;", body)


def describe(body: bytes) -> str:
    """What a UTF-8 body is, for a person who reads why a source failed."""
    head = body[:_SNIFFED].strip()
    text = head.decode("utf-8", "replace")
    if not head:
        return "an empty body"
    if _HTML.search(head) or (head[:1] == b"<" and _TITLE.search(text)):
        title = _TITLE.search(text)
        named = clean(title[1])[:120] if title else ""
        return f"an HTML page «{named}»" if named else "an HTML page without a title"
    if head[:1] in b"{[":
        return f"JSON: {clean(text)[:80]}"
    root = _ROOT.search(head)
    if head[:1] == b"<" and root:
        return f"XML with the root <{root[1].decode('ascii', 'replace')}>"
    if head.startswith(b"%PDF"):
        return "a PDF file"
    return f"text: {clean(text)[:80]}" if text.count("\ufffd") < len(text) / 4 else "binary data"
