"""What speaks for a line being the article's: the witness saw it, the page's description begins with it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from lxml.html import HtmlElement

from newscrawler.extract.blocks import Block
from newscrawler.extract.boilerplate import is_chrome
from newscrawler.extract.document import Document
from newscrawler.text.normalise import Folded, fold

SEEN_MIN: Final = 15
"""Characters. Shorter lines («وقال») stand by chance in any text and prove nothing."""

TEASER_MIN: Final = 40
"""Characters of a teaser."""

HEADLINE_MIN: Final = 4
"""Words of a headline; links of a menu have fewer."""

TEASERS_MIN: Final = 4
"""Texts. Fewer under linked headlines may be an article with two related links."""

OPENING: Final = 60
"""Characters by which a line and the page's description are known to begin alike."""

DESCRIPTIONS: Final = ("og:description", "description")
"""Metas that tell machines how the article begins, or what it says."""


def seen_lines(blocks: Sequence[Block], witness: Sequence[str], evidence: Folded) -> frozenset[int]:
    """Indexes of the lines that stand in the witness's text, or in what the page tells machines (folded)."""
    lines, text = set(witness), " ".join(witness)
    # The library changes a few characters; lines that aren't found as they are get compared folded.
    folded = ""
    seen: set[int] = set()
    for index, block in enumerate(blocks):
        if block.plain < SEEN_MIN:
            continue
        if block.raw in lines or block.raw in text:
            seen.add(index)
            continue
        folded = folded or fold(text)
        if block.folded in folded or block.folded in evidence:
            seen.add(index)
    return frozenset(seen)


def described_lines(document: Document, blocks: Sequence[Block], start: int) -> frozenset[int]:
    """Indexes of the lines from `start` on that begin as the page's description does."""
    told = {fold(text)[:OPENING] for name in DESCRIPTIONS for text in document.metas.get(name, ())}
    openings = {opening for opening in told if len(opening) >= OPENING}
    return frozenset(
        index
        for index, block in enumerate(blocks)
        if openings and index >= start and block.plain >= OPENING and block.folded[:OPENING] in openings
    )


def teaser_share(blocks: Sequence[Block], chosen: Sequence[int]) -> float:
    """In a listing each text stands under the linked headline of the article it begins."""
    long = [i for i in chosen if blocks[i].plain >= TEASER_MIN]
    if len(long) < TEASERS_MIN:
        return 0.0
    picked = set(chosen)
    return sum(_is_teaser(blocks, i, picked) for i in long) / len(long)


def _is_teaser(blocks: Sequence[Block], index: int, picked: Set[int]) -> bool:
    """Whether the line right above, but for a date or a byline, is a link that could be a headline."""
    for j in range(index - 1, max(-1, index - 4), -1):
        block = blocks[j]
        if block.is_link and " " in block.raw and len(block.text) >= SEEN_MIN:
            return not is_chrome(block.folded)
        if j in picked and block.plain >= TEASER_MIN:
            return False
    return False


def linked_headlines(above: Sequence[Block], headline: HtmlElement | None) -> int:
    """How many of the lines below the headline are links as long as headlines."""
    own = set(headline.iter()) if headline is not None else set()
    first = max((place for place, block in enumerate(above) if block.owner in own), default=-1) + 1
    return sum(block.is_link and len(block.text.split()) >= HEADLINE_MIN for block in above[first:])


def covered_share(witness: Sequence[str], text: str) -> float:
    """Share of the witness's characters that stand in our text, 0 to 1."""
    total = sum(map(len, witness))
    if not total:
        return 0.0
    return sum(len(line) for line in witness if line in text) / total
