"""Which lines stand in a box that isn't the article: by the names of the boxes, and only as far as text
allows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lxml.html import HtmlElement

from newscrawler.extract.blocks import Block
from newscrawler.extract.box_names import aside_names
from newscrawler.extract.tables import listed
from newscrawler.extract.tree import hints

SENTENCE_MIN: Final = 25
"""Characters outside links. Shorter lines are labels, subheadings or dates and don't say where the article
is."""

SHARE_MAX: Final = 0.4
"""Share of the text that may hang on one weak name, 0 to 1. A page builder calls everything a `widget`."""

REST_MIN: Final = 120
"""Characters of text that must be left. A page whose every line stands in `has-sidebar` names nothing by it."""

FOLDED_MIN: Final = 2
"""Paragraphs of a hidden box that is the article's second half, behind «قراءة المزيد»."""

_STRONG: Final = frozenset(
    listed(
        "comment comments disqus reply respond related recommend sidebar footer cookie consent gdpr newsletter "
        "modal popup "
        "breadcrumb breadcrumbs menu nav navbar navigation caption figcaption mostread popular trending "
        "latest aside"
    )
)
"""Names that mean the same on every site. The others (`widget`, `social`, `tags` …) are also given to the
text."""

_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_OUTSIDE: Final = frozenset({"nav", "aside", "footer", "figcaption", "figure", "label", "legend"})


def doubtful_lines(
    blocks: Sequence[Block],
    inside: Sequence[int],
    *,
    own: dict[HtmlElement, frozenset[str]],
    below: HtmlElement | None = None,
) -> frozenset[int]:
    """Indexes of the lines that stand in a box (below the element `below`) named like an aside.

    Nothing goes by a name alone where the text goes with it: a weak name on too much of the text is
    ignored, and so are the strong ones if hardly anything would be left. `own`: the names of the elements
    met so far, kept between calls for the same tree.
    """
    known: dict[HtmlElement, frozenset[str]] = {}
    named = {i: _names_above(blocks[i].owner, known, own, below) for i in inside}
    sizes = {i: blocks[i].plain if blocks[i].plain >= SENTENCE_MIN else 0 for i in inside}
    weights: dict[str, int] = {}
    for i, names in named.items():
        for name in names:
            weights[name] = weights.get(name, 0) + sizes[i]
    whole = sum(sizes.values())
    trusted = {name for name, size in weights.items() if name in _STRONG or size <= SHARE_MAX * whole}
    for name in sorted(trusted, key=lambda name: -weights[name]):
        if whole and sum(size for i, size in sizes.items() if not named[i] & trusted) < min(REST_MIN, whole):
            trusted.discard(name)
    return frozenset(i for i, names in named.items() if names & trusted)


def _names_above(
    element: HtmlElement,
    known: dict[HtmlElement, frozenset[str]],
    own: dict[HtmlElement, frozenset[str]],
    below: HtmlElement | None,
) -> frozenset[str]:
    path: list[HtmlElement] = []
    node: HtmlElement | None = element
    names: frozenset[str] = frozenset()
    while node is not None and node is not below and node.tag not in ("body", "html"):
        if node in known:
            names = known[node]
            break
        path.append(node)
        node = node.getparent()
    for node in reversed(path):
        if node not in own:
            own[node] = _own_names(node)
        names = names | own[node] if own[node] else names
        known[node] = names
    return names


def _own_names(element: HtmlElement) -> frozenset[str]:
    names = aside_names(hints(element))
    if element.tag in _OUTSIDE:
        names |= {"aside"}
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        folded_away = sum(1 for child in element if child.tag == "p") >= FOLDED_MIN
        names |= frozenset() if folded_away else {"hidden"}
    return names
