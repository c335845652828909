"""The arrows of the tree: imports go downwards, and each library has one door."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Final

import pytest

from contracts.source import ROOT, imports_of, modules

DOORS: Final = {
    "trafilatura": "newscrawler.extract.witness",
    "langdetect": "newscrawler.text.language",
    "simplemma": "newscrawler.text.dictionary",
}
"""Library → the one module that imports it."""

OUTSIDE: Final = frozenset({"settings"})
"""Modules that are in no layer: Scrapy reads them by name and nobody imports them."""


def test_import_contracts_hold() -> None:
    """What `make lint` checks is checked by `make test` too: layers, framework-free core, single doors."""
    command = Path(sys.executable).with_name("lint-imports")
    if not command.exists():
        pytest.fail("lint-imports is not installed: pip install -e '.[dev]'", pytrace=False)
    done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"move the code, not the contract:\n{done.stdout[-3000:]}{done.stderr}", pytrace=False)


def test_every_module_has_a_layer() -> None:
    """A module that no layer names could import anything, and the contract would not see it."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    named = {name.strip() for layer in layers for name in layer.replace(":", "|").split("|")}
    folder = ROOT / "newscrawler"
    there = {p.stem for p in folder.glob("*.py")} | {p.parent.name for p in folder.glob("*/__init__.py")}
    missing = {f"newscrawler.{name}" for name in there - OUTSIDE - {"__init__"}} - named
    assert not missing, f"give these a layer in pyproject.toml: {', '.join(sorted(missing))}"


@pytest.mark.parametrize("module", sorted(OUTSIDE))
def test_nobody_imports_a_module_without_a_layer(module: str) -> None:
    """Settings are read in from_crawler, by name, where -s and the environment count."""
    name = f"newscrawler.{module}"
    importers = [m.path for m in modules() if (name, None) in imports_of(m) or any(s == name for s, _ in imports_of(m))]
    assert not importers, f"use crawler.settings instead of importing {name}: {', '.join(importers)}"


@pytest.mark.parametrize("library", DOORS)
def test_a_library_has_one_door(library: str) -> None:
    """Exactly one module imports the library, wherever in the module: replacing it means replacing that one."""
    importers = [m.name for m in modules() if any(source.split(".")[0] == library for source, _ in imports_of(m))]
    assert importers == [DOORS[library]]


def test_the_package_does_not_know_its_pipelines() -> None:
    """Newscrawler names its pipelines in the settings, as strings, so that a user's own can take their place."""
    importers = [
        m.path
        for m in modules()
        if m.name.startswith("newscrawler") and any(source.split(".")[0] == "pipelines" for source, _ in imports_of(m))
    ]
    assert not importers
