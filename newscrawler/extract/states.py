"""The article's text in a script's state, where the page itself shows none: Next, Nuxt, Fusion and their like."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from newscrawler.extract.blocks import Block, blocks_of
from newscrawler.extract.document import Document
from newscrawler.extract.evidence import DESCRIPTIONS
from newscrawler.extract.headline import agreement
from newscrawler.extract.lines import article_lines
from newscrawler.extract.mainblock import Scene
from newscrawler.extract.told import TAG, TEXT_MIN, paragraphs_of
from newscrawler.extract.tree import parse
from newscrawler.text.normalise import clean, fold

ABOUT: Final = 0.5
"""Share of the words of headline or description that a text without a headline of its own must hold, 0 to 1."""

_STATE_IDS: Final = frozenset({"__next_data__", "__nuxt_data__"})
_ASSIGNED: Final = re.compile(r"(?:__[A-Z_]{4,40}__|globalContent)\"?\]?\s*=\s*(?=[{\[])")
"""`window.__INITIAL_STATE__ = {…}`, `Fusion.globalContent={…}`"""

_LITERAL: Final = re.compile(r"\b(?:body|content|text|html|articleBody|fullText|description)\s*:\s*(?=\")")
"""A property of the function call that Nuxt 2 keeps its state in."""

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
_TITLE_KEYS: Final = ("title", "headline", "headlines", "name")
_KIND_KEYS: Final = ("type", "_type", "blockType", "__typename", "kind")
_TEXT_KINDS: Final = re.compile(r"text|para|head|quote|html|title", re.IGNORECASE)
_NODES_MAX: Final = 50_000
"""Values looked at in a script's state: such a state may be megabytes of menus."""


def state_body(document: Document, title: str) -> tuple[str, ...]:
    """The paragraphs of the page's script state, where the HTML holds no text. Empty: there is none."""
    best = ""
    for state in _states(document):
        article = _article_in(state, title)
        if article is not None:
            found = list(_texts(article))
        else:  # a text of another headline is another article's
            told = [title, *(document.metas.get(name, ("",))[0] for name in DESCRIPTIONS)]
            found = [text for text in _texts(state) if max(agreement(line, text) for line in told) >= ABOUT]
        best = max([best, *found], key=len)
    if len(best) < TEXT_MIN:
        return ()
    return tuple(block.text for block in _own_lines(best)) if TAG.search(best) else tuple(paragraphs_of(best))


def _states(document: Document) -> Iterator[Any]:
    decoder = json.JSONDecoder(strict=False)
    for script in document.root.iter("script"):
        code = script.text or ""
        named = (script.get("id") or "").lower() in _STATE_IDS
        starts = [len(code) - len(code.lstrip())] if named else [match.end() for match in _ASSIGNED.finditer(code)]
        if "__NUXT__" in code and not named:
            yield from _literals(code, decoder)
        for start in starts:
            try:
                yield decoder.raw_decode(code, start)[0]
            except (ValueError, RecursionError):
                continue


def _literals(code: str, decoder: json.JSONDecoder) -> Iterator[dict[str, str]]:
    """The texts of a state that is a function call: its strings are those of JSON."""
    for match in _LITERAL.finditer(code):
        try:
            value, _ = decoder.raw_decode(code, match.end())
        except ValueError:
            continue
        if isinstance(value, str):
            yield {"body": value}


def _own_lines(html: str) -> Iterator[Block]:
    """The lines of a body stored as HTML, without related boxes and captions."""
    tree = parse(html)
    blocks = list(blocks_of(tree))
    scene = Scene(blocks, frozenset(), 0)
    yield from (blocks[index] for index in article_lines(scene, tree, title=fold("")))


def _article_in(state: Any, title: str) -> Any | None:
    """The object of the state whose title is the page's."""
    wanted = clean(title)
    for node in _walk(state):
        if isinstance(node, dict):
            for key in _TITLE_KEYS:
                value = node.get(key)
                value = value.get("basic") if isinstance(value, dict) else value
                if isinstance(value, str) and wanted and clean(value) == wanted and any(True for _ in _texts(node)):
                    return node
    return None


def _texts(state: Any) -> Iterator[str]:
    for node in _walk(state):
        if isinstance(node, dict):
            for key, value in node.items():
                if key.lower() in _STATE_KEYS and isinstance(value, str) and len(value) >= TEXT_MIN:
                    yield value
                elif isinstance(value, list) and len(text := "\n".join(_parts(value))) >= TEXT_MIN:
                    yield text


def _parts(entries: list[Any]) -> Iterator[str]:
    """The texts of a body that is kept as a list of paragraphs, headings and pictures."""
    for entry in entries:
        if not isinstance(entry, dict):
            continue
        kind = next((entry[key] for key in _KIND_KEYS if isinstance(entry.get(key), str)), "")
        inner = entry["data"] if isinstance(entry.get("data"), dict) else entry
        values = (inner.get(key) for key in ("content", "text", "html", "value"))
        text = next((value for value in values if isinstance(value, str) and value.strip()), None)
        if text is not None and _TEXT_KINDS.search(kind):
            yield text


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
