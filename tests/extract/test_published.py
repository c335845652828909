"""The choice among a page's dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from extract.conftest import FETCHED, FIRST, SECOND
from newscrawler.article import Article
from newscrawler.link import Link

Read = Callable[..., Article]


def at(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def ld(published: str, modified: str = "") -> str:
    """A JSON-LD block with dates."""
    changed = f',"dateModified":"{modified}"' if modified else ""
    return (
        f'<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"{published}"{changed}}}</script>'
    )


def meta(name: str, value: str) -> str:
    """A meta element."""
    return f"<meta property='{name}' content='{value}'>"


@pytest.mark.parametrize(
    ("pieces", "published", "source"),
    [
        ({"head": ld("2024-05-02T10:00:00+03:00")}, "2024-05-02T10:00:00+03:00", "json-ld"),
        (
            {"head": meta("article:published_time", "2024-05-02T10:00:00+03:00")},
            "2024-05-02T10:00:00+03:00",
            "meta:article:published_time",
        ),
        (
            {"head": meta("article:published_time", "الخميس، 02 مايو 2024 - 10:00 ص")},
            "2024-05-02T10:00:00+03:00",
            "meta:article:published_time",
        ),
        ({"above": "<time datetime='2024-05-02T10:00:00+03:00'>2 أيار</time>"}, "2024-05-02T10:00:00+03:00", "time"),
        ({"above": "<p>نشر في: 2 أيار/مايو 2024 الساعة 10:00 صباحا</p>"}, "2024-05-02T10:00:00+03:00", "visible"),
        ({"above": "<div><time> ١٠:٠٠ </time>الخميس ٢ / ٥ / ٢٠٢٤</div>"}, "2024-05-02T10:00:00+03:00", "visible"),
        ({"url": "https://jarida.example/2024/5/2/library-4711"}, "2024-05-02T00:00:00+03:00", "url"),
        ({"url": "https://jarida.example/2024/culture/5/2/library/index.html"}, "2024-05-02T00:00:00+03:00", "url"),
        ({"url": "https://jarida.example/20240502/library.html"}, "2024-05-02T00:00:00+03:00", "url"),
    ],
)
def test_where_a_date_is_found(read: Read, pieces: dict[str, str], published: str, source: str) -> None:
    """JSON-LD, meta, time, visible, address, in this order; without a zone it is the newsroom's."""
    article = read(**pieces)
    assert (article.published_at, article.published_from) == (at(published), source)
    assert article.published_raw


def test_the_feeds_date_is_used_where_the_page_has_none(read: Read) -> None:
    """And only there: feeds lie about zones."""
    link = Link(url="x", published="Thu, 02 May 2024 07:00:00 GMT", lastmod="2024-05-03T10:00:00Z")
    article = read(link=link)
    assert (article.published_at, article.published_from) == (at("2024-05-02T07:00:00+00:00"), "feed")
    assert article.modified_at == at("2024-05-03T10:00:00+00:00")
    assert read(link=link, head=ld("2024-05-01T07:00:00Z")).published_from == "json-ld"


@pytest.mark.parametrize(
    "pieces",
    [
        {"above": "<p>آخر تحديث: 2 أيار 2024 10:00</p>"},
        {"above": "<p>الخميس، 2 أيار 2024، آخر تحديث 14:00 (GMT+0400)</p>"},
        {"head": meta("article:modified_time", "2024-05-02T10:00:00Z")},
        {"head": ld("2031-01-01T00:00:00Z")},
        {"head": ld("0001-01-01T00:00:00")},
        {"head": ld("1970-01-01T00:00:00Z")},
        {"head": ld(FETCHED.isoformat())},
        {"below": "<footer><p>جميع الحقوق محفوظة 2 أيار 2024</p></footer>"},
        {"below": "<aside><time datetime='2024-05-02T10:00:00Z'>أمس</time></aside>"},
        {"url": "https://jarida.example/2024/05/library"},
    ],
)
def test_what_is_no_date_of_publication(read: Read, pieces: dict[str, str]) -> None:
    """Changes, the future, empty fields, the moment the page was loaded, footers and widgets, half a date."""
    assert read(**pieces).published_at is None


def test_a_change_is_kept_as_a_change(read: Read) -> None:
    """«آخر تحديث» goes into modified_at; one that isn't later than the publication says nothing."""
    head = ld("2024-05-02T10:00:00+03:00", "2024-05-02T12:30:00+03:00")
    assert read(head=head).modified_at == at("2024-05-02T12:30:00+03:00")
    assert read(head=ld("2024-05-02T10:00:00+03:00", "2024-05-01T10:00:00+03:00")).modified_at is None
    assert read(head=ld("2024-05-02T10:00:00+03:00", "2024-05-02T10:00:00+03:00")).modified_at is None
    shown = read(above="<p>نشر في 2 أيار 2024 10:00 - آخر تحديث 3 أيار 2024 11:00</p>")
    assert (shown.published_at, shown.modified_at) == (at("2024-05-02T10:00:00+03:00"), at("2024-05-03T11:00:00+03:00"))


def test_a_false_z_is_recognised_by_the_printed_time(read: Read) -> None:
    """«10:00Z» beside a printed 10:00 is the newsroom's 10:00, and so is its dateModified."""
    head = ld("2024-05-02T10:00:00Z", "2024-05-02T11:30:00Z")
    article = read(head=head, above="<p>2 أيار 2024 - 10:00</p>")
    assert article.published_at == at("2024-05-02T10:00:00+03:00")
    assert article.modified_at == at("2024-05-02T11:30:00+03:00")
    assert read(head=head, above="<p>2 أيار 2024 - 13:00</p>").published_at == at("2024-05-02T10:00:00+00:00")
    assert read(head=head, above="<p>10:00 02.05.2024 GMT</p>").published_at == at("2024-05-02T10:00:00+00:00")


def test_a_z_in_the_future_is_false(read: Read) -> None:
    """Nothing is published two hours after it was fetched; the newsroom's clock says when it was."""
    assert read(head=ld("2024-06-01T14:00:00Z")).published_at == at("2024-06-01T14:00:00+03:00")


def test_a_day_is_refined_by_a_finer_date_that_agrees(read: Read) -> None:
    """The day of JSON-LD and the printed minute of the same day make one date."""
    article = read(head=ld("2024-05-02"), above="<p>2 أيار 2024 - 16:45</p>")
    assert (article.published_at, article.published_from) == (at("2024-05-02T16:45:00+03:00"), "visible")
    other = read(head=ld("2024-05-02"), above="<p>4 أيار 2024 - 16:45</p>")
    assert other.published_at == at("2024-05-02T00:00:00+03:00")
    assert other.disagreements["published_at"]["visible"]


@pytest.mark.parametrize("midnight", ["2024-05-02T00:00:00+03:00", "2024-05-02T00:00:00Z", "2024-05-02T00:00:00"])
def test_a_machines_midnight_is_a_day(read: Read, midnight: str) -> None:
    """Systems that know only the day fill the time with zeros; the printed minute of that day is finer."""
    assert read(head=ld(midnight), above="<p>2 أيار 2024 - 16:45</p>").published_at == at("2024-05-02T16:45:00+03:00")


def test_the_address_is_kept_as_it_was_printed(read: Read) -> None:
    """The raw string is the piece of the path; what is no date there is no date."""
    assert read(url="https://jarida.example/2024/culture/5/2/library").published_raw == "2024/culture/5/2"
    assert read(url="https://jarida.example/2024/31/12/library").published_at is None


def test_two_places_outvote_one(read: Read) -> None:
    """A machine's date that neither the reader's nor the address's day shares is the day of a migration."""
    article = read(
        head=ld("2023-01-15T00:00:00Z"),
        above="<p>2 أيار 2014 - 10:00</p>",
        url="https://jarida.example/2014/05/02/library",
    )
    assert article.published_at == at("2014-05-02T10:00:00+03:00")
    assert article.disagreements["published_at"] == {"json-ld": "2023-01-15T00:00:00Z"}


@pytest.mark.parametrize(
    ("above", "day"),
    [
        ("<p>الجمعة 26 نيسان 2024 - 10:07</p>", "2024-04-26"),
        ("<p>قبل 3 ساعات</p>", "2024-06-01"),
        ("<p>سلمى القاضي | منذ 3 ساعات</p>", "2024-06-01"),
        ("<p>حلب - سلمى القاضي <span>منذ 3 ساعات</span> في رياضة</p>", "2024-06-01"),
        ("<p>منذ 3 ساعات | وكالة أنباء الجبل والسهل والساحل - حلب</p>", "2024-06-01"),
        ("<p>تصل القافلة قبل 10 أيام من الموسم</p>", None),
        ("<p>سكان الحي الذين جاؤوا إلى المدينة قبل 10 أيام ينتظرون</p>", None),
    ],
)
def test_what_counts_from_an_event_dates_nothing(read: Read, above: str, day: str | None) -> None:
    """«قبل 391 يوماً» in a headline or a sentence is news; on a line of its own, beside a name, it counts from now."""
    article = read(above=above, title="مكتبة الحي تعود إلى قرائها قبل 391 يوماً من موعدها")
    assert (str(article.published_at.date()) if article.published_at else None) == day


def test_a_headlines_day_gives_way_to_the_line_below_it(read: Read) -> None:
    """A match of Saturday is announced on Friday; a headline's day is believed where nothing else is printed."""
    title = "برنامج مكتبة الحي ليوم السبت 27 نيسان 2024"
    assert read(title=title).published_at == at("2024-04-27T00:00:00+03:00")
    assert read(title=title, above="<p>26 نيسان 2024</p>").published_at == at("2024-04-26T00:00:00+03:00")


def test_the_clock_in_the_header_is_nobodys_date(read: Read) -> None:
    """«Today» above the headline is believed neither alone nor against the article's own."""
    clock = "<div class='head'><span>السبت 1 حزيران 2024</span></div>"
    html = (
        f"<html><body>{clock}<div><h1>افتتاح مكتبة جديدة في الحي الشرقي</h1>%s<p>"
        f"{'نص الخبر عن المكتبة الجديدة في الحي. ' * 9}</p></div></body></html>"
    )
    assert read(html % "").published_at is None
    assert read(html % "<p>2 أيار 2014</p>").published_at == at("2014-05-02T00:00:00+03:00")


def test_a_date_that_cannot_be_read_is_kept_as_it_stood(read: Read) -> None:
    """published_raw says what the page printed."""
    article = read(head=meta("article:published_time", "في ليلة مقمرة"))
    assert (article.published_at, article.published_raw) == (None, "في ليلة مقمرة")


def test_a_date_in_a_box_of_the_page_s_head_is_not_the_article_s(read: Read) -> None:
    """A masthead shares nothing with the headline but the page itself: its date is the day of the visit."""
    page = (
        "<html><head><title>افتتاح مكتبة جديدة في الحي</title></head><body><div><div>الأحد 3 آذار 2024</div></div>"
        f"<div><h1>افتتاح مكتبة جديدة في الحي</h1><p>{FIRST}</p><p>{SECOND}</p></div></body></html>"
    )
    assert read(page).published_at is None


@pytest.mark.parametrize(
    "pieces",
    [
        {"above": "<time class='entry-date updated' datetime='2024-03-01T10:00:00Z'>1 مارس 2024</time>"},
        {"below": "<p>في <a href='/x'><abbr class='published' title='2024-03-01T10:00:00Z'>10:00</abbr></a></p>"},
        {"below": "<time datetime='2024-03-01T10:00:00Z'>1 مارس</time>"},
    ],
)
def test_elements_that_themes_date_with(read: Read, pieces: dict[str, str]) -> None:
    """«entry-date updated» is the birth; so is a microformat's `published`, and a time right below the text."""
    article = read(**pieces)
    assert article.published_at == at("2024-03-01T10:00:00+00:00")
    assert article.modified_at is None


def test_a_linked_article_s_time_below_is_not_the_page_s(read: Read) -> None:
    """Behind a link stands the other article's date."""
    below = "<p><a href='/2'>وزير النقل يتفقد محطة الركاب</a></p><time datetime='2024-02-01T10:00:00Z'>1 شباط</time>"
    assert read(below=below).published_at is None
