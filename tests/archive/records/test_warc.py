"""WARC: bytes as sent go in, and come out again."""

from __future__ import annotations

import gzip
import hashlib
import os
import resource
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawler.archive.records.warc import OPEN
from newscrawler.archive.records.warc_places import places
from newscrawler.archive.records.warc_reading import read
from newscrawler.archive.records.warc_record import response_record
from support.archives import NOW
from support.warcs import BODY, HTML, opened, write


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


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ([HTML, ("Content-Length", "3")], b"abc"),
        ([HTML, ("X-Title", "عنوان"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")], "نص".encode() * 50_000),
        ([], b""),
    ],
)
def test_our_records_are_those_of_warcio(headers: list[tuple[str, str]], body: bytes) -> None:
    """Byte for byte: it is the reference, ours is only quicker."""
    plain = BytesIO()
    writer = WARCWriter(plain, gzip=False)
    record = writer.create_warc_record(
        "https://alpha.example/1?q=%D8%A7",
        "response",
        payload=BytesIO(body),
        http_headers=StatusAndHeaders("200 OK", list(headers), protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": "2026-11-22T09:30:00Z", "WARC-Record-ID": "<urn:uuid:1>"},
    )
    writer.write_record(record)
    ours = response_record(
        url="https://alpha.example/1?q=%D8%A7", status="200 OK", headers=headers, body=body, at=NOW, id_="urn:uuid:1"
    )
    assert fields_of(ours) == fields_of(plain.getvalue())


def fields_of(record: bytes) -> tuple[list[bytes], bytes]:
    """The record's own fields, in any order, and the rest."""
    head, _, rest = record.partition(b"\r\n\r\n")
    return sorted(head.split(b"\r\n")), rest


def test_what_the_server_has_packed_is_not_packed_again(tmp_path: Path) -> None:
    """The record is hardly larger than the response, and costs no time."""
    folder = opened(tmp_path)
    packed = gzip.compress(os.urandom(50_000))
    record = write(folder, packed, ("Content-Encoding", "gzip"))
    assert record.length < len(packed) + 1_000
    folder.close()
    assert hashlib.sha256(packed).hexdigest() == record.sha256


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
    found = [place.url for place in places(tmp_path / first.file)]
    assert found == ["https://alpha.example/1", "https://alpha.example/after"]
    assert read(tmp_path, last.file, last.offset).body == BODY
