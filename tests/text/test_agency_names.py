"""Names of agencies and the fields made of them."""

from __future__ import annotations

import pytest

from newscrawler.text.agency_names import AGENCIES, agencies_in, agencies_named, agency_named, as_credit


def test_a_field_of_several_agencies_can_be_taken_apart() -> None:
    """What is stored in one column is a list; «وكالات» stands in it only alone."""
    assert agencies_in(as_credit(["رويترز", "وكالات", "أ ف ب", "رويترز"])) == ("رويترز", "أ ف ب")
    assert agencies_in(as_credit(["وكالات"])) == ("وكالات",)
    assert as_credit([]) is None
    assert agencies_in(None) == ()


def test_spellings_have_one_name() -> None:
    """«أ.ف.ب», «فرانس برس» and "AFP" are one agency."""
    spellings = ("أ.ف.ب", "فرانس برس", "AFP", "(أ ف ب)", "وكالة الصحافة الفرنسية", "أ. ف. ب.", "وكالة فرانس برس")
    assert {agency_named(text) for text in spellings} == {"أ ف ب"}
    assert agency_named("كمال راشد") is None


@pytest.mark.parametrize("name", AGENCIES)
def test_every_agency_is_found_by_its_name(name: str) -> None:
    """Where a credit stands; each spelling belongs to one agency."""
    assert agencies_named(name, sure=True) == (name,)
    for spelling in AGENCIES[name].split("|"):
        assert agencies_named(f"({spelling})", sure=True) == (name,), spelling


def test_a_named_agency_comes_before_the_unnamed() -> None:
    """«وكالات» is what is said where nobody is named."""
    assert agencies_named("وكالات + رويترز") == ("وكالات", "رويترز")
    assert agency_named("وكالات + رويترز") == "رويترز"
    assert agency_named("الجريدة - وكالات") == "وكالات"


def test_a_sentence_is_no_credit() -> None:
    """Though an agency's name stands in it between brackets; nor is a list with a stranger in it."""
    assert agencies_named("قال المدير في حديث طويل لوكالة (د ب أ)") == ()
    assert agencies_named("رويترز وصحيفة محلية") == ()
    told = "قال المدير في حديث طويل مع رويترز عن افتتاح المكتبة الجديدة في الحي القديم من المدينة بعد سنوات"
    assert agencies_named(told) == ()


@pytest.mark.parametrize("word", ["بنا", "ومع", "وما", "معا", "صفا", "الألمانية"])
def test_a_word_of_the_language_counts_only_where_a_credit_stands(word: str) -> None:
    """The caller knows the place."""
    assert agencies_named(word) == ()
    assert len(agencies_named(word, sure=True)) == 1
    assert len(agencies_named(f"وكالة {word}")) == 1
