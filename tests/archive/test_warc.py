"""WARC: bytes as sent go in, and come out again; torn files are mended."""

from __future__ import annotations

import gzip
import hashlib
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from support.archives import NOW, a_capture
from support.commands import ENVIRONMENT, ROOT
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawler.archive import Archive
from newscrawler.archive.warc import OPEN, Record, WarcFolder
from newscrawler.archive.warc_mending import mend
from newscrawler.archive.warc_reading import CaptureMissing, read, read_all

BODY = "<p>نص الصفحة كما أرسلته الصحيفة</p>".encode()
HTML = ("Content-Type", "text/html; charset=utf-8")


def write(folder: WarcFolder, body: bytes = BODY, *headers: tuple[str, str], path: str = "/1") -> Record:
    url = f"https://alpha.example{path}"
    return folder.write(url=url, status="200 OK", headers=[HTML, *headers], body=body, at=NOW)


def opened(path: Path, max_bytes: int = 10**9) -> WarcFolder:
    return WarcFolder(path, label="archive-000001", max_bytes=max_bytes)


def test_a_response_comes_back_as_it_was_sent(tmp_path: Path) -> None:
    """Address, time, status, type and every byte, with a digest that proves it."""
    folder = opened(tmp_path)
    record = write(folder)
    folder.close()
    captured = read(tmp_path, record.file, record.offset)
    assert (captured.url, captured.status, captured.content_type) == ("https://alpha.example/1", 200, HTML[1])
    assert captured.fetched_at == NOW
    assert captured.body == BODY
    assert captured.sha256 == record.sha256 == hashlib.sha256(BODY).hexdigest()


def test_a_packed_body_is_stored_packed_and_read_unpacked(tmp_path: Path) -> None:
    """The file holds what the server sent; the extractor gets what the browser would see."""
    folder = opened(tmp_path)
    packed = gzip.compress(BODY * 50)
    record = write(folder, packed, ("Content-Encoding", "gzip"), ("Content-Length", str(len(packed))))
    folder.close()
    captured = read(tmp_path, record.file, record.offset)
    assert captured.body == BODY * 50
    assert captured.sha256 == hashlib.sha256(packed).hexdigest()


def test_each_record_can_be_read_from_its_offset_alone(tmp_path: Path) -> None:
    """One gzip member per record, as the format asks; lengths add up to the file."""
    folder = opened(tmp_path)
    records = [write(folder, f"صفحة {n}".encode() * 100, path=f"/{n}") for n in range(5)]
    folder.close()
    for number, record in enumerate(records):
        raw = (tmp_path / record.file).read_bytes()[record.offset : record.offset + record.length]
        assert f"صفحة {number}".encode() in gzip.decompress(raw)
        assert read(tmp_path, record.file, record.offset).url == f"https://alpha.example/{number}"
    assert records[-1].offset + records[-1].length == (tmp_path / records[-1].file).stat().st_size


def test_other_tools_read_our_files(tmp_path: Path) -> None:
    """A warcinfo record first, then responses with date and digest: WARC as everybody knows it."""
    folder = opened(tmp_path)
    record = write(folder)
    folder.close()
    with (tmp_path / record.file).open("rb") as stream:
        kinds = [
            (r.rec_type, r.rec_headers.get_header("WARC-Date")) for r in ArchiveIterator(stream, check_digests=True)
        ]
    assert [kind for kind, _ in kinds] == ["warcinfo", "response"]
    assert kinds[1][1] == "2026-11-22T09:30:00Z"


def test_a_file_is_open_until_it_is_closed(tmp_path: Path) -> None:
    """The suffix tells whoever copies the folder that the file still grows; it can be read already."""
    folder = opened(tmp_path)
    record = write(folder)
    assert [path.name for path in tmp_path.iterdir()] == [record.file + OPEN]
    assert read(tmp_path, record.file, record.offset).body == BODY
    folder.close()
    folder.close()  # once more does no harm
    assert [path.name for path in tmp_path.iterdir()] == [record.file]


def test_a_run_without_pages_makes_no_file(tmp_path: Path) -> None:
    """Polling feeds every hour must not fill the folder with empty files."""
    opened(tmp_path / "warc").close()
    assert list((tmp_path / "warc").iterdir()) == []


def test_a_file_that_is_large_enough_is_followed_by_the_next(tmp_path: Path) -> None:
    """No record is cut in two: a file is closed once it has more than the limit."""
    folder = opened(tmp_path, max_bytes=1000)
    records = [write(folder, os.urandom(700), path=f"/{n}") for n in range(4)]
    folder.close()
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) >= 2
    assert sorted({record.file for record in records}) == names
    assert not any(name.endswith(OPEN) for name in names)
    assert [name[-13:] for name in names] == [f"{n:05d}.warc.gz" for n in range(1, len(names) + 1)]


def test_a_full_disk_leaves_no_half_record(tmp_path: Path) -> None:
    """The error goes on; what was written before stays readable, and what comes after it too."""
    folder = opened(tmp_path)
    first = write(folder)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            write(folder, os.urandom(50_000), path="/big")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    last = write(folder, path="/after")
    folder.close()
    found = [captured.url for _, captured in read_all(tmp_path / first.file)]
    assert found == ["https://alpha.example/1", "https://alpha.example/after"]
    assert read(tmp_path, last.file, last.offset).body == BODY


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
    assert [captured.url for _, captured in read_all(folder / kept.file)] == ["https://alpha.example/0"]
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
from newscrawler.archive.warc import WarcFolder
folder = WarcFolder(Path(sys.argv[1]), label="other-000001", max_bytes=10**9)
folder.write(url="https://beta.example/1", status="200 OK", headers=[], body=b"x", at=datetime.now(UTC))
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


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda path, record: path.unlink(), "No such file"),
        (lambda path, record: os.truncate(path, record.offset), "no record at byte"),
        (lambda path, record: os.truncate(path, record.offset + 20), "no record at byte"),
        (lambda path, record: path.write_bytes(b"\x00" * 5000), "no record at byte"),
    ],
    ids=["gone", "cut before", "cut inside", "overwritten"],
)
def test_a_record_that_is_not_there_is_named_with_its_file(damage: object, says: str, tmp_path: Path) -> None:
    """Whatever happened to the file, the keeper reads which one and where."""
    folder = opened(tmp_path)
    record = write(folder, os.urandom(3000))
    folder.close()
    damage(tmp_path / record.file, record)  # type: ignore[operator]
    with pytest.raises(CaptureMissing, match=says) as missing:
        read(tmp_path, record.file, record.offset)
    assert record.file in str(missing.value)


def foreign(*records: tuple[str, str, str, bytes]) -> bytes:
    """A WARC file of somebody else: (type, address, status line, body)."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    for kind, url, status, body in records:
        http = StatusAndHeaders(status, [("Content-Type", "text/html")], protocol="HTTP/1.1") if status else None
        dated = {"WARC-Date": "2024-02-03T04:05:06.789Z"}
        record = writer.create_warc_record(url, kind, payload=BytesIO(body), http_headers=http, warc_headers_dict=dated)
        writer.write_record(record)
    return out.getvalue()


def test_of_a_foreign_file_the_successful_responses_are_read(tmp_path: Path) -> None:
    """Requests, redirects, errors, DNS look-ups and records without a status are passed over."""
    path = tmp_path / "cc.warc.gz"
    path.write_bytes(
        foreign(
            ("request", "https://a.example/1", "GET / HTTP/1.1", b""),
            ("response", "https://a.example/1", "200 OK", b"one"),
            ("response", "https://a.example/2", "404 Not Found", b"two"),
            ("response", "https://a.example/3", "301 Moved", b""),
            ("metadata", "https://a.example/1", "", b"x"),
            ("resource", "dns:a.example", "", b"10.0.0.1"),
            ("response", "https://a.example/4", "OK", b"no status"),
            ("response", "https://a.example/5", "200", b"five"),
        )
    )
    found = list(read_all(path))
    assert [(c.url, c.body) for _, c in found] == [("https://a.example/1", b"one"), ("https://a.example/5", b"five")]
    assert found[0][1].fetched_at == datetime(2024, 2, 3, 4, 5, 6, 789000, tzinfo=UTC)
    for record, captured in found:
        assert read(tmp_path, path.name, record.offset) == captured


@pytest.mark.parametrize(
    "content", [b"", b"not a WARC file at all\n", gzip.compress(b"nor this"), b"\x1f\x8b\x08torn"], ids=repr
)
def test_what_is_no_warc_file_is_refused_or_empty(content: bytes, tmp_path: Path) -> None:
    """A mistyped glob must not end in a traceback; an empty file simply holds nothing."""
    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    try:
        assert list(read_all(path)) == []
    except CaptureMissing as why:
        assert path.name in str(why)


@pytest.mark.parametrize("kept", [5, 60, 150, 900, 4000])
def test_a_file_that_ends_in_mid_record_gives_what_is_whole(tmp_path: Path, kept: int) -> None:
    """A download that broke off is still worth its first records; the rest is a problem with a name."""
    path = tmp_path / "cc.warc.gz"
    one = foreign(("response", "https://a.example/1", "200 OK", b"one"))
    path.write_bytes(one + foreign(("response", "https://a.example/2", "200 OK", os.urandom(5000)))[:kept])
    found = []
    with pytest.raises(CaptureMissing, match=path.name):
        for _, captured in read_all(path):
            found.append(captured.url)
    assert found[:1] == ["https://a.example/1"]


@pytest.mark.parametrize("packed", [True, False])
def test_a_whole_file_is_whole_packed_or_not(tmp_path: Path, packed: bool) -> None:
    """Also one that somebody has unpacked."""
    content = foreign(
        ("response", "https://a.example/1", "200 OK", b"one"), ("metadata", "https://a.example/1", "", b"x")
    )
    path = tmp_path / "cc.warc"
    path.write_bytes(content if packed else gzip.decompress(content))
    ((record, captured),) = read_all(path)
    assert captured.body == b"one"
    assert read(tmp_path, path.name, record.offset).body == b"one"


def test_the_connection_is_only_asked(archive: Archive, tmp_path: Path) -> None:
    """Mending changes files, never rows."""
    folder = tmp_path / "warc"
    kept, _ = torn(folder)
    known(archive, kept)
    before = archive.conn.total_changes
    mend(folder, archive.conn)
    assert archive.conn.total_changes == before
    assert isinstance(archive.conn, sqlite3.Connection)
