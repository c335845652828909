"""A web server whose every answer is written in the test: on 127.0.0.1, at a free port, in this process."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Self

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """What the crawler asked for."""

    path: str
    """Path and query as sent."""
    headers: Mapping[str, str]
    """Names in lower case."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server sends."""

    body: bytes = b""
    """As it goes over the wire: compress it yourself."""
    status: int = 200
    """HTTP status."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Further headers."""
    content_type: str | None = HTML
    """None: no such header."""
    length: int | None = None
    """A Content-Length that lies. None: the true one."""
    cut: bool = False
    """Whether the connection is reset after the body, however much was promised."""


Script = Answer | Callable[[Request], Answer]


def text(body: str, **more: object) -> Answer:
    """An answer with a body in UTF-8."""
    return Answer(body.encode(), **more)  # type: ignore[arg-type]


def redirect(to: str, status: int = 301) -> Answer:
    """An answer that sends the client elsewhere."""
    return Answer(status=status, headers={"Location": to})


class Server:
    """Serves `pages` (path with query → answer); any other path is 404. Remembers every request."""

    def __init__(self, pages: Mapping[str, Script] | None = None) -> None:
        self.pages: dict[str, Script] = dict(pages or {})
        self.requests: list[Request] = []
        self.gate = Event()
        """Answers wait for it; open from the start. Close it (`clear`) to hold a crawl in the middle."""
        self.gate.set()
        self.arrived = Event()
        """Set when a request is waiting at the closed gate."""
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server._serve(self)

            def log_message(self, *_: object) -> None:
                """Nothing on the test's screen."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def host(self) -> str:
        """Host and port: what a seed's `hosts` names."""
        return f"127.0.0.1:{self._http.server_address[1]}"

    def url(self, path: str = "/") -> str:
        """An address on this server."""
        return f"http://{self.host}{path}"

    def asked(self, path: str) -> list[Request]:
        """The requests for one path, in order."""
        return [request for request in self.requests if request.path == path]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.gate.set()
        self._http.shutdown()
        self._http.server_close()

    def _serve(self, http: BaseHTTPRequestHandler) -> None:
        request = Request(http.path, {name.lower(): value for name, value in http.headers.items()})
        self.requests.append(request)
        if not self.gate.is_set() and request.path != "/robots.txt":
            self.arrived.set()
            self.gate.wait(30)
        script = self.pages.get(request.path, Answer(b"nothing here", status=404))
        answer = script if isinstance(script, Answer) else script(request)
        try:
            _send(http, answer)
        except (BrokenPipeError, ConnectionResetError):  # a client that had enough
            http.close_connection = True


def _send(http: BaseHTTPRequestHandler, answer: Answer) -> None:
    http.close_connection = True
    if answer.status == 0:  # not even a status line
        _reset(http)
        return
    http.send_response(answer.status)
    if answer.content_type:
        http.send_header("Content-Type", answer.content_type)
    for name, value in answer.headers.items():
        http.send_header(name, value)
    http.send_header("Content-Length", str(len(answer.body) if answer.length is None else answer.length))
    http.end_headers()
    if answer.status != 304:
        http.wfile.write(answer.body)
    if answer.cut:
        http.wfile.flush()
        _reset(http)


def _reset(http: BaseHTTPRequestHandler) -> None:
    """Close with RST instead of FIN."""
    http.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    http.connection.close()
    http.wfile = http.rfile = _Nowhere()  # type: ignore[assignment]


class _Nowhere:
    closed = True

    def flush(self) -> None: ...
    def close(self) -> None: ...
