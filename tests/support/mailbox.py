"""A web server that takes messages, as a chat service does: on 127.0.0.1, at a free port, in this process."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self


class Mailbox:
    """Remembers every message; `status` is what it answers, and no answer comes while `open` is cleared."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.status = 200
        self.open = Event()
        self.open.set()
        mailbox = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                mailbox.open.wait(30)
                mailbox.messages.append(json.loads(body))
                try:
                    self.send_response(mailbox.status)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                except (BrokenPipeError, ConnectionResetError):  # a sender that had enough
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                """Nothing on the test's screen."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def address(self) -> str:
        """For NEWS_ALERT_URLS; the password must not show up anywhere."""
        return f"json://keeper:secret@127.0.0.1:{self._http.server_address[1]}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.open.set()
        self._http.shutdown()
        self._http.server_close()
