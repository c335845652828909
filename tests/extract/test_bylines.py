"""Who wrote it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.conftest import FIRST, SECOND
from newscrawler.article import Article
from newscrawler.extract.names import is_credit, split_names
from newscrawler.extract.signatures import strip_byline

Read = Callable[..., Article]


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("كتبت: سعاد نور", ["سعاد نور"]),
        ("بقلم/ سعاد نور", ["سعاد نور"]),
        ("إعداد: سعاد نور وكمال راشد", ["سعاد نور", "كمال راشد"]),
        ("سعاد نور، كمال راشد", ["سعاد نور", "كمال راشد"]),
        ("سعاد نور | كمال راشد", ["سعاد نور", "كمال راشد"]),
        ("القاهرة - سعاد نور", ["سعاد نور"]),
        ("سعاد نور - القاهرة", ["سعاد نور"]),
        ("سعاد نور (رام الله)", ["سعاد نور"]),
        ("بغداد: سعاد نور", ["سعاد نور"]),
        ("كمال راشد وليد سالم", ["كمال راشد وليد سالم"]),
        ("سعاد نور and Kamal Rashed", ["سعاد نور", "Kamal Rashed"]),
    ],
)
def test_names_of_a_byline(raw: str, names: list[str]) -> None:
    """Split at commas and «و», freed of labels and places; a name such as «وليد» isn't split."""
    assert list(split_names(raw)) == names


@pytest.mark.parametrize(
    "name",
    [
        "الجريدة",
        "admin",
        "https://x.example",
        "@jarida",
        "Developed By Someone",
        "صحيفة الوادي",
        "jarida.com",
        "التحرير",
        "12",
        "وادي نيوز",
    ],
)
def test_what_is_no_author(name: str) -> None:
    """Outlets, accounts, addresses, developers and words that name nobody."""
    assert not is_credit(name, frozenset({"الجريده"}))


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("حوار: سعاد نور", "سعاد نور"),
        ("كتب كمال راشد", "كمال راشد"),
        ("كتب المحلل في مقاله الأسبوعي أن الأزمة لن تطول أكثر من شهر واحد", None),
        ("إعداد الموازنة يبدأ غدا", None),
        ("قال كمال راشد: نعم.", None),
    ],
)
def test_a_line_that_is_a_byline_and_nothing_else(line: str, names: str | None) -> None:
    """A label with a mark, or «كتب» and a name; sentences that begin so are sentences."""
    assert strip_byline(line) == names


@pytest.mark.parametrize(
    ("pieces", "authors", "source"),
    [
        ({"above": "<span class='author'>سعاد نور</span>"}, ("سعاد نور",), "byline"),
        ({"above": "<div>1 أيار 2024 | كتبت: سعاد نور</div>"}, ("سعاد نور",), "byline"),
        ({"above": "<a rel='author' href='/w/1'>سعاد نور</a>"}, ("سعاد نور",), "rel=author"),
        ({"head": "<meta name='author' content='سعاد نور'>"}, ("سعاد نور",), "meta:author"),
        (
            {"below": "<div class='post-footer'>مرسلة بواسطة <span itemprop='author'>سعاد نور</span></div>"},
            ("سعاد نور",),
            "byline",
        ),
    ],
)
def test_where_authors_are_found(read: Read, pieces: dict[str, str], authors: tuple[str, ...], source: str) -> None:
    """A byline above or below the text, rel=author, then the metas."""
    article = read(**pieces)
    assert (article.authors, article.provenance["authors"]) == (authors, source)


def test_a_person_in_jsonld_wins_and_an_organisation_does_not(read: Read) -> None:
    """The outlet names itself as author in half of the pages."""
    block = '<script type="application/ld+json">{"@type":"NewsArticle","author":[%s]}</script>'
    person, outlet = '{"@type":"Person","name":"سعاد نور"}', '{"@type":"Organization","name":"مؤسسة أخرى"}'
    assert read(head=block % f"{outlet},{person}").authors == ("سعاد نور",)
    assert read(head=block % outlet).authors == ()


def test_an_agency_in_the_byline_is_the_agency(read: Read) -> None:
    """Not a person; and who is named beside it is kept."""
    article = read(above="<span class='author'>سعاد نور، أ ف ب</span>")
    assert (article.authors, article.agency) == (("سعاد نور",), "أ ف ب")


def test_a_byline_at_the_top_of_the_text_is_taken_out_of_it(read: Read) -> None:
    """It is an author, and no paragraph."""
    text = "<p>كتبت: سعاد نور</p>" + "".join(
        f"<p>الفقرة رقم {i} من الخبر تتحدث عن المكتبة الجديدة وروادها.</p>" for i in range(5)
    )
    article = read(body=text)
    assert article.authors == ("سعاد نور",)
    assert article.paragraphs[0].startswith("الفقرة رقم 0")


def test_a_name_beside_the_date_in_a_box_called_author(read: Read) -> None:
    """The box holds name and date; the name has an element of its own."""
    bar = "<div class='author-bar'><span class='author'>سلمى النجار</span><span>8 شباط 2022 - 10:00</span></div>"
    assert read(above=bar).authors == ("سلمى النجار",)


def test_a_link_to_an_author_s_page_is_a_byline(read: Read) -> None:
    """Where no class says so, the address does."""
    assert read(above="<ul><li><a href='/writers/44'>سلمى النجار</a></li></ul>").authors == ("سلمى النجار",)


@pytest.mark.parametrize(
    "line", ["الجريدة - سلمى النجار:", "المرفأ / سلمى النجار / الأناضول", "حرر من طرف سلمى النجار"]
)
def test_a_first_line_with_the_outlet_or_an_agency_beside_a_name_is_a_byline(read: Read, line: str) -> None:
    """It credits its writer and is no paragraph of the text."""
    article = read(body=f"<p>{line}</p><p>{FIRST}</p><p>{SECOND}</p>")
    assert article.authors == ("سلمى النجار",)
    assert article.paragraphs == (FIRST, SECOND)


def test_an_account_behind_a_name_is_left_out(read: Read) -> None:
    """«سلمى النجار (المرفأ) @salma» is one person."""
    above = "<p class='author'>سلمى النجار (المرفأ) @salma_n</p>"
    assert read(above=above).authors == ("سلمى النجار",)


@pytest.mark.parametrize(
    ("above", "authors"),
    [
        ("<div class='author'><a href='/author/1'>سعاد نور</a><span>كاتبة</span></div>", ("سعاد نور",)),
        ("<div class='author'><b>سعاد نور</b><i>كاتبة</i></div>", ("سعاد نور",)),
        ("<p class='author'><a href='/s/1'>سعاد نور</a> و<a href='/s/2'>وهبة راشد</a></p>", ("سعاد نور", "وهبة راشد")),
        ("<div class='author'>سعاد نور (جدة) souad_n@</div>", ("سعاد نور",)),
        ("<div class='author'>السهل الغربي - الجريدة</div>", ()),
        ("<div class='author'>عمّان</div><div class='author'>سعاد نور</div>", ("سعاد نور",)),
        ("<p>13/03/2024 كتبت: سعاد نور</p>", ("سعاد نور",)),
    ],
)
def test_what_stands_beside_a_name_is_no_part_of_it(read: Read, above: str, authors: tuple[str, ...]) -> None:
    """A role, a second link, an account, a city."""
    assert read(above=above).authors == authors


@pytest.mark.parametrize(
    ("line", "authors", "kept"),
    [
        ("الرياض - سعاد نور", ("سعاد نور",), False),
        ("ريف دمشق - سانا", (), True),
        ("رأس العين-سانا", (), True),
        ("ألوان - ربيع نور", (), True),
        ("الشارقة: سعاد نور", ("سعاد نور",), False),
        ("وادي الرمل - سعاد نور", ("سعاد نور",), False),
        ("ألوان: ربيع جديد", (), True),
    ],
)
def test_a_first_line_of_city_and_writer(read: Read, line: str, authors: tuple[str, ...], kept: bool) -> None:
    """It is a byline where the place is a city that papers date their stories from, or the name begins with a given
    name.
    """
    article = read(body=f"<p>{line}</p><p>{FIRST}</p><p>{SECOND}</p>")
    assert article.authors == authors
    assert (line in article.paragraphs) is kept


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("فاطمة الخوري", ("فاطمة الخوري",)),
        ("خالد مدير المكتبة", ()),
        ("قاعة المطالعة", ()),
    ],
)
def test_a_name_alone_in_the_first_line(read: Read, line: str, authors: tuple[str, ...]) -> None:
    """It is the writer's where it begins with a given name and the text doesn't speak of its bearer."""
    article = read(body=f"<p>{line}</p><p>{FIRST}</p><p>{SECOND}</p>")
    assert article.authors == authors
    assert (line in article.paragraphs) is not bool(authors)


@pytest.mark.parametrize(
    ("opening", "authors"),
    [
        ("كتبت - هناء صالح : ", ("هناء صالح",)),
        ("الدوحة - هناء صالح: ", ("هناء صالح",)),
        ("الدوحة - اجتماع طارئ: ", ()),
    ],
)
def test_a_writer_in_the_dateline_of_the_first_sentence(read: Read, opening: str, authors: tuple[str, ...]) -> None:
    """A label, or city and given name, show that it is one; the sentence stays as it is printed."""
    article = read(body=f"<p>{opening}{FIRST}</p><p>{SECOND}</p>")
    assert article.authors == authors
    assert article.paragraphs[0].endswith(FIRST)


def test_a_source_line_with_a_city_names_the_writer(read: Read) -> None:
    """«المصدر: دبي - فلان الفلاني» is a byline; a source without a city is another outlet."""
    assert read(above="<div>المصدر: دبي - سامي عبد الرؤوف</div>").authors == ("سامي عبد الرؤوف",)
    assert read(above="<div>المصدر: وكالات</div>").authors == ()
