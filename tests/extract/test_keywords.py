"""The page's own tags."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.conftest import TITLE
from newscrawler.article import Article

Read = Callable[..., Article]
TAGS = ("مكتبات", "الحي الشرقي")


@pytest.mark.parametrize(
    ("pieces", "source"),
    [
        (
            {
                "below": (
                    "<p>الوسوم: <a rel='tag' href='/tag/1'>مكتبات</a> <a rel='tag' href='/tag/2'>الحي الشرقي</a></p>"
                )
            },
            "tags",
        ),
        ({"below": "<div class='post-tags'><a href='/t/1'>#مكتبات</a><a href='/t/2'>#الحي_الشرقي</a></div>"}, "tags"),
        (
            {
                "below": (
                    "<div><span>الكلمات الدلالية:</span><a href='/k/1'>مكتبات</a>، <a href='/k/2'>الحي الشرقي</a></div>"
                )
            },
            "tags",
        ),
        ({"head": "<meta name='keywords' content='مكتبات، الحي الشرقي'>"}, "meta:keywords"),
        (
            {
                "head": (
                    "<meta property='article:tag' content='مكتبات'><meta property='article:tag' content='الحي الشرقي'>"
                )
            },
            "meta:article:tag",
        ),
        (
            {
                "head": (
                    '<script type="application/ld+json">'
                    '{"@type":"NewsArticle","keywords":["مكتبات","الحي الشرقي"]}</script>'
                )
            },
            "json-ld",
        ),
        ({"head": "<meta name='keywords' content='مكتبات,الجريدة,الحي الشرقي,مكتبات'>"}, "meta:keywords"),
    ],
)
def test_where_tags_are_found(read: Read, pieces: dict[str, str], source: str) -> None:
    """Split at Arabic and Latin commas, without marks, doubles and the outlet's name."""
    article = read(**pieces)
    assert (article.keywords, article.provenance["keywords"]) == (TAGS, source)


@pytest.mark.parametrize(
    "content",
    [
        ",".join(TITLE.split()),
        TITLE,
        "هذه جملة طويلة عن المكتبة الجديدة التي افتتحت اليوم في الحي الشرقي",
        "الجريدة",
        ",".join(f"كلمة {number}" for number in range(50)),
    ],
)
def test_what_is_no_tag(read: Read, content: str) -> None:
    """The headline whole or in pieces, a sentence, the outlet, a cloud."""
    assert read(head=f"<meta name='keywords' content='{content}'>").keywords == ()


def test_share_buttons_and_categories_are_no_tags(read: Read) -> None:
    """A box called «tags» because of its looks, and a section marked rel=tag."""
    share = (
        "<div class='tags share'><a href='https://facebook.com/x'>فيسبوك</a><a href='https://t.me/x'>تلغرام</a></div>"
    )
    section = "<a rel='category tag' href='/c'>ثقافة</a>"
    assert read(below=share + section).keywords == ()


def test_related_headlines_in_a_box_called_tags_are_no_tags(read: Read) -> None:
    """Tags are short; the meta with the real ones is believed instead."""
    box = (
        "<div class='tags'><h3>موضوعات</h3><a href='/1'>وزير الزراعة يفتتح معرض الزهور السنوي في العاصمة</a>"
        "<a href='/2'>طلاب الهندسة يبتكرون جهازا جديدا لتنقية المياه</a></div>"
    )
    assert read(head="<meta name='keywords' content='مكتبات، مطالعة'>", below=box).keywords == ("مكتبات", "مطالعة")


@pytest.mark.parametrize(
    "below",
    [
        "<div>كلمات دالة: مكتبات، الحي الشرقي</div>",
        "<div><a href='/tag/1'>مكتبات</a></div><div><a href='/tag/2'>الحي الشرقي</a></div>",
        "<div><a href='/s/1'>#مكتبات</a> <a href='/s/2'>#الحي_الشرقي</a></div>",
    ],
)
def test_tags_in_a_box_that_nobody_named(read: Read, below: str) -> None:
    """Plain text behind a label, or links that lead to tags; the menu's links are never taken for them."""
    assert read(below=below).keywords == TAGS
