"""Responses back from WARC files, one by its place."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from newscrawler.archive.records.warc import OPEN
from newscrawler.archive.records.warc_facts import UNREADABLE, check_end, date_of, status_of
from newscrawler.unpacking import unpack

BODY_MAX: Final = 50_000_000
"""Bytes of a body that are read: five times what a crawl accepts. A file of somebody else's may hold videos, or a few
kilobytes that unpack to gigabytes.
"""
_CHUNK: Final = 1 << 20


class CaptureMissing(Exception):
    """The WARC file or the record is not where `captures` says; the message names both."""


@dataclass(frozen=True, slots=True)
class Captured:
    """A response read back."""

    url: str
    """The address that answered."""
    fetched_at: datetime
    """When, UTC, aware."""
    status: int
    """HTTP status."""
    content_type: str | None
    """The Content-Type header as sent. None: there was none."""
    body: bytes
    """The body after content decoding: what the extractor gets. Cut off behind BODY_MAX."""
    sha256: str
    """Of the payload as stored, hex; equals `captures.sha256` if nobody has touched the file."""

    @property
    def is_whole(self) -> bool:
        """Whether `body` is all of it. False: it is larger than BODY_MAX."""
        return len(self.body) <= BODY_MAX


def read(folder: Path, file: str, offset: int) -> Captured:
    """One response back from its place. Raises CaptureMissing."""
    path = folder / file
    if not path.exists():
        path = folder / (file + OPEN)
    try:
        with path.open("rb") as stream:
            stream.seek(offset)
            for record in ArchiveIterator(stream):
                return _captured(record)
    except OSError as why:
        raise CaptureMissing(f"{path}: {os.strerror(why.errno or 0)}") from why
    except UNREADABLE as why:
        raise CaptureMissing(f"{path}: no record at byte {offset}: {why}") from why
    raise CaptureMissing(f"{path}: no record at byte {offset}")


def _captured(record: ArcWarcRecord) -> Captured:
    headers = record.http_headers
    if headers is None:
        raise ValueError("no response, but a record of another type")
    payload, digest = _payload(record)
    return Captured(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        fetched_at=date_of(record),
        status=status_of(headers),
        content_type=headers.get_header("Content-Type"),
        body=_body(record, payload),
        sha256=digest,
    )


def _payload(record: ArcWarcRecord) -> tuple[bytes, str]:
    """What was sent, up to a byte more than BODY_MAX, and the digest of all of it."""
    stream, kept, digest = record.raw_stream, bytearray(), hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        kept += chunk[: BODY_MAX + 1 - len(kept)]
    check_end(record)
    return bytes(kept), digest.hexdigest()


def _body(record: ArcWarcRecord, payload: bytes) -> bytes:
    """What was sent, after transfer and content decoding; cut off behind BODY_MAX."""
    headers = record.http_headers
    if headers.get_header("Content-Encoding") == "gzip" and headers.get_header("Transfer-Encoding") is None:
        body, _ = unpack(payload, max_bytes=BODY_MAX)
        if body is not None:
            return body
    record.raw_stream = BytesIO(payload)
    rest: bytes = record.content_stream().read(BODY_MAX + 1)
    return rest
