"""What speaks for a page being no article: teasers of other articles, linked headlines, nothing but pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import Final

from lxml.html import HtmlElement

from newscrawler.extract.blocks import HEADINGS, Block
from newscrawler.extract.boilerplate import is_chrome

LINK_MIN: Final = 15
"""Characters of a link that could be a headline."""

TEASER_MIN: Final = 40
"""Characters of a teaser."""

HEADLINE_MIN: Final = 4
"""Words of a headline; links of a menu have fewer."""

TEASERS_MIN: Final = 4
"""Texts. Fewer under linked headlines may be an article with two related links."""

MORE_MAX: Final = 30
"""Characters of a button that leads to the rest of an article."""

_MORE: Final = re.compile(
    r"^\W*(?:اقرا(?:ي)? (?:المزيد|التفاصيل|المقال|الخبر)|المزيد|(?:ال)?تفاصيل|اكمل|تابع القراءه|read more|more)"
)


def teaser_share(blocks: Sequence[Block], chosen: Sequence[int]) -> float:
    """In a listing each text stands under the linked headline of the article it begins."""
    long = [i for i in chosen if blocks[i].plain >= TEASER_MIN and blocks[i].tag not in HEADINGS]
    if len(long) < TEASERS_MIN:
        return 0.0
    picked = set(chosen)
    return sum(_is_teaser(blocks, i, picked) or _leads_on(blocks, i) for i in long) / len(long)


def _is_teaser(blocks: Sequence[Block], index: int, picked: Set[int]) -> bool:
    """Whether the line right above, but for a date or a byline, is a link that could be a headline."""
    for j in range(index - 1, max(-1, index - 4), -1):
        block = blocks[j]
        if block.is_link and " " in block.raw and len(block.text) >= LINK_MIN:
            return not is_chrome(block.folded)
        if j in picked and block.plain >= TEASER_MIN:
            return False
    return False


def _leads_on(blocks: Sequence[Block], index: int) -> bool:
    """Whether the line right below is a button that leads to the rest: «اقرأ المزيد», «التفاصيل»."""
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    return below is not None and below.is_link and len(below.raw) <= MORE_MAX and bool(_MORE.match(below.folded))


def linked_headlines(above: Sequence[Block], headline: HtmlElement | None) -> int:
    """How many of the lines below the headline are links as long as headlines."""
    own = set(headline.iter()) if headline is not None else set()
    first = max((place for place, block in enumerate(above) if block.owner in own), default=-1) + 1
    return sum(block.is_link and len(block.text.split()) >= HEADLINE_MIN for block in above[first:])


def pictured_share(lines: Sequence[Block]) -> float:
    """Share of the characters of these lines that stand in figures, 0 to 1."""
    total = sum(len(line.raw) for line in lines)
    inside = [
        line for line in lines if line.tag == "figcaption" or next(line.owner.iterancestors("figure"), None) is not None
    ]
    return sum(len(line.raw) for line in inside) / total if total else 0.0
