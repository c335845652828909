"""Lines far behind the text: the site's foot, a policy, a form's notice that no name gives away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lxml.html import HtmlElement

from newscrawler.extract.blocks import Block

CORE_SHARE: Final = 0.6
"""Share of the text that the core of the article holds, 0 to 1; with less in one element there is no core."""

AWAY_MIN: Final = 3
"""Levels between the core and the element that holds it and the stray. Halves of one text are nearer."""

SHARE_MAX: Final = 0.4
"""Size of what may go, against the core's."""


def without_strays(
    blocks: Sequence[Block], inside: Sequence[int], kept: list[int], container: HtmlElement
) -> list[int]:
    """The lines without those that stand far from the rest, behind links or labels that were left out."""
    core = _core(blocks, kept, container)
    if core is None or not kept:
        return kept
    own = set(core.iter())
    last = max(place for place, i in enumerate(kept) if blocks[i].owner in own)
    strays = kept[last + 1 :]
    if not strays or not _is_away(core, blocks[strays[0]].owner):
        return kept
    between = [i for i in inside if kept[last] < i < strays[0]]
    if not any(blocks[i].linked for i in between):
        return kept
    core_size = sum(len(blocks[i].raw) for i in kept[: last + 1])
    return kept if sum(len(blocks[i].raw) for i in strays) > SHARE_MAX * core_size else kept[: last + 1]


def _core(blocks: Sequence[Block], kept: Sequence[int], container: HtmlElement) -> HtmlElement | None:
    """The smallest element with two lines or more and most of the text. None: it is the container itself."""
    size: dict[HtmlElement, int] = {}
    count: dict[HtmlElement, int] = {}
    for i in kept:
        node: HtmlElement | None = blocks[i].owner
        while node is not None and node is not container:
            size[node] = size.get(node, 0) + len(blocks[i].raw)
            count[node] = count.get(node, 0) + 1
            node = node.getparent()
    least = CORE_SHARE * sum(len(blocks[i].raw) for i in kept)
    core = None
    while True:
        best = max(core if core is not None else container, key=lambda child: size.get(child, 0), default=None)
        if best is None or size.get(best, 0) < least or count.get(best, 0) < 2:
            break
        core = best
    return core


def _is_away(core: HtmlElement, other: HtmlElement) -> bool:
    near = {other, *other.iterancestors()}
    steps = next((steps for steps, node in enumerate(core.iterancestors(), start=1) if node in near), AWAY_MIN)
    return steps >= AWAY_MIN
