"""Boxes that say themselves that they aren't the article: their first line is «اقرأ أيضاً» or «التعليقات»."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lxml.html import HtmlElement

from newscrawler.extract.blocks import HEADINGS, Block
from newscrawler.extract.boilerplate import begins_related, begins_tail, is_invitation

SHARE_MAX: Final = 0.6
"""Share of the element's text that a box may hold, 0 to 1; a larger one is the article with a label on top."""

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
    for i in inside:
        if i in found or not _is_label(blocks[i]):
            continue
        box = _box(blocks[i].owner, i, first, container)
        lines = (
            {j for j in inside if j >= i and (blocks[j].owner is box or box in _above(blocks[j].owner))}
            if box is not None
            else set()
        )
        if sum(blocks[j].plain for j in lines) <= SHARE_MAX * whole:
            found |= lines
    return found


def _is_label(block: Block) -> bool:
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


def _above(element: HtmlElement) -> list[HtmlElement]:
    return list(element.iterancestors())
