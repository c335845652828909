"""Where a line stands that shows a date: near the headline, in it, or in a menu, a ticker or the site's own head."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import lru_cache
from typing import Final, NamedTuple

from lxml.html import HtmlElement

from newscrawler.extract.blocks import HEADINGS, Block
from newscrawler.extract.date_lines import is_label_word
from newscrawler.extract.tree import hints
from newscrawler.text.normalise import fold

_CLOCK: Final = re.compile(r"ticker|breaking|clock|today")
_NEWS_BAR: Final = re.compile(r"news-?bar")
"""Above the headline a ticker; below it the bar with the article's own date."""

_SITE_HEAD: Final = re.compile(
    r"(?:^|[\s_-])(?:(?:main|site|page|top)-?(?:header|head|bar)|header-?(?:date|time|top)|masthead|top-?date)"
    r"(?:$|[\s_-])"
)
_REMEMBERED: Final = 1024
"""Names of boxes of which is kept what they say: the same few stand around every line, and on every page of a site."""

STEPS_MAX: Final = 7
"""Levels between a date's line and the element that holds it and the headline."""

_COUNTED_FROM: Final = frozenset({"من", "علي"})
"""Words after «قبل 3 أيام» that name what it counts from; without them it counts from now."""
_BESIDE_MAX: Final = 4
"""Words beside a date that counts from now: a name, a city, a section. More are a sentence."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_APART: Final = re.compile(r"[|•·–—]|\s-\s")
"""What divides a line into entries: «منذ ساعتين | وكالة الأنباء - الدوحة»."""


def belongs(block: Block, headline: HtmlElement | None, around: Set[HtmlElement], *, is_above: bool) -> bool:
    """Whether the line stands near the headline: not in a site header, a menu, a ticker or another box.

    `around`: the elements that the headline stands in.
    """
    for steps, node in enumerate((block.owner, *block.owner.iterancestors())):
        if node in around:
            if is_above and steps > 1 and node.tag in ("body", "form"):
                return False  # a box of the page's own head: its date is today's
            return steps <= STEPS_MAX and node.tag != "html"
        if node.tag == "body":
            continue
        box = _box_called(hints(node))
        if node.tag in ("nav", "aside") or box.is_clock or (is_above and box.is_news_bar):
            return False
        if box.is_site_head and headline is not None and node is not headline:
            return steps == 0 and node.tag in HEADINGS
    return headline is None


class _Box(NamedTuple):
    """What an element's names say of the dates in it."""

    is_clock: bool
    is_news_bar: bool
    is_site_head: bool


@lru_cache(maxsize=_REMEMBERED)
def _box_called(names: str) -> _Box:
    return _Box(*(pattern.search(names) is not None for pattern in (_CLOCK, _NEWS_BAR, _SITE_HEAD)))


def inside(element: HtmlElement, container: HtmlElement) -> bool:
    """Whether the element is the container or in it."""
    return element is container or any(node is container for node in element.iterancestors())


def divided(lines: Sequence[Block], headline: HtmlElement | None) -> tuple[list[Block], list[Block]]:
    """The headline's own lines, and the others. «عودة قبل 3 أيام من المباراة» is news, and dates nothing; a day in a
    headline («أسعار الذهب الأحد 22/11/2026») is believed where no line below it shows one.
    """
    own = [headline is not None and inside(block.owner, headline) for block in lines]
    return (
        [block for block, is_own in zip(lines, own, strict=True) if is_own],
        [block for block, is_own in zip(lines, own, strict=True) if not is_own],
    )


def is_told(text: str, start: int, end: int) -> bool:
    """Whether the words from start to end count from an event that the text tells of, and not from now."""
    after = fold(text[end:])
    first = _WORD.search(after)
    if first is not None and first[0] in _COUNTED_FROM and not after[: first.start()].strip():
        return True
    beside = _WORD.findall(f"{_APART.split(fold(text[:start]))[-1]} {_APART.split(after)[0]}")
    return sum(not is_label_word(word) for word in beside) > _BESIDE_MAX
