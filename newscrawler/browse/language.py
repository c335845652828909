"""Which language the room speaks to a reader: Arabic, or English for whoever asked for it once.

A page in another language is asked for by `?lang=en`; a cookie remembers the choice, so that no link has to carry it
and no script is needed. What was published stays as it was published.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode

from newscrawler.browse.room import Room

Language = Literal["ar", "en"]

COOKIE: Final = "newscrawler_language"
"""Remembers the choice for a year; holds nothing else."""

_REMEMBERED: Final = re.compile(rf"(?:^|;)\s*{COOKIE}=(ar|en)\s*(?:;|$)")
_YEAR_S: Final = 365 * 86_400
_OURS: Final = "lang"
_DATASETTES: Final = "_lang"
"""On pages of tables, parameters without an underscore are filters on columns."""

Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[dict[str, Any], Any, Send], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Visit:
    """The request under way, as far as every page needs to know it."""

    language: Language = "ar"
    """What the page is written in."""
    chosen: bool = False
    """Whether this very request asks for the language; then the answer sets the cookie."""
    path: str = "/"
    """The request's path, percent-encoded, beginning with one slash."""
    query: tuple[tuple[str, str], ...] = ()
    """Its parameters without the language."""

    def switched(self, language: Language) -> str:
        """The address of the same page in another language."""
        name = _OURS if self.path.endswith("/") or "/-/" in self.path else _DATASETTES
        return f"{self.path}?{urlencode([*self.query, (name, language)])}"


_visit: ContextVar[Visit] = ContextVar("visit", default=Visit())  # noqa: B039 (frozen)


def visit() -> Visit:
    """The request under way. Datasette prints its error pages without it, so it isn't handed from page to page."""
    return _visit.get()


def listen(app: App, datasette: Any) -> App:
    """The ASGI app that knows the reader's language while it answers, as long as an archive is open."""
    room = Room(datasette)

    async def listening(scope: dict[str, Any], receive: Any, send: Send) -> None:
        if scope["type"] != "http" or not room.open:
            await app(scope, receive, send)
            return
        here = _read(scope)
        token = _visit.set(here)

        async def send_in_language(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = message | {"headers": _told(message.get("headers", []), here, datasette)}
            await send(message)

        try:
            await app(_set_aside(scope, room, datasette), receive, send_in_language)
        finally:
            _visit.reset(token)

    return listening


def _read(scope: dict[str, Any]) -> Visit:
    pairs = _pairs(scope)
    asked = [value for name, value in pairs if name in (_OURS, _DATASETTES) and value in ("ar", "en")]
    language = asked[0] if asked else _cookie(scope)
    raw = scope.get("raw_path") or quote(scope["path"]).encode("ascii")
    path = "/" + raw.decode("latin-1").partition("?")[0].lstrip("/")  # "//host/" would lead to another host
    rest = tuple((name, value) for name, value in pairs if name not in (_OURS, _DATASETTES))
    return Visit("en" if language == "en" else "ar", bool(asked), path, rest)


def _pairs(scope: dict[str, Any]) -> list[tuple[str, str]]:
    return parse_qsl((scope.get("query_string") or b"").decode("latin-1"), keep_blank_values=True)


def _cookie(scope: dict[str, Any]) -> str:
    sent = b";".join(value for name, value in scope.get("headers") or [] if name.lower() == b"cookie")
    found = _REMEMBERED.search(sent.decode("latin-1"))
    return found[1] if found else "ar"


def _told(headers: Any, here: Visit, datasette: Any) -> list[Any]:
    """Pages say what language they are in; files and data are in none."""
    kinds = [value for name, value in headers if name.lower() == b"content-type"]
    if not any(value.startswith(b"text/html") for value in kinds):
        return list(headers)
    told = [*headers, (b"content-language", here.language.encode("ascii"))]
    if here.chosen:
        path = datasette.setting("base_url")
        cookie = f"{COOKIE}={here.language}; Path={path}; Max-Age={_YEAR_S}; SameSite=Lax; HttpOnly"
        told.append((b"set-cookie", cookie.encode("latin-1")))
    return told


def _set_aside(scope: dict[str, Any], room: Room, datasette: Any) -> dict[str, Any]:
    """`?lang=en` on a page of an archive's table is no filter on a column; SQL may have a parameter of that name."""
    path = scope["path"].removeprefix(datasette.setting("base_url").rstrip("/"))
    first = path.strip("/").partition("/")[0].partition(".")[0]
    sent = scope.get("query_string") or b""
    fields = sent.split(b"&")
    if first not in room.route_names or any(field.startswith(b"sql=") for field in fields):
        return scope
    kept = [field for field in fields if unquote_to_bytes(field.partition(b"=")[0]) != _OURS.encode("ascii")]
    return scope | {"query_string": b"&".join(kept)} if kept != fields else scope
