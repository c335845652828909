"""The article's text as the page gives it to machines: JSON-LD `articleBody`, or a script's state."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from newscrawler.extract.blocks import Block, blocks_of
from newscrawler.extract.document import Document
from newscrawler.extract.lines import article_lines
from newscrawler.extract.mainblock import Scene
from newscrawler.extract.tree import lines_of, parse
from newscrawler.text.normalise import clean, fold

TEXT_MIN: Final = 200
"""Characters. A shorter `articleBody` is a summary."""

_STATE_IDS: Final = frozenset({"__next_data__", "__nuxt_data__"})
_STATE_KEYS: Final = frozenset(
    {
        "body",
        "content",
        "articlebody",
        "text",
        "html",
        "fulltext",
        "storybody",
        "article_body",
        "bodyhtml",
        "description",
    }
)
_NODES_MAX: Final = 50_000
"""Values looked at in a script's state: such a state may be megabytes of menus."""
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|&(?:lt|#60);/?[a-z]")


def told_body(document: Document) -> tuple[str, ...]:
    """The paragraphs of JSON-LD `articleBody`, else of the longest text in a Next or Nuxt state; empty if
    neither.
    """
    body = document.article_data().get("articleBody")
    if isinstance(body, list):
        body = "\n".join(part for part in body if isinstance(part, str))
    if isinstance(body, str) and len(body) >= TEXT_MIN:
        return tuple(_paragraphs(body))
    return ()


def state_body(document: Document, title: str) -> tuple[str, ...]:
    """The paragraphs of the page's script state, where the HTML holds no text. Empty: there is none."""
    best = ""
    for script in document.root.iter("script"):
        if (script.get("id") or "").lower() not in _STATE_IDS or not script.text:
            continue
        try:
            state = json.loads(script.text)
        except (ValueError, RecursionError):
            continue
        article = _article_in(state, title)
        for text in _texts(article if article is not None else state):
            best = max(best, text, key=len)
    if len(best) < TEXT_MIN:
        return ()
    return tuple(block.text for block in _own_lines(best)) if _TAG.search(best) else tuple(_paragraphs(best))


def _own_lines(html: str) -> Iterator[Block]:
    """The lines of a body stored as HTML, without related boxes and captions."""
    tree = parse(html)
    blocks = list(blocks_of(tree))
    scene = Scene(blocks, frozenset(), 0)
    yield from (blocks[index] for index in article_lines(scene, tree, title=fold("")))


def _paragraphs(text: str) -> Iterator[str]:
    if _TAG.search(text):
        lines = lines_of(parse(clean(text) if "&lt;" in text else text))
    else:
        lines = iter(re.split(r"[\r\n\u2028\u2029]+|\\[rn]", text))
    for line in lines:
        cleaned = clean(line)
        if cleaned:
            yield cleaned


def _article_in(state: Any, title: str) -> Any | None:
    """The object of the state whose title is the page's."""
    wanted = clean(title)
    for node in _walk(state):
        if isinstance(node, dict):
            for key in ("title", "headline", "name"):
                value = node.get(key)
                if isinstance(value, str) and wanted and clean(value) == wanted and any(True for _ in _texts(node)):
                    return node
    return None


def _texts(state: Any) -> Iterator[str]:
    for node in _walk(state):
        if isinstance(node, dict):
            for key, value in node.items():
                if key.lower() in _STATE_KEYS and isinstance(value, str) and len(value) >= TEXT_MIN:
                    yield value


def _walk(state: Any) -> Iterator[Any]:
    open_nodes = [state]
    for _ in range(_NODES_MAX):
        if not open_nodes:
            return
        node = open_nodes.pop()
        yield node
        if isinstance(node, dict):
            open_nodes += list(node.values())
        elif isinstance(node, list):
            open_nodes += node
