"""load_lexicon(): seeds/tags/*.toml, compiled into what the tagger looks up."""

from __future__ import annotations

import gc
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from newscrawler.text.clitics import with_clitics
from newscrawler.text.lexicon_files import EntityFile, Group, LexiconError, Row, WordFile, read_file
from newscrawler.text.names import Entity, Name, section_key
from newscrawler.text.normalise import Folded, clean, fold, words
from newscrawler.text.roles import NOT_A_NAME, ROLES, Role, Vocabulary

_Words = tuple[str, ...]

_BETWEEN: Final = " | "


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lists, compiled once. Never changed after loading."""

    vocabulary: Vocabulary
    """Words with their roles, and listed names by their first word."""

    topics: Mapping[str, Entity] = field(repr=False)
    """`section_key` of a section's name → topic."""

    spellings: Mapping[str, str] = field(repr=False)
    """Folded given name → how the list spells it."""

    digest: str
    """Tells one state of the lists from another: 12 hexadecimal digits."""

    def topic(self, section: str) -> Entity | None:
        """The topic a section is about. None: not known."""
        return self.topics.get(section_key(section))


def load_lexicon(folder: Path) -> Lexicon:
    """Read every *.toml of the folder. Raises LexiconError for a file that can't be used or a name that two
    entries claim, FileNotFoundError if there is no such folder.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"no folder of tag lists at {folder}")
    with _no_collection():
        return _loaded(folder)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without looking for garbage: among twenty thousand values that all stay, that is a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _loaded(folder: Path) -> Lexicon:
    names: list[Name] = []
    topics: dict[str, Entity] = {}
    roles: dict[str, int] = {}
    spellings: dict[str, str] = {}
    claims = _Claims()
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.toml")):
        file = read_file(path)  # first: it says what is wrong with one that can't be read
        digest.update(path.read_bytes())
        if isinstance(file, WordFile):
            _add_words(path, file, roles, spellings, names)
        else:
            _add_entities(path, file, names, topics, claims)
    return Lexicon(Vocabulary(roles, _indexed(names)), topics, spellings, digest.hexdigest()[:12])


def _add_words(path: Path, file: WordFile, roles: dict[str, int], spellings: dict[str, str], names: list[Name]) -> None:
    for number, group in enumerate(file.group):
        try:
            if group.role == NOT_A_NAME:
                names += [Name(_words("words", phrase.replace("_", " ")), None) for phrase in group.words.split()]
            else:
                _add_group(group, roles, spellings)
        except LexiconError as why:
            raise LexiconError(f"{path}: group.{number} ({group.role}): {why}") from None


def _add_group(group: Group, roles: dict[str, int], spellings: dict[str, str]) -> None:
    bit = ROLES[group.role]
    written = group.words.split()
    folded = fold(group.words).split()  # all at once: word by word takes six times as long
    if len(folded) != len(written):
        wrong = [word for word in written if len(fold(word).split()) != 1]
        raise LexiconError(f"words: {' '.join(wrong)!r}: each must be one word")
    for word in folded:
        roles[word] = _with_role(roles.get(word, 0), bit)
    if bit & (Role.GIVEN | Role.GIVEN_FOREIGN):
        for word, spelling in zip(folded, written, strict=True):
            spellings.setdefault(word, spelling)


def _with_role(known: int, bit: int) -> int:
    """A word that is listed as a stem and as a form is a stem."""
    if bit == Role.FORM and known & Role.COMMON:
        return known
    return (known & ~Role.EXACT if bit == Role.COMMON else known) | bit


def _add_entities(path: Path, file: EntityFile, names: list[Name], topics: dict[str, Entity], claims: _Claims) -> None:
    claims.file = path.name
    claims.fold([phrase for row in file.entry for phrase in _phrases(row)])
    for number, row in enumerate(file.entry):
        try:
            entity = Entity(file.kind, clean(row.name), row.name_en, row.country)
            if file.kind == "topic":
                _add_topic(topics, entity, row)
            else:
                names.extend(_names_of(row, file, entity, claims))
        except LexiconError as why:
            raise LexiconError(f"{path}: entry.{number} ({row.name}): {why}") from None


def _phrases(row: Row) -> tuple[str, ...]:
    return (row.name, *row.alias, *row.unsure, *row.after, *row.beside, *row.not_in)


class _Claims:
    """Which entry a name belongs to. A sure name has one owner; unsure ones may be shared."""

    def __init__(self) -> None:
        self._owners: dict[_Words, str] = {}
        self._unsure: dict[_Words, str] = {}
        self._folded: dict[str, _Words] = {}
        self.file = ""
        """The file whose entries come: a namesake in another one can't be told by its name alone."""

    def fold(self, phrases: Sequence[str]) -> None:
        """Fold the phrases of a file all at once: one by one takes five times as long."""
        folded = fold(_BETWEEN.join(phrases)).split(_BETWEEN)
        if len(folded) == len(phrases):
            self._folded = {each: tuple(words(Folded(known))) for each, known in zip(phrases, folded, strict=True)}

    def words(self, key: str, phrase: str) -> _Words:
        """The words of a phrase. Raises LexiconError if it has none."""
        found = self._folded.get(phrase)
        return found or _words(key, phrase)

    def sure(self, key: str, phrase: str, owner: str) -> _Words:
        found = self.words(key, phrase)
        other = self._owners.get(found) or self._unsure.get(found)
        if other:
            raise LexiconError(f"{key}: {phrase!r} is already a name of {other}")
        self._owners[found] = self._label(owner)
        return found

    def unsure(self, key: str, phrase: str, owner: str) -> _Words:
        found = self.words(key, phrase)
        label = self._label(owner)
        other = self._owners.get(found) or (label if self._unsure.get(found) == label else None)
        if other:
            raise LexiconError(f"{key}: {phrase!r} is already a name of {other}")
        self._unsure[found] = label
        return found

    def _label(self, owner: str) -> str:
        return f"{owner} ({self.file})"


def _words(key: str, phrase: str) -> _Words:
    found = tuple(words(fold(phrase)))
    if not found:
        raise LexiconError(f"{key}: {phrase!r} has no words")
    return found


def _add_topic(topics: dict[str, Entity], entity: Entity, row: Row) -> None:
    ignored = [key for key in ("unsure", "after", "beside", "spelt", "not_in") if getattr(row, key)]
    if ignored:
        raise LexiconError(f"{ignored[0]}: a topic has a name and aliases only")
    for alias in (row.name, *row.alias):
        _words("alias", alias)
        other = topics.setdefault(section_key(alias), entity)
        if other is not entity:
            raise LexiconError(f"alias: {alias!r} is already a section of {other.name}")


def _names_of(row: Row, file: EntityFile, entity: Entity, claims: _Claims) -> Iterator[Name]:
    own = claims.words("name", row.name)
    canonical = [] if any(claims.words("unsure", each) == own for each in row.unsure) else [row.name]
    sure = [claims.sure("name", name, row.name) for name in canonical]
    sure += [claims.sure("alias", alias, row.name) for alias in row.alias]
    yield from (Name(found, entity) for found in sure)
    yield from (Name(claims.words("not_in", phrase), None) for phrase in row.not_in)
    if not row.unsure:
        return
    after = frozenset(claims.words("after", phrase) for phrase in (*file.after, *row.after))
    beside = _by_first((*sure, *(claims.words("beside", phrase) for phrase in row.beside)))
    for spelling in row.spelt:
        claims.words("spelt", spelling)  # an empty one stands in every article
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
    index: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        index[name.words[0]].append(name)
    return {first: tuple(found) for first, found in index.items()}


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
