"""Reading and Span: one article on its way through the tagger, and what was found where in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, Literal, NamedTuple

from newscrawler.text.clitics import with_clitics
from newscrawler.text.lexicon import Lexicon
from newscrawler.text.names import Entity
from newscrawler.text.normalise import Folded, fold
from newscrawler.text.roles import Role, Word
from newscrawler.text.tokens import Tokens

SpanKind = Literal["person", "organisation", "place", "nothing"]
"""`nothing`: a phrase that only looks like a name, and keeps its words from being one."""

_ENDS: Final = frozenset("\n,;:!?()[]|")
"""Punctuation that no name goes over. A full stop may stand in one: «ا.ف.ب»."""


_ON: Final = frozenset({"علي", "وعلي"})
_PRINTED_ON: Final = (" على ", " وعلى ", "\nعلى ", "\nوعلى ")
_PREPOSITION: Final = Word("علي", "علي", 0, Role.FUNCTION | Role.AFTER_NAME, {})


class Span(NamedTuple):
    """A name in an article."""

    start: int
    """Its first word."""
    end: int
    """The word after its last."""
    kind: SpanKind
    """What it names."""
    name: str
    """The tag's name: canonical if listed, else as written, without particles."""
    source: str
    """`lexicon`, `cue` (a rule with a cue word) or `shape` (a person's name by its form and place)."""
    confidence: float
    """0 to 1."""
    entity: Entity | None = None
    """The list's entry. None: found by rule."""
    holds_places: bool = False
    """Whether a place inside it says where it sits, and counts by itself."""

    @property
    def length(self) -> int:
        """Its number of words."""
        return self.end - self.start


@dataclass
class Reading:
    """An article's words with all that is known about each."""

    title: str
    """The headline."""
    text: str
    """The body."""
    lexicon: Lexicon
    """What is known."""
    tokens: Tokens = field(init=False)
    """The words."""
    words: list[Word] = field(init=False)
    """What each can be."""

    def __post_init__(self) -> None:
        self.tokens = Tokens.of(self.title, self.text)
        self.words = self.lexicon.vocabulary.words(self.tokens.words)
        self._tell_on_from_ali()

    def _tell_on_from_ali(self) -> None:
        """«على» and «علي» fold alike. Where an article has both spellings, they are a preposition and a name;
        «علي بن …» is one anyway.
        """
        both = sorted(at for on in _ON for at in self.places_of_words.get(on, ()))
        if len(both) == sum(map(self.text.count, _PRINTED_ON)):  # seen at a glance in 81 of 100 articles
            on = set(both)
        else:
            on = {at for at in both if self.tokens.spelling(at, at + 1).endswith("ى")}
        for at in both:
            named = at + 1 < len(self.words) and self.words[at + 1].roles & Role.PARTICLE
            if at in on or not (on or named):
                self.words[at] = _PREPOSITION
            else:
                self.words[at] = replace(self.words[at], roles=Role.GIVEN)

    @cached_property
    def folded_text(self) -> Folded:
        """The body, folded."""
        return fold(self.text)

    @cached_property
    def places_of_words(self) -> Mapping[str, list[int]]:
        """Folded word → where it stands."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, text in enumerate(self.tokens.words):
            found[text].append(at)
        return found

    def joined(self, at: int) -> bool:
        """Whether a word and the one before it may belong to one name."""
        gap = self.tokens.gaps[at]
        return not gap or (_ENDS.isdisjoint(gap) and "." not in gap and " -" not in gap and "- " not in gap)

    def occurrences(self, phrase: tuple[str, ...], *, at_most: int | None = None) -> list[int]:
        """Where folded words stand in the article, the first of them with or without particles.

        `at_most`: how many places of each form of the first word are looked at. None: all.
        """
        places = self.places_of_words
        starts = [at for first in with_clitics(phrase[0]) if first in places for at in places[first][:at_most]]
        if len(phrase) > 1:
            words, rest, end = self.tokens.words, list(phrase[1:]), len(phrase)
            starts = [at for at in starts if words[at + 1 : at + end] == rest]
        return sorted(starts)


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """The longest spans, listed ones before others; places inside a span that is located by them stay.

    Its first word says what it is, not where: «بورصة» in «بورصة بغداد» is not the Turkish town.
    """
    kept: list[Span] = []
    taken: dict[int, Span] = {}
    for span in sorted(spans, key=lambda s: (-s.length, s.kind == "nothing", s.entity is None, -s.confidence, s.start)):
        holders = [taken[at] for at in range(span.start, span.end) if at in taken]
        located = span.kind == "place" and all(each.holds_places and each.start < span.start for each in holders)
        if holders and not located:
            continue
        kept.append(span)
        for at in range(span.start, span.end):
            taken[at] = span
    return sorted(kept, key=lambda s: (s.start, -s.end))
