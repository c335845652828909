"""Whether a page says itself that its article isn't free to read, and doesn't show the part that isn't."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from lxml.html import HtmlElement

from newscrawler.extract.document import Document

NOT_FREE: Final = "the page says that the article isn't free to read"
"""How the note begins that such an article carries."""

_FALSE: Final = frozenset({"false", "no", "0"})
_CLASS: Final = re.compile(r"^\s*[a-z]*\.([\w-]+)\s*$", re.IGNORECASE)
_SHOWN_MIN: Final = 20
"""Words in the part that isn't free, from which the page shows it: a prompt to subscribe in its place has fewer."""


def paywall_note(document: Document) -> str | None:
    """What the keeper is told of it: the text may be cut. None: the page says nothing of the kind, or shows the part
    that it says isn't free, as many do for search engines.
    """
    said = _said(document)
    return f"{NOT_FREE} ({said}): the text may be cut" if said else None


def _said(document: Document) -> str | None:
    data = document.article_data()
    parts = [part for part in _listed(data.get("hasPart")) if _is_paid(part)]
    if _is_paid(data) or parts:
        classes = [found[1] for part in parts if (found := _CLASS.match(str(part.get("cssSelector"))))]
        return None if any(_words_of(document.root, name) >= _SHOWN_MIN for name in classes) else "isAccessibleForFree"
    return "article:content_tier" if (document.meta("article:content_tier") or "").lower() == "locked" else None


def _listed(value: Any) -> list[Mapping[str, Any]]:
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]


def _is_paid(data: Mapping[str, Any]) -> bool:
    """`false`, "False", or the address of the vocabulary's word for it."""
    return str(data.get("isAccessibleForFree", "")).rsplit("/", 1)[-1].strip().lower() in _FALSE


def _words_of(root: HtmlElement, name: str) -> int:
    """Words in the page's largest element of a class."""
    found = root.xpath("//*[contains(concat(' ', normalize-space(@class), ' '), $name)]", name=f" {name} ")
    return max((len(str(element.text_content()).split()) for element in found), default=0)
