"""The section as the reader sees it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from extract.conftest import FIRST, SECOND, TITLE
from newscrawler.article import Article
from newscrawler.link import Link

Read = Callable[..., Article]


def crumbs(*names: str) -> str:
    """A JSON-LD breadcrumb."""
    items = [
        {"@type": "ListItem", "position": i, "item": {"@id": "/", "name": name}} for i, name in enumerate(names, 1)
    ]
    block = json.dumps({"@type": "BreadcrumbList", "itemListElement": items})
    return f'<script type="application/ld+json">{block}</script>'


@pytest.mark.parametrize(
    ("pieces", "section", "source"),
    [
        ({"head": crumbs("الرئيسية", "ثقافة", TITLE)}, "ثقافة", "breadcrumb"),
        ({"head": crumbs("الرئيسية", "العالم", "آسيا")}, "آسيا", "breadcrumb"),
        ({"above": "<ul class='breadcrumb'><li><a>الرئيسية</a></li><li><a>ثقافة</a></li></ul>"}, "ثقافة", "breadcrumb"),
        ({"above": "<div class='bread-crumbs'>الرئيسية » ثقافة</div>"}, "ثقافة", "breadcrumb"),
        ({"above": "<div><a href='/'>الرئيسية</a> / <a href='/c'>ثقافة</a></div>"}, "ثقافة", "breadcrumb"),
        ({"above": "<span class='kicker'>ثقافة</span>"}, "ثقافة", "kicker"),
        ({"above": "<p><a rel='category tag' href='/c'>ثقافة</a> | 1 يناير 2024</p>"}, "ثقافة", "kicker"),
        ({"head": "<meta property='article:section' content='ثقافة'>"}, "ثقافة", "meta:article:section"),
        ({"head": "<meta property='article:section' content='سياسة > انتخابات'>"}, "انتخابات", "meta:article:section"),
    ],
)
def test_where_a_section_is_found(read: Read, pieces: dict[str, str], section: str, source: str) -> None:
    """Breadcrumb, label, then what machines are told; the last level that is neither home nor headline."""
    article = read(**pieces)
    assert (article.section, article.provenance["section"]) == (section, source)


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:section' content='featured'>",
        "<meta property='article:section' content='News'>",
        "<meta property='article:section' content='الرئيسية'>",
        "<meta property='article:section' content='الجريدة'>",
        "<meta property='article:section' content='غير مصنف'>",
        f"<meta property='article:section' content='{TITLE}'>",
        "<meta property='article:section' content='سياسة,اقتصاد,رياضة,فن,علوم,سيارات,طقس,صحة'>",
        crumbs("الرئيسية", TITLE),
    ],
)
def test_what_is_no_section(read: Read, head: str) -> None:
    """Slugs, the home page, the outlet, the headline and a whole menu."""
    assert read(head=head).section is None


def test_the_sources_word_is_the_last_resort(read: Read) -> None:
    """A feed's section is used where the page shows none, and only there."""
    link = Link(url="https://jarida.example/news/4711", section="محليات")
    assert read(link=link).section == "محليات"
    assert read(link=link, above="<span class='kicker'>ثقافة</span>").section == "ثقافة"


def test_a_menu_above_the_headline_is_no_path(read: Read) -> None:
    """Links in a row are the site's menu, even if «الرئيسية» stands first."""
    menu = "<div><a href='/'>الرئيسية</a> | <a href='/a'>محليات</a> | <a href='/b'>رياضة</a></div>"
    html = f"<html><body><div>{menu}<h1>{TITLE}</h1></div><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    assert read(html).section is None


def test_a_label_before_the_section_s_name_is_left_out(read: Read) -> None:
    """«المجموعة: الحدث الوطني» is the section «الحدث الوطني»."""
    article = read(above="<dl><dd class='category-name'>المجموعة: <a href='/n'>الحدث الوطني</a></dd></dl>")
    assert article.section == "الحدث الوطني"


def test_the_menu_s_entry_for_the_folder_of_the_address_is_the_section_where_nothing_else_is(read: Read) -> None:
    """/economy/4711 stands where the menu's «اقتصاد» (/economy) leads; other entries and vague folders say nothing."""
    menu = "<ul><li><a href='/politics'>سياسة</a></li><li><a href='/economy/'>اقتصاد</a></li></ul>"
    assert read(below=menu, url="https://jarida.example/economy/4711").section == "اقتصاد"
    assert read(below=menu, url="https://jarida.example/other/4711").section is None
    vague = "<ul><li><a href='/news'>الرئيسة</a></li><li><a href='/news/'>مقالات</a></li></ul>"
    assert read(below=vague, url="https://jarida.example/news/4711").section is None


def test_what_the_page_shows_beats_the_address(read: Read) -> None:
    """The menu is the last to be asked."""
    menu = "<ul><li><a href='/economy/'>اقتصاد</a></li></ul>"
    label = "<span class='category'>أسواق</span>"
    assert read(above=label, below=menu, url="https://jarida.example/economy/4711").section == "أسواق"


@pytest.mark.parametrize(
    "pieces",
    [
        {"html": f"<h6>مقالات</h6><h1>{TITLE}</h1>"},
        {"html": f"<div><a href='/c/1'>مقالات</a><p>12/03/2024 01:40</p></div><h1>{TITLE}</h1>"},
        {"html": f"<div><a href='/c/1'>مقالات</a><span>البادية</span></div><h1>{TITLE}</h1>"},
        {"html": f"<h1>{TITLE}</h1>", "below": "<div><span>نشرت في</span><a href='/c/1'>مقالات</a></div>"},
        {"html": f"<p><span class='category'>مقالات، ثقافة</span></p><h1>{TITLE}</h1>"},
    ],
)
def test_labels_that_nobody_named(read: Read, pieces: dict[str, str]) -> None:
    """A usual section right above the headline, a link above the date or beside a region, «نشرت في», two sections."""
    text = f"<p>{FIRST}</p><p>{SECOND}</p>"
    page = f"<html><head><title>{TITLE}</title></head><body><div>{pieces['html']}{text}{pieces.get('below', '')}</div>"
    assert read(f"{page}</body></html>").section == "مقالات"


def test_any_short_line_above_the_headline_is_no_section(read: Read) -> None:
    """A kicker says something about the news."""
    page = f"<html><head><title>{TITLE}</title></head><body><div><h6>بحضور الأهالي</h6><h1>{TITLE}</h1><p>{FIRST}</p>"
    assert read(f"{page}<p>{SECOND}</p></div></body></html>").section is None
