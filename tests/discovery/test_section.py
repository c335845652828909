"""read_section: which links of a listing page are articles."""

from __future__ import annotations

import gzip
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawler.discovery.section import SectionPage, read_section
from newscrawler.link import Link
from newscrawler.site import Articles, Site

HOME: Final = "https://sawt.example.com/"
URL: Final = "https://sawt.example.com/محليات/"


def site(**keys: Any) -> Site:
    """The sample outlet with some keys of its seed changed."""
    return Site(**{"id": "sawt", "name": "صوت الساحل", "home": HOME, "timezone": "Asia/Beirut", **keys})


SITE: Final = site()


def read(body: str | bytes, *, of: Site = SITE, url: str = URL) -> SectionPage:
    """The sample outlet's section page with this body."""
    return read_section(body.encode() if isinstance(body, str) else body, url=url, site=of)


def paths(page: SectionPage) -> list[str]:
    """The links without the home's host."""
    return [link.url.removeprefix(HOME.rstrip("/")) for link in page.links]


PORTAL: Final = """<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>محليات</title></head><body>
<header><a href="/"><img src="/logo.png" alt="صوت الساحل"></a>
  <nav><ul class="menu"><li><a href="/سياسة/">سياسة</a></li><li><a href="/رياضة/">رياضة</a></li>
  <li><a href="/news/99999">ملف خاص بالانتخابات البلدية لهذا العام</a></li></ul></nav></header>
<main>
  <h1>محليات</h1>
  <article class="card">
    <a href="/news/41001"><img src="1.jpg" alt="صورة الميناء"></a>
    <span class="cat"><a href="/category/local">محليات</a></span>
    <h2><a href="/news/41001">بلدية الميناء توسع شبكة الإنارة في الأحياء القديمة</a></h2>
    <a class="more" href="/news/41001">اقرأ المزيد</a>
    <a rel="author" href="/author/41">سلمى المراسلة</a>
    <a href="/news/41001#comments">3 تعليقات</a>
  </article>
  <ul class="list">
    <li><a href="/news/41002">انقطاع المياه عن ثلاثة أحياء بسبب أعمال الصيانة</a> <time>منذ ساعة</time></li>
    <li><a href="/2026/03/05/سوق-الخضار"><span>سوق الخضار يعود إلى ساحته</span></a></li>
    <li><a href="/news/41004"><h3>حريق محدود</h3><p>أخمدت فرق الإطفاء حريقا صغيرا في مستودع للأخشاب.</p></a></li>
    <li><a href="/tag/ميناء">الميناء</a></li>
    <li><a href="/tag/إنارة">كل ما كتب عن شبكة الإنارة في المدينة</a></li>
  </ul>
  <a href="mailto:desk@sawt.example.com">راسلوا قسم الأخبار المحلية في الصحيفة</a>
  <a href="javascript:share()">شارك هذه الصفحة مع كل أصدقائك الآن</a>
  <a href="https://social.example.net/share?u=https://sawt.example.com/news/41002">شارك الخبر على الشبكة الاجتماعية</a>
  <a href="/login">سجل الدخول لمتابعة الأخبار المحلية والدولية</a>
  <a href="#top">العودة إلى أعلى الصفحة من هنا الآن</a>
  <a href="/محليات/">كل أخبار المحليات في صفحة واحدة</a>
  <a href="/files/budget-2026-final.pdf">ميزانية البلدية للعام المقبل كاملة بالأرقام</a>
</main>
<footer><ul><li><a href="/about-us">من نحن</a></li>
  <li><a href="/news/12345">سياسة النشر والتصحيح في الصحيفة</a></li></ul></footer>
</body></html>"""


def test_a_listing_yields_its_articles_and_nothing_else() -> None:
    """Menus, tags, writers, logins, files, other hosts and the page itself are no articles."""
    assert paths(read(PORTAL)) == ["/news/41001", "/news/41002", "/2026/03/05/سوق-الخضار", "/news/41004"]


def test_the_title_is_the_headline_not_the_picture_or_the_button() -> None:
    """Of all anchors of one address the heading's words win; where a card is the link, its heading."""
    assert [link.title for link in read(PORTAL).links] == [
        "بلدية الميناء توسع شبكة الإنارة في الأحياء القديمة",
        "انقطاع المياه عن ثلاثة أحياء بسبب أعمال الصيانة",
        "سوق الخضار يعود إلى ساحته",
        "حريق محدود",
    ]


@pytest.mark.parametrize(
    ("anchors", "title"),
    [
        ('<a href="/news/5005"><img src="x.jpg" alt="وصول السفينة إلى الرصيف"></a>', "وصول السفينة إلى الرصيف"),
        ('<a href="/news/5005" title="وصول السفينة إلى الرصيف"><img src="x.jpg"></a>', "وصول السفينة إلى الرصيف"),
        (
            '<a href="/news/5005"><img src="x.jpg" alt="صورة"></a><a href="/news/5005">وصول السفينة</a>',
            "وصول السفينة",
        ),
        (
            '<a href="/news/5005">اقرأ المزيد</a><a href="/news/5005">وصول السفينة إلى الرصيف</a>',
            "وصول السفينة إلى الرصيف",
        ),
        (
            '<a href="/news/5005"><span>قبل ٣ ساعات</span></a><a href="/news/5005">وصول الس<b>فينة</b></a>',
            "وصول السفينة",
        ),
        ('<a href="/news/5005"><time>09:30</time><b>وصول</b> السفينة إلى الرصيف</a>', "وصول السفينة إلى الرصيف"),
        ('<a href="/news/5005">قبل ساعات من الإبحار</a>', "قبل ساعات من الإبحار"),
        ('<a href="/news/5005"><img src="x.jpg"></a>', None),
        ('<a href="/news/5005"><picture></picture></a><a href="/news/5005">التفاصيل »</a>', None),
    ],
)
def test_several_anchors_of_one_address_make_one_link(anchors: str, title: str | None) -> None:
    """A picture is merged with its text twin; «اقرأ المزيد» is nobody's headline."""
    page = read(f"<ul><li>{anchors}</li></ul>")
    assert page.links == (Link("https://sawt.example.com/news/5005", title),)


@pytest.mark.parametrize(
    "path",
    [
        "/news/41002",
        "/news/41002/انقطاع-المياه",
        "/articles/c62x34m1nkzo",
        "/a/8f14e45f-ceea-467f-9b3d-0a1b2c3d4e5f",
        "/2026/3/5/water",
        "/archive/2026-03-05/water.html",
        "/?p=4521",
        "/index.php?option=com_content&view=article&id=871",
        "/story.aspx?NewsID=87123&SectionID=4",
        "/news/انقطاع-المياه-عن-ثلاثة-أحياء-في-المدينة",
        "/category/local/انقطاع-المياه-عن-ثلاثة-أحياء-في-المدينة",
        "/news/details/123",
        "/local/water-is-back",
        "/arb/content/water",
    ],
)
def test_a_headline_in_a_list_is_an_article_under_any_address_scheme(path: str) -> None:
    """Numbers, dates, codes, slugs and queries; where the address is silent the words decide."""
    page = read(f'<ul><li><h3><a href="{path}">انقطاع المياه عن ثلاثة أحياء بالمدينة</a></h3></li></ul>')
    assert paths(page) == [path]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/رياضة/", "رياضة"),
        ("/section/4521", "عربي ودولي"),
        ("/section.php?id=4521", "رياضة"),
        ("/Section/أخبار-عاجلة/65/1", "أخبار عاجلة"),
        ("/category/علوم-و-تكنولوجيا", "علوم وتكنولوجيا"),
        ("/index?typeid=1&sectionid=10", "أخبار محلية"),
        ("/2026/03/05/", "أرشيف يوم الخميس الخامس من آذار"),
        ("/2025/", "أرشيف العام الماضي كاملا هنا"),
        ("/محليات/?page=7", "الصفحة السابعة من أخبار المحليات كلها"),
        ("/محليات/page/7/", "الصفحة السابعة من أخبار المحليات كلها"),
        ("/search?q=ماء", "كل نتائج البحث عن كلمة ماء"),
        ("/rss/local.xml", "خلاصة الأخبار المحلية لقارئ الخلاصات الخاص بك"),
        ("/writers/4521/", "زاوية يكتبها كل أسبوع كاتب مقيم"),
        ("/print/41002", "نسخة للطباعة من خبر انقطاع المياه"),
        ("/من-نحن", "تعرفوا على فريق تحرير صحيفة صوت الساحل"),
        ("/", "عودة إلى الصفحة الأولى من الصحيفة"),
        ("/index.html", "عودة إلى الصفحة الأولى من الصحيفة"),
    ],
)
def test_sections_and_services_are_no_articles(path: str, words: str) -> None:
    """Even in a list in the middle of the page."""
    assert paths(read(f'<ul><li><a href="{path}">{words}</a></li></ul>')) == []


def test_an_article_s_own_header_and_footer_are_not_the_site_s() -> None:
    """<header> inside <article> holds the headline; a wrapper called «with-menu» is no menu."""
    body = """<div class="page-with-menu"><article>
    <header><h2><a href="/news/1">وصول أول قطار إلى المحطة الجديدة</a></h2></header>
    <footer><a href="/local/second-train">الرحلة الثانية تنطلق مساء اليوم من المحطة</a></footer></article></div>"""
    assert paths(read(body)) == ["/news/1", "/local/second-train"]


@pytest.mark.parametrize(
    "frame", ['<div class="main-menu">{}</div>', '<div role="navigation">{}</div>', '<ul id="footerLinks">{}</ul>']
)
def test_frames_of_the_site_are_known_by_role_or_name(frame: str) -> None:
    """Old templates have no <nav>."""
    link = '<li><a href="/news/41002">انقطاع المياه عن ثلاثة أحياء بالمدينة</a></li>'
    assert paths(read(frame.format(link))) == []


def test_the_seed_s_patterns_decide_where_there_are_any() -> None:
    """With `allow` neither words nor place count, only patterns, scope and the page itself."""
    of = site(articles=Articles(allow=(r"/خبر/\d+$", r"/n/\d+"), deny=(r"/n/13",)))
    body = """<nav><a href="/n/12">س</a></nav><a href="/n/13">خبر ممنوع بقرار من ملف البذور</a>
      <a href="/%D8%AE%D8%A8%D8%B1/7">خبر</a><h2><a href="/news/41002">انقطاع المياه عن ثلاثة أحياء</a></h2>
      <a href="https://other.example.net/n/14">خبر عند الجيران</a>"""
    assert paths(read(body, of=of)) == ["/n/12", "/%D8%AE%D8%A8%D8%B1/7"]


def test_deny_alone_leaves_the_rest_to_judgement() -> None:
    """A seed that only denies does not lose everything else."""
    of = site(articles=Articles(deny=(r"/41002",)))
    assert paths(read(PORTAL, of=of)) == ["/news/41001", "/2026/03/05/سوق-الخضار", "/news/41004"]


def test_hosts_of_the_seed_are_in_scope_and_no_others() -> None:
    """A second host is named in the seed or is somebody else's."""
    body = "".join(
        f'<h2><a href="https://{host}/news/41002">انقطاع المياه عن ثلاثة أحياء</a></h2>'
        for host in ("m.sawt.example.com", "sport.sawt.example.com", "sawt.example.com.evil.example")
    )
    assert [link.url for link in read(body, of=site(hosts=("m.sawt.example.com",))).links] == [
        "https://m.sawt.example.com/news/41002"
    ]


def test_base_href_is_honoured() -> None:
    """Relative links of the page are relative to it, wherever the page is."""
    body = '<head><base href="/archive/"></head><h2><a href="n/41002.html">انقطاع المياه عن ثلاثة أحياء</a></h2>'
    assert paths(read(body)) == ["/archive/n/41002.html"]


@pytest.mark.parametrize("declared", ["", '<meta charset="windows-1256">', '<meta charset="utf-8">'])
def test_a_windows_1256_listing_is_read_whatever_it_declares(declared: str) -> None:
    """Old listings declare nothing, or what their template said."""
    body = PORTAL.replace('<meta charset="utf-8">', declared).encode("windows-1256")
    assert read(body).links[0].title == "بلدية الميناء توسع شبكة الإنارة في الأحياء القديمة"


def test_the_seed_s_encoding_counts_where_the_page_is_silent() -> None:
    """ISO-8859-6 and windows-1256 can't always be told apart by a short page."""
    body = '<h2><a href="/news/41002">مطر</a></h2>'.encode("iso-8859-6")
    assert read_section(body, url=URL, site=site(encoding="iso-8859-6")).links[0].title == "مطر"
    assert read_section(body, url=URL, site=SITE, encoding="iso-8859-6").links[0].title == "مطر"


def test_a_packed_listing_is_unpacked() -> None:
    """Some servers pack twice."""
    assert read(gzip.compress(PORTAL.encode())) == read(PORTAL)


def test_a_body_packed_for_ever_lists_nothing() -> None:
    """A bomb is no listing either."""
    body = PORTAL.encode()
    for _ in range(4):
        body = gzip.compress(body)
    assert read(body) == SectionPage()


def test_a_teaser_is_no_headline_where_there_is_one() -> None:
    """A paragraph that links to the article says more than its title, and isn't it."""
    teaser = "تواصل فرق الصيانة العمل في شبكة المياه منذ الصباح " * 8
    body = f'<p><a href="/news/41002">{teaser}</a></p><p><a href="/news/41002">انقطاع المياه عن ثلاثة أحياء</a></p>'
    assert read(body).links[0].title == "انقطاع المياه عن ثلاثة أحياء"


def test_two_spellings_of_an_address_are_one_link() -> None:
    """Tracking parameters and the case of escapes don't make another article."""
    body = """<h2><a href="/news/41002?utm_source=home">انقطاع المياه عن ثلاثة أحياء</a></h2>
      <h2><a href="/news/41002#a">انقطاع المياه عن ثلاثة أحياء</a></h2>"""
    assert paths(read(body)) == ["/news/41002?utm_source=home"]


def test_deep_nesting_is_survived() -> None:
    """Thousands of unclosed tags neither crash nor hide what stood before."""
    body = '<h2><a href="/news/41002">انقطاع المياه عن ثلاثة أحياء</a></h2>' + "<div><a href='/x'>" * 5000
    assert "/news/41002" in paths(read(body))


@pytest.mark.parametrize("body", [b"", b"   ", b"{}", b"\x00\x01", b"<html></html>", b"<!-- -->"])
def test_what_is_no_listing_lists_nothing(body: bytes) -> None:
    """The expectations of the seed complain, not the reader."""
    assert read(body) == SectionPage()


@given(
    st.binary(max_size=300)
    | st.lists(
        st.sampled_from(["<a href='/news/1234", "'>", "خبر ", "</a>", "<li>", "<nav", "&#", "<base href='//["])
    ).map(lambda parts: "".join(parts).encode())
)
@settings(max_examples=300, deadline=None)
def test_no_bytes_raise_anything_and_nothing_leaves_the_site(body: bytes) -> None:
    """Whatever a server sends, every address returned is the site's own."""
    page = read(body)
    assert all(SITE.in_scope(link.url) for link in page.links)
    assert page.next_url is None or SITE.in_scope(page.next_url)
