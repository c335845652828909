"""with_later_mentions(): «الكاظمي» is the Mustafa al-Kadhimi of the paragraph before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from newscrawler.text.roles import Role
from newscrawler.text.spans import Reading, Span

_NO_LAST_PART: Final = (
    Role.FUNCTION
    | Role.DEMONYM
    | Role.TITLE
    | Role.GIVEN
    | Role.GIVEN_FOREIGN
    | Role.GIVEN_COMMON
    | Role.COMPOUND_TAIL
    | Role.ORG_ADJECTIVE
)
"""Alone these are more often something else."""


def with_later_mentions(reading: Reading, spans: Sequence[Span]) -> list[Span]:
    """The spans, people under one name each, and further ones where a person is called by the last part only."""
    persons = _under_one_name(reading, [span for span in spans if span.kind == "person"])
    others = [span for span in spans if span.kind != "person"]
    covered = {at for span in spans for at in range(span.start, span.end)}
    by_last: dict[tuple[str, ...], dict[str, Span]] = defaultdict(dict)
    for span in persons:
        if span.length > 1:
            by_last[_last_part(reading, span)].setdefault(span.name, span)
    more: list[Span] = []
    for last, called in by_last.items():
        if len(called) > 1:  # of two people with one family name neither gets the mention
            continue
        (person,) = called.values()
        for at in reading.occurrences(last):
            end = at + len(last)
            if covered.isdisjoint(range(at, end)) and _is_meant(reading, at, last):
                more.append(person._replace(start=at, end=end))
                covered.update(range(at, end))
    return sorted([*others, *persons, *more], key=lambda span: span.start)


def _under_one_name(reading: Reading, persons: Sequence[Span]) -> list[Span]:
    """«شفيق صرصار» and «محمد شفيق صرصار» in one article are one person: the listed name, else the longer one."""
    counts = Counter(span.name for span in persons)
    first: dict[str, Span] = {}
    for span in persons:
        first.setdefault(span.name, span)
    ranked = sorted(first.values(), key=lambda s: (s.entity is None, -s.length, -counts[s.name]))
    parts = {span.name: reading.tokens.words[span.start : span.end] for span in ranked}
    heads: dict[str, Span] = {}
    for span in ranked:
        mine = _parts(reading, parts[span.name])
        head = next(
            (
                known
                for name, known in heads.items()
                if len(mine) > 1 and _is_within(mine, _parts(reading, parts[name]))
            ),
            None,
        )
        heads[span.name] = head or span
    merged = []
    for span in persons:
        head = heads[span.name]
        confidence = max(span.confidence, head.confidence)
        merged.append(span._replace(name=head.name, entity=head.entity, confidence=confidence))
    return merged


def _parts(reading: Reading, words: Sequence[str]) -> list[str]:
    first = reading.lexicon.vocabulary.word(words[0])
    return [first.bare if first.roles else first.text, *words[1:]]


def _is_within(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether all parts of the shorter name come in the longer one, in order, the last one last or first one first."""
    if len(short) > len(long) or not (short[-1] == long[-1] or short[0] == long[0]):
        return False
    rest = iter(long)
    return all(part in rest for part in short)


def _last_part(reading: Reading, span: Span) -> tuple[str, ...]:
    words = reading.tokens.words
    bound = span.length > 2 and reading.words[span.end - 2].roles & (Role.PARTICLE | Role.GIVEN_COMMON)
    return tuple(words[span.end - (2 if bound else 1) : span.end])


def _is_meant(reading: Reading, at: int, last: Sequence[str]) -> bool:
    if len(last) > 1:
        return True
    word = reading.lexicon.vocabulary.word(last[0])
    if not word.roles & (_NO_LAST_PART | Role.COMMON):
        return True
    said = at > 0 and reading.joined(at) and bool(reading.words[at - 1].roles & Role.SAYING)
    return said and not word.roles & Role.FUNCTION and reading.tokens.words[at] == last[0]
