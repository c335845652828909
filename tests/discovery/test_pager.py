"""The next page of a section: forward by one, never back, never elsewhere."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.discovery.section import read_section
from newscrawler.site import Site

SITE: Final = Site(id="sawt", name="صوت الساحل", home="https://sawt.example.com/", timezone="Asia/Beirut")


def next_of(body: str, *, url: str = "/news/") -> str | None:
    """The next page's path and query, if there is one."""
    found = read_section(body.encode(), url=f"https://sawt.example.com{url}", site=SITE).next_url
    return None if found is None else found.removeprefix("https://sawt.example.com")


def numbers(template: str, *, of: range, current: int) -> str:
    """A numbered pagination; the current page is no link."""
    items = (f"<b>{n}</b>" if n == current else f'<a href="{template.format(n)}">{n}</a>' for n in of)
    return f'<div class="pagination">{" ".join(items)}</div>'


@pytest.mark.parametrize(
    "label",
    [
        "التالي",
        "التالية",
        "التالي »",
        "« التالي",
        "الصفحة التالية",
        "صفحة التالية",
        "الأقدم",
        "مقالات أقدم",
        "المواضيع الأقدم ←",
        "المزيد",
        "عرض المزيد",
        "المزيد من الأخبار",
        "next",
        "Next ›",
        "Older posts",
        "›",
        "»",
        ">",
        "&gt;&gt;",
        "<i></i>",
    ],
)
def test_a_label_that_says_next_leads_on(label: str) -> None:
    """In the words and arrows that Arabic sites use."""
    assert next_of(f'<div><a href="/news/?page=2">{label}</a></div>') == "/news/?page=2"


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("/news/", "?page=2"),
        ("/news/?page=2", "?page=3"),
        ("/news/", "/news/page/2/"),
        ("/news/page/9/", "/news/page/10/"),
        ("/news", "/news/2"),
        ("/news/2/", "/news/3/"),
        ("/section/319", "/section/319/2"),
        ("/section/319/1", "/section/319/2"),
        ("/?p=2&cat=5", "/?cat=5&p=3"),
        ("/news.php?cid=5", "/news.php?cid=5&start=20"),
        ("/news.php?start=20&cid=5", "/news.php?cid=5&start=40"),
        ("/news/index.html", "/news/index_2.html"),
        ("/news/", "/news/page2.html"),
        ("/news/", "/news/?before=b3f9"),
        ("/news/", "/news/صفحة/2"),
    ],
)
def test_any_way_of_counting_is_followed_by_its_label(url: str, href: str) -> None:
    """Query, path, offset, file name or cursor."""
    expected = "/news/" + href if href.startswith("?") else href
    assert next_of(f'<a href="{href}">التالي</a>', url=url) == expected


@pytest.mark.parametrize(
    ("template", "url", "current", "expected"),
    [
        ("/news/?page={}", "/news/", 1, "/news/?page=2"),
        ("/news/?page={}", "/news/?page=3", 3, "/news/?page=4"),
        ("/news/page/{}/", "/news/page/3/", 3, "/news/page/4/"),
        ("/news/{}/", "/news/", 1, "/news/2/"),
        ("/news/{}/", "/news/3/", 3, "/news/4/"),
        ("/news_{}.html", "/news_3.html", 3, "/news_4.html"),
        ("/list.aspx?NewsPage={}&s2=1", "/list.aspx?s2=1", 1, "/list.aspx?NewsPage=2&s2=1"),
        ("/section/319?pgno={}", "/section/319", 1, "/section/319?pgno=2"),
    ],
)
def test_numbers_alone_lead_to_the_one_after_this(template: str, url: str, current: int, expected: str) -> None:
    """No label, only «1 2 3»; the current page is not a link."""
    assert next_of(numbers(template, of=range(1, 8), current=current), url=url) == expected


def test_arabic_digits_are_numbers() -> None:
    """«٢» is page 2."""
    assert next_of('<a href="/news/2">٢</a> <a href="/news/3">٣</a>') == "/news/2"


def test_a_list_counted_from_zero_has_its_second_page_at_one() -> None:
    """«2» leads to ?page=1, as Drupal counts."""
    body = '<a href="/news/?page=1">2</a> <a href="/news/?page=2">3</a> <a href="/news/?page=9">الأخيرة</a>'
    assert next_of(body) == "/news/?page=1"
    assert next_of(body, url="/news/?page=1") == "/news/?page=2"


def test_offsets_lead_to_the_nearest_one() -> None:
    """?start=20 comes after ?start=0, the last page is not next."""
    body = '<a href="/news/?start=0">1</a><a href="/news/?start=20">2</a><a href="/news/?start=40">3</a>'
    assert next_of(body) == "/news/?start=20"
    assert next_of(body, url="/news/?start=20") == "/news/?start=40"


def test_rel_next_wins_in_head_or_body() -> None:
    """The site's own word comes before any reading of labels."""
    body = '<head><link rel="next" href="/news/?page=2"></head><a href="/news/?page=3">التالي</a>'
    assert next_of(body) == "/news/?page=2"
    assert next_of('<a rel="nofollow next" href="/news/list/b">متابعة</a>') == "/news/list/b"


@pytest.mark.parametrize(
    ("body", "url"),
    [
        ('<a rel="next" href="/news/?page=3">التالي</a>', "/news/?page=3"),
        ('<a rel="next" href="/news/?page=2">التالي</a>', "/news/?page=3"),
        ('<a rel="next" href="/news/">التالي</a>', "/news/?page=3"),
        ('<link rel="next" href="/news/page/1/"><a href="/news/page/2/">›</a>', "/news/page/3/"),
        ('<a rel="prev" href="/news/?page=4">التالي</a>', "/news/?page=3"),
        ('<a href="/news/?page=2">السابق</a><a href="/news/?page=2">«</a>', "/news/?page=3"),
        ('<a href="/news/?page=1">1</a> <a href="/news/?page=2">2</a> <b>3</b>', "/news/?page=3"),
        ('<a href="#">التالي</a>', "/news/"),
        ('<a href="javascript:more()">المزيد</a>', "/news/"),
        ('<a href="/news/#p2">التالي</a>', "/news/"),
        ('<a href="https://other.example.net/news/?page=2" rel="next">التالي</a>', "/news/"),
        ('<a href="/news/41002/انقطاع-المياه">التالي</a>', "/news/"),
        ('<a href="/sport/">المزيد</a>', "/news/"),
        ('<a href="/sport/">»</a>', "/news/"),
        ('<a href="/section/320">اقتصاد</a><a href="/section/321">رياضة</a>', "/section/319"),
        ('<a href="/news/41003">خبر</a><button data-url="/ajax?page=2">المزيد</button>', "/news/"),
        ('<a href="/sport/?page=2">2</a>', "/news/"),
        ("", "/news/"),
    ],
)
def test_there_is_no_next_page_back_elsewhere_or_here(body: str, url: str) -> None:
    """The last page, a list without end, a block's «المزيد» and another section have none."""
    assert next_of(body, url=url) is None


@given(
    current=st.integers(min_value=1, max_value=30),
    last=st.integers(min_value=1, max_value=30),
    template=st.sampled_from(["/news/?page={}", "/news/page/{}/", "/news/{}/", "/news-{}.html"]),
)
@settings(max_examples=150, deadline=None)
def test_turning_pages_visits_each_once_and_ends(current: int, last: int, template: str) -> None:
    """From any page of a numbered list the next is exactly one further, and the last has none."""
    body = numbers(template, of=range(1, last + 1), current=current)
    expected = template.format(current + 1) if current < last else None
    assert next_of(body, url=template.format(current)) == expected
