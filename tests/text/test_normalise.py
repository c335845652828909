"""clean() keeps the newspaper's spelling; fold() forgets what readers don't see."""

from __future__ import annotations

import time

import pytest

from newscrawler.text.normalise import clean, fold, words


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("ﻻ ﻭﻟﻴﺪ", "لا وليد"),
        ("ﷲ أكبر", "الله أكبر"),
        ("ﷺ", "صلى الله عليه وسلم"),
        ("ب\ufe71", "ب\u064b"),
        ("ب\ufe70", "ب\u064b"),
    ],
)
def test_presentation_forms_become_letters(raw: str, stored: str) -> None:
    """Old PDFs and CMSs send shaped glyphs; a reader can only search for letters."""
    assert clean(raw) == stored


@pytest.mark.parametrize(
    "spelling",
    ["لـ«اليوم»", "ٱلْقُرْآن", "العـــــربية", "١٢٫٥٪", "①½ ﬁ", "می روم", "«نص» – “نص”…", "AT&T", "س&ص;", "\ufffd"],
)
def test_the_newspapers_spelling_is_kept(spelling: str) -> None:
    """Vowel marks, tatweel, digits, quotation marks and broken bytes are evidence, and stay as printed."""
    assert clean(spelling) == spelling


@pytest.mark.parametrize(
    "mark",
    [
        "\u200e", "\u200f", "\u061c", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e",
        "\u2066", "\u2067", "\u2068", "\u2069", "\u200b", "\u200c", "\u200d", "\u2060",
        "\ufeff", "\u00ad", "\u034f", "\u0000", "\u0007", "\u009f", "\uffff", "\uf0b7",
    ],
)  # fmt: skip
def test_what_nobody_can_see_is_dropped(mark: str) -> None:
    """Marks for direction and width, control characters and icon glyphs would only make equal words unequal."""
    assert clean(f"{mark}خب{mark}ر{mark}") == "خبر"


@pytest.mark.parametrize(
    "space", [" ", "\u00a0", "\u2003", "\u202f", "\u3000", "\t", "\r\n", "\u2028", "\u0085", "\u2800"]
)
def test_any_white_space_is_one_space(space: str) -> None:
    """A stored line has single spaces and none at its ends."""
    assert clean(f"{space}خبر{space}{space}عاجل{space}") == "خبر عاجل"


def test_decomposed_letters_are_composed() -> None:
    """Alef and a combining hamza are one letter, however the CMS wrote it; also where a joiner stood between."""
    assert clean("ا\u0654حمد") == clean("ا\u200d\u0654حمد") == "أحمد"


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("&quot;نص&quot;", '"نص"'),
        ("&amp;quot;نص&amp;amp;quot;", '"نص"'),
        ("AT&amp;T", "AT&T"),
        ("a &lt; b", "a < b"),
        ("نص&nbsp;آخر&nbsp", "نص آخر"),
        ("&#1606;&#x635;", "نص"),
        ("&#55357;&#56832;", "\U0001f600"),
        ("&#0;", "\ufffd"),
        ("&laquo;نص&raquo;", "«نص»"),
        ("بحث؟a=1&copy=2&nbsp=3", "بحث؟a=1&copy=2&nbsp=3"),
        ("&غزة; &notaname; R&D; 5 & 6", "&غزة; &notaname; R&D; 5 & 6"),
    ],
)
def test_entities_that_were_escaped_twice_are_put_right(raw: str, stored: str) -> None:
    """What survived the HTML parser is an entity only if HTML knows its name; addresses and names aren't."""
    assert clean(raw) == stored


def test_an_entity_hidden_in_entities_comes_to_an_end() -> None:
    """Text built to unescape for ever loses its ampersands instead of our time."""
    nested = "51"
    for _ in range(40):
        nested = "".join(f"&#{ord(digit)};" for digit in nested[:1]) + nested[1:]
    assert "&" not in clean(f"&#{nested};")


def test_emoji_stay_whole() -> None:
    """A joiner between emoji makes one picture of them; half a surrogate pair can't be stored at all."""
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert clean(f"عائلة {family}\u200d") == f"عائلة {family}"
    assert clean("\ud83d\ude00 \ud83d") == "\U0001f600 \ufffd"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("مُحَمَّدٌ في القَاهِرَةِ", "محمد في القاهره"),
        ("ٱلْقُرْآن", "القران"),
        ("الرحمٰن", "الرحمن"),
        ("أإآٱ", "اااا"),
        ("إلى", "الي"),
        ("مسؤول", "مسئول"),
        ("العـــــربية", "العربيه"),
        ("ایران کشور", "ايران كشور"),
        ("١٢٣ ۴۵۶", "123 456"),
        ("«نص» “نص”", '"نص" "نص"'),
        ("ﻻ ﷲ ﻹ", "لا الله لا"),
        ("Reuters ＡＦＰ STRASSE", "reuters afp strasse"),
        ("غزة\u200f\u200c ", "غزه"),
    ],
)
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    """Vowel marks, hamza seats, ta marbuta, ya, digits, Persian letters and case don't make another word."""
    assert fold(one) == fold(other) == other.replace("مسئول", "مسءول")


@pytest.mark.parametrize(("one", "other"), [("سماء", "سما"), ("حرب", "حزب"), ("قلب", "كلب"), ("على", "علا")])
def test_different_words_stay_different(one: str, other: str) -> None:
    """Folding forgets spelling, not letters."""
    assert fold(one) != fold(other)


def test_folding_comes_to_an_end_for_every_character() -> None:
    """NFKC and case folding undo each other for some letters (ǰ, ΐ); the result is stable all the same."""
    for code in (*range(0xD800), *range(0xE000, 0x110000)):
        folded = fold(chr(code))
        assert fold(folded) == folded, hex(code)


def test_words_have_no_punctuation() -> None:
    """A hashtag is the words it is made of, a number is a word, a lone sign is none."""
    assert words(fold("«قال»: #غزة_الآن، 12% - لـ«اليوم» ...")) == ["قال", "غزه", "الان", "12", "ل", "اليوم"]


@pytest.mark.parametrize("unit", ["العـربية مُحَمَّد «اليوم» &quot;", "&", "&amp;", "&#38;", "\u200d", "ﷺ "])
def test_a_megabyte_is_read_in_one_go(unit: str) -> None:
    """Time grows with the text, not with its square: a hostile page can't stop a crawl.

    The limit is forty times what a slow machine needs; quadratic work would take hours.
    """
    text = unit * (1_000_000 // len(unit))
    start = time.process_time()
    words(fold(clean(text)))
    assert time.process_time() - start < 60
