"""tags_of(): what an article is about, from the page's own words first, then from the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from newscrawler.text.clitics import with_clitics
from newscrawler.text.lexicon import LexiconError, load_lexicon
from newscrawler.text.names import Entity, Lexicon, Name
from newscrawler.text.normalise import Folded, clean, fold, words

__all__ = ["Lexicon", "LexiconError", "Tag", "load_lexicon", "tags_of"]

_KEYWORD_MAX: Final = 60
"""Characters. Longer «keywords» are headlines or whole sentences."""

_SECTION_PARTS: Final = re.compile(r"\s*[/|>›»«,،\-–—:]\s*|\s+و\s*")


@dataclass(frozen=True, slots=True)
class Tag:
    """One thing an article is about."""

    kind: Literal["person", "organisation", "place", "topic", "keyword"]
    """What it is; `keyword`: a tag as the page prints it, beside the entity it may name."""

    name: str
    """Canonical name without clitics; a keyword as the newspaper wrote it."""

    source: str
    """Where it comes from: `keywords`, `section`, or `lexicon` (found in headline or body)."""

    confidence: float
    """0 to 1: how sure we are that the article is about this, by source and kind of evidence."""

    mentions: int
    """How often headline and body name it. 0: only the page's keywords or its section do."""


def tags_of(
    *, title: str, text: str, section: str | None, keywords: Sequence[str], lexicon: Lexicon
) -> tuple[Tag, ...]:
    """Topics by section, entities by keyword and by name, then the page's keywords; each tag once.

    Names are found on folded words, with or without و ف ب ل ك before them; the longest name wins.
    """
    tags: dict[tuple[str, str], Tag] = {}
    for tag in (
        *_topics(section or "", lexicon),
        *_mentioned(title, text, lexicon),
        *_keywords(keywords, lexicon),
    ):
        known = tags.get((tag.kind, tag.name))
        tags[tag.kind, tag.name] = _merged(known, tag) if known else tag
    return tuple(sorted(tags.values(), key=lambda tag: (_ORDER[tag.kind], -tag.mentions)))


_ORDER: Final = {"topic": 0, "place": 1, "organisation": 1, "person": 1, "keyword": 2}


def _merged(a: Tag, b: Tag) -> Tag:
    better = b if b.confidence > a.confidence else a
    return replace(better, mentions=max(a.mentions, b.mentions))


def _topics(section: str, lexicon: Lexicon) -> Iterator[Tag]:
    whole = lexicon.topic(section)
    parts = [whole] if whole else [lexicon.topic(part) for part in _SECTION_PARTS.split(section)]
    for topic in parts:
        if topic:
            yield Tag("topic", topic.name, "section", 0.9 if whole else 0.7, 0)


def _keywords(keywords: Iterable[str], lexicon: Lexicon) -> Iterator[Tag]:
    """Each keyword, without «#» and underscores; one that is an entity's name also as that entity."""
    seen: set[Folded] = set()
    for keyword in keywords:
        name = clean(keyword.replace("_", " ")).strip(" #،,;؛.")
        folded = fold(name)
        if not words(folded) or len(name) > _KEYWORD_MAX or folded in seen:
            continue
        seen.add(folded)
        yield Tag("keyword", name, "keywords", 1.0, 0)
        tokens = tuple(words(folded))
        for known in lexicon.names.get(tokens[0], ()):
            if known.words == tokens and known.sure and known.entity:
                yield Tag(known.entity.kind, known.entity.name, "keywords", 0.95, 0)


@dataclass(frozen=True, slots=True)
class _Hit:
    names: list[Name]
    in_title: bool
    before: Sequence[str]


class _Reading:
    """One article, read for names."""

    def __init__(self, title: str, text: str, lexicon: Lexicon) -> None:
        self.raw = f"{title}\n{text}"
        self.folded_text = fold(text)
        tokens: tuple[Sequence[str], ...] = (words(fold(title)), words(self.folded_text))
        self.everything = [*tokens[0], *tokens[1]]
        self._contexts: dict[int, float] = {}
        self.hits = [
            _Hit(names, part is tokens[0], part[max(0, at - _longest_cue(names)) : at])
            for part in tokens
            for at, names in _found(part, lexicon.names)
        ]

    def belief(self, name: Name, before: Sequence[str]) -> float:
        """How sure it is that this stands for the entity, 0 to 1; 0: nothing speaks for it."""
        if name.sure:
            return 0.8
        if any(_ends_with(before, cue) for cue in name.after):
            return 0.75
        if id(name) not in self._contexts:  # a namesake on every line must not mean a search for each
            self._contexts[id(name)] = self._context(name)
        return self._contexts[id(name)]

    def _context(self, name: Name) -> float:
        if any(spelling in self.raw for spelling in name.spelt):
            return 0.7
        if name.credit and name.credit.search(self.folded_text):
            return 0.65
        return 0.6 if self._names_beside(name) else 0.0

    def _names_beside(self, name: Name) -> bool:
        beside = name.beside or {}
        return any(
            _stands(phrase, self.everything, at)
            for at, token in enumerate(self.everything)
            for phrase in beside.get(token, ())
        )


def _mentioned(title: str, text: str, lexicon: Lexicon) -> Iterator[Tag]:
    reading = _Reading(title, text, lexicon)
    beliefs: dict[Entity, list[float]] = {}
    in_title: set[Entity] = set()
    for hit in reading.hits:
        believed = [(reading.belief(name, hit.before), name.entity) for name in hit.names if name.entity]
        best = max((belief for belief, _ in believed), default=0.0)
        entities = [entity for belief, entity in believed if belief == best > 0]
        if len(entities) == 1:  # of two namesakes with equal claims neither gets the mention
            beliefs.setdefault(entities[0], []).append(best)
            if hit.in_title:
                in_title.add(entities[0])
    for entity, mentions in beliefs.items():
        more = 0.1 * (entity in in_title) + 0.05 * min(len(mentions) - 1, 2)
        confidence = round(min(max(mentions) + more, 0.95), 2)
        yield Tag(entity.kind, entity.name, "lexicon", confidence, len(mentions))


def _found(tokens: Sequence[str], index: Mapping[str, tuple[Name, ...]]) -> Iterator[tuple[int, list[Name]]]:
    """Where names stand, from the left, longest first; several where two entities are written alike."""
    at = 0
    while at < len(tokens):
        names = [n for n in index.get(tokens[at], ()) if _stands(n.words, tokens, at)]
        if not names:
            at += 1
            continue
        length = len(names[0].words)
        yield at, [n for n in names if n.words == names[0].words]
        at += length


def _stands(phrase: Sequence[str], tokens: Sequence[str], at: int) -> bool:
    return all(at + i < len(tokens) and tokens[at + i] == phrase[i] for i in range(1, len(phrase)))


def _longest_cue(names: Iterable[Name]) -> int:
    return max((len(cue) for name in names for cue in name.after), default=0)


def _ends_with(before: Sequence[str], cue: tuple[str, ...]) -> bool:
    tail = before[-len(cue) :]
    return len(tail) == len(cue) and tuple(tail[1:]) == cue[1:] and tail[0] in with_clitics(cue[0])
