"""Which of a page's lines are the article: the element that holds them, and the lines in it that aren't.

Witnesses are the trafilatura pass, the page's own JSON-LD text and the lines themselves. Names of classes
only ever turn the scale where little text hangs on them.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from typing import Final

from lxml.html import HtmlElement

from newscrawler.extract.asides import SENTENCE_MIN, doubtful_lines
from newscrawler.extract.blocks import HEADINGS, Block
from newscrawler.extract.boilerplate import is_chrome
from newscrawler.extract.box_names import BODY_HINT
from newscrawler.extract.tree import hints

DESCEND_SHARE: Final = 0.8
"""Share of the weight a child must hold for the search to go into it. At 0.7 bodies cut in two by an
advertisement lost their smaller half, at 0.9 three related teasers kept the search too high."""

NAMED_SHARE: Final = 0.5
"""The same share for a child whose name says that it is the text (`article-body`)."""

LINKS_MIN: Final = 3
"""Linked lines. An element with so many and no sentence is a menu or a list of other articles."""

_UNSEEN: Final = 0.25
"""Weight of a line no witness has seen, against 1."""
_DOUBTED: Final = 0.03
"""Weight of a line inside an element named like a related box, a comment or a footer."""
_LEAVES: Final = frozenset({"p", "li", "dd", "dt", "pre", "figcaption", *HEADINGS})


@dataclass(frozen=True, slots=True)
class Scene:
    """The page's lines with what is known about each."""

    blocks: Sequence[Block]
    """All lines in reading order."""
    seen: frozenset[int]
    """Indexes of the lines that a witness counts to the article."""
    start: int
    """Index of the first line after the headline; 0 if the headline isn't among the lines."""
    described: frozenset[int] = frozenset()
    """Indexes of the lines that the page's description begins with: the article's first, whatever box it is in."""
    names: dict[HtmlElement, frozenset[str]] = field(default_factory=dict)
    """What elements are called, as far as somebody asked (asides.py)."""


def find_container(scene: Scene, root: HtmlElement) -> HtmlElement:
    """The smallest element that holds nearly all of the article's weight."""
    weighed = _weighed(scene)
    place = root
    while True:
        best = max((child for child in place if child in weighed), key=lambda child: weighed[child].least, default=None)
        if best is None or best.tag in _LEAVES:
            return place
        share = _share_needed(best, weighed[best])
        if weighed[best].least < share * weighed[place].least:
            return place
        place = best


def sure_container(scene: Scene, root: HtmlElement) -> HtmlElement | None:
    """What `find_container` finds whatever further lines a witness counts to the article. None: it may matter."""
    weighed = _weighed(scene)
    if root not in weighed:
        return None
    place = root
    while True:
        whole = weighed[place]
        entered = None
        for child in place:
            mine = weighed.get(child)
            if mine is None or child.tag in _LEAVES:
                continue
            share = _share_needed(child, mine)
            if mine.most >= share * (mine.most + whole.least - mine.least):  # the witness has seen only what is in it
                if mine.least <= share * (mine.least + whole.most - mine.most):  # or all but that
                    return None
                entered = child
        if entered is None:
            return place
        place = entered


def menus_in(blocks: Sequence[Block], root: HtmlElement) -> frozenset[HtmlElement]:
    """The elements that hold links and not one sentence: menus, lists of headlines, footers.

    Showing trafilatura a page without them halves its time and takes nothing from the article.
    """
    prose: set[HtmlElement] = {root}
    links: dict[HtmlElement, int] = {}
    for block in blocks:
        node: HtmlElement | None = block.owner
        if block.plain >= SENTENCE_MIN:
            while node is not None and node not in prose:
                prose.add(node)
                node = node.getparent()
        elif block.linked:
            while node is not None and node not in prose:
                links[node] = links.get(node, 0) + 1
                node = node.getparent()
    return frozenset(node for node, count in links.items() if count >= LINKS_MIN and node not in prose)


@dataclass(slots=True)
class _Weight:
    """What the lines in an element weigh."""

    least: float = 0.0
    """As far as it is known who has seen them."""
    most: float = 0.0
    """If a witness has seen all of them."""
    lines: int = 0
    """How many they are."""


def _weighed(scene: Scene) -> dict[HtmlElement, _Weight]:
    """The weight of every element that holds a sentence."""
    weighed: dict[HtmlElement, _Weight] = {}
    paths: dict[HtmlElement, list[_Weight]] = {}
    long = [i for i, block in enumerate(scene.blocks) if block.plain >= SENTENCE_MIN]
    doubtful = doubtful_lines(scene.blocks, long, own=scene.names)
    for index in long:
        weight = _weight(scene, index, doubtful)
        if weight <= 0:
            continue
        most = weight if index in scene.seen else weight / _UNSEEN
        for mine in _path(scene.blocks[index].owner, weighed, paths):
            mine.least += weight
            mine.most += most
            mine.lines += 1
    return weighed


def _path(
    owner: HtmlElement, weighed: dict[HtmlElement, _Weight], paths: dict[HtmlElement, list[_Weight]]
) -> list[_Weight]:
    """The weights of an element and of those it stands in. Paragraphs stand in the same ones: kept for each box."""
    if owner not in paths:
        box = owner.getparent()
        outer = [] if box is None else paths.get(box)
        if outer is None:
            outer = paths[box] = [weighed.setdefault(node, _Weight()) for node in (box, *box.iterancestors())]
        paths[owner] = [weighed.setdefault(owner, _Weight()), *outer]
    return paths[owner]


def _share_needed(element: HtmlElement, weight: _Weight) -> float:
    """Share of its parent's weight that the element must hold for the search to go into it; 2 is never reached."""
    if BODY_HINT.search(hints(element)):
        return NAMED_SHARE
    return DESCEND_SHARE if weight.lines >= 2 else 2.0


def _weight(scene: Scene, index: int, doubtful: Set[int]) -> float:
    block = scene.blocks[index]
    if block.linked > block.plain or (block.is_short and is_chrome(block.folded)):
        return 0.0
    weight = float(block.plain)
    if index not in scene.seen:
        weight *= _UNSEEN
    if index < scene.start:
        weight *= _UNSEEN
    if index in doubtful:
        weight *= _DOUBTED
    return weight
