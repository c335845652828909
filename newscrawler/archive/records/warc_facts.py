"""What the headers of a WARC record say, and how one sees that a file is damaged."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from typing import Final

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders

UNREADABLE: Final = (OSError, ArchiveLoadFailed, EOFError, zlib.error, ValueError, AttributeError)
"""What warcio raises on a file that is cut off (AttributeError: inside a header), damaged or no WARC file."""


def date_of(record: ArcWarcRecord) -> datetime:
    """When a record was made, UTC, aware. Raises ValueError if it doesn't say so."""
    header: str | None = record.rec_headers.get_header("WARC-Date")
    if header is None:
        raise ValueError("a record without WARC-Date")
    return datetime.fromisoformat(header).astimezone(UTC)


def status_of(headers: StatusAndHeaders) -> int:
    """The HTTP status of a response. 0: its first line has none."""
    code: str = headers.get_statuscode()
    return int(code) if code.isdecimal() else 0


def check_end(record: ArcWarcRecord) -> None:
    """Raises EOFError for a record that was read, or skipped, to its end, if that came too early."""
    if record.raw_stream.limit:
        raise EOFError(f"the record ends {record.raw_stream.limit} bytes too early")
