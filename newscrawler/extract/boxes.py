"""Boxes that say themselves that they aren't the article: their first line is «اقرأ أيضاً», «التعليقات» or a
linked headline.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lxml.html import HtmlElement

from newscrawler.extract.blocks import HEADINGS, Block
from newscrawler.extract.boilerplate import begins_related, begins_tail, is_invitation

SHARE_MAX: Final = 0.6
"""Share of the element's text that a box may hold, 0 to 1; a larger one is the article with a label on top."""

REST_MIN: Final = 120
"""Characters of text before a box that prove that the article isn't in it, however large it is."""

CARD_LINES: Final = 5
"""Lines of a card: linked headline, teaser, date. A longer box under a linked heading is a chapter."""

_LABEL_MAX: Final = 60
"""Characters of a label."""


def boxed_lines(blocks: Sequence[Block], inside: Sequence[int], container: HtmlElement) -> set[int]:
    """Indexes of the lines in boxes that begin with the label of related articles, comments, tags or a
    newsletter.
    """
    first: dict[HtmlElement, int] = {}
    for i in inside:
        node: HtmlElement | None = blocks[i].owner
        while node is not None and node is not container and node not in first:
            first[node] = i
            node = node.getparent()
    whole = sum(blocks[i].plain for i in inside)
    found: set[int] = set()
    before = 0
    for i in inside:
        if i in found:
            continue
        lines = _boxed(blocks, inside, i, first, container)
        size = sum(blocks[j].plain for j in lines)
        if lines and (size <= SHARE_MAX * whole or before >= REST_MIN):
            found |= lines
        else:
            before += blocks[i].plain
    return found


def _boxed(
    blocks: Sequence[Block], inside: Sequence[int], index: int, first: dict[HtmlElement, int], container: HtmlElement
) -> set[int]:
    """The lines of the box that this line opens; none if it opens none."""
    block = blocks[index]
    card = block.is_link and block.tag in HEADINGS
    if not card and not _is_label(block):
        return set()
    box = _box(block.owner, index, first, container)
    if box is None:
        return set()
    own = set(box.iter())
    lines = {j for j in inside if j >= index and blocks[j].owner in own}
    return set() if card and len(lines) > CARD_LINES else lines


def _is_label(block: Block) -> bool:
    if len(block.raw) > 3 * _LABEL_MAX:
        return False
    line = block.folded
    if not (begins_related(line) or begins_tail(line) or is_invitation(line)):
        return False
    return len(block.text) <= _LABEL_MAX or block.tag in HEADINGS


def _box(owner: HtmlElement, index: int, first: dict[HtmlElement, int], container: HtmlElement) -> HtmlElement | None:
    """The largest element below the container whose first line is this one. None: the line is the
    container's own.
    """
    box = None
    node: HtmlElement | None = owner
    while node is not None and node is not container and first.get(node) == index:
        box = node
        node = node.getparent()
    return box
