"""The addresses under which the archive may know a page that somebody pasted."""

from __future__ import annotations

import re
from itertools import product
from typing import Final
from urllib.parse import SplitResult, urlsplit, urlunsplit

from newscrawler.urls import BadUrl, CanonicalUrl, canonical

_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_OTHER_HOSTS: Final = ("www.", "m.", "mobile.", "amp.")
_HOST: Final = re.compile(r"[a-z0-9._\-]+\.[a-z0-9\-]+(:[0-9]+)?|[a-z0-9\-]+(:[0-9]+)?|\[[0-9a-f:.]+\](:[0-9]+)?")
"""Hosts as `canonical` spells them, punycode and addresses of machines included."""

_AMP_PATH: Final = re.compile(r"/amp(?=/|$)|\.amp(?=\.html$|$)", re.IGNORECASE)
_AMP_FIELD: Final = re.compile(r"(amp(=1|=true|=)?|outputType=amp|view=amp)$", re.IGNORECASE)


def spellings(typed: str) -> list[CanonicalUrl]:
    """The canonical spelling of what was typed, then the same page's other likely ones, at most 64.

    With http and https, with and without `www.`, `m.` and `amp.`, a slash at the end, and the marks of AMP. An address
    without a scheme is taken as one. Raises BadUrl.
    """
    text = typed.strip()
    if not _SCHEME.match(text) or re.match(r"[^/?#]+:[0-9]+(?:[/?#]|$)", text):
        text = f"https://{text.lstrip('/')}"
    first = canonical(text)
    parts = urlsplit(first)
    if not _HOST.fullmatch(parts.netloc):
        raise BadUrl(f"not the name of a host: {parts.netloc[:200]!r}")
    found = dict.fromkeys([first])
    for scheme, host, path, query in product(_schemes(parts), _hosts(parts), _paths(parts), _queries(parts)):
        found.setdefault(canonical(urlunsplit((scheme, host, path, query, ""))))
    return list(found)


def host_and_path(url: str) -> tuple[str, list[str]]:
    """The host without `www.`, and the beginnings of the address that end behind a slash, the longest first."""
    parts = urlsplit(url)
    pieces = [piece for piece in parts.path.split("/")[:-1] if piece]
    host = parts.netloc.removeprefix("www.")
    return host, ["/".join(["", *pieces[:length], ""]) for length in range(len(pieces), -1, -1)]


def _schemes(parts: SplitResult) -> tuple[str, ...]:
    return (parts.scheme, "http" if parts.scheme == "https" else "https")


def _hosts(parts: SplitResult) -> tuple[str, ...]:
    bare = parts.netloc
    for prefix in _OTHER_HOSTS:
        if bare.startswith(prefix) and "." in bare.removeprefix(prefix):
            bare = bare.removeprefix(prefix)
            break
    return tuple(dict.fromkeys([parts.netloc, bare, f"www.{bare}"]))


def _paths(parts: SplitResult) -> tuple[str, ...]:
    plain = [parts.path, _AMP_PATH.sub("", parts.path) or "/"]
    both = [path for each in plain for path in (each, each.rstrip("/") or "/", f"{each.rstrip('/')}/")]
    return tuple(dict.fromkeys(both))


def _queries(parts: SplitResult) -> tuple[str, ...]:
    kept = "&".join(field for field in parts.query.split("&") if not _AMP_FIELD.match(field))
    return tuple(dict.fromkeys([parts.query, kept]))
