"""Whatever a site calls itself, the draft is a valid seed file; what it is made with; what it is called."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.asking.answers import Answer
from newscrawler.probing.cms import made_with
from newscrawler.probing.draft import as_comment, quoted
from newscrawler.probing.home import Home, read_home
from newscrawler.probing.names import id_for, kind_of, names_of
from support.archives import NOW, a_site
from support.newspaper import paragraphs

HOSTILE = ['a"b', "a\\b", "'''", '"""', "# x", "سطر\nآخر", "\u202eمقلوب", "\x00\x07", "a\\'b", "\x7f", "x\u2028y", "}"]


@given(st.text() | st.sampled_from(HOSTILE))
def test_any_text_can_be_quoted(text: str) -> None:
    """A name is data: it opens no table and ends no string."""
    line = f"name = {quoted(text)}"
    assert set(tomllib.loads(line)) == {"name"}


@given(st.text() | st.sampled_from([f"{text} x" for text in HOSTILE]))
def test_any_text_can_be_a_comment(text: str) -> None:
    """Headlines and reasons come from strangers' servers."""
    lines = as_comment(f"x {text}", bullet="- ")
    assert tomllib.loads("\n".join(lines)) == {}


def a_home(html: str, url: str = "https://www.sada-news.com/") -> Home:
    """A home page, read."""
    return read_home(Answer(url, url, NOW, 0.1, 200, {}, html.encode()), a_site("sada", name="sada", home=url))


@pytest.mark.parametrize(
    ("html", "titles", "arabic", "english"),
    [
        ('<meta property="og:site_name" content="صدى المدينة">', [], "صدى المدينة", None),
        ("<title>صدى المدينة | آخر أخبار اليوم</title>", [], "صدى المدينة", None),
        ("<title>آخر أخبار اليوم - صدى المدينة</title>", ["خبر أول - صدى المدينة"], "صدى المدينة", None),
        ("<title>الرئيسية - صدى المدينة - City Echo</title>", [], "صدى المدينة", "City Echo"),
        (f"<title>{paragraphs(1)[0]}</title>", [], None, None),
        ("<title></title>", [], None, None),
        ('<script type="application/ld+json">{"@type":"NewsMediaOrganization","name":"صدى"}</script>', [], "صدى", None),
    ],
)
def test_the_name_is_what_the_titles_share(
    html: str, titles: list[str], arabic: str | None, english: str | None
) -> None:
    """Its own word for itself first; a slogan is not a name."""
    assert names_of(a_home(html), titles) == (arabic, english)


@pytest.mark.parametrize(
    ("name", "url", "kind"),
    [
        ("وكالة صدى للأنباء", "https://sada.com/", "agency"),
        ("قناة صدى", "https://sada.com/", "tv"),
        ("إذاعة صدى", "https://sada.com/", "tv"),
        ("صحيفة صدى", "https://sada.com/", "newspaper"),
        ("بوابة صدى", "https://sada.com/", "portal"),
        ("صدى", "https://moi.gov.jo/", "gov"),
        ("صدى", "https://sada.com/", None),
    ],
)
def test_the_kind_is_what_it_calls_itself(name: str, url: str, kind: str | None) -> None:
    """Or nothing."""
    assert kind_of(a_home(f"<title>{name}</title>", url), name)[0] == kind


@pytest.mark.parametrize(
    ("url", "taken", "ident"),
    [
        ("https://www.sada-news.com/", [], "sada-news"),
        ("https://ar.sada.com.eg/", [], "sada"),
        ("https://sada.gov.jo/", ["sada"], "sada-jo"),
        ("https://sada.com/", ["sada", "sada-jo"], "sada-2"),
        ("http://127.0.0.1:8461/", [], "127-0-0-1-8461"),
        ("https://صدى.com/", [], "xn-ugbl5d"),
    ],
)
def test_an_id_is_short_and_new(url: str, taken: list[str], ident: str) -> None:
    """Small letters, digits, hyphens; never another outlet's."""
    assert id_for(url, taken, country="JO") == ident


@pytest.mark.parametrize(
    ("html", "generator", "name"),
    [
        ('<img src="/wp-content/x.png">', None, "WordPress"),
        ('<script id="__NEXT_DATA__">', None, "Next.js"),
        ("<form><input name='__VIEWSTATE'>", None, "ASP.NET"),
        ("<p>", "Sawt CMS 3", "Sawt CMS 3"),
        ("<p>", None, None),
    ],
)
def test_what_a_site_is_made_with(html: str, generator: str | None, name: str | None) -> None:
    """By paths and markup; the generator's own word where nothing else is known."""
    found = made_with(html, generator=generator)
    assert (found[0] if found else None) == name


def test_a_home_page_names_its_feeds_sections_and_arabic_edition() -> None:
    """Feeds of comments and links to other sites are none."""
    home = a_home(
        '<head><link rel="alternate" type="application/atom+xml" href="/atom"><link rel="alternate" '
        'type="application/rss+xml" title="Comments" href="/c"><link rel="alternate" hreflang="ar" href="/ar/"></head>'
        '<nav><a href="/sport">رياضة</a><a href="https://elsewhere.example/x">غيرنا</a><a href="/login">دخول</a>'
        '<a href="/a/very/long">هذا عنوان طويل لا يشبه اسم قسم</a><a href="/services/rss">خدمة</a></nav>'
    )
    assert [url.partition(".com")[2] for url in home.feeds] == ["/atom", "/services/rss"]
    assert [(url.partition(".com")[2], words) for url, words in home.sections] == [("/sport", "رياضة")]
    assert home.arabic_edition == "https://www.sada-news.com/ar/"
