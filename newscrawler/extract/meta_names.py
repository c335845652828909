"""Writers in the line below the headline that nothing calls a byline: beside a date, or behind the icon of a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from lxml.html import HtmlElement

from newscrawler.extract.blocks import HEADINGS, Block
from newscrawler.extract.boilerplate import is_chrome
from newscrawler.extract.date_lines import has_date, is_date_word
from newscrawler.extract.given_names import begins_with_given_name
from newscrawler.extract.names import is_credit
from newscrawler.extract.places import has_articles, is_place
from newscrawler.extract.signatures import LINE_MAX
from newscrawler.extract.tables import folded_list
from newscrawler.extract.tree import hints, text_of
from newscrawler.text.normalise import fold
from newscrawler.text.noun_shapes import is_noun_shaped

_NAME_WORDS: Final = range(2, 5)
"""Words of a name that no label announces."""

_SIDES: Final = re.compile(r"\s*[|•·–—،]\s*|\s+[-/]\s+")
_NAME: Final = re.compile(r"^[^\W\d_]+(?:\s[^\W\d_]+){1,3}$")
_ICON: Final = re.compile(r"(?:^|[\s_-])(?:user|author|writer|pencil|pen|feather|edit|person|account)(?:$|[\s_-])")
_OWN_PAGE: Final = folded_list("دخول خروج حسابي حساب ملفي عضوية قراءة اقرأ وقت")
"""What else stands behind such an icon: the reader's own page."""
_LABELS: Final = folded_list("الكاتب الكاتبة بقلم كتب كتبت كتبه كتبها إعداد بواسطة المؤلف الصحفي الصحفية المراسل")
_LABEL_MAX: Final = 12
"""Characters of a line that is a label."""
_EMPTY: Final = frozenset({"i", "span", "svg", "img", "em"})
"""Elements that draw an icon and hold no text."""


def below_headline(above: Sequence[Block]) -> Sequence[Block]:
    """The lines between the page's last big heading and its text. Empty: there is no h1 above the text."""
    last = max((place for place, block in enumerate(above) if block.tag == "h1"), default=None)
    return () if last is None else above[last + 1 :]


def dated_writer(line: str, outlets: frozenset[str]) -> list[str]:
    """The writer of a line that holds a date and one name: «سعاد نور | 11 مايو 2024 | تعليق واحد», «سعاد نور 11
    مايو 2024 3 تعليقات». Empty: it holds none, or several things that may be one.
    """
    if len(line) > LINE_MAX or not has_date(fold(line)):
        return []
    parts = [part for part in _SIDES.split(line) if part]
    if len(parts) == 1:
        parts = [_before_date(line)]
    people = [part for part in parts if begins_with_given_name(part) and _may_be_name(part, outlets)]
    return people if len(people) == 1 else []


def icon_writer(block: Block, outlets: frozenset[str]) -> list[str]:
    """The writer whose name stands behind the icon of a person or a pen and fills its line or element."""
    if len(block.raw) > LINE_MAX or block.tag in HEADINGS:
        return []
    return [
        text
        for text, element in block.pieces()
        if _may_be_name(text, outlets) and any(map(_ICON.search, _icons(element)))
    ][:1]


def labelled_apart(blocks: Sequence[Block], outlets: frozenset[str]) -> list[str]:
    """The writer whose name is a line of its own below a line that says only «الكاتب», as Drupal prints its fields."""
    return [
        name.text
        for label, name in pairwise(blocks)
        if len(label.raw) <= _LABEL_MAX and label.folded.strip(" :/") in _LABELS and _may_be_name(name.text, outlets)
    ]


def _icons(element: HtmlElement) -> Iterator[str]:
    """The names of the empty element that an element begins with, and of the one right before it."""
    before = element.getprevious()
    if len(element) and _is_empty(element[0]) and not (element.text or "").strip():
        yield hints(element[0])
    if before is not None and _is_empty(before) and not (before.tail or "").strip():
        yield hints(before)


def _is_empty(element: HtmlElement) -> bool:
    return element.tag in _EMPTY and not text_of(element)


def _before_date(line: str) -> str:
    """The words before the first number, month or weekday."""
    words: list[str] = []
    for word in line.split():
        bare = fold(word).strip(" ،,:.")
        if any(letter.isdigit() for letter in bare) or is_date_word(bare):
            break
        words.append(word)
    return " ".join(words)


def _may_be_name(text: str, outlets: frozenset[str]) -> bool:
    if len(text.split()) not in _NAME_WORDS or not _NAME.match(text):
        return False
    first = fold(text).partition(" ")[0]
    if first in _OWN_PAGE or is_noun_shaped(first):
        return False  # «دخول الأعضاء», «تسجيل الدخول»
    return not (is_place(text) or has_articles(text) or is_chrome(fold(text))) and is_credit(text, outlets)
