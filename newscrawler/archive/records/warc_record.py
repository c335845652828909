"""A response as a WARC record: one gzip member, as it will stand in the file."""

from __future__ import annotations

import hashlib
import zlib
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from warcio.statusandheaders import StatusAndHeaders

from newscrawler.times import iso

GZIP_LEVEL: Final = 6
"""warcio writes at 9: 6.8 ms a page on real pages instead of 2.5, for 0.5 % less space."""

_STORED: Final = 0
"""For what the server has packed already. zlib takes a quarter of a millisecond to find that it can't make it smaller;
its headers, which it could, would save 0.7 %."""

_GZIP: Final = zlib.MAX_WBITS | 16


@dataclass(frozen=True, slots=True)
class Packed:
    """A response as it will stand in a WARC file."""

    member: bytes
    """One gzip member per record, as the format asks, so that a record can be read from its offset alone."""
    sha256: str
    """See Record.sha256."""


def pack_response(*, url: str, status: str, headers: Sequence[tuple[str, str]], body: bytes, at: datetime) -> Packed:
    """A response record as a gzip member. Takes milliseconds of zlib, which lets other threads run, unless the server
    has packed the body: then it is stored as it came.
    """
    level = _STORED if is_packed(headers) else GZIP_LEVEL
    record = response_record(url=url, status=status, headers=headers, body=body, at=at, id_=f"urn:uuid:{uuid4()}")
    return Packed(gzipped(record, level=level), hashlib.sha256(body).hexdigest())


def response_record(
    *, url: str, status: str, headers: Sequence[tuple[str, str]], body: bytes, at: datetime, id_: str
) -> bytes:
    """What warcio's writer would write, byte for byte. That copies the body through three streams and digests it in
    pieces, with Python between each two: half a millisecond a page in the crawl's own process, and this a tenth.
    """
    block = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1").to_ascii_bytes() + body
    fields = (
        ("WARC-Date", iso(at)),
        ("WARC-Type", "response"),
        ("WARC-Record-ID", f"<{id_}>"),
        ("WARC-Target-URI", url),
        ("WARC-Payload-Digest", _sha1(body)),
        ("WARC-Block-Digest", _sha1(block)),
        ("Content-Type", "application/http; msgtype=response"),
        ("Content-Length", str(len(block))),
    )
    head = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return b"".join((b"WARC/1.0\r\n", head.encode(), b"\r\n", block, b"\r\n\r\n"))


def _sha1(data: bytes) -> str:
    return "sha1:" + b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def is_packed(headers: Sequence[tuple[str, str]]) -> bool:
    """Whether a response's body is compressed, by its headers."""
    return any(name.lower() == "content-encoding" and value.strip().lower() != "identity" for name, value in headers)


def gzipped(record: bytes, *, level: int = GZIP_LEVEL) -> bytes:
    """The record as a gzip member of its own."""
    return zlib.compress(record, level, wbits=_GZIP)
