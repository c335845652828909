"""No request leaves for a private network unless the seed says that the site is there."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import Response

from newscrawler.archive import Archive
from newscrawler.middlewares.private_network import PrivateNetworkMiddleware
from newscrawler.outcome import PrivateAddress
from support.archives import a_run, a_site
from support.crawlers import a_crawler

NAMES = {
    "public.example": ["93.184.216.34", "2606:2800:220:1::1"],
    "mixed.example": ["93.184.216.34", "10.0.0.5"],
    "rebound.example": ["192.168.1.1"],
}


class Names:
    """A name service in the test's hand; addresses written as numbers are read as numbers."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, host: Any, *_: Any, **__: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        self.asked.append(name)
        if name in NAMES:
            return [
                (socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 0))
                for ip in NAMES[name]
            ]
        try:
            return REAL(host, None, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        except OSError:
            raise socket.gaierror(socket.EAI_NONAME, "unknown name") from None


REAL = socket.getaddrinfo


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    """Instead of DNS."""
    service = Names()
    monkeypatch.setattr(socket, "getaddrinfo", service)
    return service


@pytest.fixture
def middleware(archive: Archive) -> Iterator[PrivateNetworkMiddleware]:
    """Of a run with a public site and one on an intranet."""
    sites = [a_site("alpha"), a_site("intra", home="http://10.1.1.1:8080/", private_network=True)]
    with a_run(archive, sites) as run:
        yield PrivateNetworkMiddleware.from_crawler(a_crawler(run))


def ask(middleware: PrivateNetworkMiddleware, *urls: str) -> None:
    async def all_of_them() -> None:
        await asyncio.gather(*(middleware.process_request(Request(url)) for url in urls))

    asyncio.run(all_of_them())


@pytest.mark.parametrize("url", ["https://public.example/1", "http://93.184.216.34/", "http://10.1.1.1:8080/page"])
def test_public_hosts_and_the_intranet_site_are_asked(
    middleware: PrivateNetworkMiddleware, names: Names, url: str
) -> None:
    """The seed's `private_network` opens its own host and port."""
    ask(middleware, url)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.0.0.1:8461/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://10.1.1.1/",  # the intranet site's host, at another port
        "http://10.1.1.2:8080/",
        "http://172.16.0.1/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data/",  # what cloud machines tell about themselves
        "http://100.64.0.1/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "https://rebound.example/",
        "https://mixed.example/",  # one private address among public ones is enough
    ],
)
def test_private_addresses_are_refused_however_they_are_written(
    middleware: PrivateNetworkMiddleware, names: Names, url: str
) -> None:
    """In any notation, and behind any name."""
    with pytest.raises(PrivateAddress, match=" is at "):
        ask(middleware, url)


def test_a_name_that_does_not_resolve_goes_on(middleware: PrivateNetworkMiddleware, names: Names) -> None:
    """The downloader says better what is wrong with it."""
    ask(middleware, "https://unknown.example/")


def test_a_host_is_looked_up_once_however_many_ask(middleware: PrivateNetworkMiddleware, names: Names) -> None:
    """Also when they ask at the same time."""
    ask(middleware, *(f"https://public.example/{n}" for n in range(20)))
    assert names.asked.count("public.example") == 1


def test_who_really_answered_is_asked_too(middleware: PrivateNetworkMiddleware) -> None:
    """A name may resolve differently the second time."""
    url = "https://public.example/1"
    for ip, refused in [("93.184.216.34", False), ("10.0.0.5", True), (None, False)]:
        response = Response(url, ip_address=ipaddress.ip_address(ip) if ip else None)
        if refused:
            with pytest.raises(PrivateAddress, match=r"public\.example is at 10\.0\.0\.5"):
                middleware.process_response(Request(url), response)
        else:
            assert middleware.process_response(Request(url), response) is response


def test_the_intranet_site_may_answer_from_its_address(middleware: PrivateNetworkMiddleware) -> None:
    """That is what the seed says."""
    url = "http://10.1.1.1:8080/page"
    response = Response(url, ip_address=ipaddress.ip_address("10.1.1.1"))
    assert middleware.process_response(Request(url), response) is response
