"""The summary set apart."""

from __future__ import annotations

from collections.abc import Callable

from extract.conftest import FIRST, SECOND, THIRD
from newscrawler.article import Article

Read = Callable[..., Article]
SUMMARY = "المشروع كلف مليوني ليرة واستغرق عامين من العمل المتواصل، والدخول مجاني لسكان الحي"


def test_a_named_summary_above_the_text_is_the_standfirst(read: Read) -> None:
    """It is kept apart from the body."""
    article = read(above=f"<h2 class='sub-title'>{SUMMARY}</h2>")
    assert article.standfirst == SUMMARY
    assert SUMMARY not in article.paragraphs


def test_a_line_that_the_description_repeats_is_the_standfirst(read: Read) -> None:
    """Even if no class names it."""
    article = read(head=f"<meta name='description' content='{SUMMARY[:50]}...'>", above=f"<div>{SUMMARY}</div>")
    assert article.standfirst == SUMMARY


def test_the_first_paragraph_repeated_or_cut_is_none(read: Read) -> None:
    """What stands in the body isn't said twice."""
    assert read(above=f"<div class='summary'>{FIRST[:70]}...</div>").standfirst is None


def test_a_search_engines_description_is_none(read: Read) -> None:
    """Only what a reader sees counts."""
    assert read(head=f"<meta name='description' content='{SUMMARY}'>").standfirst is None


def test_a_lead_that_the_text_goes_on_from_is_its_first_paragraph(read: Read) -> None:
    """«وقال …» can't open a story: the bold lead above is part of it."""
    article = read(above=f"<div class='article-lead'><p>{FIRST}</p></div>", body=f"<p>{SECOND}</p><p>{THIRD}</p>")
    assert article.paragraphs == (FIRST, SECOND, THIRD)
    assert article.standfirst is None
