"""The article's paragraphs, all and only. The one module that asks trafilatura.

trafilatura says *which* lines are the article; the tree says *how* they read: it alone knows where a line
ends, what is a caption and what stands in a related box. So the library's answer is a witness, and the text
is taken from the page's own lines.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from lxml.html import HtmlElement
from trafilatura import __version__ as library_version
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from newscrawler.extract import rules
from newscrawler.extract.blocks import Block, blocks_of
from newscrawler.extract.document import Document
from newscrawler.extract.evidence import DESCRIPTIONS, covered_share, described_lines, seen_lines, teaser_share
from newscrawler.extract.inline_links import drop_inline_links
from newscrawler.extract.lines import article_lines, goes_on, leads
from newscrawler.extract.mainblock import Scene, find_container, menus_in
from newscrawler.extract.told import state_body, told_body
from newscrawler.extract.tree import SILENT
from newscrawler.text.normalise import Folded, fold

SHORT: Final = 400
"""Characters. A fast answer below this is checked by the careful mode."""

AGREED: Final = 0.75
"""Share of the witness's text that must be in ours, or the careful mode is asked."""

BEFORE, ABOVE_MAX, BELOW_MAX = 8, 20, 40
"""Lines looked at before the headline, after it where no text was found, and below the text."""

_MENU: Final = "menu-mark"
_MAY_BE_EMPTY: Final = frozenset({"br", "hr", "td", "th", "tr"})
_LIBRARY: Final = f"trafilatura {library_version}"
_PRUNED: Final = (SILENT - {"head"}) | {"nav", "figure", "amp-img"}
"""Elements that are never the article's text. None goes by its class alone."""


@dataclass(frozen=True, slots=True)
class Body:
    """What was read as the article's text."""

    blocks: tuple[Block, ...]
    """The article's lines in order; empty if the page shows none."""
    paragraphs: tuple[str, ...]
    """The lines' texts, or the text the page gives to machines where it shows none."""
    leads: tuple[Block, ...]
    """Sentences between headline and text that the witness counts to the article: the first paragraph, unless
    they turn out to be the standfirst."""
    above: tuple[Block, ...]
    """Lines between the headline (or a little before it) and the first paragraph: byline, date, standfirst."""
    below: tuple[Block, ...]
    """The lines that follow the last paragraph, some of them."""
    mode: str
    """`rule`, `fast`, `careful`, `json-ld` or `script state`, after the library's name and version."""
    teasers: float = 0.0
    """Share of the article's sentences that stand right under a linked headline of their own, 0 to 1."""
    note: str | None = None
    """A seed selector's miss."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The lines chosen with one witness."""

    scene: Scene
    chosen: list[int]
    mode: str


def read_body(document: Document, *, headline: HtmlElement | None, title: str) -> Body:
    """The article's lines, with those above and below them."""
    root = document.root.find("body")
    root = document.root if root is None else root
    drop_inline_links(root)
    blocks = list(blocks_of(root))
    ruled = rules.one(document, "body")
    start = _after_headline(blocks, headline, fold(title))
    if ruled.element is not None:
        scene = Scene(blocks, frozenset(), start)
        chosen = article_lines(scene, ruled.element, title=fold(title), ruled=True)
        return _body(_Reading(scene, chosen, "rule"))
    told = told_body(document)
    reading = _read(document, root, blocks, start, _evidence(document, told), title=fold(title))
    body = replace(_body(reading), note=ruled.note)
    shown = sum(map(len, body.paragraphs))
    if shown < 0.5 * sum(map(len, told)):
        return replace(body, blocks=(), paragraphs=told, leads=(), mode=f"{_LIBRARY} json-ld")
    if shown < SHORT and len(stored := " ".join(state := state_body(document, title))) > 2 * shown and stored:
        return replace(body, blocks=(), paragraphs=state, leads=(), mode=f"{_LIBRARY} script state")
    return body


def with_leads(body: Body, *, standfirst: str | None) -> Body:
    """The body with the sentences that stand above it, except the one that is the standfirst."""
    ahead = tuple(block for block in body.leads if block.text != standfirst)
    if not ahead:
        return body
    return replace(
        body,
        blocks=(*ahead, *body.blocks),
        paragraphs=(*(block.text for block in ahead), *body.paragraphs),
        leads=(),
    )


def _evidence(document: Document, told: Sequence[str]) -> Folded:
    """What the page tells machines of its text: lines that stand in it are the article's."""
    described = [document.metas.get(name, ("",))[0] for name in DESCRIPTIONS]
    return fold(" ".join([*told, *described]))


def _read(
    document: Document, root: HtmlElement, blocks: Sequence[Block], start: int, evidence: Folded, *, title: Folded
) -> _Reading:
    best: tuple[float, _Reading] | None = None
    described = described_lines(document, blocks, start)
    for mode in ("fast", "careful"):
        witness = _witness(root, menus_in(blocks, root) if mode == "fast" else frozenset(), fast=mode == "fast")
        scene = Scene(blocks, seen_lines(blocks, witness, evidence), start, described)
        chosen = article_lines(scene, find_container(scene, root), title=title)
        text = " ".join(blocks[index].raw for index in chosen)
        covered = covered_share(witness, text)
        score = covered * min(1.0, len(text) / SHORT)
        if best is None or score > best[0]:
            best = (score, _Reading(scene, chosen, mode))
        if covered >= AGREED and len(text) >= SHORT:
            break
    assert best is not None
    return best[1]


def _witness(root: HtmlElement, menus: Set[HtmlElement], *, fast: bool) -> list[str]:
    """The lines that trafilatura takes for the article, with single spaces. It isn't shown the menus."""
    tags = [(element, element.tag) for element in menus]
    for element in menus:
        element.tag = _MENU
    tree = copy.deepcopy(root)
    for element, tag in tags:
        element.tag = tag
    for element in list(tree.iter(_MENU, *(_PRUNED if fast else ()))):
        if element.getparent() is not None:
            element.drop_tree()
    if fast:
        _drop_empty(tree)
    found = bare_extraction(tree, options=_options(fast=fast))
    text = getattr(found, "text", None) or ""
    return [line for raw in text.splitlines() if (line := " ".join(raw.strip(" -|").split()))]


def _drop_empty(tree: HtmlElement) -> None:
    """Elements without text go: half of those left, and trafilatura tries some forty patterns on each (1 ms)."""
    for element in reversed(list(tree.iterdescendants())):
        if not len(element) and element.tag not in _MAY_BE_EMPTY and not (element.text and element.text.strip()):
            element.drop_tree()


@cache
def _options(*, fast: bool) -> Extractor:
    """What trafilatura is asked for; it doesn't change these, and making them takes 0.1 ms."""
    return Extractor(
        output_format="python",
        fast=fast,
        with_metadata=False,
        comments=False,
        tables=True,
        images=False,
        formatting=False,
        dedup=False,
    )


def _after_headline(blocks: Sequence[Block], headline: HtmlElement | None, title: Folded) -> int:
    if headline is not None:
        own = set(headline.iter())
        inside = [i for i, block in enumerate(blocks) if block.owner in own]
        if inside:
            return inside[-1] + 1
    same = [i for i, block in enumerate(blocks) if block.folded == title]
    return same[0] + 1 if same else 0


def _body(reading: _Reading) -> Body:
    blocks, chosen, start = reading.scene.blocks, reading.chosen, reading.scene.start
    first = chosen[0] if chosen else min(len(blocks), start + ABOVE_MAX)
    last = chosen[-1] if chosen else first - 1
    ahead = leads(reading.scene, chosen) if reading.mode != "rule" else []
    if chosen and goes_on(blocks[first].folded):
        chosen, ahead = [*ahead, *chosen], []
    lines = [blocks[index] for index in chosen]
    return Body(
        blocks=tuple(lines),
        paragraphs=tuple(block.text for block in lines),
        leads=tuple(blocks[index] for index in ahead if index in reading.scene.seen),
        above=tuple(blocks[max(0, start - BEFORE) : first]),
        below=tuple(blocks[last + 1 : last + 1 + BELOW_MAX]),
        mode=f"{_LIBRARY} {reading.mode}",
        teasers=teaser_share(blocks, chosen),
    )
