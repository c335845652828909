"""Stored addresses as links: http and https only, everything else is text."""

from __future__ import annotations

import unicodedata
from typing import Final
from urllib.parse import unquote, urlsplit

from markupsafe import Markup, escape

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs", "Cs", "Co", "Cn"})
"""Unicode categories that would hide or reorder parts of an address."""


def safe_link(url: str | None) -> str | None:
    """The address if a reader may be sent there: http or https, with a host, without blanks. Else None."""
    if not url or any(unicodedata.category(char) in _INVISIBLE for char in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.netloc else None


def readable(url: str) -> str:
    """The address with its percent-encoded Arabic decoded, unless that would show something misleading."""
    try:
        plain = unquote(url, errors="strict")
    except UnicodeDecodeError:
        return url
    return url if any(unicodedata.category(char) in _INVISIBLE for char in plain) else plain


def link_html(url: str) -> Markup:
    """An outward link that tells the other side nothing, or the escaped text of an address that isn't one."""
    text = Markup('<bdi dir="ltr" class="url">{}</bdi>').format(readable(url))
    href = safe_link(url)
    if href is None:
        return Markup('<bdi dir="ltr" class="url">{}</bdi>').format(url)
    return Markup('<a href="{}" rel="noopener noreferrer nofollow external">{}</a>').format(escape(href), text)
