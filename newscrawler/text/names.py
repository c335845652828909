"""Entity and Name: who or what the lists know, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from newscrawler.text.clitics import without_article
from newscrawler.text.normalise import fold, words

Kind = Literal["person", "organisation", "place", "topic"]

_REMEMBERED: Final = 1024
"""Sections whose key is kept: an outlet has a dozen, and each of its articles asks (15 µs)."""

_SECTION_FILLERS: Final = frozenset({"اخبار", "قسم", "صفحه", "زاويه", "شءون", "news", "category"})


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, organisation or place, or one topic."""

    kind: Kind
    """What it is: the kind of the tag."""

    name: str
    """Canonical name, Arabic, without clitics: the tag."""

    name_en: str | None = None
    """English name. None: not given."""

    country: str | None = None
    """ISO 3166-1 alpha-2. None: belongs to none, or to several."""


@dataclass(frozen=True, slots=True)
class PageMention:
    """What a page's own data says it is about."""

    name: str
    """As the page has it, cleaned."""

    kind: Literal["person", "organisation", "place"] | None = None
    """What the data says it is. None: it doesn't say."""


class Name(NamedTuple):
    """One way to write an entity's name, and what it takes to believe it."""

    words: tuple[str, ...]
    """Folded; the first one may carry clitics in a text."""

    entity: Entity | None
    """None: a phrase that only looks like a name («صلاة المغرب»)."""

    sure: bool = True
    """False: the words have other meanings as well, so one of the next four must hold."""

    after: frozenset[tuple[str, ...]] = frozenset()
    """Words right before it that make it this entity («سلطنة» عمان)."""

    spelt: tuple[str, ...] = ()
    """Spellings with vowel marks that only this entity has («عُمان»), anywhere in the article."""

    credit: re.Pattern[str] | None = None
    """Finds the name in the place of an agency's credit, in folded text. None: not an agency."""

    beside: Mapping[str, tuple[tuple[str, ...], ...]] | None = None
    """Names and words anywhere in the article that make it this entity, by first word. None: sure."""


@lru_cache(maxsize=_REMEMBERED)
def section_key(section: str) -> str:
    """Sections are compared without the article, «و» between words, and words such as «أخبار»."""
    every: list[str] = [*words(fold(section))]
    inner = [word.removeprefix("و") if len(word) > 3 else word for word in every[1:]]
    bare = [without_article(word) for word in (*every[:1], *inner)]
    return " ".join([word for word in bare if word not in _SECTION_FILLERS] or bare)
