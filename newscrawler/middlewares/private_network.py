"""No request leaves for a loopback or private address unless the site's seed says that it is there.

A redirect or a hostile DNS answer must not turn the crawler on the machines of its own network.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from typing import Final, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawler.middlewares.scope import HasSites
from newscrawler.outcome import PrivateAddress
from newscrawler.run import run_of
from newscrawler.urls import host_of

LOOKUPS_AT_ONCE: Final = 32
"""Names that may be looked up at the same time, each by a thread that waits."""


class PrivateNetworkMiddleware:
    """Looks up a host before the first request to it, and the address again that answered."""

    def __init__(self, run: HasSites) -> None:
        self._allowed = {host for site in run.sites.values() if site.private_network for host in site.scope}
        self._lookups: dict[str, asyncio.Task[str | None]] = {}
        # Threads of their own: a name server that doesn't answer holds each for seconds, and in asyncio's six the
        # pages of other sites are packed and read.
        self._threads = ThreadPoolExecutor(LOOKUPS_AT_ONCE, thread_name_prefix="names")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Made by Scrapy."""
        return cls(run_of(crawler))

    async def process_request(self, request: Request) -> None:
        """Raises PrivateAddress. A name that doesn't resolve goes on: the downloader says so better."""
        if host_of(request.url) in self._allowed:
            return
        host = urlsplit(request.url).hostname or ""
        lookup = self._lookups.get(host)
        if lookup is None:
            lookup = self._lookups[host] = asyncio.ensure_future(_private_address_of(host, self._threads))
        address = await lookup
        if address is not None:
            raise PrivateAddress(f"{host} is at {address}")

    def process_response(self, request: Request, response: Response) -> Response:
        """The name may have resolved differently the second time (DNS rebinding): ask who really answered."""
        answered = response.ip_address
        if answered is not None and not answered.is_global and host_of(request.url) not in self._allowed:
            raise PrivateAddress(f"{urlsplit(request.url).hostname} is at {answered}")
        return response


async def _private_address_of(host: str, threads: Executor) -> str | None:
    """The first address of a host that is not on the public internet. None: all are, or it has none."""
    ask = partial(socket.getaddrinfo, host, None, type=socket.SOCK_STREAM)
    try:
        found = await asyncio.get_running_loop().run_in_executor(threads, ask)
    except OSError:
        return None
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    return next((a for a in addresses if not ipaddress.ip_address(a).is_global), None)
