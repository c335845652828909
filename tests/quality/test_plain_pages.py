"""No rule against notices eats prose: texts known to be articles, on plain pages, are read whole."""

from __future__ import annotations

import gzip
import json
import os
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from itertools import islice
from pathlib import Path
from typing import Final

import pytest

from newscrawler.extract import extract
from newscrawler.outcome import NotAnArticle, TooShort
from newscrawler.page import Page
from newscrawler.site import Site
from newscrawler.text.normalise import clean, fold
from quality.pin import OWN_PAGES

SITE: Final = Site(
    id="rasid.example", name="الراصد اليومي", country="TN", home="https://rasid.example/", timezone="UTC"
)
MENU: Final = "".join(
    f'<li><a href="/c/{i}">{name}</a></li>' for i, name in enumerate(["وطنية", "جهات", "رياضة", "ثقافة"])
)
READ_MOST: Final = "".join(
    f'<li><a href="/p/{i}">{title}</a></li>'
    for i, title in enumerate(
        ("بلدية الميناء تعيد فتح الممشى بعد ترميمه", "سوق السمك ينتقل إلى مبناه الجديد مطلع الشهر")
    )
)
ARTICLES: Final = 150
"""Real articles that are tried; 1,000 take two minutes and show the same."""


def as_p(title: str, paragraphs: Sequence[str]) -> str:
    """A theme with a named content box."""
    return (
        f'<header><ul>{MENU}</ul></header><article><h1 class="entry-title">{title}</h1>'
        f'<span class="date">12 ماي 2017</span>'
        f'<div class="entry-content">{"".join(f"<p>{text}</p>" for text in paragraphs)}</div>'
        f"<div>شارك الخبر</div></article>"
        f"<aside><h3>الأكثر قراءة</h3><ul>{READ_MOST}</ul></aside>"
    )


def as_br(title: str, paragraphs: Sequence[str]) -> str:
    """A table layout with line breaks, in a form."""
    return (
        f"<form><table><tr><td colspan=2><ul>{MENU}</ul></td></tr><tr><td><h1>{title}</h1><span>12-05-2017 10:15</span>"
        f'<br><img src="/1.jpg"><div>{"<br><br>".join(paragraphs)}</div><a href="/print">طباعة</a></td>'
        f"<td><b>آخر الأخبار</b><ul>{READ_MOST}</ul></td></tr></table></form>"
    )


def as_div(title: str, paragraphs: Sequence[str]) -> str:
    """Boxes without telling names."""
    return (
        f'<div class="a"><ul>{MENU}</ul><div class="b"><h2>{title}</h2><div class="c">نشر في 12/05/2017</div>'
        f"{''.join(f'<div class=d>{text}</div>' for text in paragraphs)}</div>"
        f'<div class="e"><div>قد يهمك أيضا</div><ul>{READ_MOST}</ul></div></div>'
    )


def own_texts() -> Iterator[tuple[str, list[str]]]:
    """The texts of the golden pages, without figures that are lines only in their table."""
    for path in sorted(OWN_PAGES.glob("*/expected.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if "paragraphs" in gold:
            yield gold["title"], [text for text in gold["paragraphs"] if any(map(str.isalpha, text))]


def real_texts(corpus: Path) -> Iterator[tuple[str, list[str]]]:
    """Articles of a broadcaster, in a random order that is always the same."""
    with gzip.open(corpus / "ant-half.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    random.Random(20).shuffle(rows)
    texts = ((row["title"].strip(), [text for text in row["text"].split("\n") if fold(clean(text))]) for row in rows)
    yield from islice(((title, text) for title, text in texts if text), ARTICLES)


def lost(title: str, paragraphs: Sequence[str], layout: str) -> list[str]:
    """The paragraphs that aren't in what was read, as article or as its standfirst."""
    head = f"<head><meta charset=utf-8><title>{escape(title)} - الراصد اليومي</title></head>"
    body = {"p": as_p, "br": as_br, "div": as_div}[layout](escape(title), [escape(text) for text in paragraphs])
    page = Page(
        url="https://rasid.example/article/4711",
        body=f"<!DOCTYPE html><html>{head}<body>{body}</body></html>".encode(),
        fetched_at=datetime(2020, 1, 1, tzinfo=UTC),
        requested_url="https://rasid.example/article/4711",
        content_type="text/html; charset=utf-8",
    )
    try:
        article = extract(page, SITE)
    except (TooShort, NotAnArticle):
        return []
    read = fold(clean(" ".join([*article.paragraphs, article.standfirst or ""])))
    return [text for text in paragraphs if fold(clean(text)) not in read]


@pytest.mark.parametrize("layout", ["p", "br", "div"])
def test_the_golden_texts_are_read_whole_from_plain_pages(layout: str) -> None:
    """What our golden pages hold as article is lost on no plain page, whatever the rules drop elsewhere."""
    missing = [(title, text) for title, paragraphs in own_texts() for text in lost(title, paragraphs, layout)]
    assert not missing


@pytest.mark.parametrize("layout", ["p", "br", "div"])
def test_real_texts_are_read_whole_from_plain_pages(layout: str) -> None:
    """The same for articles that a broadcaster published; only a signature may stay behind."""
    corpus = os.environ.get("NEWS_CORPUS")
    if not corpus:
        pytest.skip("NEWS_CORPUS names no folder of real articles")
    missing = [text for title, paragraphs in real_texts(Path(corpus)) for text in lost(title, paragraphs, layout)]
    assert [text for text in missing if len(text) > 40] == []
