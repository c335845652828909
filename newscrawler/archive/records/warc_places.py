"""Where the responses are in a WARC file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from newscrawler.archive.records.warc_facts import UNREADABLE, check_end, date_of, status_of
from newscrawler.archive.records.warc_reading import CaptureMissing


@dataclass(frozen=True, slots=True)
class Place:
    """A response in a WARC file, by its headers."""

    url: str
    """The address that answered."""
    fetched_at: datetime
    """When, UTC, aware."""
    offset: int
    """Bytes from the file's start to the record's."""
    length: int
    """Bytes of the (gzipped) record."""


def places(path: Path) -> Iterator[Place]:
    """Where the successful responses of a WARC file are: one of ours, or anybody's (Common Crawl). Nothing but headers
    is looked at, a tenth of the work of reading it.

    Raises CaptureMissing if the file can't be read, isn't a WARC file, or ends in the middle of a record.
    """
    end = 0
    try:
        with path.open("rb") as stream:
            records = ArchiveIterator(stream)
            for record in records:
                offset, length = records.get_record_offset(), records.get_record_length()  # skips what is unread
                end = offset + length
                if record.rec_type == "response" and record.http_headers is not None:
                    check_end(record)
                    if status_of(record.http_headers) == 200:
                        yield Place(record.rec_headers.get_header("WARC-Target-URI"), date_of(record), offset, length)
            stream.seek(end)
            if stream.read().strip():
                raise EOFError(f"ends in the middle of the record at byte {end}")
    except UNREADABLE as why:
        raise CaptureMissing(f"{path}: {why}") from why


def has_pages(path: Path) -> bool:
    """Whether a file holds at least one response. False for one that can't be read."""
    try:
        with path.open("rb") as stream:
            return any(record.rec_type == "response" for record in ArchiveIterator(stream))
    except UNREADABLE:
        return False
