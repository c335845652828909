"""Lines that belong to a picture: they share a small box with it and with nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from newscrawler.extract.blocks import HEADINGS, Block
from newscrawler.extract.tree import hints

CAPTION_MAX: Final = 160
"""Characters of a caption."""

CREDIT_MAX: Final = 60
"""Characters of such a line where the box holds others."""

CREDIT_BOX: Final = 12
"""Elements of such a box."""

CAPTIONS_SHARE: Final = 0.3
"""Share of the text that sentences under pictures may hold and be captions, 0 to 1."""

_PICTURE_BOX: Final = re.compile(
    r"(?:^|[\s_-])(?:img|image|photo|pic|picture|media|thumb(?:nail)?|pic-?box)(?:$|[\s_-])"
)
TEXT_TAGS: Final = HEADINGS | {"p", "li", "blockquote", "td", "th", "dd", "pre"}
"""Elements that authors write text into; a caption that is a sentence stands in another one."""


def is_caption(block: Block, container: HtmlElement | None = None) -> bool:
    """Whether the line shares a small box with a picture and nothing else, and is no sentence."""
    if len(block.raw) > CAPTION_MAX or block.folded.endswith((".", "!", "?", ":")) or block.tag in HEADINGS:
        return False
    return _shares_picture(block, container) or (container is not None and _is_beside_caption(block, container))


def sentence_captions(blocks: Sequence[Block], inside: Sequence[int], container: HtmlElement) -> frozenset[int]:
    """Indexes of the captions that are sentences; none where most of the text stands so, a picture to each chapter."""
    found = [
        i
        for i in inside
        if (blocks[i].tag not in TEXT_TAGS or in_picture_box(blocks[i]))
        and len(blocks[i].raw) <= CAPTION_MAX
        and _shares_picture(blocks[i], container)
    ]
    size, whole = sum(blocks[i].plain for i in found), sum(blocks[i].plain for i in inside)
    return frozenset(found) if size <= CAPTIONS_SHARE * whole else frozenset()


def _is_beside_caption(block: Block, container: HtmlElement) -> bool:
    """Whether the line is one of several short ones that share a small box with a picture: its owner, its words."""
    if block.tag in TEXT_TAGS or len(block.raw) > CREDIT_MAX or block.linked:
        return False
    node = block.owner.getparent()
    for _ in range(2):
        inner = list(islice(node.iter(), CREDIT_BOX + 1)) if node is not None else []
        if node is None or node is container or len(inner) > CREDIT_BOX:
            return False
        if any(child.tag in ("img", "amp-img") for child in inner):
            small = len("".join(node.itertext()).strip()) <= CAPTION_MAX
            return small and all(child.tag not in TEXT_TAGS for child in inner)
        node = node.getparent()
    return False


def _shares_picture(block: Block, container: HtmlElement | None) -> bool:
    node: HtmlElement | None = block.owner
    for _ in range(4):
        if node is None or node is container or len("".join(node.itertext()).strip()) > len(block.raw) + 10:
            return False
        if next(node.iter("img", "amp-img"), None) is not None:
            return True
        node = node.getparent()
    return False


def in_picture_box(block: Block) -> bool:
    """Whether the line is a paragraph beside a picture in a box that is called after it: `img-holder`."""
    parent = block.owner.getparent()
    if block.tag != "p" or parent is None or len(block.raw) > CAPTION_MAX or not _PICTURE_BOX.search(hints(parent)):
        return False
    return _shares_picture(block, None)
