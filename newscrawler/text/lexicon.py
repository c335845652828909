"""Lexicon: what the tagger knows, read from seeds/tags/*.toml, checked and compiled once."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from newscrawler.text.normalise import Folded, clean, fold, words
from newscrawler.text.search import term

Kind = Literal["person", "organisation", "place", "topic"]
Words = tuple[str, ...]

_CLITICS: Final = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_SECTION_FILLERS: Final = frozenset({"اخبار", "قسم", "صفحه", "زاويه", "شوون", "شءون", "news", "category"})


class LexiconError(ValueError):
    """A file of seeds/tags can't be used; the message names file, key and reason."""


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
class Name:
    """One way to write an entity's name, and what it takes to believe it."""

    words: Words
    """Folded; the first one may carry clitics in a text."""

    entity: Entity | None
    """None: a phrase that only looks like a name («صلاة المغرب»)."""

    sure: bool = True
    """False: the words have other meanings as well, so one of the next three must hold."""

    after: frozenset[Words] = frozenset()
    """Words right before it that make it this entity («سلطنة» عمان)."""

    beside: Mapping[str, tuple[Words, ...]] | None = None
    """Names and words anywhere in the article that make it this entity, by first word."""

    spelt: tuple[str, ...] = ()
    """Spellings with vowel marks that only this entity has («عُمان»)."""

    credit: re.Pattern[str] | None = None
    """Finds the name in the place of an agency's credit, in folded text. None: not an agency."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All names, ready for look-up. Never changed after loading."""

    names: Mapping[str, tuple[Name, ...]]
    """First word, with every clitic it may carry → names, the longest first."""

    topics: Mapping[str, Entity]
    """`section_key` of a section's name → topic."""

    def topic(self, section: str) -> Entity | None:
        """The topic a section is about. None: not known."""
        return self.topics.get(_section_key(fold(section)))


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: str = Field(min_length=1)
    name_en: str | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    alias: list[str] = []
    unsure: list[str] = []
    after: list[str] = []
    beside: list[str] = []
    spelt: list[str] = []
    not_in: list[str] = []


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    kind: Kind
    credited: bool = False
    after: list[str] = []
    entry: list[_Row] = []


def load_lexicon(folder: Path) -> Lexicon:
    """Read every *.toml of the folder. Raises LexiconError for a file that can't be used or a name that two
    entries claim, FileNotFoundError if there is no such folder.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"no folder of tag lists at {folder}")
    names: list[Name] = []
    topics: dict[str, Entity] = {}
    claimed: dict[Words, str] = {}
    for path in sorted(folder.glob("*.toml")):
        file = _read(path)
        for row in file.entry:
            entity = Entity(file.kind, clean(row.name), row.name_en, row.country)
            if file.kind == "topic":
                _add_topic(topics, entity, row, path)
            else:
                names.extend(_names_of(row, file, entity, path, claimed))
    return Lexicon(_indexed(names), topics)


def with_clitics(word: str) -> Iterator[str]:
    """The word, and the word after و ف ب ل ك and their pairs; ل and the article are written «لل»."""
    yield word
    for clitic in _CLITICS:
        if clitic[-1] == "ل" and word.startswith("ال"):
            yield clitic + word[1:]
            if word.startswith("الل"):  # three lams are written as two: للاذقية
                yield clitic[:-1] + word[1:]
        else:
            yield clitic + word


def _read(path: Path) -> _File:
    try:
        return _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise LexiconError(f"{path}: not TOML in UTF-8: {why}") from why
    except ValidationError as why:
        first = why.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise LexiconError(f"{path}: {key}: {first['msg']}") from why


def _add_topic(topics: dict[str, Entity], entity: Entity, row: _Row, path: Path) -> None:
    for alias in (row.name, *row.alias):
        key = _section_key(fold(alias))
        if key in topics or not key:
            other = topics[key].name if key else "nothing"
            raise LexiconError(f"{path}: {row.name}: alias {alias!r} is the same as one of {other}")
        topics[key] = entity


def _section_key(folded: Folded) -> str:
    """Sections are compared without the article, «و» between words, and words such as «أخبار»."""
    kept = [word for word in words(folded) if word not in _SECTION_FILLERS] or words(folded)
    return " ".join(term(Folded(w.removeprefix("و") if i and len(w) > 3 else w)) for i, w in enumerate(kept))


def _names_of(row: _Row, file: _File, entity: Entity, path: Path, claimed: dict[Words, str]) -> Iterator[Name]:
    sure = row.alias if fold(row.name) in map(fold, row.unsure) else [row.name, *row.alias]
    for alias in sure:
        yield Name(_claim(alias, row, path, claimed), entity)
    for phrase in row.not_in:
        yield Name(_words(phrase, row, path), None)
    after = frozenset(_words(phrase, row, path) for phrase in (*file.after, *row.after))
    beside = _by_first(_words(phrase, row, path) for phrase in (*sure, *row.beside))
    for alias in row.unsure:
        if not (after or beside or row.spelt or file.credited):
            raise LexiconError(f"{path}: {row.name}: unsure {alias!r} needs `after`, `beside` or `spelt`")
        found = _words(alias, row, path)
        if claimed.setdefault(found, "") != "":
            raise LexiconError(f"{path}: {row.name}: unsure {alias!r} is a sure name of {claimed[found]}")
        credit = _credit(found) if file.credited else None
        yield Name(found, entity, False, after, beside, tuple(row.spelt), credit)


def _words(phrase: str, row: _Row, path: Path) -> Words:
    found = tuple(words(fold(phrase)))
    if not found:
        raise LexiconError(f"{path}: {row.name}: {phrase!r} has no words")
    return found


def _claim(alias: str, row: _Row, path: Path, claimed: dict[Words, str]) -> Words:
    found = _words(alias, row, path)
    if found in claimed:
        other = claimed[found] or "an unsure entry"
        raise LexiconError(f"{path}: {row.name}: alias {alias!r} is already a name of {other}")
    claimed[found] = row.name
    return found


def _by_first(phrases: Iterable[Words]) -> dict[str, tuple[Words, ...]]:
    index: dict[str, list[Words]] = defaultdict(list)
    for phrase in phrases:
        for first in with_clitics(phrase[0]):
            index[first].append(phrase)
    return {first: tuple(found) for first, found in index.items()}


def _indexed(names: Sequence[Name]) -> dict[str, tuple[Name, ...]]:
    """Longest first; of equally long ones that without a clitic, then that with an entity."""
    index: dict[str, list[tuple[int, int, bool, Name]]] = defaultdict(list)
    for name in names:
        for first in dict.fromkeys(with_clitics(name.words[0])):
            clitics = len(first) - len(name.words[0])
            index[first].append((-len(name.words), clitics, name.entity is None, name))
    return {
        first: tuple(name for *_, name in sorted(found, key=lambda rank: rank[:3])) for first, found in index.items()
    }


def _credit(alias: Words) -> re.Pattern[str]:
    """«(وام)», «دبي - وام:» at the beginning, or the last words of the text."""
    name = r"\W{0,2}".join(map(re.escape, alias))
    return re.compile(
        rf"[(\[][^()\[\]]{{0,40}}(?<!\w){name}(?!\w)[^()\[\]]{{0,20}}[)\]]"
        rf"|^.{{0,40}}[-/,(:]\s*{name}\s*[-/,):]"
        rf"|^\W*{name}\s*[-/:)]"
        rf"|[.\"-]\s*{name}\W*$"
    )
