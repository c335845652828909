"""The dictionary in its compact form says what the dictionary says."""

from __future__ import annotations

import re
import threading
from itertools import islice

import pytest
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from newscrawler.text.dictionary import Dictionary, arabic
from newscrawler.text.lemmas import warm_up
from newscrawler.text.normalise import fold

SMALL = Dictionary(
    [
        ("صواريخ", "صاروخ"),
        ("صَاروخ", "صاروخ"),
        ("أعلام", "علم"),
        ("إعلام", "إعلام"),
        ("يعلم", "علم"),
        ("يوم", "يوم"),
        ("اثنان كلمتان", "كلمة"),
        ("\u0651", "تشكيل"),
        ("ڭلمة", "ڭلمة"),
    ]
)


def test_a_form_has_the_lemmas_of_all_its_spellings() -> None:
    """Folding makes one of أعلام and إعلام: both answers stay, each once."""
    assert sorted(SMALL.lemmas("اعلام")) == ["اعلام", "علم"]
    assert SMALL.lemmas("صاروخ") == ["صاروخ"]


@pytest.mark.parametrize("word", ["", "صارو", "صواريخي", "ء", "zzz", "日本", "اثنان", "?لمه", "\n", "صواريخ صاروخ"])
def test_other_words_have_none(word: str) -> None:
    """A part of a word, another script, nothing at all."""
    assert SMALL.lemmas(word) == []
    assert word not in SMALL


def test_a_verb_is_known_by_its_present() -> None:
    """«يعلم» is a form of علم; «يوم» only begins so."""
    assert SMALL.is_verb("علم")
    assert not SMALL.is_verb("يوم")
    assert not SMALL.is_verb("صاروخ")


def test_forms_that_begin_alike() -> None:
    """Each once, none beyond them."""
    assert set(SMALL.beginning("ص")) == {"صاروخ", "صواريخ"}
    assert list(SMALL.beginning("صو")) == ["صواريخ"]
    assert list(SMALL.beginning("ظ")) == list(SMALL.beginning("日")) == []


def test_an_empty_dictionary_knows_nothing() -> None:
    """No block at all."""
    empty = Dictionary([])
    assert empty.lemmas("كلمة") == []
    assert list(empty.beginning("")) == []


def test_nothing_is_lost() -> None:
    """Every twentieth form of simplemma's is there with its lemma, wherever in a block it stands."""
    every = DefaultDictionaryFactory().get_dictionary("ar").items()
    pairs = [(fold(form), fold(lemma)) for form, lemma in islice(every, 0, None, 20)]
    pairs = [pair for pair in pairs if re.fullmatch("[ء-ي]+ [ء-ي]+", " ".join(pair))]
    missing = [pair for pair in pairs if pair[1] not in arabic().lemmas(pair[0])]
    assert len(pairs) > 10_000
    assert not missing


def test_prefixes_cross_blocks() -> None:
    """All forms in the order they are stored, each once."""
    begun = list(arabic().beginning("است"))
    assert len(begun) == len(set(begun)) > 1000
    assert all(form.startswith("است") for form in begun)


def test_all_who_ask_get_the_same_dictionary() -> None:
    """However many threads ask at once, it is loaded once."""
    found: list[Dictionary] = []
    threads = [threading.Thread(target=lambda: found.append(arabic())) for _ in range(4)]
    warm_up()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(dictionary) for dictionary in found}) == 1
