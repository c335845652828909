"""The article's text as the page gives it to machines: JSON-LD `articleBody`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from newscrawler.extract.document import Document
from newscrawler.extract.tree import lines_of, parse
from newscrawler.text.normalise import clean

TEXT_MIN: Final = 200
"""Characters. A shorter `articleBody` is a summary."""

TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|&(?:lt|#60);/?[a-z]")
"""Markup in a text that a page gives to machines."""


def told_body(document: Document) -> tuple[str, ...]:
    """The paragraphs of JSON-LD `articleBody`; empty if there is none."""
    body = document.article_data().get("articleBody")
    if isinstance(body, list):
        body = "\n".join(part for part in body if isinstance(part, str))
    if isinstance(body, str) and len(body) >= TEXT_MIN:
        return tuple(paragraphs_of(body))
    return ()


def paragraphs_of(text: str) -> Iterator[str]:
    """The lines of a text, with or without markup, cleaned; empty ones left out."""
    if TAG.search(text):
        lines = lines_of(parse(clean(text) if "&lt;" in text else text))
    else:
        lines = iter(re.split(r"[\r\n\u2028\u2029]+|\\[rn]", text))
    for line in lines:
        cleaned = clean(line)
        if cleaned:
            yield cleaned
