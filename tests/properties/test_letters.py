"""Counting the 36 letters of standard Arabic one by one misses none and counts none twice."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from newscrawler.text import language

ALPHABET: Final = st.one_of(
    st.characters(),
    st.characters(min_codepoint=0x600, max_codepoint=0x6FF),
    st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFC),
    st.sampled_from("السلام 2024 (یک) GMT.-'\"،"),
)


@given(st.text(ALPHABET, max_size=80))
def test_letters_are_counted_as_by_hand(text: str) -> None:
    """Letters of any script, presentation forms as the letters they show, nothing else; the 36 in one number."""
    standard, expected = 0, Counter[str]()
    for character in text:
        if character in language._STANDARD:
            standard += 1
            continue
        shown = unicodedata.normalize("NFKC", character) if "\ufb50" <= character <= "\ufefc" else character
        expected.update(letter for letter in shown if unicodedata.category(letter) in ("Ll", "Lu", "Lt", "Lo"))
    assert language._letters_of(text) == (standard, expected)
