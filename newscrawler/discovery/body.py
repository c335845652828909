"""What a source sent, unpacked and as UTF-8."""

from __future__ import annotations

import zlib
from typing import Final

from newscrawler.extract.decoding import decode

LIMIT: Final = 64 * 1024 * 1024
"""Bytes a source may have once unpacked. The sitemap protocol allows 50 MiB."""

_GZIP: Final = b"\x1f\x8b"
_LAYERS: Final = 3
"""How often a body may be packed: once by the site, once by its server, once more by a proxy."""
_CHUNK: Final = 1024 * 1024


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
    return decode(_with_mark(body), content_type=content_type, fallback=encoding).utf8


def _with_mark(body: bytes) -> bytes:
    """UTF-16 betrays itself by the NUL beside its first «<» even where the byte order mark is missing."""
    if body.startswith(b"<\x00"):
        return b"\xff\xfe" + body
    return b"\xfe\xff" + body if body.startswith(b"\x00<") else body
