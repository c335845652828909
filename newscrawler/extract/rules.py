"""The seed's selectors: each says how many elements it expects, and a miss is reported, not absorbed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from lxml import etree
from lxml.html import HtmlElement
from parsel.csstranslator import css2xpath

from newscrawler.extract.document import Document
from newscrawler.extract.tree import text_of
from newscrawler.text.normalise import clean

_ATTRIBUTES: Final = ("datetime", "content")


@dataclass(frozen=True, slots=True)
class Found:
    """What a selector of the seed found."""

    element: HtmlElement | None = None
    """The element, if exactly one matched and it isn't a bare string (`::text`, `::attr()`)."""
    text: str | None = None
    """Its text, cleaned. None: the selector isn't set, missed, or found nothing to read."""
    note: str | None = None
    """Why the selector couldn't be used, for the keeper of the seed. None: all is well."""


def one(document: Document, field: str, *, prefer_attributes: bool = False) -> Found:
    """What the rule's selector for `field` finds, which must be exactly one element with text."""
    css = getattr(document.rule, field, None) if document.rule else None
    if css is None:
        return Found()
    hits = _select(document.root, css)
    if len(hits) != 1:
        return Found(note=_miss(document, field, css, f"matched {len(hits)} elements instead of one"))
    hit = hits[0]
    if isinstance(hit, str):
        text, element = clean(hit), None
    else:
        attributes = [hit.get(name) for name in _ATTRIBUTES if prefer_attributes and hit.get(name)]
        text, element = (clean(attributes[0]) if attributes else text_of(hit)), hit
    if not text:
        return Found(note=_miss(document, field, css, "matched an element without text"))
    return Found(element=element, text=text)


def several(document: Document, field: str) -> tuple[tuple[str, ...], str | None]:
    """The texts of one or more elements, and a note if there was none."""
    css = getattr(document.rule, field, None) if document.rule else None
    if css is None:
        return (), None
    hits = _select(document.root, css)
    texts = tuple(text for hit in hits if (text := clean(hit) if isinstance(hit, str) else text_of(hit)))
    return texts, None if texts else _miss(document, field, css, "matched no element with text")


def drop_by_rule(document: Document) -> None:
    """Removes what the rule's `drop` selectors match; what follows an element stays."""
    for css in document.rule.drop if document.rule else ():
        for hit in _select(document.root, css):
            if isinstance(hit, HtmlElement) and hit.getparent() is not None:
                hit.drop_tree()


@lru_cache(maxsize=512)
def _compiled(css: str) -> etree.XPath:
    return etree.XPath(css2xpath(css))


def _select(root: HtmlElement, css: str) -> list[HtmlElement | str]:
    return list(_compiled(css)(root))


def _miss(document: Document, field: str, css: str, what: str) -> str:
    """The same words for every page that the selector fails on, so that a report can count them."""
    since = document.rule.since if document.rule else date.min
    which = "seed rule" if since == date.min else f"seed rule of {since}"
    return f"{which}: {field} = {css!r} {what}; read without it"
