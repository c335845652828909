"""One outlet's web server: addresses to replies, with ETag, Last-Modified, 304, HEAD and gzip."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_SMALL: Final = 512


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answers for one address."""

    body: bytes = b""
    """Before content encoding."""
    content_type: str = "text/html; charset=utf-8"
    """As in the header."""
    status: int = 200
    """HTTP status."""
    location: str | None = None
    """Where a redirect leads. None: it isn't one."""
    changed: datetime | None = None
    """Last-Modified, aware. None: not stated."""
    gzips: bool = False
    """Whether the body is sent gzipped to a client that accepts it."""

    @property
    def etag(self) -> str:
        """A strong validator of the body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


Lookup = Callable[[str], Reply | None]
"""An address's key → its reply. None: the server has no such page."""

Log = Callable[[str, int], None]
"""Called once a request with path and status."""


def key_of(target: str) -> str:
    """One spelling for an address: unquoted path, query sorted; «/a?y=2&x=1» and «/a?x=1&y=2» are one."""
    parts = urlsplit(target)
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    path = unquote(parts.path) or "/"
    return f"{path}?{query}" if query else path


class OutletServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1; on a free port if the wanted one is 0 or taken. Says nothing on stderr."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, *, lookup: Lookup, log: Log) -> None:
        self.lookup = lookup
        self.log = log
        try:
            super().__init__(("127.0.0.1", port), _Handler)
        except OSError:  # taken, or not ours to use
            super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def base(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is none of our business."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Newsroom"
    sys_version = ""
    server: OutletServer
    timeout = 30

    def do_GET(self) -> None:
        reply = self.server.lookup(key_of(self.path)) or _NOT_FOUND
        if reply.status == HTTPStatus.OK and _is_current(reply, self.headers):
            reply = replace(reply, status=304)
        self.server.log(self.path, reply.status)
        self._send(reply)

    do_HEAD = do_GET  # noqa: N815  # the base class looks for this name

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Silence: the newsroom keeps its own log."""

    def _send(self, reply: Reply) -> None:
        body = b"" if reply.status == 304 else reply.body
        self.send_response(reply.status)
        if reply.gzips:
            self.send_header("Vary", "Accept-Encoding")
            if len(body) > _SMALL and "gzip" in self.headers.get("Accept-Encoding", ""):
                body = gzip.compress(body, 5, mtime=0)
                self.send_header("Content-Encoding", "gzip")
        if reply.status in (200, 304):
            self.send_header("ETag", reply.etag)
            if reply.changed:
                self.send_header("Last-Modified", format_datetime(reply.changed.astimezone(UTC), usegmt=True))
        if reply.location:
            self.send_header("Location", reply.location)
        if reply.status != 304:
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


_NOT_FOUND: Final = Reply(
    '<!doctype html><html lang="ar" dir="rtl"><title>404</title><p>الصفحة غير موجودة</p></html>'.encode(),
    status=404,
)


def _is_current(reply: Reply, headers: Message) -> bool:
    """Whether the client's copy is still good. If-None-Match outranks If-Modified-Since (RFC 9110)."""
    if tags := headers.get("If-None-Match"):
        return tags.strip() == "*" or reply.etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
    since = headers.get("If-Modified-Since")
    if not since or reply.changed is None:
        return False
    try:
        return reply.changed.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):  # no date, or one without a zone
        return False
