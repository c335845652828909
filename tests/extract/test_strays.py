"""What is left out although no name of a class gives it away."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.conftest import FIRST, SECOND, THIRD
from newscrawler.article import Article

Read = Callable[..., Article]
NOTICE = "لقراءة المقال كاملاً يرجى تسجيل الدخول إلى حسابك أو الاشتراك في إحدى باقاتنا الشهرية."
POLICY = "تصدر هذه الصفحات عن دار خيالية للنشر والتوزيع، وما فيها من آراء لا يلزم غير أصحابها."


def test_the_site_s_foot_goes_where_links_lie_between_it_and_the_text(read: Read) -> None:
    """In layouts of tables a short text and the foot share one element: distance and links tell them apart."""
    page = (
        f"<table><tr><td><table><tr><td><h1>افتتاح مكتبة جديدة</h1><table><tr><td>{FIRST}<br>{SECOND}<br>{THIRD}</td>"
        f"</tr></table><div><a href='/print'>نسخة أخرى</a></div></td></tr></table></td></tr><tr><td>{POLICY}</td></tr>"
        "</table>"
    )
    article = read(f"<html><head><title>افتتاح مكتبة جديدة</title></head><body>{page}</body></html>")
    assert article.paragraphs == (FIRST, SECOND, THIRD)


def test_halves_of_a_text_with_an_advertisement_between_them_both_stay(read: Read) -> None:
    """What stands beside the text, and not far from it, is the text."""
    halves = f"<div><p>{FIRST}</p><p>{SECOND}</p></div><div><a href='/ad'>عرض خاص</a></div><div><p>{THIRD}</p></div>"
    assert read(body=halves).paragraphs == (FIRST, SECOND, THIRD)


def test_a_notice_to_the_reader_in_a_box_of_its_own_is_left_out(read: Read) -> None:
    """Paywalls, accounts and subscriptions speak of the site; their box holds no sentence of the article."""
    text = f"<div><p>{FIRST}</p><p>{SECOND}</p></div><div><p>{NOTICE}</p></div><div><p>{THIRD}</p></div>"
    assert read(body=text).paragraphs == (FIRST, SECOND, THIRD)


def test_a_notice_among_the_article_s_paragraphs_stays(read: Read) -> None:
    """An article about accounts uses the same words: a paragraph among others is never taken for a notice."""
    text = f"<p>{FIRST}</p><p>{NOTICE}</p><p>{SECOND}</p>"
    assert read(body=text).paragraphs == (FIRST, NOTICE, SECOND)


@pytest.mark.parametrize("label", ["كلمة السر:", "تسجيل الدخول", "هل نسيت كلمة المرور؟"])
def test_nothing_below_a_login_form_is_the_article(read: Read, label: str) -> None:
    """However long the terms behind it are."""
    form = f"<div>{label}</div><div><p>{POLICY}</p><p>{NOTICE}</p><p>{POLICY} {POLICY}</p></div>"
    assert read(below=form).paragraphs == (FIRST, SECOND, THIRD)


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/x'>اقرأ أيضا: تأجيل انتخابات النقابة</a>",
        "<strong>إقرأ أيضاً: <a href='/x'>تأجيل انتخابات النقابة</a></strong>",
        "<strong><a href='/x'>طالع أيضاً تأجيل انتخابات النقابة</a></strong>",
    ],
)
def test_a_link_to_another_article_is_cut_out_of_a_sentence_s_line(read: Read, link: str) -> None:
    """The sentence stays as it is, before and behind the link."""
    assert read(body=f"<p>{FIRST} {link}</p><p>{SECOND}</p><p>{THIRD}</p>").paragraphs == (FIRST, SECOND, THIRD)


def test_an_ordinary_link_stays_in_its_sentence(read: Read) -> None:
    """Only a label such as «اقرأ أيضا» makes a link leave."""
    text = f"<p>{FIRST}</p><p>وقال <a href='/m'>مدير المكتبة</a> إن الأبواب ستبقى مفتوحة طوال أيام الأسبوع.</p>"
    assert read(body=text).paragraphs[1] == "وقال مدير المكتبة إن الأبواب ستبقى مفتوحة طوال أيام الأسبوع."


def test_figures_of_a_table_stay_beside_their_words(read: Read) -> None:
    """A number alone on a line is a counter; in a row that begins with words it is data."""
    table = "<table><tr><td>الكتب</td><td>20000</td></tr><tr><td>المقاعد</td><td>140</td></tr></table>"
    article = read(body=f"<p>{FIRST}</p><p>{SECOND}</p>{table}<p>{THIRD}</p>")
    assert article.paragraphs == (FIRST, SECOND, "الكتب", "20000", "المقاعد", "140", THIRD)


def test_a_line_with_name_day_and_time_above_the_text_is_no_paragraph(read: Read) -> None:
    """«المدينة - فلانة الفلانية 5 آذار 2024 - 19:00» says who and when."""
    line = "<p>المدينة - سلمى النجار الثلاثاء 5 آذار 2024 - 19:00</p>"
    assert read(body=f"{line}<p>{FIRST}</p><p>{SECOND}</p>").paragraphs == (FIRST, SECOND)
