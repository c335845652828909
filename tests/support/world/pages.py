"""Article pages in several layouts: those that can be read, and those that can't."""

from __future__ import annotations

import json
from datetime import datetime
from html import escape
from typing import Final, Literal

from newscrawler.times import iso
from support.world.pieces import Piece, Shown

Layout = Literal["structured", "plain", "boxes", "script-only", "teaser", "undated"]
"""The first three can be read."""

_MENU: Final = '<nav><a href="/">الرئيسية</a><a href="/latest">آخر الأخبار</a><a href="/about">من نحن</a></nav>'
_FOOT: Final = "<footer>جميع الحقوق محفوظة للصحيفة</footer>"


def article(piece: Piece, shown: Shown, layout: Layout, *, noise: int | None = None) -> str:
    """The page of an article. `noise`: a number that is other at every request, for pages that never stay the same."""
    body = [*shown.paragraphs, f"المصدر: {piece.agency}"] if piece.agency else list(shown.paragraphs)
    head, main = "", f"<h1>{escape(shown.title)}</h1>"
    match layout:
        case "structured":
            head = _json_ld(piece, shown)
            main += f'<div class="meta">{_day(piece.at)}</div><div class="body">{_lines(body)}</div>'
        case "plain":
            main += f'<p class="byline">كتب {piece.author}</p>{_time(piece.at)}{_lines(body)}'
            main = f'<div class="crumbs"><a href="/">الرئيسية</a> / <a href="/s">{piece.section}</a></div>{main}'
        case "boxes":
            head = f'<meta property="article:section" content="{piece.section}">'
            main = f'<section class="hero">{main}{_time(piece.at)}<span class="author">{piece.author}</span></section>'
            main += f'<section class="story-2">{_lines(body)}</section>'
        case "script-only":
            main = '<div id="root"></div><script src="/app.js"></script><noscript>فعّل جافاسكربت من فضلك</noscript>'
        case "teaser":
            main += f"{_time(piece.at)}<p>{escape(' '.join(body[0].split()[:34]))}…</p><p>للمشتركين فقط</p>"
        case "undated":
            main += _lines(body)
    token = "" if noise is None else f'<meta name="csrf-token" content="{noise:08x}">'
    seen = "" if noise is None else f'<span class="views">المشاهدات: {noise % 9973}</span>'
    return _frame(f"{escape(shown.title)} - الصحيفة", head + token, f"<main><article>{main}</article>{seen}</main>")


def not_there() -> str:
    """What a site shows with 404, 410, or wrongly with 200."""
    return _frame("الصفحة غير موجودة", "", "<main><h1>عذراً</h1><p>الصفحة التي تبحث عنها غير موجودة</p></main>")


def wall() -> str:
    """A page that wants proof of humanity first."""
    return (
        '<!doctype html><html lang="en"><head><title>Just a moment...</title></head><body>'
        "<h1>Checking your browser</h1><p>Verifying you are human. This may take a few seconds.</p>"
        "<script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1'></script></body></html>"
    )


def front() -> str:
    """A front page that lists nothing."""
    return _frame("الصحيفة", "", "<main><h1>الصحيفة</h1><p>أهلاً بكم في موقعنا الجديد</p></main>")


def _frame(title: str, head: str, main: str) -> str:
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{_MENU}{main}{_FOOT}</body></html>"
    )


def _lines(body: list[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in body)


def _time(at: datetime) -> str:
    return f'<time datetime="{iso(at)}">{_day(at)}</time>'


def _day(at: datetime) -> str:
    return f"{at:%d/%m/%Y}"


def _json_ld(piece: Piece, shown: Shown) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": shown.title,
        "datePublished": iso(piece.at),
        "articleSection": piece.section,
        "author": {"@type": "Person", "name": piece.author},
    }
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
