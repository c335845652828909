"""What speaks for a line being the article's: the witness saw it, the page's description begins with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newscrawler.extract.blocks import Block
from newscrawler.extract.document import Document
from newscrawler.text.normalise import Folded, fold

SEEN_MIN: Final = 15
"""Characters. Shorter lines («وقال») stand by chance in any text and prove nothing."""

TEASER_MIN: Final = 40
"""Characters of a teaser."""

TEASERS_MIN: Final = 4
"""Texts. Fewer under linked headlines may be an article with two related links."""

OPENING: Final = 60
"""Characters by which a line and the page's description are known to begin alike."""

DESCRIPTIONS: Final = ("og:description", "description")
"""Metas that tell machines how the article begins, or what it says."""


def seen_lines(blocks: Sequence[Block], witness: Sequence[str], evidence: Folded) -> frozenset[int]:
    """Indexes of the lines that stand in the witness's text, or in what the page tells machines (folded)."""
    text = " ".join(witness)
    # The library changes a few characters; lines that aren't found as they are get compared folded.
    folded = ""
    seen: set[int] = set()
    for index, block in enumerate(blocks):
        if block.plain < SEEN_MIN:
            continue
        if block.raw in text:
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
    under = 0
    for i in long:
        before = [blocks[j] for j in range(max(0, i - 3), i) if j not in picked]
        under += any(block.is_link and len(block.text) >= SEEN_MIN for block in before)
    return under / len(long)


def covered_share(witness: Sequence[str], text: str) -> float:
    """Share of the witness's characters that stand in our text, 0 to 1."""
    total = sum(map(len, witness))
    if not total:
        return 0.0
    return sum(len(line) for line in witness if line in text) / total
