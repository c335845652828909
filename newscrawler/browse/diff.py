"""What changed between two states of a text: by paragraph, and inside a paragraph by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final, Literal

Kind = Literal["same", "gone", "new"]

_WORD: Final = re.compile(r"\s+|\S+")
_LIMIT: Final = 1500
"""Words. Above it a paragraph is shown whole, old and new: the comparison is quadratic at worst."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and whether both states have it."""

    kind: Kind
    """`same` in both, `gone` from the newer state, `new` in it."""
    text: str
    """As stored."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the comparison."""

    changed: bool
    """Whether any piece of it isn't the same."""
    pieces: tuple[Piece, ...]
    """In reading order; joined, `same` and `new` give the newer paragraph."""


def compare(old: str, new: str) -> list[Paragraph]:
    """The paragraphs of both states in order. Texts have an empty line between paragraphs."""
    before, after = old.split("\n\n"), new.split("\n\n")
    return [
        paragraph
        for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        for paragraph in _block(tag, before[i:j], after[k:m])
    ]


def _block(tag: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Paragraph]:
    if tag == "equal":
        yield from (Paragraph(changed=False, pieces=(Piece("same", text),)) for text in after)
        return
    for left, right in zip_longest(before, after):
        yield Paragraph(changed=True, pieces=tuple(_words(left or "", right or "")))


def _words(left: str, right: str) -> Iterator[Piece]:
    before, after = _WORD.findall(left), _WORD.findall(right)
    if not before or not after or max(len(before), len(after)) > _LIMIT:
        yield from _pair(left, right)
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < 0.3:  # two different paragraphs: a word-by-word mixture could not be read
        yield from _pair(left, right)
        return
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(after[k:m]))
        else:
            yield from _pair("".join(before[i:j]), "".join(after[k:m]))


def _pair(left: str, right: str) -> Iterator[Piece]:
    if left:
        yield Piece("gone", left)
    if right:
        yield Piece("new", right)
