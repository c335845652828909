"""Raw before parsed: each response as a WARC record. A file carries the suffix `.open` until it is closed."""

from __future__ import annotations

import fcntl
import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawler import __version__
from newscrawler.times import iso

OPEN: Final = ".open"

GZIP_LEVEL: Final = 6
"""warcio writes at 9: 6.8 ms a page on real pages instead of 2.5, for 0.5 % less space."""

_GZIP: Final = zlib.MAX_WBITS | 16


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
class Packed:
    """A response as it will stand in a WARC file."""

    member: bytes
    """One gzip member per record, as the format asks, so that a record can be read from its offset alone."""
    sha256: str
    """See Record.sha256."""


def pack_response(*, url: str, status: str, headers: Sequence[tuple[str, str]], body: bytes, at: datetime) -> Packed:
    """A response record, gzipped. Takes milliseconds of zlib, which lets other threads run."""
    digest = hashlib.sha256(body).hexdigest()
    extra = {"WARC-Date": iso(at), "WARC-Payload-Digest": f"sha256:{digest}"}
    http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
    plain = BytesIO()
    writer = WARCWriter(plain, gzip=False)
    writer.write_record(
        writer.create_warc_record(url, "response", payload=BytesIO(body), http_headers=http, warc_headers_dict=extra)
    )
    return Packed(_member(plain), digest)


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

    def append(self, packed: Packed, *, at: datetime) -> Record:
        """Add one response record; it is with the operating system when this returns."""
        if self._file is not None and self._file.tell() > self.max_bytes:
            self.close()
        file = self._file or self._start(at)
        offset = file.tell()
        self._append(packed.member)
        return Record(self._name, offset, len(packed.member), packed.sha256)

    def _append(self, member: bytes) -> None:
        assert self._file is not None
        start = self._file.tell()
        rest = memoryview(member)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError:  # a full disk: half a record would make what follows it unreadable
            self._file.truncate(start)
            self._file.seek(start)
            raise

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
        self._append(_member(plain))
        return self._file


def _member(plain: BytesIO) -> bytes:
    return zlib.compress(plain.getbuffer(), GZIP_LEVEL, wbits=_GZIP)
