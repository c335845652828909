"""Cuts: a text that is only a part of what it was, as a paywall or a layout that we misread leaves it.

What is left may be the beginning, or some of the paragraphs; words that ask the reader to pay may stand beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from newscrawler.text.edits import State
from newscrawler.text.fingerprint import pairs
from newscrawler.text.normalise import Folded, fold, words

LEFT_MAX: Final = 0.5
"""Share of the words up to which what is left counts as a cut: most of the article is gone. Of 4,743 real articles of
several paragraphs 85 % have no more in their first, of 366 of three or more 97 %. An editor who takes away one of three
or more paragraphs leaves no more in 5 % of cases, one of three or more sentences in 3 %."""

LEFT_MAX_DOUBTED: Final = 0.8
"""The same where the page says that it isn't free, or the site's other articles are cut at the same time: the
first paragraph of a short item may be as much (p99 0.74)."""

ASKING_MAX: Final = 40
"""Words that may have come, at most half of what is left: «اشترك لمواصلة القراءة» and the offers below it. More is a
text of its own: a summary, a rewrite."""


@dataclass(frozen=True, slots=True)
class Cut:
    """How much is left of a text."""

    words: int
    """Words that are left, those that came included."""
    of: int
    """Words that there were."""

    @property
    def left(self) -> float:
        """The share that is left, 0 to 1."""
        return self.words / self.of

    def __str__(self) -> str:
        return f"{self.words} of {self.of} words are left"


def cut_between(old: State, new: State) -> Cut | None:
    """What is left of the older text in the newer, if that is a part of it and at most LEFT_MAX_DOUBTED of its words.
    None: it is longer, or has words of its own. The headline may be another one.
    """
    before, after = _body(old), _body(new)
    cut = Cut(len(words(after)), len(words(before)))
    if not cut.words or cut.words > LEFT_MAX_DOUBTED * cut.of:
        return None
    left = pairs(after)
    came = len(left - pairs(before))
    return cut if came <= min(ASKING_MAX, len(left) / 2) else None


def _body(state: State) -> Folded:
    return fold(f"{state.standfirst or ''} {state.text}")
