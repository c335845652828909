"""How the benchmark's newspaper looks: six templates as newsrooms' systems print them, of a real page's weight."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from html import escape
from random import Random
from typing import Final
from urllib.parse import quote

from tests.benchmarks.newsroom.stories import SECTIONS, BenchStory

NAME: Final = "جريدة المقياس"
_WEIGHT: Final = (100_000, 150_000)
"""Bytes of a page, least and most."""
_MONTHS: Final = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني",
    "كانون الأول",
)  # fmt: skip
_DAYS: Final = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")


def page(story: BenchStory, others: Sequence[BenchStory], *, base: str, seed: int = 1) -> bytes:
    """A complete page; `others` are the stories that lists on it lead to."""
    chance = Random(f"{seed}/page/{story.number}")
    head, body = _TEMPLATES[story.template](story, base)
    weight = chance.randint(*_WEIGHT)
    top = (
        f'<!doctype html>\n<html lang="ar" dir="rtl"><head><meta charset="utf-8">\n'
        f"<title>{escape(story.title)} | {NAME}</title>\n"
        f'<link rel="canonical" href="{base}{story.path}">\n<meta property="og:site_name" content="{NAME}">\n'
        f"{head}\n{_styles(chance, weight // 5)}</head>\n<body>\n{_menu()}\n"
    )
    side = _cards("side", chance.sample(others, min(12, len(others))))
    foot = _cards("foot", chance.sample(others, min(40, len(others))))
    made = f"{top}{body}\n<aside><h3>الأكثر قراءة</h3>{side}</aside>\n<footer>{foot}<p>{NAME} - جميع الحقوق محفوظة</p>"
    return (made + _state(chance, weight - len(made.encode())) + "</footer></body></html>").encode()


def _graph(story: BenchStory, base: str) -> tuple[str, str]:
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "NewsArticle", "headline": story.title, "datePublished": story.published.isoformat(),
             "articleSection": story.section, "author": {"@type": "Person", "name": story.author},
             "mainEntityOfPage": f"{base}{story.path}"},
            {"@type": "Organization", "name": NAME, "url": f"{base}/"},
        ],
    }  # fmt: skip
    head = f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>{_og(story)}'
    return head, (
        f'<main><article class="post"><a class="cat" href="{_section(story)}">{story.section}</a>'
        f'<h1 class="title">{escape(story.title)}</h1><div class="byline">{story.author}</div>'
        f'<div class="content">{_paragraphs(story)}</div></article></main>'
    )


def _breaks(story: BenchStory, base: str) -> tuple[str, str]:
    """Text as lines in one box, the time in a meta element."""
    head = (
        f'<meta property="article:published_time" content="{story.published.isoformat()}">{_og(story)}'
        f'<meta name="author" content="{story.author}">'
    )
    text = "<br><br>\n".join(escape(paragraph) for paragraph in story.paragraphs)
    return head, (
        f'<div class="breadcrumb"><a href="{base}/">الرئيسية</a> &raquo; '
        f'<a href="{_section(story)}">{story.section}</a></div>'
        f'<div id="story"><h1>{escape(story.title)}</h1><span class="author">كتب: {story.author}</span>'
        f'<div class="story-text">{text}</div></div>'
    )


def _boxes(story: BenchStory, base: str) -> tuple[str, str]:
    """A div for each paragraph; a time element."""
    text = "".join(f'<div class="par">{escape(paragraph)}</div>' for paragraph in story.paragraphs)
    return _og(story), (
        f'<section id="article"><div class="meta"><a rel="category tag" href="{_section(story)}">{story.section}</a>'
        f'</div><h1>{escape(story.title)}</h1><div class="by"><a rel="author" href="{base}/w">{story.author}</a> '
        f'<time datetime="{story.published.isoformat()}">{_printed(story)}</time></div>'
        f'<div class="text">{text}</div></section>'
    )


def _printed_only(story: BenchStory, base: str) -> tuple[str, str]:
    """Nothing for machines: a printed date, a printed name."""
    return "", (
        f'<nav class="path"><a href="{base}/">الرئيسية</a> / <a href="{_section(story)}">{story.section}</a></nav>'
        f'<article><h1 class="headline">{escape(story.title)}</h1><p class="date">{_printed(story)}</p>'
        f'<p class="author-name">{story.author}</p><div class="article-body">{_paragraphs(story)}</div></article>'
    )


def _microdata(story: BenchStory, base: str) -> tuple[str, str]:
    return _og(story), (
        f'<article itemscope itemtype="https://schema.org/NewsArticle"><a itemprop="articleSection" '
        f'href="{_section(story)}">{story.section}</a><h1 itemprop="headline">{escape(story.title)}</h1>'
        f'<span itemprop="author">{story.author}</span>'
        f'<meta itemprop="datePublished" content="{story.published.isoformat()}">'
        f'<div itemprop="articleBody">{_paragraphs(story)}</div></article>'
    )


def _application(story: BenchStory, base: str) -> tuple[str, str]:
    """Every element in boxes with invented names; a box of other stories in the middle of the text."""
    head = (
        f'<meta property="article:section" content="{story.section}">{_og(story)}<meta name="date" '
        f'content="{story.published.isoformat()}"><meta property="article:author" content="{story.author}">'
    )
    parts = [f'<p class="css-1q{n}">{escape(text)}</p>' for n, text in enumerate(story.paragraphs)]
    related = f'<a href="{base}/news/1.html">خبر آخر من الأرشيف</a>'
    parts.insert(2, f'<div class="related"><h4>اقرأ أيضاً</h4>{related}</div>')
    return head, (
        f'<div id="__next"><div class="css-0"><div class="crumbs"><a href="{_section(story)}">{story.section}</a></div>'
        f'<h1 class="css-1">{escape(story.title)}</h1><div class="css-2"><span class="writer">{story.author}</span>'
        f'</div><div class="css-3 article-content">{"".join(parts)}</div></div></div>'
    )


_TEMPLATES: Final[Sequence[Callable[[BenchStory, str], tuple[str, str]]]] = (
    _graph, _breaks, _boxes, _printed_only, _microdata, _application,
)  # fmt: skip


def _og(story: BenchStory) -> str:
    return (
        f'<meta property="og:type" content="article">'
        f'<meta property="og:title" content="{escape(story.title)} - {NAME}">'
        f'<meta property="og:description" content="{escape(story.paragraphs[0][:150])}">'
    )


def _paragraphs(story: BenchStory) -> str:
    return "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)


def _section(story: BenchStory) -> str:
    return f"/section/{quote(story.section.replace(' ', '-'))}"


def _printed(story: BenchStory) -> str:
    at = story.published
    return f"{_DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]} {at.year} - {at:%H:%M}"


def _menu() -> str:
    items = "".join(f'<li class="menu-item"><a href="/section/{quote(name)}">{name}</a></li>' for name in SECTIONS)
    more = "".join(f'<li><a href="/page/{number}">ملفات خاصة {number}</a></li>' for number in range(24))
    menu = f'<nav class="main-menu"><ul>{items}{more}</ul></nav>'
    return f'<header><div class="logo"><a href="/">{NAME}</a></div>{menu}</header>'


def _cards(name: str, others: Sequence[BenchStory]) -> str:
    cards = (
        f'<div class="card card-{name}"><a href="{other.path}"><img src="/i/{other.number}.jpg" alt="" loading="lazy">'
        f'<span class="kicker">{other.section}</span><span class="card-title">{escape(other.title)}</span></a></div>'
        for other in others
    )
    return "\n".join(cards)


def _styles(chance: Random, weight: int) -> str:
    rules: list[str] = []
    size = 0
    while size < weight:
        rules.append(
            f".c{chance.randrange(9999)}{{margin:{chance.randrange(40)}px;color:#{chance.randrange(16**6):06x}}}"
        )
        size += len(rules[-1])
    return f"<style>{''.join(rules)}</style>"


def _state(chance: Random, weight: int) -> str:
    """What a script framework leaves in a page."""
    return f"<script>window.__STATE__=[{','.join(_widgets(chance, weight))}]</script>"


def _widgets(chance: Random, weight: int) -> Iterator[str]:
    left = weight
    while left > 0:
        widget = json.dumps({"id": chance.randrange(10**6), "cls": f"w-{chance.randrange(99)}", "on": bool(left % 2),
                             "opts": [chance.randrange(999) for _ in range(6)]})  # fmt: skip
        left -= len(widget) + 1
        yield widget
