"""What a reader types finds what the newspaper printed, on a real FTS5 table."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from importlib.metadata import version

import pytest

from newscrawler.text.search import MATCHES_NOTHING, match_query, search_text, search_version

Search = Callable[[str], set[str]]

DOCUMENTS = {
    "article": "أُطلقت الصواريخ على السور القديم",
    "bare": "صواريخ بعيدة المدى",
    "with": "قُصِفت البلدة بصواريخَ",
    "and": "وبالصواريخ ردّوا",
    "ahmad": "أحمد يزور لبنان",
    "for": "مساعدات للبنان وللاجئين",
    "ministry": "وزارة الثقافة",
    "paper": "ورقة بيضاء",
    "raqqa": "معرض الرقة للكتاب",
    "party": "قال حزب الله",
    "god": "نادى الله يا حزب",
    "thanks": "شكرًا لله",
    "father": "هدية لوالده",
    "now": "وصل الآن",
    "that": "قال إن الشمس أشرقت",
    "tag": "#معرض_الكتاب 2026-11-22 Café AT&T",
    "rocket": "سقط صاروخٌ في البحر",
    "servant": "التقى الوزير عبدالفتاح الساحلي",
    "servant apart": "زار عبد الفتاح القرية",
    "his book": "قدّم كتابه الجديد في المكتبة",
    "writing": "ورشة في الكتابة",
    "stranger": "وصل برنادوت الى القدس، وقال لبرنادوت مضيفه",
}


@pytest.fixture
def search() -> Iterator[Search]:
    """Finds keys of DOCUMENTS by what a reader types."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE fts USING fts5 (search_text, tokenize = 'unicode61')")
    keys = list(DOCUMENTS)
    db.executemany(
        "INSERT INTO fts (rowid, search_text) VALUES (?, ?)",
        [(i, search_text(DOCUMENTS[key])) for i, key in enumerate(keys)],
    )

    def found(typed: str) -> set[str]:
        rows = db.execute("SELECT rowid FROM fts WHERE fts MATCH ?", (match_query(typed),))
        return {keys[row] for (row,) in rows}

    yield found
    db.close()


@pytest.mark.parametrize("typed", ["صواريخ", "الصواريخ", "بصواريخ", "والصواريخ", "لِلصَّواريخ", "صـواريخ"])
def test_a_word_is_found_with_whatever_is_written_before_it(search: Search, typed: str) -> None:
    """The article and و ف ب ل ك don't make another word, on either side; nor does the plural."""
    assert search(typed) == {"article", "bare", "with", "and", "rocket"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("احمد", {"ahmad"}),
        ("لبنان", {"ahmad", "for"}),
        ("لاجئين", {"for"}),
        ("اللاجئين", {"for"}),
        ("الوزارة", {"ministry"}),
        ("الآن", {"now"}),
        ("والده", {"father"}),
        ("cafe", {"tag"}),
        ("٢٠٢٦", {"tag"}),
        ("الله", {"party", "god", "thanks"}),
        ("صاروخ", {"article", "bare", "with", "and", "rocket"}),
        ("الوزارات", {"ministry"}),
        ("قرى", {"servant apart"}),
    ],
)
def test_spelling_doesnt_matter(search: Search, typed: str, found: set[str]) -> None:
    """Hamza, vowel marks, digits, accents and «لل» are folded alike in text and query."""
    assert search(typed) == found


@pytest.mark.parametrize(
    ("typed", "wrong"), [("زارة", "with"), ("ورقة", "raqqa"), ("له", "party"), ("إن", "now"), ("الثقاف", "ministry")]
)
def test_other_words_arent_found(search: Search, typed: str, wrong: str) -> None:
    """Stripping stops where a word's own first letters would be taken: الرقة isn't ورقة, الله isn't له."""
    assert wrong not in search(typed)


@pytest.mark.parametrize("quoted", ["«حزب الله»", '"حزب الله"', "“حزب الله”", "„حزب الله“", "«حزب الله"])
def test_quotation_marks_make_a_phrase(search: Search, quoted: str) -> None:
    """In order and side by side, with any marks, also where the closing one is missing."""
    assert search(quoted) == {"party"}
    assert search("حزب الله") == {"party", "god"}


@pytest.mark.parametrize("typed", ["صواريخ -بعيدة", "صواريخ –بعيدة", "صواريخ NOT بعيدة", '-"المدى" صواريخ'])
def test_a_minus_or_not_excludes(search: Search, typed: str) -> None:
    """Before or after, with a hyphen or the dash that keyboards make of it."""
    assert search(typed) == {"article", "with", "and", "rocket"}


def test_or_joins_alternatives(search: Search) -> None:
    """OR binds two neighbours; everything else must occur."""
    assert search("احمد OR اللاجئين") == {"ahmad", "for"}
    assert search("لبنان احمد OR مساعدات") == {"ahmad", "for"}
    assert search("لبنان احمد OR ورقة") == {"ahmad"}
    assert search("احمد AND لبنان") == {"ahmad"}


def test_an_asterisk_makes_a_prefix(search: Search) -> None:
    """«صوار*» and «الصوار*» find all that goes on like this; inside quotation marks it's only a sign."""
    assert search("صوار*") == search("الصوار*") == {"article", "bare", "with", "and", "rocket"}
    assert search("وزا*") == {"ministry"}
    assert search("برن*") == {"stranger"}
    assert search("2026-11*") == {"tag"}
    assert search("«صوار*»") == set()


def test_words_joined_by_signs_are_a_phrase(search: Search) -> None:
    """Dates, hashtags and names with signs are found as they are written, and not in another order."""
    assert search("2026-11-22") == search("#معرض_الكتاب") == search("at&t") == {"tag"}
    assert search("22-11-2026") == set()


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        '"',
        '""',
        "(",
        "*",
        "-",
        "--",
        "NOT",
        "NOT صواريخ",
        "-صواريخ",
        "OR",
        "AND AND",
        "^",
        "\0",
        "\ud800",
        "…",
    ],
)
def test_without_a_word_to_find_nothing_is_found(search: Search, typed: str) -> None:
    """No error, and not the whole archive."""
    assert match_query(typed) == MATCHES_NOTHING
    assert search(typed) == set()


@pytest.mark.parametrize(
    "typed",
    ["search_text: لبنان", "NEAR(لبنان احمد, 2)", "^احمد", "{a b}: احمد", "احمد + لبنان", "a' OR 1=1 --", "احمد)"],
)
def test_the_syntax_of_fts5_is_only_text(search: Search, typed: str) -> None:
    """Nobody can address columns or break out of the query."""
    search(typed)
    assert match_query(typed).count("(") == match_query(typed).count(")")


def test_a_pasted_page_is_cut(search: Search) -> None:
    """Only so many words are asked for, so that a long query stays below SQLite's limits."""
    assert search("صواريخ " * 100_000) == {"article", "bare", "with", "and", "rocket"}
    assert search('"' + "صواريخ " * 100_000) == set()
    assert len(match_query("كلمة أخرى " * 100_000)) < 50_000
    assert len(match_query('"' + "برنادوته " * 100_000)) < 50_000


@pytest.mark.parametrize("typed", ["«عبد الفتاح»", "«عبدالفتاح»", "عبدالفتاح", "«لعبد الفتاح»"])
def test_the_servant_of_god_is_one_name(search: Search, typed: str) -> None:
    """«عبدالفتاح» and «عبد الفتاح» are printed and typed in both ways."""
    assert search(typed) == {"servant", "servant apart"}


def test_his_book_is_no_writing(search: Search) -> None:
    """Where a writer has both ة and ه, «كتابه» is a form of كتاب and not of كتابة."""
    assert search("كتاب") == {"raqqa", "tag", "his book"}
    assert search("كتابة") == {"writing"}


def test_what_nobody_can_tell_apart_is_searched_in_both_senses(search: Search) -> None:
    """Many type ه for ة: «كتابه» alone may be writing or his book."""
    assert search("كتابه") == {"writing", "raqqa", "tag", "his book"}


def test_what_was_printed_is_found_by_copying_it(search: Search) -> None:
    """A pasted sentence finds its article, with ة in it or without."""
    assert search("«قدّم كتابه الجديد في المكتبة»") == search("«قدم كتابه الجديد»") == {"his book"}


@pytest.mark.parametrize("typed", ["برنادوت", "«برنادوت»", "وبرنادوت", "الى القدس وبرنادوت"])
def test_an_unknown_name_is_found_with_particles_before_it(search: Search, typed: str) -> None:
    """No dictionary has it: the index keeps its particles, and the query asks for each of them."""
    assert search(typed) == {"stranger"}


def test_no_phrase_reaches_from_one_part_of_an_article_into_the_next() -> None:
    """The last word of the headline and the first of the text don't stand side by side."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE fts USING fts5 (search_text, tokenize = 'unicode61')")
    db.execute("INSERT INTO fts VALUES (?)", (search_text("حديث عن المرفأ", "", "السفن في الميناء"),))

    def found(typed: str) -> bool:
        return bool(db.execute("SELECT 1 FROM fts WHERE fts MATCH ?", (match_query(typed),)).fetchall())

    assert found("المرفأ السفن")
    assert found("«حديث عن المرفأ»")
    assert not found("«المرفأ السفن»")
    assert not found("«المرفأ حديث»")
    db.close()


def test_a_word_of_the_headline_weighs_more() -> None:
    """Of two articles that have the word once, that with the word in its headline comes first."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE fts USING fts5 (search_text, tokenize = 'unicode61')")
    db.execute("INSERT INTO fts (rowid, search_text) VALUES (1, ?)", (search_text("الطقس", "", "هدأ الميناء اليوم"),))
    db.execute("INSERT INTO fts (rowid, search_text) VALUES (2, ?)", (search_text("الميناء", "", "هدأ الطقس اليوم"),))
    order = [
        row for (row,) in db.execute("SELECT rowid FROM fts WHERE fts MATCH ? ORDER BY rank", (match_query("موانئ"),))
    ]
    assert order == [2, 1]
    db.close()


def test_the_version_names_the_dictionary() -> None:
    """Another dictionary would index differently."""
    assert search_version().endswith(f"/simplemma-{version('simplemma')}")
