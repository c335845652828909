"""A tree as lines: every run of text between two line breaks, with the element it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from newscrawler.extract.tree import BREAKS, SILENT
from newscrawler.text.normalise import Folded, clean, fold

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
SHORT: Final = 400
"""Characters. The longest notice met between paragraphs, a comment policy, has 273."""

_INVISIBLE: Final = (
    " \u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
"""Marks that leave a line empty if it has nothing else."""
_INLINE: Final = ("a", "span", "strong", "b", "em", "i", "cite", "label", "time", "abbr", "font", "small")
_BREAK, _BREAK_VOID, _SILENCE, _LINK = "break", "void", "silence", "link"
_KINDS: Final = {
    **dict.fromkeys(BREAKS, _BREAK),
    **dict.fromkeys(("br", "hr"), _BREAK_VOID),
    **dict.fromkeys(SILENT, _SILENCE),
    **dict.fromkeys(("a", "time"), _LINK),  # a time element beside a link is part of the card, not prose
}
"""What an element does to the line; one look-up for each of a page's thousand elements."""


class Block:
    """One line of the page. Cleaned and folded only when somebody asks: most lines of a page are menus."""

    __slots__ = ("_folded", "_pieces", "_text", "linked", "owner", "plain", "raw")

    def __init__(self, raw: str, owner: HtmlElement, linked: int) -> None:
        self.raw: Final = raw
        """The line with single spaces, not yet cleaned; never empty."""
        self.owner: Final = owner
        """The innermost element that begins a line and contains this one."""
        self.linked: Final = min(linked, len(raw))
        """Characters that stand in links."""
        self.plain: Final = len(raw) - self.linked
        """Characters that stand in no link."""
        self._text: str | None = None
        self._folded: Folded | None = None
        self._pieces: list[tuple[str, HtmlElement]] | None = None

    @property
    def text(self) -> str:
        """The line, cleaned."""
        if self._text is None:
            self._text = clean(self.raw)
        return self._text

    @property
    def folded(self) -> Folded:
        """The line for comparing."""
        if self._folded is None:
            self._folded = fold(self.text)
        return self._folded

    def pieces(self) -> list[tuple[str, HtmlElement]]:
        """The line's text with its owner, then the inline elements in it: name, date, section."""
        if self._pieces is None:
            self._pieces = list(_pieces_of(self))
        return self._pieces

    @property
    def is_short(self) -> bool:
        """Whether the line may be a label, a notice or a credit; longer ones are never folded to find out."""
        return len(self.raw) <= SHORT

    @property
    def tag(self) -> str:
        """The owner's tag."""
        return str(self.owner.tag)

    @property
    def is_link(self) -> bool:
        """Whether nearly all of the line is a link."""
        return self.linked >= 0.8 * len(self.raw)


def _pieces_of(block: Block) -> Iterator[tuple[str, HtmlElement]]:
    yield block.text, block.owner
    if not len(block.owner):
        return
    for inner in block.owner.iter(*_INLINE):
        if inner is not block.owner and len(inner) <= 3:
            text = _text_within(inner, len(block.raw))
            if text and text in block.text:
                yield text, inner


def _text_within(element: HtmlElement, most: int) -> str:
    """The element's text, cleaned; empty if it has more than `most` characters beside white space.

    It may hold half of the page: a link around a menu, a label around a form.
    """
    if not len(element):
        return clean(element.text or "")
    parts: list[str] = []
    for part in element.itertext():
        parts.append(part)
        most -= len("".join(part.split()))
        if most < 0:
            return ""
    return clean("".join(parts))


def blocks_of(root: HtmlElement) -> Iterator[Block]:
    """The lines of the element in reading order, empty ones and what browsers don't show left out."""
    owners: list[HtmlElement] = [root]
    parts: list[str] = []
    linked = links = 0
    kind_of = _KINDS.get
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        kind = kind_of(node.tag)
        if kind is None:
            pass
        elif kind is _LINK:
            links += 1 if event == "start" else -1
        elif kind is _SILENCE:
            if event == "start" and node is not root:
                walk.skip_subtree()
                continue
        else:
            if parts:
                yield from _block(parts, owners[-1], linked)
            linked = 0
            if kind is _BREAK:
                if event == "start":
                    owners.append(node)
                else:
                    owners.pop()
        piece = node.text if event == "start" else (node.tail if node is not root else None)
        # Between elements stand line ends and indents: a line doesn't begin with them (0.4 ms of 1.1 a page).
        if piece and (parts or not piece.isspace()):
            parts.append(piece)
            linked += len(piece.strip()) if links > 0 else 0
    yield from _block(parts, root, linked)


def _block(parts: list[str], owner: HtmlElement, linked: int) -> Iterator[Block]:
    raw = " ".join("".join(parts).split()) if parts else ""
    parts.clear()
    if raw.strip(_INVISIBLE):
        yield Block(raw, owner, linked)
