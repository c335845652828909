"""Edits: what counts as one, of which kind it is, and how large."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.text.edits import Edit, State, edit_between
from support.newspaper import paragraphs

TITLE = "افتتاح مكتبة عامة في الميناء"
BODY = "\n\n".join(paragraphs(1, count=5))


def state(text: str = BODY, *, title: str = TITLE, standfirst: str | None = None) -> State:
    return State(title, standfirst, text)


def kind_of(text: str, **fields: str) -> str | None:
    edit = edit_between(state(), state(text, **fields))
    return edit.kind if edit else None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("قال الوزير نعم", "قال الوزير\u00a0نعم"),
        ("قال: «نعم» اليوم", "قال : “نعم” اليوم"),
        ("قال 'نعم'", "قال ’نعم‘"),
        ("منذ 25 عاماً", "منذ ٢٥ عاماً"),
        ("بين 2020-2026", "بين 2020–2026"),
        ("وبعد...", "وبعد…"),
        ("الأولى.\n\nالثانية.", "الأولى. الثانية."),
        ("العربية", "العـربية"),
        ("العربية", "ال\u200fعر\u200bبية"),
        ("الله أكبر", "ﷲ أكبر"),
        ("كتاب\u064e\u0651ه", "كتاب\u0651\u064eه"),
    ],
)
def test_what_only_looks_different_is_no_edit(before: str, after: str) -> None:
    """Spaces, line ends, invisible marks, composed letters, the shapes of quotation marks, dashes and digits: themes
    change them all over a site, and nobody edited anything.
    """
    assert edit_between(state(before), state(after)) is None
    assert edit_between(state(title=before), state(title=after)) is None


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("قال الوزير نعم", "قال الوزير لا", 2),
        ("قال المسئول نعم", "قال المسؤول نعم", 2),
        ("كتب الى المدينة", "كتب إلى المدينة", 2),
        ("كتب الرجل", "كَتَبَ الرجل", 2),
        ("عبدالله هنا", "عبد الله هنا", 3),
        ("قال نعم", "قال، نعم", 0),
        ("قال نعم؟", "قال نعم!", 0),
        ("قتل 12 شخصا", "قتل 13 شخصا", 2),
    ],
)
def test_spelling_marks_and_punctuation_are_the_newspapers(before: str, after: str, words: int) -> None:
    """A hamza put right, a vowel mark, a comma: somebody did that. Only words are counted."""
    assert edit_between(state(f"{BODY} {before}"), state(f"{BODY} {after}")) == Edit("correction", words, ("text",))


def test_a_new_headline_is_a_headline() -> None:
    """Also when a word of the text was corrected at the same time; the words of both count."""
    assert edit_between(state(), state(title="مكتبة الميناء تفتح أبوابها")) == Edit("headline", 5, ("title",))
    both = edit_between(state(), state(f"{BODY} اليوم", title="مكتبة الميناء تفتح أبوابها"))
    assert both == Edit("headline", 6, ("title", "text"))


def test_a_sentence_more_is_an_addition() -> None:
    """At the end or in the middle, with a figure in the lead touched up, with a new headline."""
    more = " ".join(paragraphs(9, count=1)[0].split()[:12])
    assert kind_of(f"{BODY}\n\n{more}") == "addition"
    assert kind_of(BODY.replace("\n\n", f"\n\n{more}\n\n", 1)) == "addition"
    assert kind_of(f"{BODY.replace(BODY.split()[3], 'عشرون', 1)}\n\n{more}") == "addition"
    assert kind_of(f"{BODY}\n\n{more}", title="عنوان آخر") == "addition"


def test_a_few_words_more_are_a_correction() -> None:
    """A name or a figure put in is no sentence."""
    assert kind_of(f"{BODY} بعد ظهر أمس في بيروت") == "correction"


def test_text_replaced_by_text_is_no_addition() -> None:
    """However much came: a quarter as many words went."""
    lines = BODY.split("\n\n")
    assert kind_of("\n\n".join([*lines[1:], *paragraphs(7, count=1)])) == "correction"


def test_a_text_that_would_be_no_near_copy_of_itself_is_rewritten() -> None:
    """More than about a quarter of it replaced, or nearly half of it cut."""
    lines = BODY.split("\n\n")
    assert kind_of("\n\n".join([*lines[2:], *paragraphs(7, count=2)])) == "rewrite"
    assert kind_of("\n\n".join(lines[:2])) == "rewrite"
    assert kind_of("\n\n".join(lines[:4])) == "correction"
    assert kind_of("\n\n".join(paragraphs(7, count=5)), title="عنوان آخر") == "rewrite"


def test_a_standfirst_is_text() -> None:
    """One that comes adds a sentence, one word of it is a correction."""
    first = "تضم المكتبة عشرين ألف كتاب وقاعة للأطفال وتفتح كل يوم"
    assert edit_between(state(), state(standfirst=first)) == Edit("addition", 10, ("standfirst",))
    changed = edit_between(state(standfirst=first), state(standfirst=first.replace("عشرين", "ثلاثين")))
    assert changed == Edit("correction", 2, ("standfirst",))


def test_texts_of_a_few_words_repeated_are_counted_only() -> None:
    """To follow them word by word would take half a minute."""
    edit = edit_between(state("ا ب " * 1000), state("ب ا ا " * 650))
    assert edit is not None
    assert edit.words_changed == 300 + 350


_WORDS = st.lists(
    st.sampled_from(["قال", "نعم", "لا", "أمس", "اليوم", "«كتاب»", "12", "١٢", "،", "."]), max_size=12
).map(" ".join)


@given(_WORDS, _WORDS)
def test_an_edit_back_and_forth_is_as_large(before: str, after: str) -> None:
    """What goes one way comes the other; and a state is no edit of itself."""
    there, back = edit_between(state(before), state(after)), edit_between(state(after), state(before))
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert there.fields == back.fields
    assert edit_between(state(before), state(before)) is None
