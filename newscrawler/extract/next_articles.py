"""Pages that go on with other articles below their own, each as whole as the first: endless scrolling."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final, NamedTuple

from lxml.html import HtmlElement

from newscrawler.extract.date_lines import has_date
from newscrawler.extract.tree import lines_of
from newscrawler.text.normalise import fold

PROSE_MIN: Final = 60
"""Characters of a line that is a sentence."""

PROSE_LINES: Final = 2
"""Sentences that an article has; a card has one."""

LINES_MAX: Final = 100
"""Lines of a box that are looked at."""

TOP: Final = 8
"""Lines of an article in which its date stands."""


class _Around(NamedTuple):
    """The elements around the page's headline."""

    levels: dict[HtmlElement, int]
    kinds: list[tuple[str, str] | None]


_HEADLINES: Final = ("h1", "h2", "h3")
_DIGIT: Final = re.compile(r"\d")


def drop_next_articles(root: HtmlElement, headline: HtmlElement | None) -> None:
    """Takes the articles below the page's own out of the tree.

    Such an article stands in a box like the one around the page's headline and text (same tag, same class), has a
    headline of the same rank or a date of its own, and sentences.
    """
    if headline is None:
        return
    path = list(headline.iterancestors())
    around = _Around({node: level for level, node in enumerate(path)}, [_kind(node) for node in path])
    passed = False
    for heading in list(root.iter(*_HEADLINES)):
        if heading is headline:
            passed = True
        elif passed:
            box = _box(heading, path, around)
            if box is not None and _is_article(box, dated=heading.tag != headline.tag or heading.tag != "h1"):
                box.drop_tree()


def _box(heading: HtmlElement, path: list[HtmlElement], around: _Around) -> HtmlElement | None:
    """The outermost element around the heading that is like one around the page's headline. None: there is none."""
    found: tuple[HtmlElement, int] | None = None
    for node in heading.iterancestors():
        if node in around.levels:
            if found is None or found[1] >= around.levels[node]:
                return None  # nothing is like it below the element that holds both
            return found[0] if _has_prose(found[0]) and _has_prose(path[found[1]]) else None
        kind = _kind(node)
        if kind is not None and kind in around.kinds:
            found = node, around.kinds.index(kind)
    return None  # taken out together with the article before it


def _kind(element: HtmlElement) -> tuple[str, str] | None:
    """Tag and class, without names that number the article. None: a plain box is like any other."""
    names = " ".join(name for name in (element.get("class") or "").split() if not _DIGIT.search(name))
    return (element.tag, "") if element.tag == "article" else (element.tag, names) if names else None


def _has_prose(element: HtmlElement) -> bool:
    """Whether it holds sentences; a box that begins with a hundred short lines is a list."""
    long = (line for line in islice(lines_of(element), LINES_MAX) if len(line) >= PROSE_MIN)
    return next(islice(long, PROSE_LINES - 1, None), None) is not None


def _is_article(box: HtmlElement, *, dated: bool) -> bool:
    """Whether the box shows when it was published, near its top, where that is asked."""
    if not dated or next(box.iter("time"), None) is not None:
        return True
    return any(len(line) < PROSE_MIN and has_date(fold(line)) for line in islice(lines_of(box), TOP))
