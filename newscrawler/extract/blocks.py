"""A tree as lines: every run of text between two line breaks, with the element it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from newscrawler.extract.tree import BREAKS, SILENT
from newscrawler.text.normalise import Folded, clean, fold

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_VOID: Final = frozenset({"br", "hr"})
_INLINE: Final = ("a", "span", "strong", "b", "em", "i", "cite", "label", "time", "abbr", "font", "small")
_LINKS: Final = frozenset({"a", "time"})
"""A time element beside a link is part of the card, not prose."""


@dataclass(slots=True, eq=False)
class Block:
    """One line of the page."""

    text: str
    """The line, cleaned."""
    owner: HtmlElement
    """The innermost element that begins a line and contains this one."""
    linked: int
    """Characters that stand in links."""
    _folded: Folded | None = None

    @property
    def folded(self) -> Folded:
        """The line for comparing; most lines of a page are menus, and nobody asks."""
        if self._folded is None:
            self._folded = fold(self.text)
        return self._folded

    @property
    def tag(self) -> str:
        """The owner's tag."""
        return str(self.owner.tag)

    @property
    def plain(self) -> int:
        """Characters that stand in no link."""
        return max(0, len(self.text) - self.linked)

    @property
    def is_link(self) -> bool:
        """Whether nearly all of the line is a link."""
        return self.linked >= 0.8 * len(self.text)


def pieces(block: Block) -> Iterator[tuple[str, HtmlElement]]:
    """The line's text with its owner, then the inline elements in it: name, date, section."""
    yield block.text, block.owner
    for inner in block.owner.iter(*_INLINE):
        if inner is not block.owner and len(inner) <= 3:
            text = clean("".join(inner.itertext()))
            if text and text in block.text:
                yield text, inner


def blocks_of(root: HtmlElement) -> Iterator[Block]:
    """The lines of the element in reading order, empty ones and what browsers don't show left out."""
    owners: list[HtmlElement] = [root]
    parts: list[str] = []
    linked = links = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        tag = node.tag
        breaks = tag in BREAKS
        if event == "start":
            if tag in SILENT and node is not root:
                walk.skip_subtree()
                continue
            if breaks:
                yield from _block(parts, owners[-1], linked)
                linked = 0
                if tag not in _VOID:
                    owners.append(node)
            links += tag in _LINKS
            piece = node.text
        else:
            if breaks:
                yield from _block(parts, owners[-1], linked)
                linked = 0
                if tag not in _VOID:
                    owners.pop()
            links -= tag in _LINKS
            piece = node.tail if node is not root else None
        if piece:
            parts.append(piece)
            linked += len(piece.strip()) if links > 0 else 0
    yield from _block(parts, root, linked)


def _block(parts: list[str], owner: HtmlElement, linked: int) -> Iterator[Block]:
    text = clean("".join(parts)) if parts else ""
    parts.clear()
    if text:
        yield Block(text=text, owner=owner, linked=min(linked, len(text)))
