"""canonical(url): one spelling for one page. The frontier, the archive and the ledger know no other."""

from __future__ import annotations

import re
from typing import Final, NewType
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

CanonicalUrl = NewType("CanonicalUrl", str)

_PORTS: Final = {"http": 80, "https": 443}
_ESCAPE: Final = re.compile(r"%([0-9a-fA-F]{2})")
_SLASHES: Final = re.compile(r"/{2,}")  # sloppy links write /news//5 for /news/5
_UNRESERVED: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

_TRACKER: Final = re.compile(
    r"""(utm_\w+ | mtm_\w+ | pk_(campaign|kwd|source|medium|content) | hsa_\w+ | at_(medium|campaign|link\w*|bbc\w*)
      | fbclid | gclid | gclsrc | gbraid | wbraid | dclid | msclkid | yclid | ysclid | twclid | ttclid | igshid | igsh
      | mc_[ce]id | _ga | _gl | _hsenc | _hsmi | __twitter_impression | xtor | ocid | cmpid | wt_mc | s_cid
      | traffic_source | amp_gsa | amp_js_v | usqp)$""",
    re.VERBOSE | re.IGNORECASE,
)
"""Query parameters that tell where a reader came from, by exact name. courlan's list goes by the beginning of a
name: it drops `cid=5` and `source=7`, by which Arabic outlets number their articles."""


class BadUrl(ValueError):
    """Not an absolute http(s) address; the message names it."""


def canonical(url: str, *, base: str | None = None) -> CanonicalUrl:
    """The one spelling of an address. Relative addresses need `base`.

    Scheme and host in lower case (punycode), no default port; dot segments resolved; escapes in capitals, and
    only where needed; query sorted, trackers and the fragment dropped. Nothing that may name a page is lost:
    parameters without a value and escapes in another encoding than UTF-8 stay as they are.
    Raises BadUrl for anything that is not http or https or has no host.
    """
    try:
        parts = _split(urljoin(base, url.strip()) if base else url.strip())
        safe = urlsplit(safe_url_string(urlunsplit(parts)))
    except BadUrl:
        raise
    except ValueError as why:  # urlsplit: bad brackets, bad port
        raise BadUrl(f"not an http(s) address: {url[:200]!r} ({why})") from why
    query = "&".join(sorted(_escapes(piece) for piece in safe.query.split("&") if piece and not _tracks(piece)))
    path = _without_dots(_SLASHES.sub("/", _escapes(safe.path))) or "/"
    return CanonicalUrl(urlunsplit((parts.scheme.lower(), _host(parts), path, query, "")))


def host_of(url: str) -> str:
    """Host in lower case (punycode), with the port only if it is not the scheme's own: what scopes are made of.

    Raises BadUrl.
    """
    try:
        return _host(_split(url))
    except BadUrl:
        raise
    except ValueError as why:
        raise BadUrl(f"not an http(s) address: {url[:200]!r} ({why})") from why


def _split(url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme.lower() not in _PORTS or not (parts.hostname or "").strip("."):
        raise BadUrl(f"not an http(s) address: {url[:200]!r}")
    return parts


def _host(parts: SplitResult) -> str:
    name = (parts.hostname or "").rstrip(".")
    if ":" in name:
        name = f"[{name}]"
    elif not name.isascii():
        name = name.encode("idna").decode("ascii")
    port = parts.port  # a port that is no number raises ValueError here
    return name if port in (None, _PORTS[parts.scheme.lower()]) else f"{name}:{port}"


def _escapes(text: str) -> str:
    def one(match: re.Match[str]) -> str:
        letter = chr(int(match[1], 16))
        return letter if letter in _UNRESERVED else match[0].upper()

    return _ESCAPE.sub(one, text)


def _tracks(piece: str) -> bool:
    return bool(_TRACKER.match(piece.partition("=")[0]))


def _without_dots(path: str) -> str:
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[max(1, len(kept) - 1) :]  # the first is the empty one before the leading slash
        elif segment != ".":
            kept.append(segment)
    if path.endswith(("/.", "/..")):
        kept.append("")
    return "/".join(kept)
