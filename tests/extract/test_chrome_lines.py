"""Lines that stand between paragraphs and are none, and sentences that only begin like them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.conftest import FIRST, SECOND, THIRD
from newscrawler.article import Article

Read = Callable[..., Article]
ALL = (FIRST, SECOND, THIRD)
HEADLINE = "وزير النقل يتفقد محطة الركاب المركزية"


@pytest.mark.parametrize(
    "foreign",
    [
        "<p>انضم إلى قناة الجريدة على واتساب لمتابعة الأخبار أولا بأول</p>",
        "<p>حمل تطبيقنا لتصلك الأخبار</p>",
        "<p>للاطلاع على المزيد حمّل تطبيقنا من <a href='/app'>هنا</a></p>",
        "<p>تابعوا أخبارنا عبر أثير إذاعة المدينة</p>",
        "<p>تابع آخر الأخبار</p>",
        "<p>أضف الجريدة كمصدر مفضل على Google</p>",
        "<p>ظهرت المقالة افتتاح مكتبة أولاً على الجريدة.</p>",
        "<p>هذا الخبر افتتاح مكتبة جديدة ظهر أولا على الجريدة.</p>",
        "<p>شاهد الفيديو:</p>",
        "<p>فيديو قد يعجبك:</p>",
        "<p>Twitter: @maktaba</p>",
        "<p>[youtube link=x width=640]</p>",
        "<p>للاطلاع على العدد 173 من الجريدة.. اضغط هنا</p>",
        "<p>الجريدة- لا تتحمل الوكالة مسؤولية التعليقات المنشورة</p>",
        "<p>يتحمل صاحب التعليق مسؤولية ما يكتبه، ويحتفظ الموقع بحقه في حذف أي تعليق</p>",
        "<p>ونقدم لكم من خلال موقع (الجريدة)، تغطية مستمرة لأسعار الذهب والعملات.</p>",
        "<div>ترتيب حسب الأقدم</div>",
        "<div>تحميل المزيد من المنشورات</div>",
        "<p>آخر تحديث: 14 مايو 2024 الساعة 23:10</p>",
        "<p>ahmad@jarida.example</p>",
        "<p>ـــــ</p>",
        f"<p>إقرأ/ي أيضا: {HEADLINE}</p>",
        f"<p><a href='/x'>طالع: {HEADLINE}</a></p>",
        "<div>استطلاع رأي<p>هل تستعير الكتب من المكتبات العامة؟</p><label>نعم</label><label>لا</label></div>",
        "<div>ساهم في دعم الصحافة المستقلة، تبرع الآن للجريدة لتستمر في عملها.</div>",
        "<div><img src='/1.jpg'><div>رئيس البلدية يقص الشريط عند باب المكتبة.</div></div>",
    ],
)
@pytest.mark.parametrize("place", [1, 2])
def test_a_line_of_the_site_is_dropped(read: Read, foreign: str, place: int) -> None:
    """Wherever it stands, and nothing with it."""
    texts = [f"<p>{text}</p>" for text in ALL]
    texts.insert(place, foreign)
    assert read(body="".join(texts)).paragraphs == ALL


@pytest.mark.parametrize(
    "sentence",
    [
        "تابع وزير الثقافة خدمة الإعارة في المكتبات العامة.",
        "سجل الزوار أسماءهم على صفحة الحضور عند المدخل.",
        "حمل الأطفال كتبهم إلى قاعة المطالعة الجديدة.",
        "آخر تحديث للفهرس جرى قبل عشرين عاما بحسب مدير المكتبة.",
        "للمزيد من التوضيح، قال المدير إن البلدية ستعقد لقاء مفتوحا مع أهالي الحي.",
        "انتهى العمل في القاعة الكبرى.",
    ],
)
def test_a_sentence_that_begins_so_is_kept(read: Read, sentence: str) -> None:
    """«تابع» and «سجل» are verbs of the past, too."""
    texts = [FIRST, sentence, SECOND, THIRD]
    assert read(body="".join(f"<p>{text}</p>" for text in texts)).paragraphs == tuple(texts)


def test_a_picture_to_each_chapter_has_no_captions(read: Read) -> None:
    """Where most sentences stand under a picture of their own they are the text."""
    body = "".join(f"<div><img src='/{i}.jpg'><div>{text}</div></div>" for i, text in enumerate(ALL))
    assert read(body=body).paragraphs == ALL


def test_what_a_reader_unfolds_is_text(read: Read) -> None:
    """The second half behind «قراءة المزيد» is hidden until somebody asks."""
    body = f"<p>{FIRST}</p><div style='display:none'><p>{SECOND}</p><p>{THIRD}</p></div><a href='#'>قراءة المزيد</a>"
    assert read(body=body).paragraphs == ALL


def test_the_first_paragraph_cut_above_the_text_is_dropped(read: Read) -> None:
    """Whether it stands in the text's box or above it."""
    cut = f"<p>{FIRST[:60]}...</p>"
    assert read(body=f"{cut}<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>").paragraphs == ALL
    assert read(above=cut).paragraphs == ALL


def test_teasers_to_the_end_are_dropped(read: Read) -> None:
    """Below «اقرأ أيضًا» each sentence stands under a link; one sentence may be the text that goes on."""
    teaser = f"<p><a href='/1'>{HEADLINE}</a></p><p>نص قصير عن خبر آخر يقدم للقارئ فكرة عامة عما جرى فيه وما سيليه.</p>"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in ALL)
    assert read(body=f"{text}<h3>اقرأ أيضًا</h3>{teaser}{teaser}").paragraphs == ALL


def test_readers_below_their_label_are_no_text(read: Read) -> None:
    """A flat page has the comments behind a label and in no box."""
    more = "وتبرع أحد سكان الحي بثلاثة آلاف كتاب من مكتبته الخاصة، بينها طبعات نادرة من دواوين الشعر القديم."
    again = "وتنوي البلدية افتتاح مكتبة ثانية في الحي الغربي قبل نهاية العام المقبل إذا توافر المال اللازم لذلك."
    text = "<br>".join([*ALL, more, again])
    comment = "شكرا للبلدية على هذا العمل الجميل وننتظر مكتبة في حينا أيضا، فالأطفال عندنا لا يجدون مكانا للقراءة."
    body = f"{text}<br><b>التعليقات</b><br>سامي<br>{comment}<br>ليلى<br>{comment} وشكرا مرة أخرى."
    assert read(body=body).paragraphs == (*ALL, more, again)


@pytest.mark.parametrize("number", ["71.960.448", "0791234567", "+962 6 5001234"])
@pytest.mark.parametrize("tag", ["p", "div"])
def test_a_telephone_number_in_a_line_of_its_own_is_text(read: Read, tag: str, number: str) -> None:
    """What readers shall call is part of the news; a counter is shorter."""
    lines = "".join(f"<{tag}>{line}</{tag}>" for line in (FIRST, SECOND, number, "125", THIRD))
    assert read(body=lines).paragraphs == (FIRST, SECOND, number, THIRD)


def test_a_year_as_a_subheading_is_text(read: Read) -> None:
    """A chronicle has a heading to each year."""
    article = read(body=f"<p>{FIRST}</p><h3>2011</h3><p>{SECOND}</p><h3>2012</h3><p>{THIRD}</p>")
    assert article.paragraphs == (FIRST, "2011", SECOND, "2012", THIRD)


def test_a_short_heading_in_a_div_like_the_paragraphs_is_text(read: Read) -> None:
    """Where all paragraphs are boxes of one kind, a short one between them is a subheading and no button."""
    lines = "".join(f"<div>{line}</div>" for line in (FIRST, SECOND, "مواعيد الدوام", THIRD))
    assert "مواعيد الدوام" in read(body=lines).paragraphs
