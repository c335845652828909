"""Newspaper: one site of the world, its articles, its sources, its spells, and what it answers at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import md5
from itertools import count
from typing import Final, Literal
from urllib.parse import urlsplit

from support.world import pages
from support.world.listings import Listed, body_of
from support.world.pages import Layout
from support.world.pieces import Piece
from support.world.spells import NO_PAGES, NO_SOURCES, Spell

PageManner = Literal["honest", "silent", "noisy"]
"""`honest`: an ETag and 304. `silent`: the same bytes every time, no validators. `noisy`: other bytes every time."""

_HTML: Final = "text/html; charset=utf-8"
_XML: Final = "application/xml; charset=utf-8"
_METER: Final = 10
_LAYOUTS: Final[Mapping[str, Layout]] = {
    "script-only": "script-only",
    "teaser": "teaser",
    "undated": "undated",
    "redesign": "boxes",
}
_STATUS_OF_GONE: Final = {"not-found": 404, "gone": 410, "redirected": 302}


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes over the wire."""

    body: str = ""
    """Empty with 304 and redirects."""
    status: int = 200
    """0: nothing is ever answered."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Further headers."""
    content_type: str = _HTML
    """Of the body."""
    delay_s: float = 0.0
    """Real seconds before the answer."""


_WHATEVER_IS_ASKED: Final[Mapping[str, Reply]] = {
    "silent": Reply(status=0),
    "errors": Reply("<h1>503 Service Unavailable</h1>", 503),
    "forbidden": Reply("<h1>403 Forbidden</h1>", 403),
    "limited": Reply("<h1>429 Too Many Requests</h1>", 429, {"Retry-After": "3600"}),
}
_TOO_MANY: Final = Reply("<h1>429 Too Many Requests</h1>", 429, {"Retry-After": "900"})


@dataclass(slots=True)
class Newspaper:
    """A site and the truth about it."""

    id: str
    """Of its seed file; says what is special about it."""
    host: str = ""
    """Host and port; known when the world is served."""
    new_host: str = ""
    """Where it is after it moved."""
    sources: tuple[Listed, ...] = (Listed(),)
    """What its seed file names."""
    layout: Layout = "structured"
    """Of its article pages."""
    page_manner: PageManner = "honest"
    """How its article pages use validators."""
    pieces: list[Piece] = field(default_factory=list)
    """Every article, by number."""
    spells: tuple[Spell, ...] = ()
    """What is the matter, and when; at most one at a time."""
    delay_s: float = 0.0
    """Real seconds before each answer."""
    _noise: count[int] = field(default_factory=lambda: count(1))
    _meter: Counter[datetime] = field(default_factory=Counter)

    def url(self, path: str) -> str:
        """An address on its host."""
        return f"http://{self.host}{path}"

    def seed(self) -> str:
        """Its seed file."""
        listed = "".join(
            f'[[source]]\nkind = "{source.kind}"\nurl = "{self.url(source.path)}"\n'
            + (f"max_pages = {source.pages}\n" if source.kind == "section" else "")
            for source in self.sources
        )
        return (
            f'name = "صحيفة {self.id}"\ncountry = "LB"\nhome = "{self.url("/")}"\ntimezone = "Asia/Beirut"\n'
            f"delay_s = 0\nconcurrency = 4\nprivate_network = true\n\n{listed}[articles]\nallow = ['/news/\\d+$']\n"
        )

    def spell_at(self, now: datetime) -> Spell | None:
        """What is the matter at a time. None: nothing."""
        return next((spell for spell in self.spells if spell.covers(now)), None)

    def published(self, now: datetime, listed: Listed) -> list[Piece]:
        """The articles a source can know of at a time, newest first."""
        spell = self.spell_at(now)
        upto = (spell.begin if spell and spell.what == "frozen" else now) - listed.lag
        return [p for p in reversed(self.pieces) if p.at <= upto and p.shown(now).gone is None]

    def seeable(self, now: datetime) -> dict[int, str]:
        """What a crawler that asks for everything at this moment can archive: number → path of the first source."""
        spell = self.spell_at(now)
        if spell and spell.what in NO_SOURCES | NO_PAGES:
            return {}
        found: dict[int, str] = {}
        for listed in self.sources:
            for piece in listed.seen(self.published(now, listed), now):
                found.setdefault(piece.number, listed.path)
        return found

    def kind_of(self, path: str) -> str:
        """What a path is: robots, source, article, other."""
        bare = path.partition("?")[0]
        if bare == "/robots.txt":
            return "robots"
        if bare.startswith("/news/"):
            return "article"
        return "source" if bare.startswith("/sitemap-") or any(bare == s.path for s in self.sources) else "other"

    def answer(self, host: str, path: str, headers: Mapping[str, str], now: datetime) -> Reply:
        """What it answers; `headers` have names in lower case."""
        spell = self.spell_at(now)
        kind = self.kind_of(path)
        reply = self._ailing(spell, host, path, kind, now) if spell else None
        if reply is None:
            reply = self._robots(spell) if kind == "robots" else self._usual(kind, path, headers, now, spell)
        slow = 0.15 if spell and spell.what == "slow" else self.delay_s
        return replace(reply, delay_s=slow)

    def _ailing(self, spell: Spell, host: str, path: str, kind: str, now: datetime) -> Reply | None:
        """What it says instead of its usual answer. None: nothing else."""
        what, found = spell.what, _WHATEVER_IS_ASKED.get(spell.what)
        if what == "metered":
            self._meter[now] += 1
            found = _TOO_MANY if self._meter[now] > _METER else None
        elif (what == "captcha" and kind != "robots") or (what == "captcha-articles" and kind == "article"):
            found = Reply(pages.wall())
        elif what == "feed-gone" and kind == "source":
            found = Reply(pages.not_there(), 404)
        elif what in ("moved", "moved-home") and host != self.new_host:
            where = path if what == "moved" else "/"
            found = Reply(status=301, headers={"Location": f"http://{self.new_host}{where}"})
        return found

    def _robots(self, spell: Spell | None) -> Reply:
        forbidden = "/" if spell and spell.what == "robots" else "/admin/"
        return Reply(f"User-agent: *\nDisallow: {forbidden}\n", content_type="text/plain")

    def _usual(self, kind: str, path: str, headers: Mapping[str, str], now: datetime, spell: Spell | None) -> Reply:
        if kind == "article":
            return self._article(path, headers, now, spell)
        bare = path.partition("?")[0]
        for listed in self.sources:
            published = self.published(now, listed)
            if bare in {urlsplit(known).path for known in listed.paths(published)}:
                body = body_of(listed, path, published, self.url, now)
                return self._listing(listed, body, headers)
        return Reply(pages.front()) if bare in ("/", "/latest") else Reply(pages.not_there(), 404)

    def _listing(self, listed: Listed, body: str, headers: Mapping[str, str]) -> Reply:
        kind = _HTML if listed.kind == "section" else _XML
        asked = headers.get("if-none-match")
        match listed.manner:
            case "bare":
                return Reply(f"{body}<!-- {next(self._noise)} -->", content_type=kind)
            case "restless":
                return Reply(body, headers={"ETag": f'"{next(self._noise)}"'}, content_type=kind)
            case "stuck":
                tag = '"stuck"'
            case _:
                tag = f'"{md5(body.encode(), usedforsecurity=False).hexdigest()}"'
        headers = {"ETag": tag}
        return Reply(status=304, headers=headers) if asked == tag else Reply(body, 200, headers, kind)

    def _article(self, path: str, headers: Mapping[str, str], now: datetime, spell: Spell | None) -> Reply:
        number = path.partition("?")[0].removeprefix("/news/")
        piece = self.pieces[int(number) - 1] if number.isdecimal() and 0 < int(number) <= len(self.pieces) else None
        if piece is None or piece.at > now:
            return Reply(pages.not_there(), 404)
        shown = piece.shown(now)
        if shown.gone:
            there = {"Location": self.url("/")} if shown.gone == "redirected" else {}
            return Reply(pages.not_there(), _STATUS_OF_GONE.get(shown.gone, 200), there)
        layout = _LAYOUTS.get(spell.what, self.layout) if spell else self.layout
        body = pages.article(piece, shown, layout, noise=next(self._noise) if self.page_manner == "noisy" else None)
        if self.page_manner != "honest":
            return Reply(body)
        tag = f'"{md5(body.encode(), usedforsecurity=False).hexdigest()}"'
        if headers.get("if-none-match") == tag:
            return Reply(status=304, headers={"ETag": tag})
        return Reply(body, headers={"ETag": tag})
