"""Who wrote it, in the mark-up of the systems that Arabic newspapers run on, and who is named there and did not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.conftest import FIRST, SECOND, THIRD
from newscrawler.article import Article

Read = Callable[..., Article]
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


@pytest.mark.parametrize(
    ("above", "authors"),
    [
        ('<ul class="info"><li><i class="fa fa-user"></i> كنان العطار</li><li>11-05-2024</li></ul>', ("كنان العطار",)),
        ('<div><svg class="icon icon-user"></svg><span>آية الزيود</span></div>', ("آية الزيود",)),
        ('<div><i class="fa fa-user"></i> <a href="/login">تسجيل الدخول</a></div>', ()),
        ('<div><i class="far fa-edit"></i><strong>لورا النبر</strong></div>', ("لورا النبر",)),
        ('<div><i class="fa fa-user"></i> حسابي الشخصي</div>', ()),
        ('<div><i class="fa fa-user"></i> السهل الغربي</div>', ()),
        ('<div><i class="fa fa-calendar"></i> كنان العطار</div>', ()),
    ],
)
def test_behind_the_icon_of_a_person_stands_the_writer(read: Read, above: str, authors: tuple[str, ...]) -> None:
    """Themes draw a person or a pen instead of «بقلم»; a place or a button behind it is no writer."""
    assert read(above=above).authors == authors


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("سعاد نور | 11 مايو 2024 | تعليق واحد", ("سعاد نور",)),
        ("11 مايو 2024 - سعاد نور - 312 مشاهدة", ("سعاد نور",)),
        ("محمد الغرايبة الأحد 12 مايو 2024 3 تعليقات", ("محمد الغرايبة",)),
        ("أخبار المدينة | 11 مايو 2024", ()),
        ("سعاد نور | كمال راشد | 11 مايو 2024", ()),
        ("سعاد نور | بلا تاريخ", ()),
    ],
)
def test_the_one_name_beside_the_date_is_the_writer(read: Read, line: str, authors: tuple[str, ...]) -> None:
    """Where a date, a given name and nothing else that may be a name share the line below the headline."""
    assert read(above=f"<p class='info'>{line}</p>").authors == authors


@pytest.mark.parametrize(
    ("above", "authors"),
    [
        ("<p>إعداد: تالا البيطار</p><p>تصوير: حسام الشريف</p><p>تحرير: أيمن قبلان</p>", ("تالا البيطار",)),
        ("<p>بقلم: مريم الكيالي</p><p>ترجمة: عامر صبحي</p>", ("مريم الكيالي",)),
        ("<p>كتب / يزن الفايز - تصوير / ماهر الدباس</p>", ("يزن الفايز",)),
        ("<p>تحرير: أيمن قبلان</p>", ("أيمن قبلان",)),
    ],
)
def test_who_edited_or_filmed_it_counts_where_nobody_wrote_it(read: Read, above: str, authors: tuple[str, ...]) -> None:
    """Editors, photographers and translators beside a writer are not its authors."""
    assert read(above=above).authors == authors


@pytest.mark.parametrize("account", ["فريق التحرير", "هيئة التحرير", "editor3", "admin2", "mais", "أستاذ جامعي وكاتب"])
def test_accounts_and_professions_are_no_writers(read: Read, account: str) -> None:
    """«The editors» says no more than the outlet's name; a number behind an account makes no person of it."""
    assert not read(above=f'<span class="author-name">{account}</span>').authors


def test_a_second_line_with_a_profession_is_no_second_writer(read: Read) -> None:
    """«كاتب وباحث» in the box of the writer."""
    above = '<div class="op-author"><a href="/writers/hazem">حازم العموش</a><p>كاتب وباحث</p></div>'
    assert read(above=above).authors == ("حازم العموش",)


def test_the_link_to_the_writers_mailbox_is_no_name(read: Read) -> None:
    """Themes put «send an e-mail» behind the name, glued to it in the text."""
    mail = '<a href="mailto:t@jarida.example" class="author-email"><span>أرسل بريدا</span></a>'
    above = f'<span class="author-meta"><b><a class="author-name" href="/author/t">ثائر الخصاونة</a></b>{mail}</span>'
    assert read(above=f"<div>{above}</div>").authors == ("ثائر الخصاونة",)


def test_writers_above_the_headline_are_other_articles(read: Read) -> None:
    """A strip of columnists stands over every article; the one below the headline wrote this one."""
    strip = (
        '<div class="item"><a href="/o/1">ما يقوله الملح</a> <a class="writer" href="/writers/2">مطر الزبن</a></div>'
    )
    html = (
        "<html dir='rtl'><head><title>افتتاح مكتبة جديدة | الجريدة</title></head><body>"
        f"<div>{strip}</div><article><h1>افتتاح مكتبة جديدة</h1><div class='by'>لبنى الشوابكة</div>"
        f"<div class='text'>{TEXT}</div></article></body></html>"
    )
    assert read(html).authors == ("لبنى الشوابكة",)


ABOUT = '<h4>عن الكاتب</h4><h5 class="author-name"><a href="/author/g">غيداء المومني</a></h5><p>صحفية من الريف.</p>'
CARD = '<h3>قد يعجبك</h3><div><a href="/x">صيادون يعودون إلى الشباك</a><span class="author">كمال الديب</span></div>'
NEXT = '<h2><a href="/n">ذاكرة الطاحونة</a></h2><div class="author-name"><a href="/author/r">رامي النابلسي</a></div>'
READERS = (
    '<div class="comments"><h3>تعليقات القراء</h3><div><span class="author">سمير عبدالله</span><p>نعم.</p></div></div>'
)
COLUMN = '<aside><h3>زوايا</h3><div><a href="/writers/1" class="writer-name">نايف الحباشنة</a></div></aside>'


@pytest.mark.parametrize(
    ("below", "authors"),
    [
        (f"<div>{ABOUT}</div>", ("غيداء المومني",)),
        (f"<div>{ABOUT}</div><section>{CARD}</section>", ("غيداء المومني",)),
        (f"<section>{CARD}</section>", ()),
        (f"<section>{NEXT}</section>", ()),
        (READERS, ()),
        (COLUMN, ()),
    ],
)
def test_below_the_text_others_are_named_as_well(read: Read, below: str, authors: tuple[str, ...]) -> None:
    """The box about the writer counts; cards, the next article, readers and the column beside it don't."""
    assert read(below=below).authors == authors


@pytest.mark.parametrize(
    ("last", "authors", "kept"),
    [
        ("بدر العجمان", ("بدر العجمان",), False),
        ("* نبال الصقور، كاتب من الأردن", ("نبال الصقور",), False),
        ("نبال الصقور (باحثة في شؤون المياه)", ("نبال الصقور",), False),
        ("سوق الجمعة، كتاب جديد", (), True),
        ("بدر العجمان، كما قالوا", (), True),
    ],
)
def test_a_name_alone_below_the_last_sentence_signs_it(
    read: Read, last: str, authors: tuple[str, ...], *, kept: bool
) -> None:
    """A given name, or a profession behind the name, tells a signature from a last line of the text."""
    article = read(body=f"{TEXT}<p>{last}</p>")
    assert article.authors == authors
    assert (article.paragraphs[-1] == last) is kept


def test_a_list_of_names_signs_nothing(read: Read) -> None:
    """The winners at the end of a report: the line above is no sentence that has ended."""
    article = read(body=f"{TEXT}<p>فاز بجائزة المعرض:</p><p>سامي العجلوني</p><p>هند الدويري</p>")
    assert not article.authors
    assert article.paragraphs[-1] == "هند الدويري"


@pytest.mark.parametrize("line", ["أنس الشرع - دمشق", "خاص - قصي الجراح"])
def test_a_first_line_of_writer_and_city_or_of_an_exclusive(read: Read, line: str) -> None:
    """«فلان - دمشق», «خاص - فلان»: whoever has a given name wrote it."""
    name = next(part for part in line.split(" - ") if " " in part)
    article = read(body=f"<p>{line}</p>{TEXT}")
    assert article.authors == (name,)
    assert article.paragraphs[0] == FIRST


@pytest.mark.parametrize(
    ("label", "name", "authors"),
    [
        ("الكاتب", "ميس العواملة", ("ميس العواملة",)),
        ("بقلم :", "ميس العواملة", ("ميس العواملة",)),
        ("الكاتب", "السهل الغربي", ()),
        ("المحافظة", "ميس العواملة", ()),
    ],
)
def test_a_label_and_the_name_may_be_two_lines(read: Read, label: str, name: str, authors: tuple[str, ...]) -> None:
    """Drupal prints a field's label and its value as two boxes."""
    assert read(above=f"<div><div>{label}</div><div>{name}</div></div>").authors == authors


@pytest.mark.parametrize(
    ("label", "fact", "authors"),
    [("كُتب بواسطة", "سند القضاة", ("سند القضاة",)), ("وقت القراءة المُقدّر", "دقيقتان", ())],
)
def test_the_first_fact_of_a_card_is_the_writer_or_the_time(
    read: Read, label: str, fact: str, authors: tuple[str, ...]
) -> None:
    """WordPress prints `twitter:data1`; where it knows no writer, that is how long one reads."""
    head = f'<meta name="twitter:label1" content="{label}"><meta name="twitter:data1" content="{fact}">'
    assert read(head=head).authors == authors


def test_two_texts_in_one_byline_with_a_mailbox_behind_them(read: Read) -> None:
    """What writes to the writer is left out of the byline's text."""
    mail = '<a href="mailto:s@jarida.example">راسل الكاتب</a>'
    assert read(above=f'<div class="author">سعاد نور {mail}</div>').authors == ("سعاد نور",)
