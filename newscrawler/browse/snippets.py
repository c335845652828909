"""The passage of a text that a search found, with the words that were meant.

FTS5's own `snippet()` would show the folded, lemmatised text the index holds, which no newspaper printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from newscrawler.text.search import match_query, search_text

_WORD: Final = re.compile(r"[^\W_](?:[\w\u0610-\u061a\u064b-\u065f\u0670]*[\w\u064b-\u0652\u0670])?")
"""A word with its tashkeel, which `\\w` does not count as part of words."""

_PHRASE: Final = re.compile(r'"([^"]*)"( \*)?')
"""A phrase of an FTS5 query, and the star that makes its last word a prefix."""

_BEFORE: Final = 12
"""Words of the text shown before the first hit: enough to see the sentence it stands in."""

_LENGTH: Final = 45
"""Words of one passage: three lines on a phone, two on a desk."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a passage."""

    text: str
    """As the newspaper printed it."""
    hit: bool
    """Whether it is a word that was searched for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words a search asks for, in the form the index has them."""

    words: frozenset[str] = frozenset()
    """Whole words, those inside phrases too, with every clitic the search allows."""
    prefixes: tuple[str, ...] = ()
    """Beginnings of words."""

    def __bool__(self) -> bool:
        return bool(self.words or self.prefixes)

    def hits(self, word: str) -> bool:
        """Whether a word of the newspaper's text is one of them."""
        return any(form in self.words or form.startswith(self.prefixes) for form in _forms(word))


def wanted_by(typed: str) -> Wanted:
    """What the search for `typed` asks for; what it excludes is no hit."""
    query, _, _ = match_query(typed).partition(" NOT ") if typed else ("", "", "")
    phrases = _PHRASE.findall(query)
    return Wanted(
        words=frozenset(word for phrase, _ in phrases for word in phrase.split()),
        prefixes=tuple(phrase.split()[-1] for phrase, star in phrases if star and phrase.split()),
    )


@lru_cache(maxsize=65536)
def _forms(word: str) -> tuple[str, ...]:
    return tuple(search_text(word).split())


def passage(text: str, wanted: Wanted) -> list[Run]:
    """The passage around the first hit, cut at words; the beginning of the text if nothing is hit."""
    words = list(_WORD.finditer(text))
    if not words:
        return [Run(text, hit=False)] if text else []
    hits = [bool(wanted) and wanted.hits(word.group()) for word in words]
    first = max(0, (hits.index(True) if True in hits else 0) - _BEFORE)
    last = min(len(words), first + _LENGTH)
    begin = words[first].start() if first else 0
    end = words[last - 1].end() if last < len(words) else len(text)
    runs = [Run("… ", hit=False)] if first else []
    at = begin
    for word, hit in zip(words[first:last], hits[first:last], strict=True):
        if hit:
            runs += [Run(text[at : word.start()], hit=False), Run(word.group(), hit=True)]
            at = word.end()
    runs.append(Run(text[at:end], hit=False))
    if last < len(words):
        runs.append(Run(" …", hit=False))
    return [run for run in runs if run.text]
