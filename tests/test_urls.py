"""canonical(): one spelling for one page, and never one for two."""

from __future__ import annotations

import contextlib
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newscrawler.urls import BadUrl, canonical, host_of

PAGE: Final = "https://sahifa.example.com/news/41002"


@pytest.mark.parametrize(
    "spelling",
    [
        "https://sahifa.example.com/news/41002",
        "HTTPS://Sahifa.Example.COM/news/41002",
        "https://sahifa.example.com:443/news/41002",
        "https://sahifa.example.com/news/41002#comments",
        "https://sahifa.example.com/news/41002?utm_source=rss&utm_medium=feed",
        "https://sahifa.example.com/news/41002?fbclid=IwAR0",
        "https://sahifa.example.com/sport/../news/./41002",
        "https://sahifa.example.com//news//41002",
        "  https://sahifa.example.com/news/41002\n",
        "https://sahifa.example.com/%6Eews/41002",
    ],
)
def test_spellings_of_one_page_are_one_address(spelling: str) -> None:
    """Case of the host, default port, fragment, tracking and detours don't make another page."""
    assert canonical(spelling) == PAGE


@pytest.mark.parametrize(
    "spelling",
    [
        "https://sahifa.example.com/أخبار/خبر عاجل",
        "https://sahifa.example.com/%d8%a3%d8%ae%d8%a8%d8%a7%d8%b1/%d8%ae%d8%a8%d8%b1%20%d8%b9%d8%a7%d8%ac%d9%84",
        "https://sahifa.example.com/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/خبر%20عاجل",
    ],
)
def test_arabic_letters_and_both_cases_of_escapes_are_one(spelling: str) -> None:
    """Browsers show letters, servers send %D8, some editors paste %d8."""
    assert canonical(spelling) == (
        "https://sahifa.example.com/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D8%AE%D8%A8%D8%B1%20%D8%B9%D8%A7%D8%AC%D9%84"
    )


@pytest.mark.parametrize("path", ["news/.", "news/sport/..", "news/./"])
def test_dots_at_the_end_lead_to_a_folder(path: str) -> None:
    """A folder keeps its slash: `/news/` and `/news` may be two pages."""
    assert canonical(f"https://sahifa.example.com/{path}") == "https://sahifa.example.com/news/"


def test_the_order_of_the_query_does_not_matter() -> None:
    """Templates print the same parameters in any order."""
    assert canonical(f"{PAGE}?b=2&a=1") == canonical(f"{PAGE}?a=1&b=2")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("?id=5", "?id=6"),
        ("?p=5", "?p=6"),
        ("?page=1", "?page=2"),
        ("?NewsID=5&SectionID=1", "?NewsID=6&SectionID=1"),
        ("", "/"),
        ("/A", "/a"),
        ("?x=a%26b=1", "?x=a&b=1"),
        ("/a%2Fb", "/a/b"),
        ("?id=1&id=2", "?id=1"),
        ("?lang=ar", "?lang=en"),
    ],
)
def test_two_pages_are_never_one(one: str, other: str) -> None:
    """Merging pages would lose one of them for good."""
    assert canonical(PAGE + one) != canonical(PAGE + other)


def test_the_scheme_and_a_port_of_its_own_are_kept() -> None:
    """They may be different servers."""
    assert canonical("http://sahifa.example.com/") != canonical("https://sahifa.example.com/")
    assert canonical("http://localhost:8080/a") == "http://localhost:8080/a"


@pytest.mark.parametrize(
    ("relative", "absolute"),
    [
        ("/news/41002", PAGE),
        ("41002", PAGE),
        ("../news/41002?utm_source=x", PAGE),
        ("//sahifa.example.com/news/41002", PAGE),
        ("https://m.sahifa.example.com/1", "https://m.sahifa.example.com/1"),
        ("", "https://sahifa.example.com/news/index.html"),
    ],
)
def test_relative_addresses_are_made_absolute(relative: str, absolute: str) -> None:
    """`base` is the page that printed them."""
    assert canonical(relative, base="https://sahifa.example.com/news/index.html") == absolute


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/news/1",
        "news",
        "//sahifa.example.com/1",
        "mailto:desk@sahifa.example.com",
        "javascript:void(0)",
        "ftp://sahifa.example.com/1",
        "data:text/html,x",
        "https://",
        "https:///news",
        "https://[::1",
        "https://sahifa.example.com:http/",
        "https://sahifa.example.com:99999/",
        "https://\ud800.example.com/",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    """The error names it."""
    with pytest.raises(BadUrl, match="not an http"):
        canonical(url)


def test_an_unknown_country_of_letters_becomes_punycode() -> None:
    """An Arabic host name has one spelling too."""
    assert canonical("https://مثال.example/خبر") == canonical("https://xn--mgbh0fb.example/%D8%AE%D8%A8%D8%B1")


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Sahifa.example.com/news", "sahifa.example.com"),
        ("https://sahifa.example.com:443/", "sahifa.example.com"),
        ("http://sahifa.example.com:80/", "sahifa.example.com"),
        ("http://sahifa.example.com:443/", "sahifa.example.com:443"),
        ("http://127.0.0.1:8000/", "127.0.0.1:8000"),
        ("http://[::1]:8000/", "[::1]:8000"),
        ("https://sahifa.example.com./", "sahifa.example.com"),
        ("https://user:secret@sahifa.example.com/", "sahifa.example.com"),
        ("https://sahifa.example.com@evil.example/", "evil.example"),
    ],
)
def test_host_of_is_what_scope_is_compared_with(url: str, host: str) -> None:
    """Lower case, a port only where it is unusual, no user, no final dot."""
    assert host_of(url) == host


ADDRESSES: Final = st.builds(
    "{}://{}{}/{}{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["sahifa.example.com", "WWW.Example.com", "مثال.example", "127.0.0.1"]),
    st.sampled_from(["", ":80", ":8080"]),
    st.text(alphabet="abخ/.-_%2Fd8 ~+;()'", max_size=20),
    st.sampled_from(["", "?"]).flatmap(
        lambda mark: st.just("") if not mark else st.text(alphabet="id=12&%26+خ;/", max_size=15).map("?{}".format)
    ),
)


@given(ADDRESSES)
@example("https://sahifa.example.com/%")
def test_canonical_is_its_own_canonical_form(url: str) -> None:
    """Storing, reading and comparing again changes nothing."""
    once = canonical(url)
    assert canonical(once) == once


@given(st.text(max_size=60))
def test_no_text_raises_anything_but_bad_url(text: str) -> None:
    """Addresses are what strangers typed."""
    with contextlib.suppress(BadUrl):
        assert canonical(text).startswith(("http://", "https://"))
    with contextlib.suppress(BadUrl):
        assert canonical(f"https://sahifa.example.com/{text}").startswith("https://sahifa.example.com/")


@pytest.mark.parametrize("key", ["cid", "uid", "eid", "gallery", "refid", "session", "source", "keyword", "glid"])
def test_a_parameter_that_may_name_the_article_is_kept(key: str) -> None:
    """`story.php?cid=5` and `?cid=6` are two articles; only names that certainly track are dropped."""
    assert canonical(f"https://sahifa.example.com/story.php?{key}=5") != canonical(
        f"https://sahifa.example.com/story.php?{key}=6"
    )


@pytest.mark.parametrize(("one", "other"), [("?41002", "?41003"), ("?news_5", "?news_6"), ("?a=", "?b=")])
def test_a_query_without_values_is_kept(one: str, other: str) -> None:
    """`/?41002` is how some old systems address an article; without it all are the home page."""
    home = "https://sahifa.example.com/"
    assert canonical(home + one) != canonical(home + other)


def test_escapes_that_are_not_utf_8_are_kept() -> None:
    """Windows-1256 sites escape their own bytes; %C7 and %E1 are two letters, not two question marks."""
    assert "%C7%E1" in canonical("https://sahifa.example.com/a?q=%C7%E1")


@pytest.mark.parametrize("url", ["//[", "https://[x"])
def test_a_bad_relative_address_is_a_bad_url(url: str) -> None:
    """Whoever catches BadUrl has caught everything, with `base` as without."""
    with pytest.raises(BadUrl):
        canonical(url, base="https://sahifa.example.com/")


def test_a_final_dot_of_the_host_makes_no_other_page() -> None:
    """`example.com.` and `example.com` are the same server."""
    assert canonical("https://sahifa.example.com./news/41002") == PAGE


@pytest.mark.parametrize("url", ["https://sahifa.example.com:http/", "https://[::1", "mailto:a@x.example"])
def test_host_of_a_bad_address_is_a_bad_url(url: str) -> None:
    """A redirect may lead anywhere, and `in_scope` asks for its host."""
    with pytest.raises(BadUrl):
        host_of(url)
