"""The files of seeds/tags, checked: lists of entities, and lists of words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import tomli
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from newscrawler.text.names import Kind
from newscrawler.text.roles import NOT_A_NAME, ROLES


class LexiconError(ValueError):
    """A file of seeds/tags can't be used; the message names file, key and reason."""


class _Checked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Row(_Checked):
    """One `[[entry]]`."""

    name: str = Field(min_length=1)
    """Canonical name, Arabic: the tag."""
    name_en: str | None = None
    """English name."""
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    """ISO 3166-1 alpha-2."""
    alias: list[str] = Field(default_factory=list)
    """Other names; for a topic, the names sections have. Spellings that fold alike are one name."""
    unsure: list[str] = Field(default_factory=list)
    """Names with other meanings: they need one of the next three, a sure name elsewhere in the article, or
    a credit (if the file is `credited`). The canonical name may be one of them."""
    after: list[str] = Field(default_factory=list)
    """What stands right before an unsure name."""
    beside: list[str] = Field(default_factory=list)
    """What stands anywhere in the article of an unsure name."""
    spelt: list[str] = Field(default_factory=list)
    """Spellings with vowel marks that only this entity has."""
    not_in: list[str] = Field(default_factory=list)
    """Phrases that contain a name and mean something else."""


class EntityFile(_Checked):
    """A list of people, organisations, places or topics."""

    kind: Kind
    """The kind of all entries."""
    credited: bool = False
    """Whether unsure names count where an agency's credit stands."""
    after: list[str] = Field(default_factory=list)
    """`after` for all entries."""
    entry: list[Row] = Field(default_factory=list)
    """The entries."""


class Group(_Checked):
    """One `[[group]]` of words."""

    role: str
    """What the words are."""
    words: str
    """Separated by white space. Single words, except for `not_a_name`, where «_» joins a phrase."""


class WordFile(_Checked):
    """Lists of words: cues, given names, ordinary words."""

    kind: Literal["words"]
    """Tells them from lists of entities."""
    group: list[Group] = Field(default_factory=list)
    """The words, by role."""


def read_file(path: Path) -> EntityFile | WordFile:
    """One file, checked. Raises LexiconError."""
    try:
        data: dict[str, Any] = tomli.loads(path.read_text(encoding="utf-8"))
    except (tomli.TOMLDecodeError, UnicodeDecodeError, RecursionError) as why:
        raise LexiconError(f"{path}: not TOML in UTF-8: {why}") from why
    except OSError as why:
        raise LexiconError(f"{path}: can't be read: {why.strerror}") from why
    try:
        file = WordFile.model_validate(data) if data.get("kind") == "words" else EntityFile.model_validate(data)
    except ValidationError as why:
        first = why.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise LexiconError(f"{path}: {key}: {first['msg']}") from why
    if isinstance(file, WordFile):
        for number, words in enumerate(file.group):
            if words.role not in ROLES and words.role != NOT_A_NAME:
                known = ", ".join(sorted([*ROLES, NOT_A_NAME]))
                raise LexiconError(f"{path}: group.{number}.role: {words.role!r} is none of {known}")
    return file
