"""The seed's selectors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from extract.conftest import FIRST, SECOND, THIRD, make_site
from newscrawler.article import Article

Read = Callable[..., Article]
PIECES = {
    "above": "<h2 id='t'>عنوان من القاعدة الخاصة</h2><i id='s'>ملف خاص</i>"
    "<b class='a'>سعاد نور</b><b class='a'>كمال راشد</b>"
    "<u id='d' datetime='2024-05-02T10:00:00+03:00'>أمس</u>",
    "below": (
        "<div id='b'><p>نص القاعدة الأول وهو طويل بما يكفي ليكون فقرة كاملة في "
        "خبر من الأخبار.</p><p>نص القاعدة الثاني وهو طويل بما يكفي ليكون فقرة "
        "أخرى في الخبر نفسه.</p></div>"
    ),
}
RULE = {"title": "#t", "section": "#s", "author": ".a", "date": "#d", "body": "#b"}


def test_a_rule_wins_in_every_field(read: Read) -> None:
    """Title, section, authors, date and body come from the selectors, and provenance says so."""
    article = read(site=_site(RULE), **PIECES)
    assert article.title == "عنوان من القاعدة الخاصة"
    assert article.section == "ملف خاص"
    assert article.authors == ("سعاد نور", "كمال راشد")
    assert article.published_at == datetime(2024, 5, 2, 7, tzinfo=UTC)
    assert article.paragraphs[0].startswith("نص القاعدة الأول")
    assert len(article.paragraphs) == 2
    for field in ("title", "section", "authors", "published_at"):
        assert article.provenance[field] == "rule"
    assert article.notes == ()


@pytest.mark.parametrize("field", ["title", "section", "date", "body", "author"])
def test_a_selector_that_misses_is_noted_and_the_page_read_without_it(read: Read, field: str) -> None:
    """The note names the selector and what it matched, in the same words on every page; nothing is absorbed."""
    article = read(site=_site({field: ".nowhere"}))
    assert article.paragraphs == (FIRST, SECOND, THIRD)
    (note,) = article.notes
    assert field in note
    assert ".nowhere" in note
    assert "https://" not in note, "the same words for every page, so that they can be counted"


def test_a_selector_that_matches_twice_is_a_miss(read: Read) -> None:
    """Which of the two was meant can't be known."""
    article = read(site=_site({"section": "b"}), **PIECES)
    assert "2 elements" in article.notes[0]


def test_attributes_and_texts_may_be_selected(read: Read) -> None:
    """`::text` and `::attr()` as in Scrapy."""
    article = read(site=_site({"title": "#t::text", "date": "#d::attr(datetime)"}), **PIECES)
    assert article.title == "عنوان من القاعدة الخاصة"
    assert article.published_from == "rule"


def test_dropped_elements_are_gone_before_anything_is_read(read: Read) -> None:
    """Any number of them; the text around stays."""
    body = (
        f"<p>{FIRST}</p><p class='x'>سطر دعائي طويل من ضمن النص لا يريده قارئ "
        f"الأرشيف أبدا.</p>ذيل<p>{SECOND}</p><p>{THIRD}</p>"
    )
    article = read(site=_site({"drop": [".x", ".none"]}), body=body)
    assert article.paragraphs == (FIRST, "ذيل", SECOND, THIRD)


def test_a_rule_of_the_future_is_not_in_force(read: Read) -> None:
    """The capture's day decides, so that old captures stay readable."""
    site = make_site(rule={"title": "#t"})
    late = site.rule[0].model_copy(update={"since": datetime(2025, 1, 1, tzinfo=UTC).date()})
    article = read(site={"rule_list": (late,)}, **PIECES)
    assert article.provenance["title"] == "h1"


def _site(rule: dict[str, object]) -> dict[str, object]:
    return {"rule": rule}
