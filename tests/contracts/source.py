"""The project as text: its files, its modules as syntax trees, its documents as tables."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
"""The folder of scrapy.cfg."""

PACKAGES: Final = ("newscrawler", "pipelines")
"""The code that the budgets are about; tests are not."""

_TICKED: Final = re.compile(r"`([^`]+)`")
_BLOCK: Final = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file of the project."""

    path: str
    """Relative to the root, with forward slashes."""
    text: str
    """Its source."""
    tree: ast.Module
    """Its syntax tree."""

    @property
    def name(self) -> str:
        """As it is imported: `newscrawler.archive.queue.frontier`."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the packages, in order."""
    paths = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    texts = [(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths]
    return tuple(Module(path, text, ast.parse(text, path)) for path, text in texts)


@cache
def imports_of(module: Module) -> frozenset[tuple[str, str | None]]:
    """Every import wherever it stands: the module, and the name taken from it (None: the module itself)."""
    return frozenset(_imports(module))


def _imports(module: Module) -> Iterator[tuple[str, str | None]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.path}:{node.lineno}: write absolute imports"
            yield from ((node.module or "", alias.name) for alias in node.names)


@cache
def project_files() -> tuple[str, ...]:
    """Files of the project as git sees them, new ones included, ignored and deleted ones not."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout: which files belong to the project is not known")
    return tuple(sorted(name for name in set(listed.split("\0")) if name and (ROOT / name).is_file()))


def text_of(name: str) -> str | None:
    """A project file as text. None: it isn't text."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def document(name: str) -> str:
    """A document of the project. Fails the test where it is missing."""
    path = ROOT / name
    if not path.exists():
        pytest.fail(f"{name} is missing: write it; CONTRIBUTING.md says what belongs there", pytrace=False)
    return path.read_text(encoding="utf-8")


def rows(markdown: str) -> dict[str, list[str]]:
    """The table rows that begin with a name in backticks: name → cells behind it."""
    found: dict[str, list[str]] = {}
    for line in markdown.splitlines():
        if line.startswith("| `"):
            # An escaped border is part of the text.
            cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
            found[cells[0].strip("`")] = cells[1:]
    return found


def section(markdown: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its level or above. Fails the test where it is missing."""
    level = len(heading) - len(heading.lstrip("#"))
    match = re.search(rf"^{re.escape(heading)}\s*$(.*?)(?=^#{{1,{level}}} |\Z)", markdown, re.MULTILINE | re.DOTALL)
    if match is None:
        pytest.fail(f"the heading «{heading}» is missing", pytrace=False)
    return match[1]


def ticked(markdown: str) -> list[str]:
    """Everything in single backticks outside code blocks."""
    return _TICKED.findall(_BLOCK.sub("", markdown))


def code_blocks(markdown: str, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return [text for tag, text in _BLOCK.findall(markdown) if tag == language]


def unwrapped(problems: list[str], instruction: str) -> str:
    """A failure message: what to do, then where."""
    return "\n  ".join([instruction, *problems])
