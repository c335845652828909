"""load_lexicon(): seeds/tags/*.toml, checked and compiled."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from newscrawler.text.clitics import with_clitics
from newscrawler.text.names import Entity, Kind, Lexicon, Name, section_key
from newscrawler.text.normalise import clean, fold, words

_Words = tuple[str, ...]


class LexiconError(ValueError):
    """A file of seeds/tags can't be used; the message names file, key and reason."""


class _Checked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Row(_Checked):
    """One `[[entry]]`."""

    name: str = Field(min_length=1)
    """Canonical name, Arabic: the tag."""
    name_en: str | None = None
    """English name."""
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    """ISO 3166-1 alpha-2."""
    alias: list[str] = []
    """Other names; for a topic, the names sections have. Spellings that fold alike are one name."""
    unsure: list[str] = []
    """Names with other meanings: they need one of the next three, a sure name elsewhere in the article, or
    a credit (if the file is `credited`). The canonical name may be one of them."""
    after: list[str] = []
    """What stands right before an unsure name."""
    beside: list[str] = []
    """What stands anywhere in the article of an unsure name."""
    spelt: list[str] = []
    """Spellings with vowel marks that only this entity has."""
    not_in: list[str] = []
    """Phrases that contain a name and mean something else."""


class _File(_Checked):
    kind: Kind
    """The kind of all entries."""
    credited: bool = False
    """Whether unsure names count where an agency's credit stands."""
    after: list[str] = []
    """`after` for all entries."""
    entry: list[_Row] = []


def load_lexicon(folder: Path) -> Lexicon:
    """Read every *.toml of the folder. Raises LexiconError for a file that can't be used or a name that two
    entries claim, FileNotFoundError if there is no such folder.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"no folder of tag lists at {folder}")
    names: list[Name] = []
    topics: dict[str, Entity] = {}
    claims = _Claims()
    for path in sorted(folder.glob("*.toml")):
        file = _read(path)
        for number, row in enumerate(file.entry):
            try:
                entity = Entity(file.kind, clean(row.name), row.name_en, row.country)
                if file.kind == "topic":
                    _add_topic(topics, entity, row)
                else:
                    names.extend(_names_of(row, file, entity, claims))
            except LexiconError as why:
                raise LexiconError(f"{path}: entry.{number} ({row.name}): {why}") from None
    return Lexicon(_indexed(names), topics)


def _read(path: Path) -> _File:
    try:
        return _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise LexiconError(f"{path}: not TOML in UTF-8: {why}") from why
    except ValidationError as why:
        first = why.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise LexiconError(f"{path}: {key}: {first['msg']}") from why


class _Claims:
    """Which entry a name belongs to. A sure name has one owner; unsure ones may be shared."""

    def __init__(self) -> None:
        self._owners: dict[_Words, str] = {}
        self._unsure: dict[_Words, str] = {}

    def sure(self, key: str, phrase: str, owner: str) -> _Words:
        found = _words(key, phrase)
        other = self._owners.get(found) or self._unsure.get(found)
        if other:
            raise LexiconError(f"{key}: {phrase!r} is already a name of {other}")
        self._owners[found] = owner
        return found

    def unsure(self, key: str, phrase: str, owner: str) -> _Words:
        found = _words(key, phrase)
        other = self._owners.get(found) or (owner if self._unsure.get(found) == owner else None)
        if other:
            raise LexiconError(f"{key}: {phrase!r} is already a name of {other}")
        self._unsure[found] = owner
        return found


def _words(key: str, phrase: str) -> _Words:
    found = tuple(words(fold(phrase)))
    if not found:
        raise LexiconError(f"{key}: {phrase!r} has no words")
    return found


def _add_topic(topics: dict[str, Entity], entity: Entity, row: _Row) -> None:
    for alias in (row.name, *row.alias):
        _words("alias", alias)
        other = topics.setdefault(section_key(alias), entity)
        if other is not entity:
            raise LexiconError(f"alias: {alias!r} is already a section of {other.name}")


def _names_of(row: _Row, file: _File, entity: Entity, claims: _Claims) -> Iterator[Name]:
    canonical = [] if fold(row.name) in map(fold, row.unsure) else [row.name]
    sure = [claims.sure("name", name, row.name) for name in canonical]
    sure += [claims.sure("alias", alias, row.name) for alias in row.alias]
    yield from (Name(found, entity) for found in sure)
    yield from (Name(_words("not_in", phrase), None) for phrase in row.not_in)
    after = frozenset(_words("after", phrase) for phrase in (*file.after, *row.after))
    beside = _by_first((*sure, *(_words("beside", phrase) for phrase in row.beside)))
    for alias in row.unsure:
        found = claims.unsure("unsure", alias, row.name)
        if not (after or beside or row.spelt or file.credited):
            raise LexiconError(f"unsure: {alias!r} needs an alias, `after`, `beside` or `spelt` to be believed")
        credit = _credit(found) if file.credited else None
        yield Name(found, entity, False, after, tuple(row.spelt), credit, beside)


def _by_first(phrases: Iterable[_Words]) -> dict[str, tuple[_Words, ...]]:
    index: dict[str, list[_Words]] = defaultdict(list)
    for phrase in phrases:
        for first in with_clitics(phrase[0]):
            index[first].append(phrase)
    return {first: tuple(found) for first, found in index.items()}


def _indexed(names: Sequence[Name]) -> dict[str, tuple[Name, ...]]:
    """Longest first; of equally long ones that without a clitic, then that with an entity."""
    index: dict[str, list[tuple[int, int, bool, Name]]] = defaultdict(list)
    for name in names:
        for first in with_clitics(name.words[0]):
            clitics = len(first) - len(name.words[0])
            index[first].append((-len(name.words), clitics, name.entity is None, name))
    return {
        first: tuple(name for *_, name in sorted(found, key=lambda rank: rank[:3])) for first, found in index.items()
    }


def _credit(alias: _Words) -> re.Pattern[str]:
    """«(وام)», «"وام"», «دبي - وام:» at the beginning, or the last words of the text."""
    name = r"\W{0,2}".join(map(re.escape, alias))
    return re.compile(
        rf"[(\[][^()\[\]]{{0,40}}(?<!\w){name}(?!\w)[^()\[\]]{{0,20}}[)\]]"
        rf"|^.{{0,40}}[-/,(:]\s*{name}\s*[-/,):]"
        rf"|^\W*{name}\s*[-/:)]"
        rf"|\"\s*{name}\s*\""
        rf"|[.\"-]\s*{name}\W*$"
    )
