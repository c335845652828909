"""Where a link in or beside a byline leads: to a writer's page, or to his mailbox."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from lxml.html import HtmlElement

_AUTHOR_ADDRESS: Final = re.compile(
    r"/(?:authors?|writers?|editors?|journalists?|reporters?|كاتب|الكاتب|كتاب)/", re.IGNORECASE
)


def leads_to_author(element: HtmlElement) -> bool:
    """Whether the element is a link to an author's page."""
    return element.tag == "a" and bool(_AUTHOR_ADDRESS.search(unquote(element.get("href") or "")))


def leads_to_mail(element: HtmlElement) -> bool:
    """Whether the element is, or stands in, a link that writes to somebody."""
    links = (node for node in (element, *element.iterancestors("a")) if node.tag == "a")
    return any((link.get("href") or "").startswith("mailto:") for link in links)
