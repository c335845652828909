"""How a text begins: a line that goes on with what was said, a beginning that is printed twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from newscrawler.extract.blocks import Block
from newscrawler.text.normalise import Folded

CUT_MAX: Final = 3
"""Paragraphs of which one may stand above the text once more, cut."""

CUT_MIN: Final = 30
"""Characters of such a beginning."""

_CONTINUES: Final = re.compile(
    r"^و[ء-ي]{3,}|^(?:كما|ومن|من جه|من جانب|بدوره|بدورها|ولفت|ثم|فيما|الي ذلك|في حين|"
    r"جاء(?:ت)? (?:ذلك|هذا|هذه)|ف[ي]? المقابل)\b"
)


def goes_on(line: Folded) -> bool:
    """Whether the line goes on with a story that has begun: «وأوضح …», «من جانبه …»."""
    return bool(_CONTINUES.match(line))


def is_cut(line: Block, text: Sequence[Block]) -> bool:
    """Whether the line is the beginning of the first paragraph, cut: «أعلنت الوزارة أن …»."""
    bare = line.folded.rstrip(" .…")
    if len(bare) < CUT_MIN:
        return False
    return any(len(other.raw) > len(line.raw) and other.folded.startswith(bare) for other in text[:CUT_MAX])


def without_teaser(blocks: Sequence[Block], kept: list[int]) -> list[int]:
    """The lines without such a beginning among the first two."""
    for place, i in enumerate(kept[:2]):
        following = [blocks[j] for j in kept[place + 1 : place + 1 + CUT_MAX]]
        if blocks[i].is_short and blocks[i].folded.endswith((".", "…")) and is_cut(blocks[i], following):
            return [*kept[:place], *kept[place + 1 :]]
    return kept
