"""The article's paragraphs: all and only."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.conftest import FIRST, SECOND, THIRD, TITLE
from newscrawler.article import Article

Read = Callable[..., Article]
ALL = (FIRST, SECOND, THIRD)
HEADLINES = ["تعرف على مواعيد القطارات الجديدة", "وزير النقل يتفقد محطة الركاب المركزية"]
LINKS = "".join(f"<li><a href='/n/{i}'>{text}</a></li>" for i, text in enumerate(HEADLINES))


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>",
        f"{FIRST}<br><br>{SECOND}<br/>{THIRD}<br>",
        f"<div>{FIRST}</div><div>{SECOND}</div><div>{THIRD}</div>",
        f"<div><div><p>{FIRST}</p></div></div><div><div><p>{SECOND}</p></div></div><div><p>{THIRD}</p></div>",
        f"<table><tr><td>{FIRST}</td></tr><tr><td>{SECOND}</td></tr><tr><td>{THIRD}</td></tr></table>",
        f"<span>{FIRST}<br>{SECOND}</span><br><font color=red>{THIRD}</font>",
        f"<p>{FIRST}<p>{SECOND}<p>{THIRD}",
        (
            f"<p>{FIRST[:20]}<b>{FIRST[20:40]}</b>{FIRST[40:]}</p><p><a href='/x'>"
            f"{SECOND[:12]}</a>{SECOND[12:]}</p><p>{THIRD}</p>"
        ),
        "".join(f"<p>{''.join(f'&#{ord(letter)};' for letter in text)}</p>" for text in ALL),
    ],
)
def test_one_paragraph_per_line_whatever_the_markup(read: Read, body: str) -> None:
    """Paragraphs, lines, boxes, cells, unclosed elements, entities; words are never torn at inline elements."""
    assert read(body=body).paragraphs == ALL


@pytest.mark.parametrize(
    "foreign",
    [
        f"<div><h3>اقرأ أيضاً</h3><ul>{LINKS}</ul></div>",
        f"<p>إقرأ ايضا : <a href='/x'>{HEADLINES[0]}</a></p>",
        f"<p><strong>شاهد أيضا</strong></p><ul>{LINKS}</ul>",
        f"<article><h4>مواضيع ذات صلة</h4>{LINKS}</article>",
        f"<p><a href='/x'>{HEADLINES[1]}</a></p>",
        (
            "<section aria-labelledby='recommendations-heading'><a href='#e'>تخطى "
            "قصص مقترحة وواصل القراءة</a><ul><li><a>قصة</a></li></ul><p id='e'>قصص "
            "مقترحة نهاية</p></section>"
        ),
        "<div class='share'>شارك الخبر على فيسبوك وتويتر</div>",
        "<p>تابعونا على قناة تلغرام ليصلكم كل جديد</p>",
        (
            "<div class='newsletter'><h4>النشرة البريدية</h4><p>اشترك ليصلك ملخص "
            "الأخبار كل صباح من دون أي كلفة عليك أو التزام</p></div>"
        ),
        "<figure><img src='/1.jpg'><figcaption>قاعة المطالعة في المكتبة الجديدة</figcaption></figure>",
        (
            "<div class='wp-caption'><img src='/1.jpg'><p class='wp-caption-text'>"
            "قاعة المطالعة في المكتبة الجديدة</p></div>"
        ),
        "<p><img src='/1.jpg'>قاعة المطالعة في المكتبة الجديدة</p>",
        "<p>صدر الصورة، وكالة المدينة</p>",
        "<p>المصدر: وكالات</p>",
        "<p>إعلان</p>",
        "<p>© 2024 جميع الحقوق محفوظة</p>",
        "<script>var a = 'نص لا يراه أحد';</script><style>.a{}</style><noscript>فعّل جافاسكربت</noscript>",
        "<div style='display:none'>نص مخفي لا يراه القارئ في أي متصفح من المتصفحات</div>",
        (
            f"<div class='card'><h3><a href='/x'>{HEADLINES[0]}</a></h3><p>أعلنت "
            "إدارة السكك جدولا جديدا للرحلات يبدأ العمل به قريبا.</p></div>"
        ),
        "<blockquote class='twitter-tweet'>— كمال راشد (@kamal) March 3, 2024</blockquote>",
    ],
)
@pytest.mark.parametrize("place", [1, 2, 3])
def test_what_stands_between_and_after_paragraphs_is_dropped(read: Read, foreign: str, place: int) -> None:
    """And the paragraphs around it are all kept."""
    texts = [f"<p>{text}</p>" for text in ALL]
    texts.insert(place, foreign)
    assert read(body="".join(texts)).paragraphs == ALL


@pytest.mark.parametrize(
    "own",
    [
        "<p>وقال: نعم.</p>",
        "<h2>شاهد على العصر</h2><p>هكذا سمّت البلدية القاعة الكبرى في المبنى الجديد.</p>",
        "<p>انضم إلى الفريق خمسة متطوعين من طلبة الجامعة خلال الأسبوع الأول.</p>",
        "<p>إعلان النتائج سيكون في قاعة البلدية يوم الأحد المقبل كما تقرر.</p>",
        "<p>يمنع استخدام الهواتف داخل قاعة المطالعة حفاظا على هدوء المكان.</p>",
        "<p>التعليقات على القرار جاءت متباينة بين مرحب به ومشكك في جدواه.</p>",
        "<p>تابع الأهالي الافتتاح من شرفات منازلهم المطلة على الساحة العامة.</p>",
        "<ul><li>كتب للأطفال</li><li>مجلات قديمة</li></ul>",
        "<blockquote>الكتاب صديق لا يخون.</blockquote>",
        "<p>حقوق الملكية الفكرية محور الندوة الأولى التي تستضيفها المكتبة.</p>",
        "<p>تستخدم المكتبة ملفات تعريف الارتباط في موقعها كما قال مديرها التقني.</p>",
    ],
)
def test_short_and_unlucky_lines_of_the_article_are_kept(read: Read, own: str) -> None:
    """A sentence that begins like chrome is a sentence; subheadings, list items and quotes are text."""
    article = read(body=f"<p>{FIRST}</p>{own}<p>{SECOND}</p><p>{THIRD}</p>")
    assert len(article.paragraphs) == 3 + max(1, own.count("<li>"), own.count("<p>") + own.count("<h2>"))
    assert set(ALL) <= set(article.paragraphs)


def test_headline_date_and_byline_above_the_first_sentence_are_no_paragraphs(read: Read) -> None:
    """They are fields of their own."""
    body = (
        f"<p>{TITLE}</p><p>الخميس 2 أيار 2024</p><p>كتبت: سعاد نور</p><p>"
        f"{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>(رويترز)</p>"
    )
    article = read(body=body)
    assert article.paragraphs == ALL
    assert (article.authors, article.agency) == (("سعاد نور",), "رويترز")


def test_a_text_printed_twice_is_kept_once(read: Read) -> None:
    """Once for phones and once for wide screens."""
    both = "".join(
        f"<div class='{name}'><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>" for name in ("wide", "narrow")
    )
    assert read(body=both).paragraphs == ALL


@pytest.mark.parametrize(
    "name", ["social-article", "has-sidebar", "widget", "comments-open", "tags", "print", "related", "form"]
)
def test_a_name_never_takes_the_text_with_it(read: Read, name: str) -> None:
    """A box named like an aside that holds the article is the article; so is a form around the whole page."""
    html = (
        f"<html><body class='{name}'><form class='{name}'><h1>{TITLE}</h1><div "
        f"class='{name}'><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div></form>"
        "</body></html>"
    )
    assert read(html).paragraphs == ALL


def test_comments_longer_than_the_article_are_not_the_article(read: Read) -> None:
    """A short report under a heated debate stays a short report."""
    comment = (
        "شعرت بالفرح حين قرأت الخبر فقد كنا ننتظر هذه المكتبة منذ سنوات طويلة "
        "وأرجو أن يحافظ عليها الجميع ولا سيما الصغار. "
    )
    talk = "".join(f"<div class='comment'><p>{comment * 3} {i}</p></div>" for i in range(9))
    assert read(below=f"<div id='comments'><h3>التعليقات</h3>{talk}</div>").paragraphs == ALL


def test_text_that_only_machines_get_is_used_where_the_page_shows_none(read: Read) -> None:
    """JSON-LD articleBody, plain or as HTML, on a page that renders by script."""
    import json

    for text in (
        "\n\n".join(ALL),
        "".join(f"<p>{part}</p>" for part in ALL),
        "".join(f"&lt;p&gt;{part}&lt;/p&gt;" for part in ALL),
    ):
        block = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": text})
        head = f'<script type="application/ld+json">{block}</script>'
        article = read(head=head, body="")
        assert article.paragraphs == ALL
        assert "json-ld" in article.extractor


def test_a_scripts_state_is_the_last_place_asked(read: Read) -> None:
    """The body of the object with the page's title, not the longest text of the state."""
    import json

    state = {
        "props": [
            {"title": "خبر آخر", "content": "<p>" + "نص آخر طويل لا علاقة له بالمكتبة. " * 30 + "</p>"},
            {"title": TITLE, "content": f"<p>{FIRST}</p><aside>إعلان</aside><p>{SECOND}</p><p>{THIRD}</p>"},
        ]
    }
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>'
    article = read(body="", below=script)
    assert article.paragraphs == ALL
    assert "script state" in article.extractor


def test_a_lead_outside_the_text_is_not_lost(read: Read) -> None:
    """A first paragraph in a box of its own belongs to the body even if nothing names it."""
    article = read(above=f"<div class='x1'><p>{FIRST}</p></div>", body=f"<p>{SECOND[1:]}</p><p>{THIRD}</p>")
    assert FIRST in (article.standfirst, *article.paragraphs)


@pytest.mark.parametrize("wrapper", ["<div>" * 3000, "<font>" * 2500, "<table><tr><td>" * 200, "<ul><li>" * 300])
def test_deep_pages_are_read(read: Read, wrapper: str) -> None:
    """Thousands of elements that nobody closed cost neither the text nor the stack."""
    html = f"<html><body><h1>{TITLE}</h1>{wrapper}<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></body></html>"
    assert " ".join(read(html).paragraphs).startswith(FIRST)


def test_the_extractor_is_named_with_version_and_mode(read: Read) -> None:
    """A later release can tell which articles to read again."""
    assert read().extractor.startswith("trafilatura ")
    assert read().extractor.endswith(("undisputed", "fast", "careful"))
