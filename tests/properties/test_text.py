"""What holds for any text, however broken."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from newscrawler.text.clitics import with_clitics, without_article
from newscrawler.text.fingerprint import Signature, bands, content_hash, jaccard, pairs
from newscrawler.text.language import judge
from newscrawler.text.lemmas import is_listed
from newscrawler.text.normalise import clean, fold, words
from newscrawler.text.search import match_query, search_text
from newscrawler.text.tags import load_lexicon, tags_of
from newscrawler.text.terms import terms

PATIENT = settings(deadline=None)
"""The machine may be busy, and the first call loads what is loaded lazily."""

AWKWARD = (
    "ءآأؤإئابةتلموهىيٱپچگکیھہەۀﻻﷲﷺﹰ١۲٣"
    "\u0640\u064b\u064e\u0651\u0653\u0654\u0655\u0670\u06dd\u0610"
    "\u200b\u200c\u200d\u200e\u200f\u202b\u2066\u2069\ufeff\u00ad\u00a0\u2028\u0085\u0000\ue000\ufdd0"
    "\U0001f468\ufe0f\ud83d\ude00éÉİßŉſﬁ\u0301̈½«»“”\"'’-–*#_()[]{}:+^/,.،؛؟٪٫ \n\t&;xXaAmMpPqQ38"
)
TEXT = st.text(st.sampled_from(AWKWARD) | st.characters(), max_size=60)
PIECES = st.lists(
    st.sampled_from(
        ["&amp;", "&quot;", "&#38;", "&#x26;", "&", "#", "38;", "&#51;", "amp;", "&lt;", "&zwnj;", "&nbsp", "ل", " "]
    ),
    max_size=12,
).map("".join)
LETTERS = st.text(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهوي"), min_size=1, max_size=8)
QUERY = st.lists(
    st.sampled_from(['"', "«", "”", "-", "NOT ", "OR ", "AND ", "*", "(", ")", ":", "NEAR(", "^", " ", "ال", "\0"])
    | TEXT,
    max_size=10,
).map("".join)


@PATIENT
@given(TEXT | PIECES)
@example("&&#97;mp;amp;")
@example("\u200d\u200d\U0001f468\u200d\u200d\U0001f468")
def test_clean_text_is_clean(text: str) -> None:
    """Cleaning twice is cleaning once; the result can be stored and is one tidy line."""
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned.split(" ") == cleaned.split() or not cleaned
    assert not set("\u200b\u200c\u200e\u200f\u202b\u2066\u2069\ufeff\u00ad\0\ue000") & set(cleaned)
    cleaned.encode()


@PATIENT
@given(TEXT)
@example("و\u0654")
@example("ي\u200d\u0654")
@example("ﷺ\u0670")
@example("ŉ ſ İ")
def test_folded_text_is_folded(text: str) -> None:
    """Folding twice is folding once, and cleaning before it changes nothing that is compared."""
    folded = fold(text)
    assert fold(folded) == folded
    if "&" not in text and not any("\ud800" <= character <= "\udfff" for character in text):
        assert fold(clean(text)) == folded


@PATIENT
@given(TEXT)
def test_marks_never_change_what_is_compared(text: str) -> None:
    """Tatweel, vowel marks and bidi marks can stand anywhere between letters."""
    bare = "".join(character for character in text if unicodedata.category(character) in ("Lo", "Nd", "Zs"))
    assert fold("\u0640\u064e\u200f".join(bare)) == fold(bare)


@PATIENT
@given(TEXT)
def test_words_are_stable(text: str) -> None:
    """The words of a text, written side by side, are the same words and have the same hash."""
    tokens = words(fold(text))
    again = fold(" ".join(tokens))
    assert words(again) == tokens
    assert content_hash(again) == content_hash(fold(text))


@PATIENT
@given(TEXT, TEXT)
def test_similarity_is_a_similarity(one: str, other: str) -> None:
    """Between 0 and 1, the same both ways, and 1 for the same words."""
    a, b = pairs(fold(one)), pairs(fold(other))
    assert 0 <= jaccard(a, b) == jaccard(b, a) <= 1
    assert jaccard(a, a) == (1 if a else 0)
    signature = Signature.of(a)
    assert Signature.from_bytes(signature.to_bytes()) == signature
    assert len(bands(signature)) == (42 if a else 0)


@PATIENT
@given(TEXT)
def test_judge_never_raises(text: str) -> None:
    """There is a verdict on everything, and its shares are shares."""
    verdict = judge(text * 5)
    assert 0 <= verdict.arabic_share <= 1
    assert 0 <= verdict.foreign_share <= 1
    assert verdict.guess


@pytest.fixture(scope="module")
def database() -> Iterator[sqlite3.Connection]:
    """An empty FTS5 table like the archive's."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE fts USING fts5 (search_text, tokenize = 'unicode61')")
        yield db


@PATIENT
@given(typed=QUERY)
@example(typed='"' * 7)
@example(typed="a" * 3000 + "*")
@example(typed="-a OR -b NOT c")
def test_no_query_is_a_syntax_error(database: sqlite3.Connection, typed: str) -> None:
    """Whatever is typed, SQLite answers."""
    database.execute("SELECT rowid FROM fts WHERE fts MATCH ?", (match_query(typed),)).fetchall()


@PATIENT
@given(document=st.lists(LETTERS | st.sampled_from(["كتابه", "مدرسة", "عبدالله", "وبلدتهم"]), min_size=1, max_size=6))
def test_every_word_of_a_document_finds_it(database: sqlite3.Connection, document: list[str]) -> None:
    """What was printed and is typed again, word by word, as a whole or in quotation marks, finds its article."""
    printed = " ".join(document)
    database.execute("INSERT INTO fts (rowid, search_text) VALUES (1, ?)", (search_text(printed),))
    try:
        for typed in (*document, printed, f"«{printed}»"):
            found = database.execute("SELECT rowid FROM fts WHERE fts MATCH ?", (match_query(typed),)).fetchall()
            assert found == [(1,)], typed
    finally:
        database.execute("DELETE FROM fts")


@PATIENT
@given(word=LETTERS.filter(lambda word: len(word) > 2), clitic=st.integers(0, 10))
def test_a_word_that_nobody_lists_is_found_after_particles(
    database: sqlite3.Connection, word: str, clitic: int
) -> None:
    """The index can't know whether و ف ب ل ك belong to a name; the query asks for both."""
    forms = list(with_clitics(word))
    printed = forms[clitic % len(forms)]
    assume(not is_listed(fold(word)) and not is_listed(fold(printed)))
    database.execute("INSERT INTO fts (rowid, search_text) VALUES (1, ?)", (search_text(printed),))
    try:
        found = database.execute("SELECT rowid FROM fts WHERE fts MATCH ?", (match_query(word),)).fetchall()
        assert found == [(1,)]
    finally:
        database.execute("DELETE FROM fts")


@PATIENT
@given(LETTERS, st.sampled_from(["", "ة", "ه", "ى", "ء"]))
def test_every_word_has_one_term(letters: str, last: str) -> None:
    """And that is the same with vowel marks and without."""
    word = letters + last
    (term,) = terms(word)
    assert term
    assert terms("\u064e".join(word)) == [term]


@PATIENT
@given(LETTERS.filter(lambda word: len(word) > 3 and word[0] != "ل"))
def test_the_article_is_taken_off_with_all_that_stands_before_it(word: str) -> None:
    """«الكتاب», «بالكتاب», «وللكتاب» are «كتاب»."""
    assert {without_article(form) for form in with_clitics(f"ال{word}")} == {word}


@PATIENT
@given(title=TEXT, text=TEXT, section=st.none() | TEXT, keywords=st.lists(TEXT, max_size=3))
def test_tagging_never_raises(title: str, text: str, section: str | None, keywords: list[str]) -> None:
    """Tags have names and shares, each only once."""
    tags = tags_of(title=title, text=text, section=section, keywords=keywords, lexicon=LEXICON)
    assert len({(tag.kind, tag.name) for tag in tags}) == len(tags)
    assert all(tag.name == clean(tag.name) and 0 <= tag.confidence <= 1 for tag in tags)


LEXICON = load_lexicon(Path(__file__).parents[2] / "seeds" / "tags")
