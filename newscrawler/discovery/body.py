"""What a source sent: unpacked, as UTF-8, and in a word what it is when it isn't what we asked for."""

from __future__ import annotations

import re
import zlib
from typing import Final

from newscrawler.extract.decoding import decode
from newscrawler.text.normalise import clean

LIMIT: Final = 64 * 1024 * 1024
"""Bytes a source may have once unpacked. The sitemap protocol allows 50 MiB."""

_GZIP: Final = b"\x1f\x8b"
_LAYERS: Final = 3
"""How often a body may be packed: once by the site, once by its server, once more by a proxy."""
_CHUNK: Final = 1024 * 1024

_CONTROLS: Final = bytes(code for code in range(32) if code not in b"\t\n\r")
_CONTROL: Final = re.compile(b"[" + re.escape(_CONTROLS) + b"]")
_BARE_AMPERSAND: Final = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)")

_HTML: Final = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_TITLE: Final = re.compile(r"<title[^<>]*>([^<]*)", re.IGNORECASE)
_ROOT: Final = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_SNIFFED: Final = 64 * 1024
"""Bytes searched for the root element: a server's warnings may be printed before it."""


class Unreadable(ValueError):
    """The body isn't what the source's kind promises; the message says what it is instead."""


class TooBig(Unreadable):
    """The body has, or unpacks to, more bytes than the limit."""


def unpack(body: bytes, *, limit: int = LIMIT) -> bytes:
    """The body without its gzip layers; what is not gzip comes back as it is.

    A file that was cut off yields what can be read of it. Raises TooBig as soon as more than `limit`
    bytes come out, and for a file packed more than three times.
    """
    for _ in range(_LAYERS):
        if not body.startswith(_GZIP):
            break
        body = _gunzip(body, limit)
    if body.startswith(_GZIP):
        raise TooBig(f"packed with gzip more than {_LAYERS} times")
    if len(body) > limit:
        raise TooBig(f"{len(body)} bytes, more than {limit}")
    return body


def _gunzip(packed: bytes, limit: int) -> bytes:
    out = bytearray()
    while packed.startswith(_GZIP):  # a gzip file may have several members
        member = zlib.decompressobj(wbits=31)
        try:
            while not member.eof:
                piece = member.decompress(packed, _CHUNK)
                packed = member.unconsumed_tail
                out += piece
                if len(out) > limit:
                    raise TooBig(f"unpacks to more than {limit} bytes")
                if not piece and not packed:
                    return bytes(out)
        except zlib.error:
            return bytes(out)
        packed = member.unused_data
    return bytes(out)


def to_utf8(body: bytes, *, content_type: str | None = None, encoding: str = "") -> bytes:
    """The body as UTF-8 without byte order mark. ASCII is not copied."""
    if body.isascii() and b"\x00" not in body:
        return body
    return decode(_with_mark(body), content_type=content_type, fallback=encoding).text.encode("utf-8", "replace")


def _with_mark(body: bytes) -> bytes:
    """UTF-16 betrays itself by the NUL beside its first «<» even where the byte order mark is missing."""
    if body.startswith(b"<\x00"):
        return b"\xff\xfe" + body
    return b"\xfe\xff" + body if body.startswith(b"\x00<") else body


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
