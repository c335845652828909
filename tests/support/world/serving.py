"""Served: a world on loopback addresses, one host a site, by one thread; it remembers every request."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from threading import Thread
from types import TracebackType
from typing import Self

from support.world.newspaper import Newspaper, Reply


@dataclass(frozen=True, slots=True)
class Asked:
    """One request and its answer."""

    at: datetime
    """The world's time."""
    site: str
    """Id."""
    kind: str
    """robots, source, article, other."""
    path: str
    """With query."""
    status: int
    """0: none was sent."""
    conditional: bool
    """Whether it carried a validator."""


class Served:
    """Serves the sites as they are at `now`. A site that refuses connections really does."""

    def __init__(self, sites: Sequence[Newspaper], *, now: datetime) -> None:
        self.sites = sites
        self.now = now
        self.log: list[Asked] = []
        """Every request, in order."""
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="world", daemon=True)
        self._open: dict[str, tuple[asyncio.Server, set[asyncio.BaseTransport]]] = {}
        port = _free_port()
        for number, site in enumerate(sites):
            site.host, site.new_host = (f"127.{8 + moved}.0.{number + 1}:{port}" for moved in (0, 1))

    def __enter__(self) -> Self:
        self._thread.start()
        self.set_time(self.now)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._close_all(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def set_time(self, now: datetime) -> None:
        """Let it be this time."""
        self.now = now
        asyncio.run_coroutine_threadsafe(self._adapt(), self._loop).result(10)

    async def _adapt(self) -> None:
        for site in self.sites:
            spell = site.spell_at(self.now)
            wanted = {site.new_host} | ({site.host} if spell is None or spell.what != "refused" else set())
            for host in {site.host, site.new_host} - wanted:
                await self._close(host)
            for host in wanted - self._open.keys():
                address, _, port = host.partition(":")
                transports: set[asyncio.BaseTransport] = set()
                server = await self._loop.create_server(
                    lambda site=site, host=host, there=transports: _Connection(self, site, host, there),  # type: ignore[misc]
                    address,
                    int(port),
                )
                self._open[host] = server, transports

    async def _close(self, host: str) -> None:
        if (found := self._open.pop(host, None)) is None:
            return
        server, transports = found
        server.close()
        for transport in list(transports):
            transport.close()
        await server.wait_closed()

    async def _close_all(self) -> None:
        for host in list(self._open):
            await self._close(host)


class _Connection(asyncio.Protocol):
    """Enough of HTTP/1.1 for a crawler's GET, with keep-alive."""

    def __init__(self, world: Served, site: Newspaper, host: str, there: set[asyncio.BaseTransport]) -> None:
        self.world, self.site, self.host, self.there = world, site, host, there
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.there.add(transport)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 (asyncio's signature)
        self.there.discard(self.transport)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head, self.buffer = self.buffer[:end].decode("latin-1"), self.buffer[end + 4 :]
            first, *lines = head.split("\r\n")
            path = first.split(" ")[1]
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            self._answer(path, headers)

    def _answer(self, path: str, headers: dict[str, str]) -> None:
        world, now = self.world, self.world.now
        reply = self.site.answer(self.host, path, headers, now)
        conditional = "if-none-match" in headers or "if-modified-since" in headers
        world.log.append(Asked(now, self.site.id, self.site.kind_of(path), path, reply.status, conditional))
        if reply.status:
            loop = asyncio.get_running_loop()
            loop.call_later(reply.delay_s, self.transport.write, _bytes(reply))


def _bytes(reply: Reply) -> bytes:
    body = reply.body.encode()
    lines = [f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}", f"Content-Length: {len(body)}"]
    lines += [f"Content-Type: {reply.content_type}", *(f"{name}: {value}" for name, value in reply.headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def _free_port() -> int:
    """One that is free on every address, most likely: a port nobody has on any."""
    with socket.socket() as probe:
        probe.bind(("0.0.0.0", 0))
        port: int = probe.getsockname()[1]
        return port
