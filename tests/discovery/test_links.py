"""Addresses and words as a source lists them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newscrawler.discovery.links import absolute, key_of, plain, unique
from newscrawler.link import Link
from newscrawler.urls import canonical

HOSTS = st.sampled_from(["sahifa.example.com", "www.a1.co.uk", "127.0.0.1", "A.example.com", "xn--mgbh0fb.example"])
SEGMENTS = st.lists(st.text(alphabet="aZ0_-.%D8A2F~خ;", max_size=8), max_size=3).map("/".join)
QUERIES = st.just("") | st.dictionaries(
    st.sampled_from(["id", "page", "b", "a_b", "utm_source", "ref", "cid", "NewsID", "c-d"]),
    st.text(alphabet="a1-_%+خ", max_size=4),
    max_size=4,
).map(lambda pairs: "?" + "&".join(f"{key}={value}" for key, value in pairs.items()))


@given(st.builds("https://{}/{}{}".format, HOSTS, SEGMENTS, QUERIES))
@example("https://sahifa.example.com/a?b=1&a=2")
@example("https://sahifa.example.com/a?b=1&b=2")
@example("https://sahifa.example.com/a?b_=1&b=2")
@example("https://sahifa.example.com/a?id=5&utm_source=x")
@example("https://sahifa.example.com/%D8%A3/a.b/")
@example("https://sahifa.example.com/%2F")
def test_the_short_cut_is_the_canonical_form(url: str) -> None:
    """`key_of` only saves time: it never answers anything but `canonical`."""
    assert key_of(url) == canonical(url)


@pytest.mark.parametrize(
    "url", ["mailto:a@example.com", "javascript:x()", "#", "", "  ", "//[", "tel:1", "https://[x/"]
)
def test_what_is_no_web_address_is_none(url: str) -> None:
    """Unless it is the page itself, which «#» and nothing mean."""
    found = absolute(url, base="https://sahifa.example.com/a")
    assert found == ("https://sahifa.example.com/a" if url == "#" else None)


@pytest.mark.parametrize(
    ("printed", "url"),
    [
        ("b", "https://sahifa.example.com/x/b"),
        ("/ا\n ب ", "https://sahifa.example.com/ا ب"),
        ("https://a.example.org/x;", "https://a.example.org/x;"),
        ("HTTPS://A.example.org/x?", "HTTPS://A.example.org/x?"),
        ("?a=1&amp;b=2", "https://sahifa.example.com/x/y?a=1&b=2"),
    ],
)
def test_addresses_stay_as_printed_apart_from_being_absolute(printed: str, url: str) -> None:
    """The frontier makes them canonical; what was printed is evidence."""
    assert absolute(printed, base="https://sahifa.example.com/x/y") == url


def test_unique_keeps_order_and_fills_gaps() -> None:
    """The first entry wins field by field; a later one may only add."""
    links = [
        Link("https://a.example.org/1#x", title="أول"),
        Link("https://a.example.org/2"),
        Link("https://a.example.org/1", title="ثان", section="رياضة", published="أمس", lastmod="اليوم"),
        Link("nowhere"),
    ]
    assert unique(links) == (
        Link("https://a.example.org/1#x", "أول", "رياضة", "أمس", "اليوم"),
        Link("https://a.example.org/2"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, None),
        ("", None),
        (" \u200f ", None),
        ("<br>", None),
        ("<!-- ملاحظة -->خبر", "خبر"),
        ("2 < 3 و 5 > 4", "2 < 3 و 5 > 4"),
        ("\u202bخبر\u202c", "خبر"),
        ("أ" * 9000, "أ" * 500),
    ],
)
def test_plain_is_what_a_reader_sees(text: str | None, said: str | None) -> None:
    """Invisible marks and markup go, signs of arithmetic stay, a paragraph is cut."""
    assert plain(text) == said
