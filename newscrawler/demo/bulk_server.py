"""The process behind BulkNewsroom: pages rendered once, sent as they are, thousands a second."""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from html import escape
from typing import Final

from newscrawler.demo import feeds
from newscrawler.demo.outlet import Outlet, outlet_for
from newscrawler.demo.render import Frame, render
from newscrawler.demo.story import Story
from newscrawler.demo.synthetic import synthetic_site

_WEIGHTS: Final = (100_000, 150_000)
"""Bytes of a page, least and most: most real news pages weigh as much without pictures."""

_ICON: Final = (
    '<svg class="i" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">'
    '<path d="M2 3h12v2H2zM2 7h9v2H2zM2 11h12v2H2z"/></svg>'
)
_TODAY: Final = date(2025, 6, 1)
_DATE: Final = "Sun, 01 Jun 2025 15:00:00 GMT"


def rendered(pages: int, *, seed: int, base: str) -> dict[bytes, bytes]:
    """Path → complete HTTP response for every story, the sitemap, robots.txt and the home page."""
    outlet = replace(
        outlet_for("modern"), id="demo-bulk", name="ألف خبر وخبر", article_path="/news/{id}/", tag_path=None
    )
    stories = tuple(synthetic_site(pages, seed=seed))
    found = {outlet.path_of(story): _page(story, outlet, stories, base=base, seed=seed) for story in stories}
    answers = {path.encode(): _response(body, "text/html; charset=utf-8") for path, body in found.items()}
    sitemap = feeds.sitemap(stories, outlet=outlet, base=base)
    answers[b"/sitemap.xml"] = _response(sitemap, "application/xml; charset=utf-8")
    answers[b"/robots.txt"] = _response(b"User-agent: *\nDisallow:\n", "text/plain; charset=utf-8")
    answers[b"/"] = _response("<!doctype html><title>ألف خبر وخبر</title>".encode(), "text/html; charset=utf-8")
    return answers


def _page(story: Story, outlet: Outlet, stories: Sequence[Story], *, base: str, seed: int) -> bytes:
    chance = random.Random(f"weight {seed}/{story.id}")  # noqa: S311  # a test page, not a secret
    others = chance.sample(stories, min(5, len(stories)))
    frame = Frame(outlet=outlet, base=base, today=_TODAY, most_read=tuple(others))
    bare = len(render("modern", story, frame=frame))
    wanted = chance.randint(*_WEIGHTS) - bare
    return render("modern", story, frame=replace(frame, ballast="".join(_ballast(stories, chance, wanted))))


def _ballast(stories: Sequence[Story], chance: random.Random, wanted: int) -> Iterator[str]:
    """Half cards that lead elsewhere, half the state a script framework leaves in the page."""
    yield '<div class="more-stories">'
    cards = 0
    while cards < wanted // 2:
        card = _card(chance.choice(stories))
        cards += len(card.encode())
        yield card
    yield "</div><script>window.__STATE__="
    state = {
        f"widget-{n}": {"id": n, "cls": f"w-{n % 7}", "opts": [n, n * 3, n * 7], "on": n % 2 == 0} for n in range(40)
    }
    text = json.dumps(state)
    yield "[" + ",".join([text] * max(1, (wanted - cards) // len(text))) + "]</script>"


def _card(story: Story) -> str:
    title = escape(story.title)
    return (
        f'<div class="card card--small" data-id="{story.id}" data-track="footer-more">'
        f'<a class="card__link" href="/news/{story.id}/"><span class="card__media">{_ICON}</span>'
        f'<span class="card__kicker">{story.section}</span><span class="card__title">{title}</span></a></div>\n'
    )


def _response(body: bytes, content_type: str) -> bytes:
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n"
        f"Last-Modified: {_DATE}\r\nServer: Newsroom\r\n\r\n"
    )
    return head.encode("ascii") + body


_NOT_FOUND: Final = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nnot found"


class _Connection(asyncio.Protocol):
    """Reads the request line and skips the rest: enough of HTTP/1.1 for a crawler's GET and HEAD."""

    def __init__(self, answers: Mapping[bytes, bytes], delay_s: float) -> None:
        self.answers = answers
        self.delay_s = delay_s
        self.buffer = b""
        self.busy_until = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head, self.buffer = self.buffer[:end], self.buffer[end + 4 :]
            method, _, rest = head.partition(b"\r\n")[0].partition(b" ")
            answer = self.answers.get(rest.partition(b" ")[0], _NOT_FOUND)
            if method == b"HEAD":
                answer = answer[: answer.index(b"\r\n\r\n") + 4]
            self._send(answer)

    def _send(self, answer: bytes) -> None:
        if not self.delay_s:
            self.transport.write(answer)
            return
        loop = asyncio.get_running_loop()
        self.busy_until = max(self.busy_until, loop.time()) + self.delay_s  # answers keep their order
        loop.call_at(self.busy_until, self.transport.write, answer)


async def _serve(pages: int, *, seed: int, port: int, delay_s: float) -> None:
    loop = asyncio.get_running_loop()
    answers: dict[bytes, bytes] = {}
    try:
        server = await loop.create_server(lambda: _Connection(answers, delay_s), "127.0.0.1", port)
    except OSError:  # taken
        server = await loop.create_server(lambda: _Connection(answers, delay_s), "127.0.0.1", 0)
    base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    answers.update(rendered(pages, seed=seed, base=base))
    sys.stdout.write(f"{base}/\n")
    sys.stdout.flush()
    async with server:
        await loop.run_in_executor(None, sys.stdin.read)  # ends when the parent closes the pipe, or dies


def main() -> None:
    """Serves until stdin ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--delay-s", type=float, required=True)
    options = parser.parse_args()
    asyncio.run(_serve(options.pages, seed=options.seed, port=options.port, delay_s=options.delay_s))


if __name__ == "__main__":
    main()
