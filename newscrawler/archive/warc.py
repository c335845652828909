"""Raw before parsed: each response as a WARC record, written by warcio, read back by file and offset.

A file carries the suffix `.open` until it is closed. One a killed process left open is cut to its last
record that `captures` knows of, and closed: the URLs of lost records are still open in the frontier.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawler import __version__
from newscrawler.times import iso

OPEN: Final = ".open"

GZIP_LEVEL: Final = 6
"""warcio writes at 9: 6.8 ms a page on real pages instead of 2.5, for 0.5 % less space."""

_GZIP: Final = zlib.MAX_WBITS | 16

_UNREADABLE: Final = (OSError, ArchiveLoadFailed, EOFError, zlib.error, ValueError)
"""What warcio raises on a file that is cut off, damaged or no WARC file."""


class CaptureMissing(Exception):
    """The WARC file or the record is not where `captures` says; the message names both."""


@dataclass(frozen=True, slots=True)
class Record:
    """Where a response was stored."""

    file: str
    """Name of the WARC file inside the raw folder, without `.open`."""
    offset: int
    """Bytes from the file's start to the record's."""
    length: int
    """Bytes of the (gzipped) record."""
    sha256: str
    """Of the payload as the server sent it: after transfer coding, before content decoding. Hex."""


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
    """The body after content decoding: what the extractor gets."""
    sha256: str
    """Of the payload as stored, hex; equals `captures.sha256` if nobody has touched the file."""


class WarcFolder:
    """The open WARC file of a run, and the rotation to the next one."""

    def __init__(self, folder: Path, *, label: str, max_bytes: int) -> None:
        """`label` names the run in the file names; a file is closed once it has more than `max_bytes`."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.label = label
        self.max_bytes = max_bytes
        self._file: BinaryIO | None = None
        self._number = 0

    def write(self, *, url: str, status: str, headers: Sequence[tuple[str, str]], body: bytes, at: datetime) -> Record:
        """Append one response record; it is with the operating system when this returns."""
        if self._file is not None and self._file.tell() > self.max_bytes:
            self.close()
        file = self._file or self._start(at)
        offset = file.tell()
        digest = hashlib.sha256(body).hexdigest()
        extra = {"WARC-Date": iso(at), "WARC-Payload-Digest": f"sha256:{digest}"}
        http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
        plain = BytesIO()
        writer = WARCWriter(plain, gzip=False)
        writer.write_record(
            writer.create_warc_record(
                url, "response", payload=BytesIO(body), http_headers=http, warc_headers_dict=extra
            )
        )
        return Record(self._name, offset, self._append(plain), digest)

    def _append(self, plain: BytesIO) -> int:
        """One gzip member per record, as the format asks, so that a record can be read from its offset alone."""
        assert self._file is not None
        member = zlib.compress(plain.getbuffer(), GZIP_LEVEL, wbits=_GZIP)
        start = self._file.tell()
        rest = memoryview(member)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError:  # a full disk: half a record would make what follows it unreadable
            self._file.truncate(start)
            self._file.seek(start)
            raise
        return len(member)

    def close(self) -> None:
        """Close the file and take `.open` off its name."""
        if self._file is not None:
            self._file.close()
            path = self.folder / (self._name + OPEN)
            path.rename(self.folder / self._name)
            self._file = None

    def _start(self, at: datetime) -> BinaryIO:
        self._number += 1
        stamp = at.astimezone(UTC).strftime("%Y%m%d%H%M%S")
        self._name = f"{stamp}-{self.label}-{self._number:05d}.warc.gz"
        self._file = (self.folder / (self._name + OPEN)).open("xb", buffering=0)
        fcntl.flock(self._file, fcntl.LOCK_EX)  # tells `mend` that this one is in use
        info = {"software": f"newscrawler/{__version__}", "format": "WARC File Format 1.1"}
        plain = BytesIO()
        writer = WARCWriter(plain, gzip=False)
        writer.write_record(writer.create_warcinfo_record(self._name, info))
        self._append(plain)
        return self._file


def mend(folder: Path, conn: sqlite3.Connection) -> list[str]:
    """Close files that a killed process left open. Returns their names.

    A file with pages this archive doesn't know belongs to another archive that shares the folder: it is left alone.
    """
    mended = []
    for path in sorted(folder.glob("*" + OPEN)):
        with path.open("r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue  # a crawl into another archive is writing it
            name = path.name.removesuffix(OPEN)
            known = conn.execute("SELECT max(offset + length) FROM captures WHERE file = ?", [name]).fetchone()[0]
            if known:
                file.truncate(min(known, file.seek(0, os.SEEK_END)))
            elif _has_pages(path):
                continue
        if known:
            path.rename(folder / name)
        else:
            path.unlink()
        mended.append(name)
    return mended


def _has_pages(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return any(record.rec_type == "response" for record in ArchiveIterator(stream))
    except _UNREADABLE:
        return False


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

    Raises CaptureMissing if the file can't be read or isn't a WARC file.
    """
    try:
        with path.open("rb") as stream:
            records = ArchiveIterator(stream)
            for record in records:
                if record.rec_type != "response" or record.http_headers is None:
                    continue
                offset = records.get_record_offset()
                captured = _captured(record)
                if captured.status == 200:
                    yield Record(path.name, offset, records.get_record_length(), captured.sha256), captured
    except _UNREADABLE as why:
        raise CaptureMissing(f"{path}: {why}") from why


def _captured(record: ArcWarcRecord) -> Captured:
    headers = record.http_headers
    payload = record.raw_stream.read()
    record.raw_stream = BytesIO(payload)
    return Captured(
        url=record.rec_headers.get_header("WARC-Target-URI"),
        fetched_at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")).astimezone(UTC),
        status=int(headers.get_statuscode()),
        content_type=headers.get_header("Content-Type"),
        body=record.content_stream().read(),
        sha256=hashlib.sha256(payload).hexdigest(),
    )
