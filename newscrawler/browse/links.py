"""Stored addresses as links: http and https only, everything else is text."""

from __future__ import annotations

import unicodedata
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from markupsafe import Markup, escape

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs", "Cs", "Co", "Cn"})
"""Unicode categories that would hide or reorder parts of an address."""


def safe_link(url: str | None) -> str | None:
    """The address if a reader may be sent there: http or https, with a host, without blanks. Else None."""
    if not url or any(map(_is_invisible, url)):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.netloc else None


def readable(url: str) -> str:
    """The address with its percent-encoded Arabic decoded, unless that would show something misleading; what is
    invisible in the address itself is shown by its number.
    """
    try:
        plain = unquote(url, errors="strict")
    except UnicodeDecodeError:
        plain = url
    if not any(map(_is_invisible, plain)):
        return plain
    return "".join(quote(char, errors="replace") if _is_invisible(char) else char for char in url)


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) in _INVISIBLE


def link_html(url: str) -> Markup:
    """An outward link that tells the other side nothing, or the escaped text of an address that isn't one."""
    text = Markup('<bdi dir="ltr" class="url">{}</bdi>').format(readable(url))
    href = safe_link(url)
    if href is None:
        return text
    return Markup('<a href="{}" rel="noopener noreferrer nofollow external">{}</a>').format(escape(href), text)
