"""seeds/README.md is what people without Python go by: every key, its true default, an example that is valid."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Final, get_args

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from contracts.source import code_blocks, document, rows, section, ticked
from newscrawler.seeds import read_site
from newscrawler.site import Articles, Expect, Rule, Site, Source
from newscrawler.text.lexicon import load_lexicon
from newscrawler.text.lexicon_files import EntityFile, Group, Row, WordFile
from newscrawler.text.roles import NOT_A_NAME, ROLES

PAGE: Final = "seeds/README.md"

SECTIONS: Final[dict[str, type[BaseModel]]] = {
    "### The outlet": Site,
    "### `[[source]]`": Source,
    "### `[articles]`": Articles,
    "### `[[rule]]`": Rule,
    "### `[expect]`": Expect,
    "### A list of entities": EntityFile,
    "### `[[entry]]`": Row,
    "### A list of words": WordFile,
    "### `[[group]]`": Group,
}
"""Heading → the model whose keys the table under it explains: key, meaning, default, example."""

TABLES: Final = frozenset({"source", "articles", "rule", "expect", "entry", "group"})
"""Keys that are tables of their own."""

MINIMAL: Final = 'name = "x"\nhome = "https://sada.example/"\ntimezone = "Asia/Beirut"\n'
HEADS: Final = {
    "### The outlet": ("", ("name", "home", "timezone")),
    "### `[[source]]`": ("[[source]]\n", ("kind", "url")),
    "### `[articles]`": ("[articles]\n", ()),
    "### `[[rule]]`": ("[[rule]]\n", ()),
    "### `[expect]`": ("[expect]\n", ()),
}
FILLED: Final = {"kind": '"feed"', "url": '"https://sada.example/rss"'}

KEYS: Final = [
    (heading, key, field)
    for heading, model in SECTIONS.items()
    for key, field in model.model_fields.items()
    if key not in TABLES | {"id"}
]


@pytest.mark.parametrize(("heading", "key", "field"), KEYS)
def test_every_key_is_explained_with_its_default(heading: str, key: str, field: FieldInfo) -> None:
    """Key, meaning, default and example; the default is the one in the code."""
    row = rows(section(document(PAGE), heading)).get(key)
    assert row, f"add the row `| `{key}` | meaning | default | example |` under «{heading}» of {PAGE}"
    assert row[1].strip("`") == _written(field), f"{key}: the default is {_written(field)}"


@pytest.mark.parametrize("heading", SECTIONS)
def test_no_key_is_explained_that_is_gone(heading: str) -> None:
    """A key that is refused is not recommended."""
    assert not rows(section(document(PAGE), heading)).keys() - SECTIONS[heading].model_fields.keys()


@pytest.mark.parametrize(("heading", "key", "field"), [key for key in KEYS if key[0] in HEADS])
def test_every_example_is_valid(heading: str, key: str, field: FieldInfo, tmp_path: Path) -> None:
    """An example can be copied into a seed file as it stands."""
    example = rows(section(document(PAGE), heading))[key][2].strip("`")
    head, needed = HEADS[heading]
    others = "".join(f"{name} = {FILLED[name]}\n" for name in needed if name != key and head)
    outlet = "".join(line + "\n" for line in MINIMAL.splitlines() if head or not line.startswith(f"{key} "))
    path = tmp_path / "x.toml"
    path.write_text(f"{outlet}{head}{others}{key} = {example}\n", encoding="utf-8")
    read_site(path)


@pytest.mark.parametrize(("heading", "key", "field"), KEYS)
def test_every_choice_is_named(heading: str, key: str, field: FieldInfo) -> None:
    """Where a key takes one of a few words, all of them are there to choose from."""
    choices = {word for word in _choices(field.annotation) if isinstance(word, str)}
    assert choices <= set(ticked(section(document(PAGE), heading))), f"name all choices of {key}"


@pytest.mark.parametrize("role", [*ROLES, NOT_A_NAME])
def test_every_role_of_words_is_explained(role: str) -> None:
    """Whoever adds a word finds the list that it belongs to."""
    assert role in rows(section(document(PAGE), "### Roles")), f"add the row `| `{role}` | meaning | example |`"


@pytest.mark.parametrize("text", code_blocks(document(PAGE), "toml"), ids=lambda text: " ".join(text.split()[:8]))
def test_every_block_can_be_copied(text: str, tmp_path: Path) -> None:
    """A block that begins with the name of a seed file is a valid one; any other is at least TOML."""
    first = text.splitlines()[0]
    path = tmp_path / Path(first.removeprefix("# ")).name
    if first.startswith("# seeds/sites/"):
        path.write_text(text, encoding="utf-8")
        read_site(path)
    elif first.startswith("# seeds/tags/"):
        path.write_text(text, encoding="utf-8")
        load_lexicon(tmp_path)
    else:
        tomllib.loads(text)


def _written(field: FieldInfo) -> str:
    """A default as the table has it."""
    default: Any = field.get_default(call_default_factory=True)
    if field.is_required():
        return "required"
    if default is None:
        return "none"
    if default == date.min:
        return "always"
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, tuple | list):
        return "[]"
    return f'"{default}"' if isinstance(default, str) else str(default)


def _choices(annotation: Any) -> list[Any]:
    found: list[Any] = []
    for part in get_args(annotation):
        found += [part] if isinstance(part, str) else _choices(part)
    return found
