"""Addresses as a source lists them: absolute, readable, each once, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin

from newscrawler.link import Link
from newscrawler.text.normalise import clean
from newscrawler.urls import BadUrl, CanonicalUrl, canonical

_SETTLED: Final = re.compile(
    r"https?://(?:[a-z0-9]{1,40}\.){1,4}[a-z]{2,20}"
    r"(?:/(?:[A-Za-z0-9_-]|%[89A-F][0-9A-F])+(?:\.[A-Za-z0-9_-]+)*)+/?"
)
"""Addresses that are their own canonical form, which saves nine tenths of the time of a large sitemap."""

_PLAIN: Final = re.compile(r"[A-Za-z0-9:+.-]{1,64}")
"""What most dates look like; nothing in it needs cleaning."""
_QUERY: Final = re.compile(r"[A-Za-z_][\w-]{0,40}=[\w-]+(?:&[A-Za-z_][\w-]{0,40}=[\w-]+){0,9}", re.ASCII)
"""Queries whose values `canonical` leaves alone, so that only their keys decide."""
_PROBE: Final = "https://example.com/?"
_BREAK: Final = re.compile(r"</?(?:br|p|div|li|ul|h[1-6]|t[dr])\b[^<>]*>", re.IGNORECASE)
_MARKUP: Final = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_ABSOLUTE: Final = re.compile(r"https?://", re.IGNORECASE)
_LINE_BREAKS: Final = dict.fromkeys(map(ord, "\t\n\r"))
_TITLE_MAX: Final = 500
"""Characters. What is longer is a paragraph in the wrong field, and cut."""


def absolute(url: str, *, base: str) -> str | None:
    """The address as printed, made absolute. None: it can't be one of ours (mailto, javascript, nonsense).

    White space inside comes from line breaks in the XML; «&amp;» from escaping twice.
    """
    if _SETTLED.fullmatch(url):
        return url
    printed = url.translate(_LINE_BREAKS).strip().replace("&amp;", "&")
    if not printed:
        return None
    try:  # what is absolute already stays as printed: `urljoin` drops an empty «;» or «?» at the end
        joined = printed if _ABSOLUTE.match(printed) else urljoin(base, printed)
    except ValueError:  # «//[» and the like
        return None
    return joined if key_of(joined) else None


def key_of(url: str) -> CanonicalUrl | None:
    """The canonical form of an absolute address. None: it has none."""
    page, mark, query = url.partition("?")
    if _SETTLED.fullmatch(page):
        if not mark:
            return CanonicalUrl(url)
        if _QUERY.fullmatch(query):
            pairs = sorted(pair.split("=") for pair in query.split("&"))
            if _keys_stay(tuple(key for key, _ in pairs)):
                return CanonicalUrl(f"{page}?{'&'.join(f'{key}={value}' for key, value in pairs)}")
    return _canonical(url)


@lru_cache(maxsize=1024)
def _keys_stay(keys: tuple[str, ...]) -> bool:
    """Whether `canonical` keeps a query of these keys, in this order, as it is."""
    query = "&".join(f"{key}=1" for key in keys)
    return len(set(keys)) == len(keys) and canonical(_PROBE + query) == _PROBE + query


@lru_cache(maxsize=256)  # `absolute` asks, and `unique` asks again at once
def _canonical(url: str) -> CanonicalUrl | None:
    try:
        return canonical(url)
    except BadUrl:
        return None


def unique(links: Iterable[Link]) -> tuple[Link, ...]:
    """Each address once, at its first place; what the first entry lacks is taken from its twins."""
    found: dict[CanonicalUrl, Link] = {}
    for link in links:
        key = key_of(link.url)
        if key is None:
            continue
        first = found.setdefault(key, link)
        if first is not link and first != link:
            found[key] = _filled(first, link)
    return tuple(found.values())


def _filled(first: Link, twin: Link) -> Link:
    return replace(
        first,
        title=first.title or twin.title,
        section=first.section or twin.section,
        published=first.published or twin.published,
        lastmod=first.lastmod or twin.lastmod,
    )


def plain(text: str | None) -> str | None:
    """A headline or date without markup and entities, on one line. None for what is empty then."""
    if not text:
        return None
    if _PLAIN.fullmatch(text):
        return text
    text = clean(text[: 4 * _TITLE_MAX])
    if "<" in text:  # «ال<b>قدس</b>» is one word, «القدس<br>غزة» are two
        text = clean(_MARKUP.sub("", _BREAK.sub(" ", text)))
    return text[:_TITLE_MAX].strip() or None
