"""Tokens: an article's words in order, folded, with what stands between them and how they were written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from newscrawler.text.normalise import TATWEEL, clean, fold

PARAGRAPH: Final = "\n"
"""The gap before the first word of the headline and of each paragraph."""

_WORD: Final = re.compile(r"[^\W_]+")
_MARKS: Final = f"\u064b-\u065f\u0670{TATWEEL}"
_WRITTEN: Final = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_UNMARKED: Final = re.compile(f"[{_MARKS}]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """One article, cut into words."""

    words: list[str] = field(default_factory=list)
    """Folded, without punctuation."""

    gaps: list[str] = field(default_factory=list)
    """Punctuation between a word and the one before it, folded. Empty: only a space. PARAGRAPH: a new one begins.
    With a space in it where there is one: the hyphen of «جان-كلود» has none."""

    written: list[tuple[str, int]] = field(default_factory=list)
    """What stood between two spaces, as printed, and which word of it is meant."""

    title_end: int = 0
    """How many of the words are the headline's."""

    @classmethod
    def of(cls, title: str, text: str) -> Tokens:
        """The words of headline and body; paragraphs are the body's lines."""
        tokens = cls()
        title_end = 0
        for number, line in enumerate((title, *text.split("\n"))):
            tokens._add(line)
            title_end = title_end if number else len(tokens.words)
        return cls(tokens.words, tokens.gaps, tokens.written, title_end)

    def _add(self, line: str) -> None:
        gap = PARAGRAPH
        for folded, written in _chunks(line):
            if folded.isalnum():  # nine of ten are a word and nothing else
                self.words.append(folded)
                self.gaps.append(gap.rstrip(" "))
                self.written.append((written, 0))
                gap = ""
                continue
            gap += " "
            at = 0
            for number, match in enumerate(_WORD.finditer(folded)):
                self.words.append(match[0])
                self.gaps.append((gap + folded[at : match.start()]).rstrip(" "))
                self.written.append((written, number))
                gap, at = "", match.end()
            gap += folded[at:]

    def spelling(self, start: int, end: int, *, clitic: int = 0) -> str:
        """The words as the newspaper spelt them, without vowel marks and tatweel.

        `clitic`: how many letters of the first one are particles to be left out; «لل» becomes «ال».
        """
        parts = [self._spelt(at) for at in range(start, end)]
        if clitic and parts:
            first = parts[0]
            parts[0] = "ال" + first[clitic:] if first[:clitic].endswith("لل") else first[clitic:]
        return " ".join(parts)

    def _spelt(self, at: int) -> str:
        written, number = self.written[at]
        found = _WRITTEN.findall(clean(written))
        word = found[number] if number < len(found) else self.words[at]
        return _UNMARKED.sub("", word)


def _chunks(line: str) -> Iterable[tuple[str, str]]:
    """What stands between spaces, folded and as written, side by side."""
    written = line.split()
    folded = fold(line).split(" ") if written else []
    if len(written) == len(folded):
        return zip(folded, written, strict=True)
    return _one_by_one(written)  # a lone tatweel vanished, or a ligature opened into several words


def _one_by_one(written: Sequence[str]) -> Iterator[tuple[str, str]]:
    for chunk in written:
        for folded in fold(chunk).split():
            yield folded, chunk
