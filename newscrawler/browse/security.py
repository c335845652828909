"""Response headers: nothing from elsewhere is loaded, nothing stored can run, no other site learns who reads."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import datasette as datasette_package

from newscrawler.browse.room import Room

Send = Callable[[dict[str, Any]], Awaitable[None]]
App = Callable[[dict[str, Any], Any, Send], Awaitable[None]]

_INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_ALLOW_FACET: Final = "{{ datasette_allow_facet }}"
"""The one variable inside a script of Datasette's templates; it becomes `true` or `false`."""

_FIXED_HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-robots-tag", b"noindex, nofollow, noarchive"),
    (b"cross-origin-opener-policy", b"same-origin"),
)

ROBOTS: Final = "User-agent: *\nDisallow: /\n"
"""robots.txt: an archive of other people's articles is for its readers, not for search engines."""


@cache
def policy(*, own_page: bool) -> str:
    """The Content-Security-Policy.

    Our own pages run no script at all. Datasette's run files of this host and, by their hash, the few scripts
    that stand inside its templates; and they write `style=` attributes with colours and column names.
    """
    scripts = "'none'" if own_page else " ".join(["'self'", *_script_hashes()])
    styles = "'self'" if own_page else "'self' 'unsafe-inline'"
    images = "'self'" if own_page else "'self' data:"  # the handle of the SQL editor is a data: image
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src {images}; font-src 'self';"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def harden(app: App, datasette: Any) -> App:
    """The ASGI app with the headers on every response, as long as an archive is open."""
    room = Room(datasette)

    async def hardened(scope: dict[str, Any], receive: Any, send: Send) -> None:
        if scope["type"] != "http" or not room.open:
            await app(scope, receive, send)
            return

        async def send_with_headers(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = message | {"headers": _completed(message.get("headers", []))}
            await send(message)

        await app(scope, receive, send_with_headers)

    return hardened


def _completed(headers: Any) -> list[Any]:
    """A page's own policy stays: ours are stricter than what Datasette's pages need."""
    present = {bytes(name).lower() for name, _ in headers}
    wanted = [(b"content-security-policy", policy(own_page=False).encode("ascii")), *_FIXED_HEADERS]
    return [*headers, *([name, value] for name, value in wanted if name not in present)]


def _script_hashes() -> Iterator[str]:
    """Hashes of the scripts inside the installed Datasette's templates, so that an update can't lock them out."""
    folder = Path(datasette_package.__file__).parent / "templates"
    for path in sorted(folder.glob("*.html")):
        for script in _INLINE_SCRIPT.findall(path.read_text(encoding="utf-8")):
            for text in {script.replace(_ALLOW_FACET, value) for value in ("true", "false")}:
                if "{{" not in text and "{%" not in text:
                    digest = hashlib.sha256(text.encode("utf-8")).digest()
                    yield f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
