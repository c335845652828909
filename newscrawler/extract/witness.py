"""What trafilatura takes for the article. The one module that asks it."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from functools import cache
from typing import Final

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import __version__ as library_version
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

from newscrawler.extract.blocks import Block
from newscrawler.extract.mainblock import menus_in
from newscrawler.extract.tree import SILENT

LIBRARY: Final = f"trafilatura {library_version}"
"""Name and version, for `Article.extractor`."""

_MENU: Final = "menu-mark"
_MAY_BE_EMPTY: Final = frozenset({"br", "hr", "td", "th", "tr"})
_PRUNED: Final = (SILENT - {"head"}) | {"nav", "figure", "amp-img"}
"""Elements that are never the article's text. None goes by its class alone."""


def witnessed_lines(root: HtmlElement, blocks: Sequence[Block], *, fast: bool) -> list[str]:
    """The lines that trafilatura takes for the article, with single spaces. Fast, it isn't shown the menus."""
    tree = _without_menus(root, blocks) if fast else copy.deepcopy(root)
    found = bare_extraction(tree, options=_options(fast=fast))
    text = getattr(found, "text", None) or ""
    return [line for raw in text.splitlines() if (line := " ".join(raw.strip(" -|").split()))]


def _without_menus(root: HtmlElement, blocks: Sequence[Block]) -> HtmlElement:
    """A copy without menus and without what is never text; the page itself stays as it is."""
    tags = [(element, element.tag) for element in menus_in(blocks, root)]
    for element, _ in tags:
        element.tag = _MENU
    tree = copy.deepcopy(root)
    for element, tag in tags:
        element.tag = tag
    etree.strip_elements(tree, _MENU, *_PRUNED, with_tail=False)
    _drop_empty(tree)
    return tree


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
