"""Responses back from WARC files: one by its place, or all of a file."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders

from newscrawler.archive.records.warc import OPEN, Record

_UNREADABLE: Final = (OSError, ArchiveLoadFailed, EOFError, zlib.error, ValueError, AttributeError)
"""What warcio raises on a file that is cut off (AttributeError: inside a header), damaged or no WARC file."""


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
    except _UNREADABLE as why:
        raise CaptureMissing(f"{path}: no record at byte {offset}: {why}") from why
    raise CaptureMissing(f"{path}: no record at byte {offset}")


def read_all(path: Path) -> Iterator[tuple[Record, Captured]]:
    """Every successful response of a WARC file with its place: one of ours, or anybody's (Common Crawl).

    Raises CaptureMissing if the file can't be read, isn't a WARC file, or ends in the middle of a record.
    """
    end = 0
    try:
        with path.open("rb") as stream:
            records = ArchiveIterator(stream)
            for record in records:
                is_page = record.rec_type == "response" and record.http_headers is not None
                captured = _captured(record) if is_page else None  # first: asking for the place skips what is unread
                offset, length = records.get_record_offset(), records.get_record_length()
                end = offset + length
                if captured is not None and captured.status == 200:
                    yield Record(path.name, offset, length, captured.sha256), captured
            stream.seek(end)
            if stream.read().strip():
                raise EOFError(f"ends in the middle of the record at byte {end}")
    except _UNREADABLE as why:
        raise CaptureMissing(f"{path}: {why}") from why


def has_pages(path: Path) -> bool:
    """Whether a file holds at least one response. False for one that can't be read."""
    try:
        with path.open("rb") as stream:
            return any(record.rec_type == "response" for record in ArchiveIterator(stream))
    except _UNREADABLE:
        return False


def _captured(record: ArcWarcRecord) -> Captured:
    headers = record.http_headers
    if headers is None:
        raise ValueError("no response, but a record of another type")
    payload, digest = _payload(record)
    record.raw_stream = BytesIO(payload)
    return Captured(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        fetched_at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")).astimezone(UTC),
        status=_status(headers),
        content_type=headers.get_header("Content-Type"),
        body=record.content_stream().read(BODY_MAX + 1),
        sha256=digest,
    )


def _payload(record: ArcWarcRecord) -> tuple[bytes, str]:
    """What was sent, up to a byte more than BODY_MAX, and the digest of all of it."""
    stream, kept, digest = record.raw_stream, bytearray(), hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        kept += chunk[: BODY_MAX + 1 - len(kept)]
    if stream.limit:
        raise EOFError(f"the record ends {stream.limit} bytes too early")
    return bytes(kept), digest.hexdigest()


def _status(headers: StatusAndHeaders) -> int:
    code: str = headers.get_statuscode()
    return int(code) if code.isdecimal() else 0
