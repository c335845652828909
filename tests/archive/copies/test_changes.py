"""What an outlet changed in the text it printed."""

from __future__ import annotations

from newscrawler.archive.copies.changes import Change, change_between

TEXT = "افتتح الوزير الجسر الجديد أمس بعد عامين من العمل\n\nوحضر الافتتاح رئيس البلدية وعدد من السكان والعمال"


def a_row(title: str = "افتتاح الجسر", standfirst: str | None = None, text: str | None = TEXT) -> dict[str, str | None]:
    return {"title": title, "standfirst": standfirst, "text": text}


def test_word_for_word_is_no_change() -> None:
    """Another spelling of the headline is none either."""
    assert change_between(a_row(), a_row()) == Change(similarity=1.0, headline=False, kind=None, words=0)
    assert not change_between(a_row("افتتاح الجسر"), a_row("إفتتاح الجسر")).headline


def test_a_copy_has_the_original_s_words() -> None:
    """Only its headline can differ."""
    assert change_between(a_row(), a_row("جسر جديد", text=None)) == Change(1.0, headline=True, kind="headline", words=4)


def test_a_near_copy_is_measured_in_words_and_in_likeness() -> None:
    """Words left out and put in; the likeness is that of the bodies."""
    change = change_between(a_row(), a_row(text=TEXT.replace("أمس", "اليوم")))
    assert (change.headline, change.kind, change.words) == (False, "correction", 2)
    assert 0.7 < change.similarity < 0.9
