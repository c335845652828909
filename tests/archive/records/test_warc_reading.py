"""Records are read back, from our files and from other people's; what is missing is named."""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawler.archive.records import warc_reading
from newscrawler.archive.records.warc_places import places
from newscrawler.archive.records.warc_reading import CaptureMissing, read
from support.warcs import BODY, foreign, opened, write


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
    found = list(places(path))
    assert [place.url for place in found] == ["https://a.example/1", "https://a.example/5"]
    assert found[0].fetched_at == datetime(2024, 2, 3, 4, 5, 6, 789000, tzinfo=UTC)
    captured = [read(tmp_path, path.name, place.offset) for place in found]
    assert [(one.url, one.body, one.fetched_at) for one in captured] == [
        ("https://a.example/1", b"one", found[0].fetched_at),
        ("https://a.example/5", b"five", found[1].fetched_at),
    ]
    content = path.read_bytes()
    assert [b"/5" in gzip.decompress(content[at.offset : at.offset + at.length]) for at in found] == [False, True]


def test_a_record_without_a_date_is_named_with_its_file(tmp_path: Path) -> None:
    """Some tools write none; a replay says which file it is and reads the others."""
    response = b"HTTP/1.1 200 OK\r\n\r\none"
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(response)}\r\n\r\n"
    )
    path = tmp_path / "undated.warc"
    path.write_bytes(head.encode() + response + b"\r\n\r\n")
    with pytest.raises(CaptureMissing, match=r"undated\.warc: a record without WARC-Date"):
        list(places(path))


@pytest.mark.parametrize(
    "content", [b"", b"not a WARC file at all\n", gzip.compress(b"nor this", mtime=0), b"\x1f\x8b\x08torn"], ids=repr
)
def test_what_is_no_warc_file_is_refused_or_empty(content: bytes, tmp_path: Path) -> None:
    """A mistyped glob must not end in a traceback; an empty file simply holds nothing."""
    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    try:
        assert list(places(path)) == []
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
        found.extend(place.url for place in places(path))
    assert found[:1] == ["https://a.example/1"]


@pytest.mark.parametrize("coding", ["gzip", "GZIP", "x-unheard-of", "deflate"])
def test_a_packed_body_is_read_unpacked(tmp_path: Path, coding: str) -> None:
    """As far as its coding is known; what only says that it is packed comes as it is."""
    packed = {"deflate": zlib.compress(BODY), "x-unheard-of": BODY}.get(coding, gzip.compress(BODY))
    folder = opened(tmp_path)
    records = [write(folder, body, ("Content-Encoding", coding)) for body in (packed, BODY)]
    folder.close()
    found = [read(tmp_path, record.file, record.offset) for record in records]
    assert [one.body for one in found] == [BODY, BODY]
    assert [one.sha256 for one in found] == [hashlib.sha256(body).hexdigest() for body in (packed, BODY)]


@pytest.mark.parametrize("packed", [True, False])
def test_a_whole_file_is_whole_packed_or_not(tmp_path: Path, packed: bool) -> None:
    """Also one that somebody has unpacked."""
    content = foreign(
        ("response", "https://a.example/1", "200 OK", b"one"), ("metadata", "https://a.example/1", "", b"x")
    )
    path = tmp_path / "cc.warc"
    path.write_bytes(content if packed else gzip.decompress(content))
    (place,) = places(path)
    assert read(tmp_path, path.name, place.offset).body == b"one"


def test_a_body_is_read_up_to_a_limit_however_small_it_was_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that unpacks to gigabytes costs no more memory than the limit; its digest is still that of what was sent."""
    monkeypatch.setattr(warc_reading, "BODY_MAX", 5000)
    folder = opened(tmp_path)
    bomb = gzip.compress(bytes(10_000_000))
    sent = [(bomb, ("Content-Encoding", "gzip")), (bytes(6000), ("X-Plain", "1")), (bytes(5000), ("X-Plain", "1"))]
    records = [write(folder, body, header) for body, header in sent]
    folder.close()
    captured = [read(tmp_path, record.file, record.offset) for record in records]
    assert [(len(one.body), one.is_whole) for one in captured] == [(5001, False), (5001, False), (5000, True)]
    assert [one.sha256 for one in captured] == [hashlib.sha256(body).hexdigest() for body, _ in sent]
