"""What the addresses of a site's articles have in common, as a pattern for `allow`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from newscrawler.urls import canonical

_SAMPLE_MIN: Final = 8
"""Addresses below which nothing is proposed."""
_SHARE_MIN: Final = 0.95
"""Share of the articles that a pattern must match: the rest would be lost."""

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_DATE_PART: Final = re.compile(r"\d{1,2}")
_SLUG: Final = r"[^/?#]+"
_AFTER_HOST: Final = r"^https?://[^/]+"
_SHAPES: Final = (
    (re.compile(r"\d+"), r"\d+"),
    (re.compile(r"\d+[-_].+"), r"\d+[-_]"),
    (re.compile(r".*[-_]\d{3,}(\.\w{2,5})?"), r"[^/?#]*[-_]\d{3,}"),
    (re.compile(r".*\D\d{4,}(\.\w{2,5})?"), r"[^/?#]*\d{4,}"),
)
"""What one part of a path looks like → the pattern for it."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pattern, with what it was tried on."""

    pattern: str
    """A regular expression for `[articles] allow`."""
    matched: int
    """Articles it matches."""
    of: int
    """Articles there were."""


def propose(articles: Collection[str], others: Collection[str]) -> Proposal | None:
    """One pattern for the addresses of articles that none of the others matches. None: no clear one.

    `articles`: canonical addresses that sources list. `others`: the home page, sections, and whatever was found to
    be no article.
    """
    urls = sorted(set(articles))
    if len(urls) < _SAMPLE_MIN:
        return None
    shapes = Counter(_shape(url) for url in urls)
    shape, count = shapes.most_common(1)[0]
    if count < _SHARE_MIN * len(urls):
        return None
    members = [url for url in urls if _shape(url) == shape]
    pattern = _pattern(shape, members)
    if pattern is None:
        return None
    compiled = re.compile(pattern)
    matched = [url for url in urls if compiled.search(unquote(url))]
    wrong = [url for url in others if compiled.search(unquote(canonical(url)))]
    if wrong or len(matched) < _SHARE_MIN * len(urls):
        return None
    return Proposal(pattern, len(matched), len(urls))


def _parts(url: str) -> tuple[list[str], list[tuple[str, str]]]:
    split = urlsplit(url)
    return [part for part in unquote(split.path).split("/") if part], parse_qsl(split.query)


def _shape(url: str) -> tuple[str, ...]:
    """The address with everything that differs between articles of one kind replaced; slugs all look alike."""
    path, query = _parts(url)
    shape: list[str] = []
    for place, part in enumerate(path):
        dated = r"\d{4}" in shape
        if _YEAR.fullmatch(part) and place < len(path) - 1:
            shape.append(r"\d{4}")
        elif dated and _DATE_PART.fullmatch(part) and place < len(path) - 1 and shape[-1] in (r"\d{4}", r"\d{1,2}"):
            shape.append(r"\d{1,2}")
        else:
            shape.append(next((to for pattern, to in _SHAPES if pattern.fullmatch(part)), _SLUG))
    shape += [f"?{key}" for key, value in query if value.isdecimal()]
    return tuple(shape)


def _pattern(shape: Sequence[str], members: Sequence[str]) -> str | None:
    """The shape with its constant words put in. None: nothing in it tells an article from another page."""
    paths = [_parts(url)[0] for url in members]
    out, telling = [], False
    length = len(paths[0])
    for place, piece in enumerate(shape[:length]):
        words = {path[place] for path in paths}
        if piece == _SLUG and len(words) == 1:
            out.append(re.escape(words.pop()))
            telling = telling or length > 1
        else:
            out.append(piece)
            telling = telling or r"\d" in piece
    keys = [piece[1:] for piece in shape[length:]]
    pattern = "".join(f"/{piece}" for piece in out)
    if out and out[0].startswith("[^"):
        pattern = _AFTER_HOST + pattern  # else the host would do for the first part of the path
    if keys:
        pattern += rf"\?(?:.*&)?{re.escape(keys[0])}=\d+"
    telling = telling or bool(keys)
    return pattern if telling and pattern else None
