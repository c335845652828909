"""A folder served over HTTP/1.1 from memory, gzipped for those who accept it: for machines without nginx.

python -m tests.benchmarks.newsroom.file_server FOLDER PORT
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_TYPES: Final = {".html": "text/html; charset=utf-8", ".xml": "application/xml; charset=utf-8"}
_NOT_FOUND: Final = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n"


class Connection(asyncio.Protocol):
    """Reads the request line and whether gzip is accepted: enough for a crawler's GET."""

    def __init__(self, plain: Mapping[bytes, bytes], packed: Mapping[bytes, bytes]) -> None:
        self.plain = plain
        self.packed = packed
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head, self.buffer = self.buffer[:end].lower(), self.buffer[end + 4 :]
            line, _, rest = head.partition(b"\r\n")
            accepts = any(b"gzip" in each for each in rest.split(b"\r\n") if each.startswith(b"accept-encoding"))
            self.transport.write((self.packed if accepts else self.plain).get(line.split(b" ")[1], _NOT_FOUND))


def answers(folder: Path, *, packed: bool) -> dict[bytes, bytes]:
    """Path → complete response."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_dir() or path.suffix == ".gz":
            continue
        body = (path.with_name(path.name + ".gz") if packed else path).read_bytes()
        kind = _TYPES.get(path.suffix, "text/plain")
        coding = "Content-Encoding: gzip\r\n" if packed else ""
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{coding}Content-Length: {len(body)}\r\n\r\n"
        found[f"/{path.relative_to(folder).as_posix()}".encode()] = head.encode() + body
    return found


async def serve(folder: Path, port: int) -> None:
    """Until SIGTERM."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    plain, packed = (answers(folder, packed=each) for each in (False, True))
    await loop.create_server(lambda: Connection(plain, packed), "127.0.0.1", port)
    await ended.wait()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))
