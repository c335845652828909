"""simplemma's Arabic dictionary with folded keys: 260,000 forms of words and what they are forms of.

As Python dictionaries the two take 97 MB. Here the forms are sorted lines in blocks: a bisection finds the block, a
search in it the line. Making them takes 0.7 s, needs 21 MB that stay and 55 more while it lasts; they are kept in a
file (`dictionary_file.py`), from which they come in 0.05 s. An answer takes 1 µs.
"""

from __future__ import annotations

import hashlib
import inspect
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Final, Self

from newscrawler.text import dictionary_file, normalise
from newscrawler.text.normalise import fold

_BLOCK: Final = 16
"""Lines in a block. Fewer make the list of blocks longer, more make the search in one slower."""

_CHUNK: Final = 2_000
"""Words folded in one go: calling fold() for each takes 3 times as long."""

_BORDER: Final = "\0"
"""Between the parts of the file; in no word."""

_loading: Final = Lock()


class Dictionary:
    """Forms of Arabic words, all folded."""

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        """`forms` are pairs of a form and its lemma as a dictionary prints them; a form may have several."""
        lines = sorted(_lines(forms))
        self._set(list(_blocks(lines)))
        del lines  # now: what is made from here on would keep its memory from being given back
        self._verbs = frozenset(
            lemma for form in self.beginning("ي") if len(form) > 2 for lemma in self.lemmas(form) if lemma[0] != "ي"
        )

    @classmethod
    def of_simplemma(cls) -> Self:
        """The dictionary that simplemma brings; `arabic()` loads it once."""
        if (kept := dictionary_file.read(key := _key())) is not None:
            return cls._restored(kept)
        from simplemma.strategies.dictionaries import DefaultDictionaryFactory  # 30 ms, and most commands need none

        made = cls(DefaultDictionaryFactory().get_dictionary("ar").items())
        dictionary_file.write(key, made._as_text())
        return made

    @classmethod
    def _restored(cls, text: str) -> Self:
        verbs, *blocks = text.split(_BORDER)
        dictionary = cls.__new__(cls)
        dictionary._set(blocks)
        dictionary._verbs = frozenset(verbs.split())
        return dictionary

    def _as_text(self) -> str:
        return _BORDER.join((" ".join(sorted(self._verbs)), *self._blocks))

    def _set(self, blocks: list[str]) -> None:
        self._blocks = blocks
        self._firsts = [block[1 : block.index(" ")] for block in blocks]

    def lemmas(self, word: str) -> list[str]:
        """What the folded word is a form of: once for each unfolded spelling that says so. Empty: it isn't known."""
        number = bisect_right(self._firsts, word) - 1
        if number < 0 or not word:
            return []
        block = self._blocks[number]
        begin = block.find(f"\n{word} ")
        if begin < 0:
            return []
        begin += len(word) + 2
        end = block.index("\n", begin)
        return block[begin:end].split(" ")

    def __contains__(self, word: str) -> bool:
        number = bisect_right(self._firsts, word) - 1
        return number >= 0 and word != "" and f"\n{word} " in self._blocks[number]

    def is_verb(self, lemma: str) -> bool:
        """Whether the lemma is a verb: it has forms in ي that it doesn't begin with itself."""
        return lemma in self._verbs

    def beginning(self, prefix: str) -> Iterator[str]:
        """The forms that begin so, in the order of their letters."""
        for block in islice(self._blocks, max(0, bisect_left(self._firsts, prefix) - 1), None):
            for line in block[1:-1].split("\n"):
                form = line[: line.index(" ")]
                if form.startswith(prefix):
                    yield form
                elif form[: len(prefix)] > prefix:
                    return


def arabic() -> Dictionary:
    """The Arabic dictionary, loaded by the first who asks; other threads wait for it."""
    with _loading:
        return _once()


def dictionary_version() -> str:
    """Which dictionary is installed, such as "simplemma-2.0.0"; doesn't load it."""
    return f"simplemma-{version('simplemma')}"


def _key() -> str:
    """Of what the file is made: simplemma's list, how a word is folded here, and Unicode's tables."""
    made_by = hashlib.sha256()
    for module in (__file__, normalise.__file__):
        made_by.update(Path(module).read_bytes())
    return f"{dictionary_version()} unicode-{unicodedata.unidata_version} {made_by.hexdigest()[:16]}"


@cache
def _once() -> Dictionary:
    return Dictionary.of_simplemma()


def _lines(forms: Iterable[tuple[str, str]]) -> Iterator[str]:
    """«form lemma», folded, for every pair that is one word each after folding."""
    forms = iter(forms)
    while chunk := list(islice(forms, _CHUNK)):
        sides = (_fold_each([pair[side] for pair in chunk]) for side in (0, 1))
        pairs = map(" ".join, zip(*sides, strict=True))
        yield from (line for line in pairs if line.count(" ") == 1 and line[0] != " " and line[-1] != " ")


def _fold_each(words: list[str]) -> list[str]:
    """As fold() for each. fold() itself would remember these texts and forget those it is to remember."""
    together: str = inspect.unwrap(fold)("|".join(words))
    return together.split("|")


def _blocks(lines: list[str]) -> Iterator[str]:
    """Lines in blocks that begin and end with a line end; the lemmas of a form stand in one line."""
    block: list[str] = []
    last = ""
    for line in lines:
        form, _, lemma = line.partition(" ")
        if form == last:
            block[-1] += f" {lemma}"
            continue
        if len(block) == _BLOCK:
            yield "\n" + "\n".join(block) + "\n"
            block = []
        block.append(line)
        last = form
    if block:
        yield "\n" + "\n".join(block) + "\n"
