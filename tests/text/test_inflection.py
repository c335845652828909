"""What may stand before a word and behind it, by its letters alone."""

from __future__ import annotations

import pytest

from newscrawler.text.inflection import finite, heads, owned, stem, tails


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("وصل", ["وصل"]),
        ("وصلت", ["وصلت", "صلت"]),
        ("وبقرار", ["وبقرار", "بقرار", "قرار"]),
        ("سيعلن", ["سيعلن", "يعلن"]),
        ("سحابه", ["سحابه"]),
        ("وسيعلن", ["وسيعلن", "سيعلن", "يعلن"]),
    ],
)
def test_particles_come_off_one_after_the_other(word: str, bare: list[str]) -> None:
    """Two at most, س only before the present tense, and three letters stay."""
    assert [head.word for head in heads(word)] == bare
    assert [head.taken for head in heads(word)] == sorted(head.taken for head in heads(word))


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("سيارات", "سياره"),
        ("سيارتين", "سياره"),
        ("سيارته", "سياره"),
        ("سياراتهم", "سياره"),
        ("مدينتي", "مدينه"),
        ("لاعبون", "لاعب"),
        ("لاعبيهم", "لاعب"),
        ("لاعبوها", "لاعبو"),
        ("مستشفاها", "مستشفا"),
        ("لاعبو", "لاعب"),
        ("هدفا", "هدف"),
        ("جهويه", "جهوي"),
    ],
)
def test_the_likeliest_ending_comes_first(word: str, first: str) -> None:
    """ة of a feminine before anything shorter; «يه» is an adjective's."""
    assert tails(word)[0] == first


def test_further_guesses_follow() -> None:
    """«مستشفاها» is مستشفى, «لاعبوها» لاعب."""
    assert "مستشفي" in tails("مستشفاها")
    assert "لاعب" in tails("لاعبوها")
    assert tails("به") == []


@pytest.mark.parametrize(
    ("word", "nouns"),
    [("منزلها", ["منزل"]), ("حياتهم", ["حياه", "حيات"]), ("كتابه", ["كتاب"]), ("به", []), ("بيت", [])],
)
def test_what_is_owned(word: str, nouns: list[str]) -> None:
    """The noun before the pronoun, with the ة that ت stands for."""
    assert list(owned(word)) == nouns


@pytest.mark.parametrize(
    ("word", "kept"),
    [
        ("جهويين", "جهوي"),
        ("جهويه", "جهوي"),
        ("فيديوهات", "فيديوه"),
        ("برشلونه", "برشلون"),
        ("معتمديتها", "معتمدي"),
        ("ماكرون", "ماكرون"),
        ("زيدان", "زيدان"),
        ("ليون", "ليون"),
        ("عرفات", "عرفات"),
        ("طبلبه", "طبلب"),
    ],
)
def test_an_unknown_word_loses_only_what_is_safe(word: str, kept: str) -> None:
    """Names end in ون, ين and ان, and short ones in anything."""
    assert stem(word) == kept


@pytest.mark.parametrize(
    ("form", "verb", "listed"),
    [
        ("اعلنوا", "اعلن", False),
        ("يعلنون", "اعلن", False),
        ("يستقيل", "استقال", False),
        ("يزور", "ازار", False),
        ("تستقيل", "استقال", True),
        ("يشارك", "شارك", True),
        ("تقدم", "قدم", False),
    ],
)
def test_the_verb_of_a_form_is_among_the_guesses(form: str, verb: str, listed: bool) -> None:
    """Past, present, and hollow verbs, whose middle letter changes."""
    assert verb in list(finite(form, listed=listed))


def test_a_listed_word_is_no_she_does() -> None:
    """«تقدم» is the noun if the dictionary has it."""
    assert list(finite("تقدم", listed=True)) == []
