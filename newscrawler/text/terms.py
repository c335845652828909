"""terms(): a text as the search sees it, word by word. Index, query and highlighting all go through it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from newscrawler.text.lemmas import lemma_of
from newscrawler.text.normalise import Folded, fold

_WORD: Final = re.compile(r"([^\W_]+)(_?)")
"""A folded word, and the sign that ة left behind it."""

_SERVANT_OF: Final = re.compile(r"\b([وفبلك]?عبد)(?=ال\w\w)")
"""«عبدالله» and «عبد الله» are one name, printed in both ways."""

_FATHER_OF: Final = re.compile(r"\b([وفبلك]?ابو)(?!اب|اق|ين\b|يه|يها|يهم|يا\b)(?=\w{3})")
"""So are «أبوظبي» and «أبو ظبي». Not doors, trumpets and parents."""


class Word(NamedTuple):
    """A word of a text, folded."""

    folded: Folded
    """Without what stood before and after it."""
    his: bool
    """Whether it ends in ه in a text that knows ة, so that it may be «his …»."""


def words_of(text: str, *, knows_ta: bool | None = None) -> list[Word]:
    """The words of a text in order. «ة» and «ه» fold alike; `his` keeps the difference where there is one.

    `knows_ta`: whether its writer uses ة. None: if the text has one.
    """
    knows = "ة" in text if knows_ta is None else knows_ta
    marked = _opened(fold(text.replace("ة", "ه_")))
    return [Word(Folded(word), his=knows and not sign and word[-1] == "ه") for word, sign in _WORD.findall(marked)]


def terms(text: str) -> list[str]:
    """The terms of a text in order: lemmas, and the stems of words that no dictionary has."""
    return [lemma_of(word, his=his) for word, his in words_of(text)]


def _opened(folded: str) -> str:
    opened = _SERVANT_OF.sub(r"\1 ", folded) if "عبدال" in folded else folded
    return _FATHER_OF.sub(r"\1 ", opened) if "ابو" in opened else opened
