"""Raw before parsed: each response as a WARC record. A file carries the suffix `.open` until it is closed."""

from __future__ import annotations

import fcntl
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from warcio.warcwriter import WARCWriter

from newscrawler import __version__
from newscrawler.archive.records.warc_record import Packed, gzipped

OPEN: Final = ".open"


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
        self._append(gzipped(plain.getvalue()))
        return self._file
