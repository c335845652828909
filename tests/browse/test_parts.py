"""The small parts: days and times, addresses, comparisons, passages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.browse.article_page import read_provenance
from newscrawler.browse.dates import day_name, moment
from newscrawler.browse.links import link_html, readable, safe_link
from newscrawler.browse.snippets import passage, wanted_by

_RLO = "\u202e"


@pytest.mark.parametrize(
    ("country", "month"),
    [
        ("LB", "تشرين الثاني"),
        ("IQ", "تشرين الثاني"),
        ("EG", "نوفمبر"),
        ("MA", "نونبر"),
        ("pan", "نوفمبر"),
        ("FR", "نوفمبر"),
    ],
)
def test_months_have_the_countrys_names(country: str, month: str) -> None:
    """The reader sees the month as the newspaper prints it."""
    assert day_name("2026-11-22", country=country) == f"22 {month} 2026"


def test_what_is_no_time_is_shown_as_stored() -> None:
    """A page never fails over a date."""
    assert day_name("غداً") == "غداً"
    shown = moment("غداً", zone="Asia/Beirut", country="LB")
    assert shown is not None
    assert (shown.text, shown.iso) == ("غداً", "")
    assert moment(None, zone=None, country=None) is None


def test_a_moment_is_printed_in_pieces() -> None:
    """The newsroom's clock, day, city and Hijri date of one stored time."""
    shown = moment("2026-11-22T22:30:00Z", zone="Asia/Beirut", country="LB")
    assert shown is not None
    pieces = (shown.clock, shown.day, shown.place, shown.hijri)
    assert pieces == ("00:30", "2026-11-23", "بيروت", "13 جمادى الآخرة 1448 هـ")


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo", None, "nowhere"])
def test_the_ends_of_the_calendar_are_printed(at: str, zone: str | None) -> None:
    """What no clock of that zone can show is shown as stored."""
    shown = moment(at, zone=zone, country=None)
    assert shown is not None
    assert shown.text
    assert shown.clock
    assert shown.hijri == ""


@pytest.mark.parametrize("url", ["https://a.example/", "HTTP://a.example:8080/x?y=1#z", "https://ا.example/مقال"])
def test_addresses_of_the_web_are_links(url: str) -> None:
    """Http and https, Arabic letters included."""
    assert safe_link(url) == url


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript://a.example/%0aalert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
     "data:text/html,x", "//a.example/", "/x", "https:x", "https://", "https://a.example/ b", f"https://a/{_RLO}x",
     "http://[", "vbscript:x", "file:///etc/passwd", "", None],
)  # fmt: skip
def test_anything_else_is_text(url: str | None) -> None:
    """No script, no data, no file, nothing relative, nothing with blanks or invisible marks."""
    assert safe_link(url) is None
    assert "<a " not in link_html(url or "")


def test_addresses_are_shown_readable() -> None:
    """Percent-encoded Arabic is decoded, unless that would show something that isn't there."""
    assert readable("https://a.example/%D9%85%D9%82%D8%A7%D9%84") == "https://a.example/مقال"
    for kept in ("https://a.example/%E2%80%AEx", "https://a.example/a%20b", "https://a.example/%FF", "https://a/%0A"):
        assert readable(kept) == kept


def test_a_passage_begins_shortly_before_the_hit() -> None:
    """A hit far down is shown with the words around it, cut marks at both ends."""
    text = "تمهيد " * 300 + "وصلت السفينة إلى الميناء " + "خاتمة " * 300
    runs = passage(text, wanted_by("سفينة"))
    assert [run.text for run in runs if run.hit] == ["السفينة"]
    assert runs[0].text == "… "
    assert runs[-1].text == " …"
    assert sum(len(run.text) for run in runs) < 400


def test_a_passage_without_hit_is_the_beginning() -> None:
    """The joined runs are the text itself, if it is short."""
    assert "".join(run.text for run in passage("نص قصير.", wanted_by(""))) == "نص قصير."
    assert passage("", wanted_by("x")) == []
    assert [run.hit for run in passage("؟!", wanted_by("x"))] == [False]


@pytest.mark.parametrize(
    ("typed", "hits"),
    [
        ("سفن", ["السفن", "سفينة"]),
        ("سف*", ["السفن", "سفينة"]),
        ("مرفأ -سفن", ["المرفأ"]),
        ('"في المرفأ"', ["في", "المرفأ"]),
        ("؟", []),
    ],
)
def test_hits_are_what_the_search_asks_for(typed: str, hits: list[str]) -> None:
    """Prefixes hit, exclusions don't, both words of a phrase do."""
    runs = passage("السفن في المرفأ ومعها سفينة", wanted_by(typed))
    assert [run.text for run in runs if run.hit] == hits


@given(st.text(), st.text(max_size=40))
def test_a_passage_is_a_piece_of_the_text(text: str, typed: str) -> None:
    """Whatever is searched in whatever text, what is shown stands there so."""
    shown = "".join(run.text for run in passage(text, wanted_by(typed)))
    assert shown.removeprefix("… ").removesuffix(" …") in text or shown in text


@pytest.mark.parametrize(
    "stored", [None, "", "[]", "3", "{", '{"disagreements": 3}', '{"disagreements": {"title": 1}}']
)
def test_provenance_of_any_shape_is_read(stored: str | None) -> None:
    """Older or broken JSON gives fewer lines, not an error."""
    assert all(not line.losers for line in read_provenance(stored))


def test_an_address_shows_what_is_invisible_in_it() -> None:
    """An override in the address itself is shown by its number, and nothing else of it is touched."""
    assert readable(f"https://x.example/{_RLO}gpj.exe") == "https://x.example/%E2%80%AEgpj.exe"
    assert readable("https://x.example/%E2%80%AEgpj.exe") == "https://x.example/%E2%80%AEgpj.exe"
    assert readable("https://x.example/%ff\u200f") == "https://x.example/%ff%E2%80%8F"
    assert _RLO not in link_html(f"https://x.example/{_RLO}")
