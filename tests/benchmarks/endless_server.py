"""A newspaper of any number of different pages, each printed when it is asked for.

python -m tests.benchmarks.endless_server PORT PAGES
"""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from functools import lru_cache
from typing import Final

from tests.benchmarks.newsroom.pages import page
from tests.benchmarks.newsroom.stories import BenchStory, stories

EDITION: Final = 1000
"""Pages printed with one seed."""
_PATH: Final = re.compile(rb"GET /(\d+)(/news/(\d+)\.html|/sitemap\.xml) ")


@lru_cache(maxsize=3)
def edition(seed: int) -> list[BenchStory]:
    """The stories of one seed."""
    return stories(EDITION, seed=seed)


def body_of(request: bytes, *, base: str, pages: int) -> tuple[str, bytes] | None:
    """Type and body of what is asked for. None: there is no such page."""
    if request.startswith(b"GET /sitemap.xml "):
        listed = "".join(
            f"<sitemap><loc>{base}/{n}/sitemap.xml</loc></sitemap>" for n in range(1, pages // EDITION + 1)
        )
        return "application/xml", _xml("sitemapindex", listed)
    if request.startswith(b"GET /robots.txt "):
        return "text/plain", b"User-agent: *\nDisallow:\n"
    if (found := _PATH.match(request)) is None:
        return None
    number = int(found[1])
    if found[3] is None:
        listed = "".join(f"<url><loc>{base}/{number}{story.path}</loc></url>" for story in edition(number))
        return "application/xml", _xml("urlset", listed)
    printed = edition(number)
    return "text/html; charset=utf-8", page(printed[int(found[3]) - 1], printed, base=f"{base}/{number}")


async def serve(port: int, pages: int) -> None:
    """Until SIGTERM."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                found = body_of(request, base=f"http://127.0.0.1:{port}", pages=pages)
                status, (kind, body) = ("200 OK", found) if found else ("404 Not Found", ("text/plain", b""))
                head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
                writer.write(head.encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    await asyncio.start_server(answer, "127.0.0.1", port)
    await ended.wait()


def _xml(root: str, listed: str) -> bytes:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><{root} xmlns="{space}">{listed}</{root}>'.encode()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
