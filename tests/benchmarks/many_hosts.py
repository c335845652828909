"""The process behind many_sites: one server for any number of loopback hosts, which notes when each was asked."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Final
from zlib import crc32

from newscrawler.demo.synthetic import synthetic_site

FIRST: Final = 16
"""Second byte of the first host's address: 127.16.0.1."""


def address(number: int) -> str:
    """The host of site `number`, from 0."""
    return f"127.{FIRST}.{number // 200}.{number % 200 + 1}"


class Hosts:
    """What it serves and what it heard."""

    def __init__(self, pages: int) -> None:
        self.pages = pages
        self.heard: dict[str, list[tuple[float, str]]] = {}
        """Host → time and path of each request, in order."""

    def answer(self, host: str, path: str) -> tuple[int, str, str]:
        """Status, content type, body; the request is noted."""
        self.heard.setdefault(host, []).append((time.monotonic(), path))
        if path == "/robots.txt":
            return 200, "text/plain", "User-agent: *\nDisallow: /admin/\n"
        if path == "/feed":
            return 200, "application/xml", _feed(f"http://{host}", self.pages)
        if path.startswith("/news/"):
            return 200, "text/html; charset=utf-8", _page(host, int(path.removeprefix("/news/")))
        return 404, "text/plain", "nothing here"


def _feed(base: str, pages: int) -> str:
    items = "".join(f"<item><title>خبر</title><link>{base}/news/{n}</link></item>" for n in range(1, pages + 1))
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{items}</channel></rss>'


def _page(host: str, number: int) -> str:
    """Another text for each host and number: some 2 kB."""
    (story,) = synthetic_site(1, seed=crc32(f"{host}/{number}".encode()))
    lines = "".join(f"<p>{line}</p>" for line in story.paragraphs[:4])
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{story.title}</title></head>'
        f'<body><main><article><h1>{story.title}</h1><time datetime="2026-11-20T08:{number % 60:02}:00Z"></time>'
        f"{lines}</article></main></body></html>"
    )


class _Connection(asyncio.Protocol):
    def __init__(self, hosts: Hosts) -> None:
        self.hosts = hosts
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        name, port = transport.get_extra_info("sockname")
        self.host = f"{name}:{port}"

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            path = self.buffer.split(b" ", 2)[1].decode("ascii")
            self.buffer = self.buffer[end + 4 :]
            status, kind, text = self.hosts.answer(self.host, path)
            body = text.encode()
            head = f"HTTP/1.1 {status} OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
            self.transport.write(head.encode("ascii") + body)


async def _serve(pages: int, report: Path) -> None:
    hosts, loop = Hosts(pages), asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(hosts), "0.0.0.0", 0, backlog=2000)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    async with server:
        await loop.run_in_executor(None, sys.stdin.read)  # ends when the parent closes the pipe, or dies
    report.write_text(json.dumps(hosts.heard))


def main() -> None:
    """Serves until stdin ends, then writes what it heard."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, required=True)
    parser.add_argument("--report", type=Path, required=True)
    options = parser.parse_args()
    asyncio.run(_serve(options.pages, options.report))


if __name__ == "__main__":
    main()
