"""Articles that a page keeps in a script's state."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from extract.conftest import FIRST, SECOND, THIRD, TITLE
from newscrawler.article import Article
from newscrawler.outcome import NoText

Read = Callable[..., Article]
ALL = (FIRST, SECOND, THIRD)

STRANGER = {"title": "عنوان آخر لا صلة له", "body": "<p>" + "نص عن شيء آخر تماما لا علاقة له بالخبر. " * 12 + "</p>"}
BLOCKS = [
    {"type": "text", "content": FIRST},
    {"type": "image", "content": "صورة من الافتتاح"},
    {"type": "header", "content": "ساعات العمل"},
    {"type": "text", "content": SECOND},
    {"type": "text", "content": THIRD},
]


def page(script: str, *, head: str = "") -> str:
    """A page without text."""
    return f"<html><head><title>{TITLE}</title>{head}</head><body><div id='app'></div>{script}</body></html>"


def next_page(article: Any) -> str:
    """A Next page whose state holds the article and another one."""
    state = json.dumps({"props": {"article": article, "latest": [STRANGER]}}, ensure_ascii=False)
    return page(f"<script id='__NEXT_DATA__' type='application/json'>{state}</script>")


def test_a_body_of_blocks_is_read(read: Read) -> None:
    """Paragraphs and headings in order, without pictures; the longer text of another article isn't taken."""
    article = read(next_page({"title": TITLE, "blocks": BLOCKS}))
    assert article.paragraphs == (FIRST, "ساعات العمل", SECOND, THIRD)


def test_blocks_may_keep_their_text_one_level_deeper(read: Read) -> None:
    """As editors do that write JSON."""
    blocks = [{"type": "paragraph", "data": {"text": text}} for text in ALL] + ["سطر بلا نوع"]
    assert read(next_page({"title": TITLE, "blocks": blocks})).paragraphs == ALL


@pytest.mark.parametrize(
    "name", ["Fusion.globalContent=", "window.__INITIAL_STATE__ = ", 'window["__PRELOADED_STATE__"] = ']
)
def test_an_assigned_state_is_read(read: Read, name: str) -> None:
    """Behind any of the names that frameworks give it, with code before and after."""
    state = json.dumps({"headlines": {"basic": TITLE}, "content_elements": BLOCKS}, ensure_ascii=False)
    article = read(page(f"<script>var a=1;{name}{state};go();</script>"))
    assert article.paragraphs == (FIRST, "ساعات العمل", SECOND, THIRD)


def test_a_state_that_is_a_function_call_is_read(read: Read) -> None:
    """Nuxt 2: of its texts the one that says what the page's description says."""
    body = json.dumps("".join(f"<p>{text}</p>" for text in ALL), ensure_ascii=False).replace("<", "\\u003C")
    other = json.dumps(STRANGER["body"], ensure_ascii=False).replace("<", "\\u003C")
    code = f"window.__NUXT__=(function(a){{return {{article:{{body:{body}}},other:{{body:{other},text:a}}}}}}('x'))"
    head = f"<meta name='description' content='{FIRST}'>"
    assert read(page(f"<script>{code}</script>", head=head)).paragraphs == ALL


@pytest.mark.parametrize("state", ["{broken", '{"props": {}}', "[" * 3000])
def test_a_state_without_an_article_is_no_text(read: Read, state: str) -> None:
    """Broken, empty, or nested beyond reason."""
    with pytest.raises(NoText):
        read(page(f"<script id='__NEXT_DATA__'>{state}</script><script>window.__NUXT__={{body:\"\\x\"}}</script>"))
