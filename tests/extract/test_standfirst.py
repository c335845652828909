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


def test_a_date_in_an_element_called_summary_is_no_standfirst(read: Read) -> None:
    """Some templates print the date in the same style as the summary."""
    dated = "<p class='summary'>تاريخ النشر: 03.11.2021 | 18:22 GMT</p>"
    assert read(above=dated).standfirst is None


def test_a_lesser_heading_right_below_the_headline_is_the_standfirst(read: Read) -> None:
    """Without any name: an h2 or h4 that follows the h1 and is no link."""
    line = "البلدية تفتح أبواب المكتبة بعد عامين من العمل"
    assert read(above=f"<h4>{line}</h4>").standfirst == line
    assert read(above=f"<h4><a href='/x'>{line}</a></h4>").standfirst is None


def test_a_summary_in_several_points_is_kept_whole(read: Read) -> None:
    """One line each, short ones too."""
    points = [SUMMARY, "الدخول مجاني", "قاعة للأطفال دون الثانية عشرة"]
    listed = "".join(f"<li>{point}</li>" for point in points)
    assert read(above=f"<ul class='summary'>{listed}</ul>").standfirst == "\n".join(points)
    headings = "".join(f"<h2>{point}</h2>" for point in points)
    assert read(above=headings).standfirst == "\n".join(points)


def test_a_summary_inside_the_text_s_box_is_the_standfirst(read: Read) -> None:
    """If its box is named so and the text tells again what it says."""
    summary = "مكتبة جديدة تضم عشرين ألف كتاب في الحي الشرقي، أبوابها مفتوحة حتى التاسعة مساء"
    body = f"<div class='article__summary'>{summary}</div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
    article = read(body=body)
    assert article.standfirst == summary
    assert article.paragraphs == (FIRST, SECOND, THIRD)


def test_a_lead_in_the_text_s_box_is_its_first_paragraph(read: Read) -> None:
    """If the text doesn't tell it again."""
    assert read(body=f"<p class='lead'>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>").paragraphs == (FIRST, SECOND, THIRD)
    begins = "يستطيع الأطفال دون الثانية عشرة استعارة ثلاثة كتب في المرة الواحدة من دون أي رسوم."
    article = read(body=f"<p class='lead'>{FIRST}</p><p>{begins}</p><p>{SECOND}</p>")
    assert article.paragraphs == (FIRST, begins, SECOND)


def test_an_unnamed_summary_before_the_byline_is_the_standfirst(read: Read) -> None:
    """If the text tells again what it says."""
    summary = "مكتبة جديدة تضم عشرين ألف كتاب في الحي الشرقي، أبوابها مفتوحة حتى التاسعة مساء"
    above = f"<p>{summary}</p><div>سعاد نور 14 مايو 2024</div><img src='/1.jpg' width='600'>"
    assert read(above=above).standfirst == summary


def test_a_byline_as_a_subheading_is_no_standfirst(read: Read) -> None:
    """«بقلم الدكتور: …»"""
    article = read(above="<h4>بقلم الدكتور: عبد الرحمن بن ناصر الفالح</h4>")
    assert article.standfirst is None
    assert article.authors == ("عبد الرحمن بن ناصر الفالح",)
