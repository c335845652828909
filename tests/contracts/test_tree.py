"""The tree shows the flow, and holds nothing but the project."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from contracts.source import ROOT, project_files, text_of, unwrapped

TOP: Final = frozenset(
    {
        *(".ci", ".gitattributes", ".gitignore", ".pre-commit-config.yaml", "Makefile", "LICENSE"),
        *("ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "DECISIONS.md", "README.md"),
        *("constraints.txt", "pyproject.toml", "scrapy.cfg"),
        *("newscrawler", "pipelines", "seeds", "tests"),
    }
)
"""What may lie at the top. The folders were fixed at the beginning."""

PIPELINES: Final = frozenset({"__init__.py", "language.py", "dedup.py", "tag.py", "archive.py"})

# Written so that this file doesn't match itself.
TRACES: Final = re.compile(
    r"/[r]oot/|(?<![\w.])/[h]ome/\w|/[U]sers/\w|[A-Z]:\\[U]sers|/[w]ork/|--(?:extra-)?[i]ndex-url|[i]ndex-url\s*="
    r"|[f]iles\.pythonhosted|[p]ypi\.org/simple|[p]roxy\.golang|[/.]netrc"
)
"""Paths of a person's machine and addresses of package indexes."""

INVISIBLE: Final = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
"""Direction marks, zero-width characters, soft hyphens, byte order marks."""

SENTENCE_MIN: Final = 60
"""Characters. Shorter sentences («وقال المصدر إن الأمر قيد البحث») may be anybody's."""


def test_the_top_holds_only_what_was_agreed() -> None:
    """A newcomer sees six names and the usual files. What else there is belongs into one of the folders."""
    strange = sorted({name.split("/")[0] for name in project_files()} - TOP)
    assert not strange, f"move into one of the folders, or git-ignore: {', '.join(strange)}"


def test_there_are_four_pipelines() -> None:
    """What is kept is decided behind four doors; helpers live in newscrawler."""
    assert {name.removeprefix("pipelines/") for name in project_files() if name.startswith("pipelines/")} == PIPELINES


@pytest.mark.parametrize("name", sorted(PIPELINES - {"__init__.py"}))
def test_a_pipeline_is_a_door(name: str) -> None:
    """Settings in, one pure call, item out: a pipeline has no room for more."""
    lines = len((ROOT / "pipelines" / name).read_text(encoding="utf-8").splitlines())
    assert lines <= 75, f"pipelines/{name} has {lines} lines: what it decides belongs into newscrawler"


def test_seed_files_lie_in_the_folder_of_their_country() -> None:
    """seeds/sites/lb/x.toml says country = "LB"; the built-in newsroom has a folder of its own."""
    misplaced = []
    for name in project_files():
        folder, country = Path(name).parent, re.search(r'^country\s*=\s*"(\w+)"', text_of(name) or "", re.MULTILINE)
        if name.startswith("seeds/sites/") and folder.name != "demo":
            said = country[1].lower() if country else "pan"
            if folder.as_posix() != f"seeds/sites/{said}":
                misplaced.append(f"{name}: belongs into seeds/sites/{said}/")
    assert not misplaced, unwrapped(misplaced, "Move these seed files:")


def test_no_trace_of_a_machine() -> None:
    """The project installs and reads the same everywhere: no absolute path of a person, no package index."""
    found = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name in project_files()
        for number, line in enumerate((text_of(name) or "").splitlines(), 1)
        if TRACES.search(line)
    ]
    assert not found, unwrapped(found, "Write relative paths, and names with versions only:")


def test_constraints_are_names_and_versions() -> None:
    """Where packages come from is the business of whoever installs them."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    wrong = [line for line in lines if line and not re.fullmatch(r"[\w.-]+==[\w.]+(?:\s*;.*)?|#.*", line)]
    assert not wrong, unwrapped(wrong, "Only `name==version`:")


def test_what_cannot_be_seen_is_escaped() -> None:
    """A direction mark or a zero-width space is invisible in review: in source, seeds and documents it is escaped."""
    found = [
        f"{name}:{number}: U+{ord(match[0]):04X} at column {match.start() + 1}"
        for name in project_files()
        if name.endswith((".py", ".toml", ".sql", ".md", ".cfg", ".css"))
        for number, line in enumerate((text_of(name) or "").splitlines(), 1)
        if (match := INVISIBLE.search(line))
    ]
    assert not found, unwrapped(found, "Write these as \\u escapes:")


def test_nothing_of_the_corpus_was_copied() -> None:
    """Real pages belong to their newspapers: no file and no sentence of them is in this project."""
    corpus = os.environ.get("NEWS_CORPUS")
    if not corpus:
        pytest.skip("NEWS_CORPUS names no folder of real pages")
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in _files(Path(corpus))}
    sentences = {sentence for text in _texts(Path(corpus)) for sentence in _sentences(text)}
    assert len(sentences) > 1000, f"{corpus} holds no texts to compare with"
    copied = [name for name in project_files() if hashlib.sha256((ROOT / name).read_bytes()).hexdigest() in digests]
    for name in project_files():
        shared = [sentence for sentence in _sentences(text_of(name) or "") if sentence in sentences]
        copied += [f"{name}: «{shared[0][:80]}»"] if shared else []
    assert not copied, unwrapped(copied, "Write samples of your own:")


def _files(corpus: Path) -> Iterator[Path]:
    """The corpus, and the model document beside it."""
    paths = (path for folder in (corpus, corpus.parent / "seed") for path in folder.rglob("*"))
    return (path for path in paths if path.is_file() and path.stat().st_size)


def _texts(corpus: Path) -> Iterator[str]:
    """Headlines, paragraphs and articles of everything annotated, and of the large collections."""
    for path in _files(corpus):
        if path.suffix == ".txt":
            yield path.read_text(encoding="utf-8")
        elif path.suffix == ".json":
            yield from _strings(json.loads(path.read_text(encoding="utf-8")))
        elif path.suffix == ".jsonl" or path.name.endswith(".jsonl.gz"):
            data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            yield from (text for line in data.splitlines() for text in _strings(json.loads(line)))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings(item)


def _sentences(text: str) -> Iterator[str]:
    """Arabic sentences long enough to be somebody's."""
    for part in re.split(r"[.!؟?\n\"«»]+", text):
        sentence = " ".join(part.split())
        if len(sentence) >= SENTENCE_MIN and re.search("[\u0621-\u064a]", sentence):
            yield sentence
