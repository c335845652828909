"""The article's paragraphs, all and only.

A witness (witness.py) says *which* lines are the article, where its word could matter (undisputed.py); the tree says
*how* they read: it alone knows where a line ends, what is a caption and what stands in a related box. So the text is
taken from the page's own lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Final

from lxml.html import HtmlElement

from newscrawler.extract import rules
from newscrawler.extract.blocks import Block, blocks_of
from newscrawler.extract.document import Document
from newscrawler.extract.evidence import DESCRIPTIONS, covered_share, described_lines, seen_lines
from newscrawler.extract.headline import names_of_site
from newscrawler.extract.inline_links import drop_inline_links
from newscrawler.extract.lines import article_lines, leads
from newscrawler.extract.listings import teaser_share
from newscrawler.extract.mainblock import Scene, find_container
from newscrawler.extract.next_articles import drop_next_articles
from newscrawler.extract.openings import goes_on, is_cut
from newscrawler.extract.signatures import without_desk_mark
from newscrawler.extract.standfirsts import set_apart
from newscrawler.extract.states import state_body
from newscrawler.extract.told import told_body
from newscrawler.extract.undisputed import undisputed_lines
from newscrawler.extract.witness import LIBRARY, witnessed_lines
from newscrawler.text.normalise import Folded, fold

SHORT: Final = 400
"""Characters. A fast answer below this is checked by the careful mode."""

AGREED: Final = 0.75
"""Share of the witness's text that must be in ours, or the careful mode is asked."""

BEFORE, ABOVE_MAX, BELOW_MAX = 8, 20, 40
"""Lines looked at before the headline, after it where no text was found, and below the text."""

NAME_MAX: Final = 60
"""Characters of a line that is an outlet's name."""


@dataclass(frozen=True, slots=True)
class Body:
    """What was read as the article's text."""

    blocks: tuple[Block, ...]
    """The article's lines in order; empty if the page shows none."""
    paragraphs: tuple[str, ...]
    """The lines' texts, or the text the page gives to machines where it shows none."""
    leads: tuple[Block, ...]
    """Sentences between headline and text: the first paragraph, if a witness counts them to the article and they
    don't turn out to be the standfirst."""
    above: tuple[Block, ...]
    """Lines between the headline (or a little before it) and the first paragraph: byline, date, standfirst."""
    below: tuple[Block, ...]
    """The lines that follow the last paragraph, some of them."""
    mode: str
    """`rule`, `undisputed`, `fast`, `careful`, `json-ld` or `script state`, after the library's name and version."""
    is_seen: Callable[[Block], bool]
    """Whether the witness counts one of the leads to the article. It may be asked only now."""
    teasers: float = 0.0
    """Share of the article's sentences that stand right under a linked headline of their own, 0 to 1."""
    note: str | None = None
    """A seed selector's miss."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The lines chosen with one witness, or without any."""

    scene: Scene
    chosen: list[int]
    mode: str
    ask: Callable[[], _Reading] | None = None
    """Asks a witness. None: that has been done, or is never done."""


def read_body(document: Document, *, headline: HtmlElement | None, title: str) -> Body:
    """The article's lines, with those above and below them."""
    root = document.root.find("body")
    root = document.root if root is None else root
    drop_inline_links(root)
    drop_next_articles(root, headline)
    blocks = list(blocks_of(root))
    ruled = rules.one(document, "body")
    start = _after_headline(blocks, headline, fold(title))
    if ruled.element is not None:
        scene = Scene(blocks, frozenset(), start)
        chosen = article_lines(scene, ruled.element, title=fold(title), ruled=True)
        return _body(_Reading(scene, chosen, "rule"), headline)
    told = told_body(document)
    reading = _read(document, root, blocks, start, _evidence(document, told), title=fold(title))
    body = replace(_body(_without_names(reading, document), headline), note=ruled.note)
    shown = sum(map(len, body.paragraphs))
    if shown < 0.5 * sum(map(len, told)):
        return replace(body, blocks=(), paragraphs=told, leads=(), mode=f"{LIBRARY} json-ld")
    if shown < SHORT and len(stored := " ".join(state := state_body(document, title))) > 2 * shown and stored:
        return replace(body, blocks=(), paragraphs=state, leads=(), mode=f"{LIBRARY} script state")
    return body


def with_leads(body: Body, *, standfirst: str | None) -> Body:
    """The body with the sentences that stand above it, except the one that is the standfirst."""
    summary = (standfirst or "").split("\n")
    ahead = tuple(block for block in body.leads if block.text not in summary and not is_cut(block, body.blocks))
    ahead = tuple(block for block in ahead if body.is_seen(block))
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
    described = described_lines(document, blocks, start)
    known = Scene(blocks, seen_lines(blocks, (), evidence), start, described)
    ask = cache(partial(_asked, root, known, evidence, title=title))
    sure = undisputed_lines(known, root, title=title)
    return ask() if sure is None else _Reading(known, sure, "undisputed", ask)


def _asked(root: HtmlElement, known: Scene, evidence: Folded, *, title: Folded) -> _Reading:
    """The lines with the word of the fast witness, or of the careful one where they are few or disagree."""
    best: tuple[float, _Reading] | None = None
    blocks = known.blocks
    for mode in ("fast", "careful"):
        witness = witnessed_lines(root, blocks, fast=mode == "fast")
        scene = replace(known, seen=seen_lines(blocks, witness, evidence))
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


def _without_names(reading: _Reading, document: Document) -> _Reading:
    """Without lines that are the outlet's name and nothing else: a credit, a caption's source."""
    blocks, names = reading.scene.blocks, {fold(name) for name in names_of_site(document)}
    named = {i for i in reading.chosen if len(blocks[i].raw) <= NAME_MAX and blocks[i].folded in names}
    return replace(reading, chosen=[i for i in reading.chosen if i not in named] or reading.chosen)


def _after_headline(blocks: Sequence[Block], headline: HtmlElement | None, title: Folded) -> int:
    if headline is not None:
        own = set(headline.iter())
        inside = [i for i, block in enumerate(blocks) if block.owner in own]
        if inside:
            return inside[-1] + 1
    same = [i for i, block in enumerate(blocks) if block.folded == title]
    return same[0] + 1 if same else 0


def _body(reading: _Reading, headline: HtmlElement | None) -> Body:
    blocks, chosen, start = reading.scene.blocks, reading.chosen, reading.scene.start
    if reading.mode != "rule":
        chosen = chosen[set_apart([blocks[index] for index in chosen], headline) :]
    first = chosen[0] if chosen else min(len(blocks), start + ABOVE_MAX)
    last = chosen[-1] if chosen else first - 1
    ahead = leads(reading.scene, chosen) if reading.mode != "rule" else []
    if chosen and goes_on(blocks[first].folded):
        chosen, ahead = [*ahead, *chosen], []
    lines = [blocks[index] for index in chosen]
    return Body(
        blocks=tuple(lines),
        paragraphs=(*(block.text for block in lines[:-1]), *(without_desk_mark(block.text) for block in lines[-1:])),
        leads=tuple(blocks[index] for index in ahead),
        is_seen=partial(_is_seen, reading),
        above=tuple(blocks[max(0, start - BEFORE) : first]),
        below=tuple(blocks[last + 1 : last + 1 + BELOW_MAX]),
        mode=f"{LIBRARY} {reading.mode}",
        teasers=teaser_share(blocks, chosen),
    )


def _is_seen(reading: _Reading, block: Block) -> bool:
    scene = reading.ask().scene if reading.ask is not None else reading.scene
    return any(scene.blocks[index] is block for index in scene.seen)
