"""listed_spans(): the names of seeds/tags in an article, each with how sure it is that its entity is meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, cast

from newscrawler.text.clitics import readings
from newscrawler.text.names import Name
from newscrawler.text.roles import Role
from newscrawler.text.spans import Reading, Span, SpanKind

SURE: Final = 0.8
"""A listed name without other meanings."""

_CUED, _SPELT, _CREDITED, _BESIDE = 0.75, 0.7, 0.65, 0.6
_CUE_MAX: Final = 4
"""Words of a cue."""

_BREAKS: Final = frozenset("\n,;:!?")


def listed_spans(reading: Reading) -> Iterator[Span]:
    """Longest name first at each word. A phrase that only looks like a name keeps its words from others.

    Of two namesakes with equal claims neither gets the mention.
    """
    beliefs = _Beliefs(reading)
    end = 0
    for at in [at for at, word in enumerate(reading.words) if word.names]:
        found = _standing(reading, at) if at >= end else []
        if not found:
            continue
        claims = [(beliefs.of(name, at), name) for _, name in found if name.entity]
        best = max((belief for belief, _ in claims), default=0.0)
        winners = [name for belief, name in claims if belief == best > 0]
        length = len(found[0][1].words)
        if len({id(name.entity) for name in winners}) == 1:
            located = length > 1 and bool(reading.words[at].roles & (Role.PLACE_HEAD | Role.LOCATED_HEAD))
            yield _span(winners[0], at, at + length, best, holds_places=located)
            if located:
                yield from _places_inside(reading, at + 1, at + length)
        elif not claims:
            yield Span(at, at + length, "nothing", "", "lexicon", 1.0)
        end = at + length


def _places_inside(reading: Reading, start: int, end: int) -> Iterator[Span]:
    """«بغداد» in «مطار بغداد الدولي»: where it is."""
    for at in range(start, end):
        for _, name in _standing(reading, at):
            fits = name.sure and at + len(name.words) <= end and _continues(reading, name.words, at)
            if fits and name.entity and name.entity.kind == "place":
                yield _span(name, at, at + len(name.words), SURE)
                break


def _span(name: Name, start: int, end: int, belief: float, *, holds_places: bool = False) -> Span:
    entity = name.entity
    assert entity is not None
    return Span(start, end, cast("SpanKind", entity.kind), entity.name, "lexicon", belief, entity, holds_places)


def _standing(reading: Reading, at: int) -> list[tuple[int, Name]]:
    """The names that stand here: the longest, and others written alike."""
    names = reading.words[at].names
    texts = reading.tokens.words
    longer = names.get(texts[at + 1], ()) if at + 1 < len(texts) else ()
    for candidates in (longer, names.get("", ())):
        if not candidates:
            continue
        fitting = [found for found in candidates if _continues(reading, found[1].words, at)]
        if fitting:
            clitic, first = fitting[0]
            return [found for found in fitting if found[0] == clitic and len(found[1].words) == len(first.words)]
    return []


def _continues(reading: Reading, phrase: Sequence[str], at: int) -> bool:
    if len(phrase) == 1:
        return True
    words, gaps = reading.tokens.words, reading.tokens.gaps
    if at + len(phrase) > len(words):
        return False
    if words[at + 1 : at + len(phrase)] != list(phrase[1:]):
        return False
    return all(not gap or _BREAKS.isdisjoint(gap) for gap in gaps[at + 1 : at + len(phrase)])


class _Beliefs:
    """How sure it is that a name stands for its entity; contexts are searched once for each name."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._contexts: dict[int, float] = {}

    def of(self, name: Name, at: int) -> float:
        """0 to 1; 0: nothing speaks for it."""
        if name.sure:
            return SURE
        if name.after and self._is_cued(name, at):
            return _CUED
        if id(name) not in self._contexts:  # a namesake on every line must not mean a search for each
            self._contexts[id(name)] = self._context(name)
        return self._contexts[id(name)]

    def _is_cued(self, name: Name, at: int) -> bool:
        """Whether one of its cues stands right before it, with or without particles."""
        words = self.reading.tokens.words
        for start in range(at - 1, max(at - _CUE_MAX, 0) - 1, -1):
            rest = words[start + 1 : at]
            if any((bare, *rest) in name.after for _, bare in readings(words[start])):
                return True
        return False

    def _context(self, name: Name) -> float:
        reading = self.reading
        if any(spelling in reading.title or spelling in reading.text for spelling in name.spelt):
            return _SPELT
        if name.credit and name.credit.search(reading.folded_text):
            return _CREDITED
        return _BESIDE if self._names_beside(name) else 0.0

    def _names_beside(self, name: Name) -> bool:
        beside, words, places = name.beside or {}, self.reading.tokens.words, self.reading.places_of_words
        return any(
            words[at + 1 : at + len(phrase)] == list(phrase[1:])
            for first in beside.keys() & places.keys()
            for phrase in beside[first]
            for at in places[first]
        )
