"""The passage of a text that a search found, with the words that were meant.

FTS5's own `snippet()` would show the lemmas the index holds, which no newspaper printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from newscrawler.text.lemmas import lemma_of
from newscrawler.text.search import asked
from newscrawler.text.terms import words_of

_WORD: Final = re.compile(r"[^\W_](?:[\w\u0610-\u061a\u064b-\u065f\u0670]*[\w\u064b-\u0652\u0670])?")
"""A word with its tashkeel, which `\\w` does not count as part of words."""

_BEFORE: Final = 12
"""Words of the text shown before the first hit: enough to see the sentence it stands in."""

_LENGTH: Final = 45
"""Words of one passage: three lines on a phone, two on a desk."""

_REMEMBERED: Final = 1 << 14
"""Printed words whose terms are kept: those of some dozen pages of results."""

Terms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a passage."""

    text: str
    """As the newspaper printed it."""
    hit: bool
    """Whether it is a word that was searched for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search asks for, in the terms the index has; what it excludes is left out."""

    phrases: frozenset[Terms] = frozenset()
    """Terms that stand side by side; a single word is a phrase of one."""
    begins: tuple[Terms, ...] = ()
    """As `phrases`, but the last term may go on."""

    def __bool__(self) -> bool:
        return bool(self.phrases or self.begins)


def wanted_by(typed: str) -> Wanted:
    """What the search for `typed` asks for."""
    items = [item for item in asked(typed) if not item.excluded]
    return Wanted(
        frozenset(phrase for item in items for phrase in item.phrases),
        tuple(begin for item in items for begin in item.begins),
    )


def passage(text: str, wanted: Wanted) -> list[Run]:
    """The passage with most of what is wanted, cut at words; the beginning of the text if nothing is in it."""
    words = list(_WORD.finditer(text))
    if not words:
        return [Run(text, hit=False)] if text else []
    knows_ta = "ة" in text
    hits = _hits([_terms(word.group(), knows_ta) for word in words], wanted) if wanted else {}
    first = max(0, _best_place(hits) - _BEFORE)
    last = min(len(words), first + _LENGTH)
    at = words[first].start() if first else 0
    end = words[last - 1].end() if last < len(words) else len(text)
    runs = [Run("… ", hit=False)] if first else []
    for number, word in enumerate(words[first:last], first):
        if number in hits:
            runs += [Run(text[at : word.start()], hit=False), Run(word.group(), hit=True)]
            at = word.end()
    runs.append(Run(text[at:end], hit=False))
    if last < len(words):
        runs.append(Run(" …", hit=False))
    return [run for run in runs if run.text]


@lru_cache(maxsize=_REMEMBERED)
def _terms(printed: str, knows_ta: bool) -> Terms:
    """The terms of a printed word, one in nearly all cases."""
    return tuple(lemma_of(word, his=his) for word, his in words_of(printed, knows_ta=knows_ta))


def _hits(printed: list[Terms], wanted: Wanted) -> dict[int, Terms]:
    """Number of a printed word that was searched for → the phrase it is part of."""
    terms = [(term, number) for number, several in enumerate(printed) for term in several]
    firsts = {phrase[0] for phrase in wanted.phrases}
    begins = tuple(begin[0] for begin in wanted.begins)
    found: dict[int, Terms] = {}
    for place, (term, _) in enumerate(terms):
        if term in firsts or (begins and term.startswith(begins)):
            for phrase in _phrases_at(terms, place, wanted):
                found |= {number: phrase for _, number in terms[place : place + len(phrase)]}
    return found


def _phrases_at(terms: list[tuple[str, int]], place: int, wanted: Wanted) -> Iterator[Terms]:
    for phrase in wanted.phrases:
        if phrase == tuple(term for term, _ in terms[place : place + len(phrase)]):
            yield phrase
    for begin in wanted.begins:
        there = tuple(term for term, _ in terms[place : place + len(begin)])
        if len(there) == len(begin) and there[:-1] == begin[:-1] and there[-1].startswith(begin[-1]):
            yield begin


def _best_place(hits: dict[int, Terms]) -> int:
    """The first word of the passage that holds most of the different phrases, then most of their words."""
    ordered = sorted(hits)

    def worth(begin: int) -> tuple[int, int]:
        inside = [hits[number] for number in ordered if begin <= number < begin + _LENGTH - _BEFORE]
        return len(set(inside)), len(inside)

    return max(ordered[:200], key=worth, default=0)
