"""Tokens: an article's words in order, folded, with what stands between them and how they were written."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from newscrawler.text.normalise import TATWEEL, clean, fold

PARAGRAPH: Final = "\n"
"""The gap before the first word of the headline and of each paragraph."""

_WORD: Final = re.compile(r"([^\W_]+)")
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

    title_end: int = 0
    """How many of the words are the headline's."""

    _lines: list[str] = field(default_factory=list)
    """The headline and the paragraphs, as printed."""

    _ends: list[int] = field(default_factory=list)
    """How many words there are up to the end of each line."""

    _chunks: list[int] = field(default_factory=list)
    """For each word, how many spaces stand before it in its folded line."""

    _printed: dict[int, list[str]] = field(default_factory=dict)
    """`_printed_chunks` of the lines that a name was found in: most words are never asked for."""

    @classmethod
    def of(cls, title: str, text: str) -> Tokens:
        """The words of headline and body; paragraphs are the body's lines."""
        tokens = cls([], [], 0, [title, *text.split("\n")])
        for line in tokens._lines:
            if line:
                tokens._add(fold(line).split(" "))
            tokens._ends.append(len(tokens.words))
        return replace(tokens, title_end=tokens._ends[0])

    def _add(self, chunks: list[str]) -> None:
        """What stands between the spaces of a folded line: nine of ten are a word and nothing else, and of the others
        two of three a word and one sign.
        """
        gap, begin = PARAGRAPH, 0
        for at in [at for at, chunk in enumerate(chunks) if not chunk.isalnum()]:
            chunk = chunks[at]
            if chunk[:-1].isalnum():
                chunks[at] = chunk[:-1]
                self._add_words(chunks, begin, at + 1, gap=gap)
                begin, gap = at + 1, chunk[-1]
                continue
            if begin < at:
                self._add_words(chunks, begin, at, gap=gap)
                gap = ""
            begin = at + 1
            before, *pieces = _WORD.split(chunk)
            gap = f"{gap} {before}"
            for word, after in zip(pieces[::2], pieces[1::2], strict=True):
                self.words.append(word)
                self.gaps.append(gap.rstrip(" "))
                self._chunks.append(at)
                gap = after
        if begin < len(chunks):
            self._add_words(chunks, begin, len(chunks), gap=gap)

    def _add_words(self, chunks: Sequence[str], begin: int, end: int, *, gap: str) -> None:
        """Chunks that are a word each."""
        self.words.extend(chunks[begin:end])
        self.gaps.append(gap)
        self.gaps.extend([""] * (end - begin - 1))
        self._chunks.extend(range(begin, end))

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
        line = bisect_right(self._ends, at)
        if line not in self._printed:
            self._printed[line] = _printed_chunks(self._lines[line])
        chunk, first = self._chunks[at], self._ends[line - 1] if line else 0
        printed = self._printed[line]
        cleaned = clean(printed[chunk] if chunk < len(printed) else self.words[at])
        number = at - bisect_left(self._chunks, chunk, first, at)
        if not number and cleaned.isalnum():
            return cleaned.replace(TATWEEL, "")
        found = _WRITTEN.findall(cleaned)
        word = found[number] if number < len(found) else self.words[at]
        return _UNMARKED.sub("", word)


def _printed_chunks(line: str) -> list[str]:
    """For each chunk of the folded line the one it was printed as."""
    printed = line.split()
    if len(printed) == fold(line).count(" ") + 1:
        return printed
    return [each for each in printed for _ in fold(each).split()]  # a lone tatweel vanished, or a ligature opened
