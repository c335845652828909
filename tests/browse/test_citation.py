"""Citations: a sentence in two languages, BibTeX and RIS, whatever stands in a headline."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from browse.sample_archive import Get, add_article
from newscrawler.browse.citation import Cited, arabic, bibtex, latin, ris

_WORK = Cited(
    article_id=7,
    title="افتتاح الرصيف",
    authors=("سلمى ناصر", "أحمد علي"),
    agency="سانا",
    outlet="جريدة الساحل",
    outlet_en="Al-Sahil",
    url="https://sahil.example/a/7",
    published="2026-11-23",
    captured="2026-11-24",
    record="https://archive.example/-/article/7",
)


def test_the_arabic_sentence_names_everything() -> None:
    """Authors, headline, outlet, day, address, day of the capture, number in the archive."""
    assert arabic(_WORK).striptags() == (
        "سلمى ناصر، أحمد علي، «افتتاح الرصيف»، جريدة الساحل، 23 نوفمبر 2026، https://sahil.example/a/7،"
        " حُفظ في 24 نوفمبر 2026، المقال رقم 7 في الأرشيف: https://archive.example/-/article/7."
    )


def test_the_latin_sentence_keeps_the_headline() -> None:
    """English outlet and months; the headline as printed; «n.d.» where no date is known."""
    assert latin(_WORK).striptags() == (
        "سلمى ناصر, أحمد علي. “افتتاح الرصيف” [in Arabic]. Al-Sahil, 23 November 2026. https://sahil.example/a/7."
        " Archived 24 November 2026, article 7: https://archive.example/-/article/7."
    )
    undated = replace(_WORK, published="", authors=(), outlet_en=None)
    assert latin(undated).striptags().startswith("“افتتاح الرصيف” [in Arabic]. جريدة الساحل, n.d. ")
    assert "بلا تاريخ" in arabic(undated)


def test_what_is_foreign_in_a_sentence_is_isolated() -> None:
    """Without, «الساحل, 22 November» is shown as «22 ,الساحل November»; markup in a name stays text."""
    work = replace(_WORK, outlet_en=None, title="أسعار <b> 2026", authors=("أحمد",))
    for sentence in (arabic(work), latin(work)):
        isolated = re.findall("<bdi>(.*?)</bdi>", sentence)
        assert isolated == ["أحمد", "أسعار &lt;b&gt; 2026", "جريدة الساحل", work.url, work.record]
        assert not re.search("[\u0621-\u064a]\\W+[0-9]", re.sub("<bdi>.*?</bdi>", "x", latin(work)))


def test_bibtex_is_an_online_entry() -> None:
    """Each author is one name, the headline keeps its case, the visit is dated."""
    entry = bibtex(_WORK)
    assert entry.startswith("@online{newscrawler-7,\n")
    for field in (
        "title        = {{افتتاح الرصيف}}",
        "author       = {{سلمى ناصر} and {أحمد علي}}",
        "date         = {2026-11-23}",
        "urldate      = {2026-11-24}",
        "addendum     = {سانا}",
    ):
        assert field in entry
    bare = bibtex(replace(_WORK, authors=(), published="", agency=None))
    assert not re.search("author|^  date|addendum", bare, re.MULTILINE)


def test_ris_is_a_news_record() -> None:
    """One tag a line, CRLF, closed by ER."""
    lines = ris(_WORK).split("\r\n")
    assert lines[0] == "TY  - NEWS"
    assert lines[-2:] == ["ER  - ", ""]
    assert {"AU  - سلمى ناصر", "AU  - أحمد علي", "DA  - 2026/11/23", "Y2  - 2026/11/24", "T2  - جريدة الساحل"} <= set(
        lines
    )
    assert not [line for line in ris(replace(_WORK, published="", agency=None)) if line.startswith(("DA", "PY", "N1"))]


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_nothing_breaks_out_of_its_field(title: str, author: str, url: str) -> None:
    """Braces are balanced and every line of RIS begins with a tag of ours, whatever was published."""
    plain = replace(_WORK, authors=("x",))
    work = replace(plain, title=title, authors=(author,), url=url, agency=f"x{author}")
    entry = re.sub(r"\\[{}]", "", bibtex(work))
    assert entry.count("{") == entry.count("}")
    assert len(bibtex(work).splitlines()) == len(bibtex(plain).splitlines())
    assert [line[:6] for line in ris(work).splitlines()] == [line[:6] for line in ris(plain).splitlines()]


@pytest.mark.parametrize("hostile", ["} , evil = {", "a\\", "100% & $5 #1 _x ~ ^", "\r\nER  - \r\nTY  - JOUR"])
def test_what_tex_and_ris_read_as_orders_is_text(hostile: str) -> None:
    """A headline can't end its field, begin a comment or close the record."""
    entry = bibtex(replace(_WORK, title=hostile))
    assert "evil = {" not in entry
    assert not re.search(r"(?<!\\)[%&$#_](?=[^:]*\}\},\n  author)", entry.split("title", 1)[1].split("\n")[0])
    assert ris(replace(_WORK, title=hostile)).count("\r\nER  - ") == 1


def test_the_page_cites_with_the_day_of_the_capture(get: Get) -> None:
    """In the newsroom's zone: captured at 23:01 UTC is the next day in Beirut; the record's address is absolute."""
    html = get("/-/article/1").text
    cited = html.split('id="cite"')[1].split("</section>")[0]
    assert "حُفظ في 23 نوفمبر 2026" in cited
    assert "http://localhost/-/article/1" in cited
    assert "Archived 23 November 2026" in cited


@pytest.mark.parametrize(("suffix", "kind"), [("bib", "application/x-bibtex"), ("ris", "research-info-systems")])
def test_citations_are_downloads(get: Get, archive: Database, suffix: str, kind: str) -> None:
    """A file name without anything of the outlet's in it; an unknown article is a 404."""
    add_article(archive, 9, site="waha", title='x"; filename="evil.exe')
    response = get(f"/-/article/9.{suffix}")
    assert response.status_code == 200
    assert kind in response.headers["content-type"]
    assert response.headers["content-disposition"] == f'attachment; filename="newscrawler-9.{suffix}"'
    assert get(f"/-/article/99.{suffix}").status_code == 404


@pytest.mark.parametrize("mark", ["\u202e", "\u202d", "\u2067", "\u2066"])
def test_a_headline_turns_nothing_but_itself(get: Get, archive: Database, mark: str) -> None:
    """An override or isolate that a headline leaves open would turn the address and the date behind it."""
    add_article(archive, 66, title=f"عنوان {mark}x", authors=f'["كاتب{mark}"]', agency=f"وكالة{mark}")
    for path in ("/-/article/66.bib", "/-/article/66.ris"):
        assert mark not in get(path).text
    cited = get("/-/article/66").text.split('id="cite"')[1].split("</section>")[0]
    assert "عنوان x" in cited
    assert mark not in cited
