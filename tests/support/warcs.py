"""WARC files to test with: our own, and somebody else's."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawler.archive.records.warc import Record, WarcFolder
from newscrawler.archive.records.warc_record import pack_response
from support.archives import NOW

BODY = "<p>نص الصفحة كما أرسلته الصحيفة</p>".encode()
HTML = ("Content-Type", "text/html; charset=utf-8")


def write(folder: WarcFolder, body: bytes = BODY, *headers: tuple[str, str], path: str = "/1") -> Record:
    """Write a successful response of alpha.example."""
    url = f"https://alpha.example{path}"
    return folder.append(pack_response(url=url, status="200 OK", headers=[HTML, *headers], body=body, at=NOW), at=NOW)


def opened(path: Path, max_bytes: int = 10**9) -> WarcFolder:
    """A folder as a run opens it."""
    return WarcFolder(path, label="archive-000001", max_bytes=max_bytes)


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
