"""titled_starts(): the words at which a title leads one to expect a person's name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from newscrawler.text.name_parts import GIVEN
from newscrawler.text.name_shape import first_part
from newscrawler.text.roles import Role
from newscrawler.text.spans import Reading, Span

_NEAR: Final = 2.4
"""Points of a name right after a title and what belongs to it."""
_FAR: Final = 1.5
"""Points where more than `_NEAR_WORDS` stand between."""

_NEAR_WORDS: Final = 7
_REACH: Final = 14
"""Words after a title that may belong to it: «رئيس الاتحاد الجهوي للصناعة والتجارة بسوسة علي …»."""
_LINKS: Final = frozenset({"باسم", "في", "لدي", "من", "علي", "عن", "بين", "و", "ل"})
_TITLE: Final = Role.TITLE
_NOT_BETWEEN: Final = Role.SAYING | Role.AFTER_NAME | Role.NUMBER | Role.FUNCTION
_ADJECTIVE: Final = Role.DEMONYM | Role.ORG_ADJECTIVE | Role.COMMON | Role.TITLE | Role.PLACE_TAIL


def titled_starts(reading: Reading, spans: Mapping[int, Span]) -> dict[int, float]:
    """Word at which a name should begin → points. `spans`: organisations and places by their first word."""
    starts: dict[int, float] = {}
    named = {at for span in spans.values() for at in range(span.start, span.end)}
    for at, word in enumerate(reading.words):
        if not word.roles & _TITLE or at in named:
            continue  # «النجم» in «النجم الساحلي» is no title
        if word.roles & Role.DEFINITE or not word.roles & GIVEN:
            start = _start(reading, at, spans)
            if start:
                points = _NEAR if start - at <= _NEAR_WORDS else _FAR
                starts[start] = max(starts.get(start, 0.0), points)
    return starts


def _start(reading: Reading, title: int, spans: Mapping[int, Span]) -> int:
    """Where the name begins that a title leads to. 0: nowhere."""
    definite = bool(reading.words[title].roles & Role.DEFINITE)
    complete = definite
    at = title + 1
    while at < min(title + _REACH, len(reading.words)):
        if not reading.joined(at):
            return at if _is_comma(reading, at) and complete and _may_begin(reading, at, spans) else 0
        if at in spans and spans[at].kind != "person":
            at, complete = spans[at].end, True
            continue
        if _begins(reading, at, complete=complete, definite=definite):
            return at
        if not _belongs(reading, at, definite=definite):
            return 0
        complete = complete or bool(reading.words[at].roles & Role.DEFINITE) or reading.words[at].text.startswith("ال")
        at += 1
    return 0


def _begins(reading: Reading, at: int, *, complete: bool, definite: bool) -> bool:
    """Whether a name begins here: a given one, or any word that is unknown once the title is complete."""
    word = reading.words[at]
    if word.text in _LINKS:
        return False
    if word.roles & GIVEN and first_part(reading, at)[0]:
        return True
    if not word.roles and not word.text.startswith("ال"):
        return complete
    stranger = definite and not (word.roles & _ADJECTIVE or word.text.startswith("ال"))
    return stranger and bool(first_part(reading, at)[0])


def _belongs(reading: Reading, at: int, *, definite: bool) -> bool:
    """Whether a word may stand between a title and the name."""
    word = reading.words[at]
    if word.text in _LINKS:
        return True
    if word.roles & _NOT_BETWEEN:
        return False
    return not definite or not word.roles or bool(word.roles & _ADJECTIVE) or word.text.startswith("ال")


def _may_begin(reading: Reading, at: int, spans: Mapping[int, Span]) -> bool:
    word = reading.words[at]
    return at not in spans and bool(first_part(reading, at)[0]) and not (word.clitic and word.roles)


def _is_comma(reading: Reading, at: int) -> bool:
    return reading.tokens.gaps[at].strip().strip('"') == ","
