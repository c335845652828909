"""Whether one address is a later page of the list at another: what their difference says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

_PAGE_KEYS: Final = re.compile(r".*page.*|p|pg|pgno|pn|pagina|start|startat|offset|from|skip|limitstart", re.IGNORECASE)


_IN_PATH: Final = re.compile(r"[/_,.-](?:pages?|p|pg|ال?صفحة|صفحة)[/=_,-]?(\d{1,5})(?=/|$|\.\w{2,5}$)", re.IGNORECASE)
_LAST_SEGMENT: Final = re.compile(r"/(\d{1,5})$")
_FILE_NAME: Final = re.compile(r"[_-]?(\d{1,5})(?=\.\w{2,5}$)")
_DEFAULT_FILE: Final = re.compile(r"/(?:index|default)?(?:\.\w{2,5})?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Step:
    """From one page of a list to another."""

    here: int | None
    """The number in this page's address. None: it carries none, and so is the first."""
    there: int
    """The number in the other's: a page, or an offset."""
    sure: bool
    """Whether the address says that it is one: `?page=2`, `/page/2`, not just `/2`."""


@dataclass(frozen=True, slots=True)
class _Reading:
    rest: tuple[str, ...]
    """The address without the number: the same for all pages of a list."""
    number: int | None
    sure: bool


def turns_pages(key: str) -> bool:
    """Whether a query key with a number as value turns the pages of a list: `page`, `p`, `start` …"""
    return _PAGE_KEYS.fullmatch(key) is not None


def step(here: str, there: str) -> Step | None:
    """How the address `there` differs from `here`. None: not by the number of a page."""
    mine = list(_readings(here))
    for other in _readings(there):
        if other.number is None:
            continue
        same = [reading for reading in mine if reading.rest == other.rest]
        # «/news/2» seen from «/news/1» counts from 1, though «/news/1» may also be a section of its own.
        for reading in sorted(same, key=lambda reading: reading.number is None):
            return Step(reading.number, other.number, other.sure)
    return None


def is_first(here: str, there: str) -> bool:
    """Whether `there` is `here` without its page number: the list's first page."""
    whole = _whole(there)
    return any(reading.number is not None and reading.rest == whole for reading in _readings(here))


def _readings(url: str) -> Iterator[_Reading]:
    """Every way to see a page number in an address, the sure ones first; last the one that sees none."""
    parts = urlsplit(url)
    host, path = (parts.hostname or "").removeprefix("www."), unquote(parts.path).rstrip("/")
    pairs = sorted(parse_qsl(parts.query, keep_blank_values=True))
    unsure = []
    for place, (key, value) in enumerate(pairs):
        if value.isdecimal() and len(value) <= 6:
            rest = _rest(host, path, [*pairs[:place], *pairs[place + 1 :]])
            if turns_pages(key):
                yield _Reading(rest, int(value), sure=True)
            else:
                unsure.append(_Reading(rest, int(value), sure=False))
    for pattern in (_IN_PATH, _LAST_SEGMENT, _FILE_NAME):
        for found in pattern.finditer(path):
            rest = _rest(host, path[: found.start()] + path[found.end() :], pairs)
            yield _Reading(rest, int(found[1]), sure=pattern is _IN_PATH)
    yield from unsure
    yield _Reading(_whole(url), None, sure=False)


def _whole(url: str) -> tuple[str, ...]:
    parts = urlsplit(url)
    host, path = (parts.hostname or "").removeprefix("www."), unquote(parts.path).rstrip("/")
    return _rest(host, path, sorted(parse_qsl(parts.query, keep_blank_values=True)))


def _rest(host: str, path: str, pairs: list[tuple[str, str]]) -> tuple[str, ...]:
    query = (f"{key}={value}" for key, value in pairs)
    return (host, _DEFAULT_FILE.sub("", path).rstrip("/"), *query)
