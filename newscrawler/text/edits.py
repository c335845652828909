"""What a newspaper did to an article between two visits: nothing, a new headline, a correction, an addition, a rewrite.

What only looks different is no edit. A theme that curls quotation marks, a counter's white space or a paragraph
cut in two would otherwise fill the archive with edits nobody made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from newscrawler.text.diff import matcher
from newscrawler.text.fingerprint import jaccard, pairs
from newscrawler.text.normalise import TATWEEL, clean, fold

Kind = Literal["headline", "correction", "addition", "rewrite"]

ADDED_MIN: Final = 9
"""Words. Fewer are a name or a figure put in, not a sentence: of 18,817 sentences of a broadcaster 5 % are shorter."""

REMOVED_MAX: Final = 0.25
"""Words removed for each word added, up to which an edit that added a sentence is still an addition: the sentence
before it is often touched up («ارتفعت الحصيلة إلى …»). Above it, text was replaced."""

SAME_TEXT_MIN: Final = 0.6
"""Jaccard similarity of folded word pairs below which a text would not even be a near copy of what it was: that is
a rewrite. The same number as `NEWS_DUPLICATE_MIN`'s default, for the same reason; a quarter of the text replaced."""

_LOOKS: Final = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″〝〞＂", '"'),
        **dict.fromkeys("‘’‚‛‹›′ʼ`´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **{digit: str(value % 10) for value, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")},
        "…": "...",
        **dict.fromkeys((TATWEEL, "\u200d", "\ufe0e", "\ufe0f")),
    }
)
"""What themes and typographic filters change by themselves, all over a site and overnight: the shapes of quotation
marks, dashes and digits, the stroke that stretches a word. Nobody edited anything. Letters, hamzas, vowel marks,
commas and full stops are an editor's."""

_MARKS: Final = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08ca-\u08ff"
"""Marks that belong to the letter before them; `\\w` doesn't know them."""
_TOKEN: Final = re.compile(rf"[\w{_MARKS}]+|[^\w\s]")
_WORD: Final = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class State:
    """What of an article counts: a change elsewhere is no edit."""

    title: str
    """The headline."""
    standfirst: str | None
    """The standfirst. None: there is none."""
    text: str
    """The body; paragraphs are separated by an empty line."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What changed from one state to the next."""

    kind: Kind
    """`headline`: the headline and hardly anything else. `addition`: a sentence or more came, and hardly anything
    went. `rewrite`: the text would no longer be a near copy of what it was. `correction`: any other change."""
    words_changed: int
    """Words that went plus words that came, headline and standfirst included. 0: only punctuation."""
    fields: tuple[str, ...]
    """Which of `title`, `standfirst`, `text` changed, in this order."""


def edit_between(old: State, new: State) -> Edit | None:
    """What a newspaper did from one state to the next. None: the same words and signs in the same order."""
    if old == new:
        return None
    before, after = _fields(old), _fields(new)
    changed = tuple(name for name in before if before[name] != after[name])
    if not changed:
        return None
    sizes = {name: _size(before[name], after[name]) for name in changed}
    gone, come = (sum(side) for side in zip(*sizes.values(), strict=True))
    return Edit(_kind(old, new, sizes), gone + come, changed)


def _kind(old: State, new: State, sizes: dict[str, tuple[int, int]]) -> Kind:
    """By the text, standfirst included. A headline edited together with a small correction is the headline's day."""
    body = [size for name, size in sizes.items() if name != "title"]
    gone, come = sum(size[0] for size in body), sum(size[1] for size in body)
    if come >= ADDED_MIN and gone <= REMOVED_MAX * come:
        return "addition"
    if body and jaccard(_pairs(old), _pairs(new)) < SAME_TEXT_MIN:
        return "rewrite"
    return "headline" if "title" in sizes else "correction"


def _pairs(state: State) -> frozenset[str]:
    return pairs(fold(f"{state.standfirst or ''} {state.text}"))


def _fields(state: State) -> dict[str, tuple[str, ...]]:
    given = {"title": state.title, "standfirst": state.standfirst or "", "text": state.text}
    return {name: _tokens(text) for name, text in given.items()}


@lru_cache(maxsize=16)
def _tokens(text: str) -> tuple[str, ...]:
    """Words and signs without the space between them, so that neither a line end nor «قال :» counts."""
    return tuple(_TOKEN.findall(clean(text).translate(_LOOKS)))


def _size(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """Words gone and words come. Words that only moved count too, unless there are too many to follow."""
    gone = come = 0
    left, right = _without_ends(_words(before), _words(after))
    if (found := matcher(left, right)) is None:
        mine, theirs = Counter(left), Counter(right)
        return (mine - theirs).total(), (theirs - mine).total()
    for tag, i, j, k, m in found.get_opcodes():
        if tag != "equal":
            gone, come = gone + j - i, come + m - k
    return gone, come


def _words(tokens: Sequence[str]) -> list[str]:
    return [token for token in tokens if _WORD.search(token)]


def _without_ends(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    """Both without what they begin and end with alike: most of an article, mostly."""
    first, shorter = 0, min(len(left), len(right))
    while first < shorter and left[first] == right[first]:
        first += 1
    last = 0
    while last < shorter - first and left[-1 - last] == right[-1 - last]:
        last += 1
    return left[first : len(left) - last], right[first : len(right) - last]
