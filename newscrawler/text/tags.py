"""tags_of(): what an article is about, from the page's own words first, then from lists, cues and shapes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from newscrawler.text.entities import entities_of
from newscrawler.text.lexicon import Lexicon, load_lexicon
from newscrawler.text.lexicon_files import LexiconError
from newscrawler.text.names import Entity, PageMention
from newscrawler.text.normalise import Folded, clean, fold, words
from newscrawler.text.spans import Span

__all__ = ["CONFIDENCE_MIN", "Lexicon", "LexiconError", "Tag", "load_lexicon", "tags_of"]

CONFIDENCE_MIN: Final = 0.5
"""Confidence below which an entity is no tag."""

_KEYWORD_MAX: Final = 60
"""Characters. Longer «keywords» are headlines or whole sentences."""

_NAMED_BY_PAGE: Final = 0.95
_SECTION_PARTS: Final = re.compile(r"\s*[/|>›»«,،\-–—:]\s*|\s+و\s*")


@dataclass(frozen=True, slots=True)
class Tag:
    """One thing an article is about."""

    kind: Literal["person", "organisation", "place", "topic", "keyword"]
    """What it is; `keyword`: a tag as the page prints it, beside the entity it may name."""

    name: str
    """Canonical name without clitics; a keyword as the newspaper wrote it."""

    source: str
    """Where it comes from: `keywords`, `json-ld`, `section`, `lexicon` (a listed name in headline or body), `cue`
    (a rule with a title or another cue word), `shape` (a person's name by its form) or `model` (a topic)."""

    confidence: float
    """0 to 1: how sure we are that the article is about this, by source and kind of evidence."""

    mentions: int
    """How often headline and body name it. 0: only the page's keywords or its section do."""

    name_en: str | None = None
    """English name. None: the lists have none."""

    country: str | None = None
    """ISO 3166-1 alpha-2. None: none, several, or not listed."""


def tags_of(
    *,
    title: str,
    text: str,
    section: str | None,
    keywords: Sequence[str],
    lexicon: Lexicon,
    mentions: Sequence[PageMention] = (),
    confidence_min: float = CONFIDENCE_MIN,
) -> tuple[Tag, ...]:
    """Topics by section, entities by the page's own data and by name, then the page's keywords; each tag once.

    `mentions`: what the page's JSON-LD says it is about. Entities below `confidence_min` are left out.
    """
    found = _mentioned(title, text, lexicon)
    tags: dict[tuple[str, str], Tag] = {}
    for tag in (
        *_topics(section or "", lexicon),
        *found.values(),
        *_of_page(mentions, found, lexicon),
        *_keywords(keywords, found, lexicon),
    ):
        known = tags.get((tag.kind, tag.name))
        tags[tag.kind, tag.name] = _merged(known, tag) if known else tag
    kept = [tag for tag in tags.values() if tag.confidence >= confidence_min or tag.kind in ("topic", "keyword")]
    return tuple(sorted(kept, key=lambda tag: (_ORDER[tag.kind], -tag.mentions)))


_ORDER: Final = {"topic": 0, "place": 1, "organisation": 1, "person": 1, "keyword": 2}


def _merged(a: Tag, b: Tag) -> Tag:
    better = b if b.confidence > a.confidence else a
    return replace(better, mentions=max(a.mentions, b.mentions))


def _topics(section: str, lexicon: Lexicon) -> Iterator[Tag]:
    whole = lexicon.topic(section)
    parts = [whole] if whole else [lexicon.topic(part) for part in _SECTION_PARTS.split(section)]
    for topic in parts:
        if topic:
            yield Tag("topic", topic.name, "section", 0.9 if whole else 0.7, 0, topic.name_en)


def _keywords(keywords: Iterable[str], found: dict[tuple[str, str], Tag], lexicon: Lexicon) -> Iterator[Tag]:
    """Each keyword, without «#» and underscores; one that names an entity also as that entity."""
    seen: set[Folded] = set()
    for keyword in keywords:
        name = clean(keyword.replace("_", " ")).strip(" #،,;؛.")
        folded = fold(name)
        if not words(folded) or len(name) > _KEYWORD_MAX or folded in seen:
            continue
        seen.add(folded)
        yield Tag("keyword", name, "keywords", 1.0, 0)
        yield from _named(name, "keywords", found, lexicon)


def _of_page(mentions: Iterable[PageMention], found: dict[tuple[str, str], Tag], lexicon: Lexicon) -> Iterator[Tag]:
    for mention in mentions:
        named = list(_named(mention.name, "json-ld", found, lexicon))
        yield from named
        if not named and mention.kind and len(mention.name) <= _KEYWORD_MAX:
            yield Tag(mention.kind, mention.name, "json-ld", _NAMED_BY_PAGE, 0)


def _named(name: str, source: str, found: dict[tuple[str, str], Tag], lexicon: Lexicon) -> Iterator[Tag]:
    """The entity that a name of the page stands for: a listed one, or one that the text names the same."""
    tokens = tuple(words(fold(name)))
    listed = [known for known in lexicon.vocabulary.names.get(tokens[0], ()) if known.words == tokens] if tokens else []
    for known in listed:
        if known.sure and known.entity:
            yield _tag_of(known.entity, source, _NAMED_BY_PAGE, 0)
            return
    for tag in found.values():
        if tuple(words(fold(tag.name))) == tokens:
            yield replace(tag, source=source, confidence=_NAMED_BY_PAGE)


def _tag_of(entity: Entity, source: str, confidence: float, mentions: int) -> Tag:
    assert entity.kind != "topic" or mentions == 0
    return Tag(entity.kind, entity.name, source, confidence, mentions, entity.name_en, entity.country)


def _mentioned(title: str, text: str, lexicon: Lexicon) -> dict[tuple[str, str], Tag]:
    reading, spans = entities_of(title, text, lexicon)
    grouped: dict[tuple[str, str], list[Span]] = {}
    for span in spans:
        grouped.setdefault((span.kind, span.name), []).append(span)
    found: dict[tuple[str, str], Tag] = {}
    for key, named in grouped.items():
        best = max(named, key=lambda span: (span.entity is not None, span.confidence))
        in_title = any(span.end <= reading.tokens.title_end for span in named)
        more = 0.1 * in_title + 0.05 * min(len(named) - 1, 2)
        confidence = round(min(best.confidence + more, 0.95), 2)
        entity = best.entity
        assert best.kind != "nothing"
        found[key] = Tag(
            best.kind, best.name, best.source, confidence, len(named),
            entity.name_en if entity else None, entity.country if entity else None,
        )  # fmt: skip
    return found
