"""An article's words, side by side with how the newspaper wrote them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newscrawler.text.clitics import readings, with_clitics
from newscrawler.text.normalise import fold, words
from newscrawler.text.tokens import PARAGRAPH, Tokens


def test_words_are_folded_and_paragraphs_begin_anew() -> None:
    """The headline's words come first; the gap before a paragraph says that one begins."""
    tokens = Tokens.of("عنوان قصير", "أولاً.\nثانيا، وثالثا")
    assert tokens.words == ["عنوان", "قصير", "اولا", "ثانيا", "وثالثا"]
    assert tokens.gaps == [PARAGRAPH, "", PARAGRAPH, PARAGRAPH, ","]
    assert tokens.title_end == 2


@pytest.mark.parametrize(
    ("text", "gap"),
    [("جان-كلود", "-"), ("تونس - باريس", " -"), ("قال «نعم»", ' "'), ("مصر، لبنان", ","), ("تونس/باريس", "/")],
)
def test_the_gap_is_what_stands_between(text: str, gap: str) -> None:
    """A hyphen inside a name is told from a dash between two by its spaces."""
    assert Tokens.of("", text).gaps[1] == gap


@pytest.mark.parametrize(
    ("text", "clitic", "spelt"),
    [
        ("وأحمد نبّيغ", 1, "أحمد نبيغ"),
        ("للأستاذ الهادي", 2, "الأستاذ الهادي"),
        ("ا\u0640\u0640حمد الع\u0640\u0640امري", 0, "احمد العامري"),
        ("«محمد» عليّ،", 0, "محمد علي"),
        ("جانْ-كلود إلى بيروت/صُور", 0, "جان كلود إلى بيروت صور"),
    ],
)
def test_a_name_is_spelt_as_the_newspaper_does(text: str, clitic: int, spelt: str) -> None:
    """Without particles, vowel marks and tatweel."""
    tokens = Tokens.of("", text)
    assert tokens.spelling(0, len(tokens.words), clitic=clitic) == spelt


def test_a_sign_that_opens_into_words_keeps_both_sides_in_step() -> None:
    """«ﷺ» is three words when folded, a lone tatweel none; what follows keeps its spelling all the same."""
    tokens = Tokens.of("", "محمد ﷺ \u0640 والمدينة")
    assert tokens.words[-1] == "والمدينه"
    assert tokens.spelling(len(tokens.words) - 1, len(tokens.words)) == "والمدينة"


@given(st.text(alphabet="ابتثوفلك \u200e،.«»-_\u0640\u064b\u0651\n٣a", max_size=60))
def test_the_words_are_those_of_the_folded_text(text: str) -> None:
    """Line by line; whatever stands between them."""
    assert Tokens.of("", text).words == [word for line in text.split("\n") for word in words(fold(line))]


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=4, max_size=8))
@example("الله")
def test_particles_can_be_taken_off_again(word: str) -> None:
    """Whatever `with_clitics` puts before a word, one of the readings is the word itself."""
    for written in with_clitics(word):
        assert word in {bare for _, bare in readings(written)}
