"""canonical(url): one spelling for one page. The frontier, the archive and the ledger know no other."""

from __future__ import annotations

from typing import NewType
from urllib.parse import urljoin, urlsplit

from courlan import normalize_url
from w3lib.url import canonicalize_url

CanonicalUrl = NewType("CanonicalUrl", str)


class BadUrl(ValueError):
    """Not an absolute http(s) address; the message names it."""


def canonical(url: str, *, base: str | None = None) -> CanonicalUrl:
    """The one spelling of an address.

    Tracking parameters and the fragment are dropped (courlan), host and escapes get one case and the
    query is sorted (w3lib: without it %d8 and %D8 are two pages). Relative addresses need `base`.

    Raises BadUrl for anything that is not http or https or has no host.
    """
    absolute = urljoin(base, url.strip()) if base else url.strip()
    try:
        parts = urlsplit(absolute)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            raise BadUrl(f"not an http(s) address: {url[:200]!r}")
        _ = parts.port  # a port that is no number raises here
        return CanonicalUrl(canonicalize_url(normalize_url(parts)))
    except BadUrl:
        raise
    except ValueError as why:  # urlsplit: bad IPv6, bad port, bad percent-escapes
        raise BadUrl(f"not an http(s) address: {url[:200]!r} ({why})") from why


def host_of(url: str) -> str:
    """Host in lower case, with the port only if it is not the scheme's own: what `Site.hosts` is compared with."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    default = {"http": 80, "https": 443}.get(parts.scheme)
    return host if parts.port in (None, default) else f"{host}:{parts.port}"
