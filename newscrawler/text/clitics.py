"""What Arabic writes in one piece with a word: the article «ال» and the particles و ف ب ل ك before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_CLITICS: Final = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")

_ARTICLE: Final = re.compile(r"[وف]?(?:[بك]?ال|لل)(?=\w\w)")
_NO_ARTICLE: Final = re.compile(r"[وف]?(?:[بك]?ال|لل)(?:له|ان|ذي|تي|ذين)\Z")
"""Words that only begin like the article, and would fall together with له، ان، ذي … without it."""


def with_clitics(word: str) -> Iterator[str]:
    """The folded word alone, and after each particle and pair of particles; ل and the article become «لل»."""
    yield word
    for clitic in _CLITICS:
        if clitic[-1] != "ل" or not word.startswith("ال"):
            yield clitic + word
        elif word.startswith("الل"):  # three lams are written as two: للاذقية, لله
            yield clitic[:-1] + word[1:]
        else:
            yield clitic + word[1:]


def without_article(word: str) -> str:
    """The folded word without «ال» and the particles before that; any other word as it is.

    A single particle stays: it is more often the word's own first letter (وزارة، فلسطين، بغداد).
    """
    if _NO_ARTICLE.match(word):
        return word
    return _ARTICLE.sub("", word, count=1) if _ARTICLE.match(word) else word
