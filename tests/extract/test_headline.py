"""The headline as displayed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.conftest import FIRST, SECOND, THIRD, TITLE
from newscrawler.article import Article
from newscrawler.extract.headline import agreement, without_site

Read = Callable[..., Article]
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE} | الجريدة",
        f"{TITLE} - صحيفة الجريدة",
        f"الجريدة :: {TITLE}",
        f"الجريدة: {TITLE} – jarida.example",
        f"{TITLE} » محليات » الجريدة".replace("» محليات ", ""),
    ],
)
def test_the_outlets_name_is_no_part_of_the_headline(title: str) -> None:
    """The name goes from either end, with or without «صحيفة», and the headline's own dashes stay."""
    assert without_site(title, ("الجريدة", "صحيفة الجريدة", "jarida.example")) == TITLE
    assert without_site("مصر - السودان: قمة جديدة", ("الجريدة",)) == "مصر - السودان: قمة جديدة"


def test_the_h1_wins_over_the_head_with_its_quotation_marks(read: Read) -> None:
    """og:title often lacks «»; what the reader sees is kept, the other is a disagreement only if it differs."""
    html = (
        "<html><head><title>قمة الماء تختتم أعمالها في العاصمة</title></head>"
        f"<body><h1>«قمة الماء» تختتم أعمالها في العاصمة</h1>{TEXT}</body></html>"
        ""
    )
    article = read(html)
    assert article.title == "«قمة الماء» تختتم أعمالها في العاصمة"
    assert article.provenance["title"] == "h1"


def test_of_two_h1_the_one_that_agrees_with_the_head_wins(read: Read) -> None:
    """The logo and the box below are h1, too, on some pages."""
    html = (
        f"<html><head><meta property='og:title' content='{TITLE}'></head><body>"
        "<h1>الجريدة</h1><h1>آخر الأخبار من كل مكان</h1>"
        f"<h1>{TITLE}</h1>{TEXT}</body></html>"
    )
    assert read(html).title == TITLE


@pytest.mark.parametrize("tag", ["h2", "div", "td", "font"])
def test_a_page_without_h1_shows_its_headline_otherwise(read: Read, tag: str) -> None:
    """An h2, or whatever element shows exactly what the head says."""
    html = (
        f"<html><head><title>{TITLE}</title></head><body><table><tr><td><{tag}>"
        f"{TITLE}</{tag}></td></tr></table>{TEXT}</body></html>"
    )
    article = read(html)
    assert article.title == TITLE
    assert article.provenance["title"] != "title"


def test_where_nothing_is_displayed_the_head_is_believed(read: Read) -> None:
    """Without the outlet's name."""
    article = read(f"<html><head><title>{TITLE} - الجريدة</title></head><body><div>{TEXT}</div></body></html>")
    assert (article.title, article.provenance["title"]) == (TITLE, "title")


def test_a_label_inside_the_h1_is_not_the_headline(read: Read) -> None:
    """«ثقافة» in a span of its own is the section."""
    html = f"<html><body><h1><span class='category'>ثقافة</span> {TITLE}</h1>{TEXT}</body></html>"
    assert read(html).title == TITLE


def test_what_else_was_said_is_kept(read: Read) -> None:
    """A search engine's headline that differs is recorded with its source."""
    head = f"<meta property='og:title' content='مكتبة في الحي الشرقي: {TITLE[:30]}'>"
    assert "og:title" in read(head=head).disagreements["title"]


def test_agreement_is_the_share_of_common_words() -> None:
    """Folded, and of the shorter text; nothing agrees with nothing."""
    assert agreement("قمة الماء", "«قِمّة» الماء تختتم") == 1.0
    assert agreement("", "قمة") == 0.0


@pytest.mark.parametrize("title", ["وكالة الأنباء - بترا", "أخبار الوزارة - تفاصيل الخبر", "News Details"])
def test_a_title_that_names_a_template_is_no_headline(read: Read, title: str) -> None:
    """The displayed heading is, whatever its rank."""
    html = f"<html><head><title>{title}</title></head><body><div><h2>{TITLE}</h2>{TEXT}</div></body></html>"
    assert read(html).title == TITLE
