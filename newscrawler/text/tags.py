"""tags_of(): what an article is about, from the page's own words first, then from the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from newscrawler.text.lexicon import Entity, Lexicon, LexiconError, Name, Words, load_lexicon, with_clitics
from newscrawler.text.normalise import Folded, clean, fold, words

__all__ = ["Lexicon", "LexiconError", "Tag", "load_lexicon", "tags_of"]

_KEYWORD_MAX: Final = 60
"""Characters. Longer «keywords» are headlines or whole sentences."""

_SECTION_PARTS: Final = re.compile(r"\s*[/|>›»«,،\-–—:]\s*|\s+و\s*")


@dataclass(frozen=True, slots=True)
class Tag:
    """One thing an article is about."""

    kind: Literal["person", "organisation", "place", "topic", "keyword"]
    """What it is; `keyword`: the page calls it a tag, and the lexicon doesn't know it better."""

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


@dataclass(slots=True)
class _Count:
    mentions: int = 0
    in_title: bool = False
    confidence: float = 0.0


def _mentioned(title: str, text: str, lexicon: Lexicon) -> Iterator[Tag]:
    counts: dict[Entity, _Count] = {}
    doubtful: list[tuple[bool, Sequence[str], int, list[Name]]] = []
    parts: list[tuple[bool, Sequence[str]]]
    parts = [(True, words(fold(title))), (False, words(folded_text := fold(text)))]
    for in_title, tokens in parts:
        for at, names in _found(tokens, lexicon.names):
            if names[0].sure and names[0].entity:
                _add(counts, names[0].entity, in_title, 0.8)
            elif names[0].entity:
                doubtful.append((in_title, tokens, at, names))
    if doubtful:
        everything = [token for _, tokens in parts for token in tokens]
        for in_title, tokens, at, names in doubtful:
            best = [_belief(name, tokens[:at], everything, folded_text, f"{title}\n{text}") for name in names]
            if best.count(max(best)) == 1 and max(best) > 0:
                entity = names[best.index(max(best))].entity
                _add(counts, entity, in_title, max(best)) if entity else None
    for entity, count in counts.items():
        more = 0.1 * count.in_title + 0.05 * min(count.mentions - 1, 2)
        yield Tag(entity.kind, entity.name, "lexicon", round(min(count.confidence + more, 0.95), 2), count.mentions)


def _add(counts: dict[Entity, _Count], entity: Entity, in_title: bool, confidence: float) -> None:
    count = counts.setdefault(entity, _Count())
    count.mentions += 1
    count.in_title |= in_title
    count.confidence = max(count.confidence, confidence)


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


def _stands(phrase: Words, tokens: Sequence[str], at: int) -> bool:
    return all(at + i < len(tokens) and tokens[at + i] == phrase[i] for i in range(1, len(phrase)))


def _belief(name: Name, before: Sequence[str], everything: Sequence[str], folded_text: Folded, raw: str) -> float:
    """How much speaks for a doubtful name: the word before it, its spelling, a credit, or the context."""
    if any(_ends_with(before, cue) for cue in name.after):
        return 0.75
    if any(spelling in raw for spelling in name.spelt):
        return 0.7
    if name.credit and name.credit.search(folded_text):
        return 0.65
    for at, token in enumerate(everything if name.beside else ()):
        if any(_stands(phrase, everything, at) for phrase in (name.beside or {}).get(token, ())):
            return 0.6
    return 0.0


def _ends_with(before: Sequence[str], cue: Words) -> bool:
    tail = before[-len(cue) :]
    return len(tail) == len(cue) and tuple(tail[1:]) == cue[1:] and tail[0] in with_clitics(cue[0])
