"""Files that a killed process left open are mended, and nobody else's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawler.archive import Archive
from newscrawler.archive.records.warc import OPEN, Record
from newscrawler.archive.records.warc_mending import mend
from newscrawler.archive.records.warc_places import places
from newscrawler.archive.records.warc_reading import CaptureMissing, read
from support.archives import a_capture
from support.commands import ENVIRONMENT, ROOT
from support.warcs import opened, write


def known(archive: Archive, record: Record) -> None:
    key = a_capture(archive)
    archive.conn.execute(
        "UPDATE captures SET file = ?, offset = ?, length = ? WHERE id = ?",
        (record.file, record.offset, record.length, key),
    )


def torn(path: Path, *, records: int = 2) -> list[Record]:
    """A file as a killed process leaves it: still `.open`, and nobody holds it."""
    folder = opened(path)
    written = [write(folder, path=f"/{n}") for n in range(records)]
    folder._file.close()  # type: ignore[union-attr]
    return written


def test_a_torn_file_is_cut_to_what_the_archive_knows_and_closed(archive: Archive, tmp_path: Path) -> None:
    """Addresses of lost records are still open in the frontier: they are fetched again."""
    folder = tmp_path / "warc"
    kept, _ = torn(folder)
    known(archive, kept)
    with (folder / (kept.file + OPEN)).open("ab") as file:
        file.write(b"half a record")
    assert mend(folder, archive.conn) == [kept.file]
    assert [place.url for place in places(folder / kept.file)] == ["https://alpha.example/0"]
    assert (folder / kept.file).stat().st_size == kept.offset + kept.length


def test_a_file_shorter_than_the_archive_says_is_not_filled_up(archive: Archive, tmp_path: Path) -> None:
    """After a power failure the file may lack records; nulls in their place would look like data."""
    folder = tmp_path / "warc"
    first, second = torn(folder)
    known(archive, second)
    os.truncate(folder / (first.file + OPEN), second.offset)
    mend(folder, archive.conn)
    assert (folder / first.file).stat().st_size == second.offset
    with pytest.raises(CaptureMissing):
        read(folder, second.file, second.offset)


def test_a_file_without_pages_is_removed(archive: Archive, tmp_path: Path) -> None:
    """Nothing was in it but its own header."""
    folder = tmp_path / "warc"
    (first,) = torn(folder, records=1)
    os.truncate(folder / (first.file + OPEN), first.offset)
    assert mend(folder, archive.conn) == [first.file]
    assert list(folder.iterdir()) == []


def test_another_archives_torn_file_is_left_for_it(archive: Archive, tmp_path: Path) -> None:
    """Two archives may share a folder: what this one doesn't know is not this one's to cut."""
    folder = tmp_path / "warc"
    first, _ = torn(folder)
    before = (folder / (first.file + OPEN)).read_bytes()
    assert mend(folder, archive.conn) == []
    assert (folder / (first.file + OPEN)).read_bytes() == before


HOLD = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from newscrawler.archive.records.warc import WarcFolder
from newscrawler.archive.records.warc_record import pack_response
folder = WarcFolder(Path(sys.argv[1]), label="other-000001", max_bytes=10**9)
now = datetime.now(UTC)
folder.append(pack_response(url="https://beta.example/1", status="200 OK", headers=[], body=b"x", at=now), at=now)
print("writing", flush=True)
time.sleep(60)
"""


def test_a_file_that_is_being_written_is_left_alone(archive: Archive, tmp_path: Path) -> None:
    """A crawl into another archive is at work in the same folder."""
    writer = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "warc")],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    with writer.stdout:
        assert writer.stdout.readline() == "writing\n"
        (path,) = (tmp_path / "warc").iterdir()
        archive.conn.execute("PRAGMA foreign_keys = OFF")
        known(archive, Record(path.name.removesuffix(OPEN), 0, 1, ""))  # even if this archive thought it knew it
        before = path.read_bytes()
        assert mend(tmp_path / "warc", archive.conn) == []
        assert path.read_bytes() == before
        writer.send_signal(signal.SIGKILL)
        writer.wait(10)


def test_the_connection_is_only_asked(archive: Archive, tmp_path: Path) -> None:
    """Mending changes files, never rows."""
    folder = tmp_path / "warc"
    kept, _ = torn(folder)
    known(archive, kept)
    before = archive.conn.total_changes
    mend(folder, archive.conn)
    assert archive.conn.total_changes == before
