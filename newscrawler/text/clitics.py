"""What Arabic writes in one piece with a word: the article «ال» and the particles و ف ب ل ك before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_CLITICS: Final = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_SINGLE: Final = frozenset("وفبلك")
_SECOND: Final = frozenset("بلك")

_ARTICLE: Final = re.compile(r"[وف]?(?:[بك]?ال|لل)(?=\w\w)")
_NO_ARTICLE: Final = re.compile(r"[وف]?(?:[بك]?ال|لل)(?:له|ان|ذي|تي|ذين)\Z")
"""Words that only begin like the article, and would fall together with له، ان، ذي … without it."""


def with_clitics(word: str) -> list[str]:
    """The folded word alone, and after each particle and pair of particles; ل and the article become «لل»."""
    if not word.startswith("ال"):
        return [word, *[clitic + word for clitic in _CLITICS]]
    within = word[2:] if word.startswith("الل") else word[1:]  # three lams are written as two: للاذقية, لله
    return [word, *[clitic + (within if clitic[-1] == "ل" else word) for clitic in _CLITICS]]


def readings(word: str) -> Iterator[tuple[int, str]]:
    """The ways to read a folded word: letters that may be particles, and the word without them.

    The inverse of `with_clitics`: first the word as it is, then the shortest particle. «للقاهرة» has the letters
    «لل» read as ل and the article.
    """
    yield 0, word
    if len(word) < 3 or word[0] not in _SINGLE:
        return
    yield from _without(word, 0)
    if word[0] in "وف" and len(word) > 3 and word[1] in _SECOND:
        yield from _without(word, 1)


def without_article(word: str) -> str:
    """The folded word without «ال» and the particles before that; any other word as it is.

    A single particle stays: it is more often the word's own first letter (وزارة، فلسطين، بغداد).
    """
    if "ل" not in word[1:4] or _NO_ARTICLE.match(word):
        return word
    return _ARTICLE.sub("", word, count=1) if _ARTICLE.match(word) else word


def _without(word: str, at: int) -> Iterator[tuple[int, str]]:
    rest = word[at + 1 :]
    if word[at] == "ل" and rest.startswith("ل") and len(rest) > 1:
        yield at + 2, "ال" + rest[1:]
        yield at + 1, "ال" + rest  # للاذقية: three lams are written as two
    yield at + 1, rest
