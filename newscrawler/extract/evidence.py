"""What speaks for a line being the article's: the witness saw it, the page's description begins with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newscrawler.extract.blocks import Block
from newscrawler.extract.document import Document
from newscrawler.text.normalise import Folded, fold

SEEN_MIN: Final = 15
"""Characters. Shorter lines («وقال») stand by chance in any text and prove nothing."""

OPENING: Final = 60
"""Characters by which a line and the page's description are known to begin alike."""

FOLDED: Final = 300
"""Characters of a long line that are folded to see how it begins. Vowel marks and what nobody sees go: where less than
twice `OPENING` is left, all of it is folded."""

DESCRIPTIONS: Final = ("og:description", "description")
"""Metas that tell machines how the article begins, or what it says."""


def seen_lines(blocks: Sequence[Block], witness: Sequence[str], evidence: Folded) -> frozenset[int]:
    """Indexes of the lines that stand in the witness's text, or in what the page tells machines (folded)."""
    if not witness and not evidence:
        return frozenset()
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
        if openings and index >= start and block.plain >= OPENING and _opening(block) in openings
    )


def _opening(block: Block) -> Folded:
    """The first characters of the line, folded. Of a long paragraph no more is folded: nobody else wants the rest."""
    if block.is_short:
        return Folded(block.folded[:OPENING])
    first = fold(block.raw[:FOLDED])
    return Folded((first if len(first) >= 2 * OPENING else block.folded)[:OPENING])


def covered_share(witness: Sequence[str], text: str) -> float:
    """Share of the witness's characters that stand in our text, 0 to 1."""
    total = sum(map(len, witness))
    if not total:
        return 0.0
    return sum(len(line) for line in witness if line in text) / total
