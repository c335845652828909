"""Pages that go on with other articles below their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.conftest import FIRST, SECOND, THIRD, TITLE, article_html
from newscrawler.article import Article
from newscrawler.extract.next_articles import drop_next_articles
from newscrawler.extract.tree import parse, text_of

Read = Callable[..., Article]
ALL = (FIRST, SECOND, THIRD)

OTHER = "ارتفاع منسوب النهر بعد أسبوع من الأمطار المتواصلة"
WATER = "ارتفع منسوب النهر في المدينة ثلاثين سنتيمترا خلال أسبوع من الأمطار التي لم تنقطع إلا ساعات."
BOATS = "ونقل الدفاع المدني قوارب إلى الأحياء القريبة من الضفة تحسبا لفيضان جديد في نهاية الأسبوع."


def scrolled(tag: str, first: str, second: str, *, date: str = "") -> str:
    """Two articles, one below the other, each in a box of its own."""
    own = f"<h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
    other = f"<{tag}>{OTHER}</{tag}>{date}<p>{WATER}</p><p>{BOATS}</p>"
    return f"<html><head><title>{TITLE}</title></head><body>{first}{own}</div>{second}{other}</div></body></html>"


@pytest.mark.parametrize(
    ("tag", "date"), [("h1", ""), ("h2", "<time datetime='2024-03-01'>1 مارس</time>"), ("h2", "<p>1 مارس 2024</p>")]
)
def test_the_article_below_is_left_out(read: Read, tag: str, date: str) -> None:
    """A box like the first one, with a headline of that rank or a date of its own, is another article."""
    assert read(scrolled(tag, "<div class='story'>", "<div class='story'>", date=date)).paragraphs == ALL


def test_a_chapter_is_no_article() -> None:
    """A box like the first one with a subheading and no date may be the text's second half, and stays."""
    root = parse(scrolled("h2", "<div class='story'>", "<div class='story'>"))
    drop_next_articles(root, next(root.iter("h1")))
    assert BOATS in text_of(root)


def test_boxes_without_a_name_prove_nothing(read: Read) -> None:
    """Plain boxes are alike on every page, so a second h1 in one is a subheading."""
    assert BOATS in read(scrolled("h1", "<div>", "<div>")).paragraphs


def test_numbers_in_a_class_tell_no_boxes_apart(read: Read) -> None:
    """`post-17` and `post-18` are the same template."""
    html = scrolled("h1", "<div class='post post-17'>", "<div class='post post-18'>")
    assert read(html).paragraphs == ALL


def test_a_headline_inside_the_text_is_none_of_another_article(read: Read) -> None:
    """Editors set subheadings as h1, too."""
    body = f"<p>{FIRST}</p><h1>ساعات العمل</h1><p>{SECOND}</p><p>{THIRD}</p>"
    assert read(article_html(body=body)).paragraphs == (FIRST, "ساعات العمل", SECOND, THIRD)
