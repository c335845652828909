"""Links to other articles inside a sentence's own line: «… للمشاة. اقرأ أيضا: تأجيل الانتخابات»."""

from __future__ import annotations

import re
from typing import Final

from lxml.html import HtmlElement

from newscrawler.extract.boilerplate import begins_related
from newscrawler.extract.tree import text_of
from newscrawler.text.normalise import fold

LENGTH_MAX: Final = 200
"""Characters of a label with its headline."""

_LABEL: Final = re.compile(r"\W*(?:[اأإ]قر[أاإء]|طالع|شاهد|[اأإ]نظر|تابع|راجع|المزيد|للمزيد|موضوع|خبر|مواضيع|أخبار)")
_INLINE: Final = ("a", "strong", "b", "span", "em", "u")


def drop_inline_links(root: HtmlElement) -> None:
    """Takes linked labels out of the lines they stand in; what follows them stays."""
    for element in list(root.iter(*_INLINE)):
        if not element.text or not _LABEL.match(element.text):
            continue
        linked = element.tag == "a" or next(element.iter("a"), None) is not None
        if not linked or element.getparent() is None:
            continue
        whole = _whole(element)
        text = text_of(whole)
        if len(text) <= LENGTH_MAX and begins_related(fold(text)) and _is_beside_text(whole):
            whole.drop_tree()


def _whole(element: HtmlElement) -> HtmlElement:
    """The element with the marks around it that hold nothing else: <strong><a>…</a></strong>."""
    parent = element.getparent()
    while not _is_beside_text(element) and parent.tag in _INLINE and parent.getparent() is not None:
        element, parent = parent, parent.getparent()
    return element


def _is_beside_text(element: HtmlElement) -> bool:
    """Whether a sentence stands on the same line; a line of its own is left out anyway, with what follows it."""
    before = element.getparent().text if element.getprevious() is None else element.getprevious().tail
    return any(len((text or "").strip()) > 1 for text in (before, element.tail))
