"""Comparisons: paragraph by paragraph, word by word, losing nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newscrawler.text.diff import Paragraph, Piece, compare, matcher


def _without(kind: str, paragraphs: list[Paragraph]) -> str:
    """One of the two states: every paragraph that has a piece of it, without the pieces of the other."""
    states = [[piece.text for piece in p.pieces if piece.kind != kind] for p in paragraphs]
    return "\n\n".join("".join(texts) for texts in states if texts)


_TEXTS = st.lists(st.text("اب ت\n", min_size=1).filter(lambda t: "\n\n" not in t and t.strip("\n") == t), max_size=6)


@given(_TEXTS, _TEXTS)
def test_a_comparison_loses_nothing(before: list[str], after: list[str]) -> None:
    """Without what went, a comparison is the newer text; without what came, the older one."""
    old, new = "\n\n".join(before), "\n\n".join(after)
    paragraphs = compare(old, new)
    assert _without("gone", paragraphs) == new
    assert _without("new", paragraphs) == old


def test_very_long_paragraphs_are_compared_as_wholes() -> None:
    """A paragraph of more words than the limit is not compared word by word."""
    (paragraph,) = compare("كلمة " * 4000, "كلمة " * 4001)
    assert [piece.kind for piece in paragraph.pieces] == ["gone", "new"]


def test_only_the_words_that_changed_are_marked() -> None:
    """The rest of the paragraph is read once; the space behind a replaced word belongs to neither."""
    (paragraph,) = compare("أعلن الوزير أربع خطط", "أعلن الوزير أمس ثلاث خطط")
    assert paragraph.pieces == (
        Piece("same", "أعلن الوزير "),
        Piece("gone", "أربع"),
        Piece("new", "أمس ثلاث"),
        Piece("same", " خطط"),
    )


def test_a_line_end_that_became_a_space_has_changed_too() -> None:
    """Space that differs goes with the words before it: without what came, the older text still has its line end."""
    (paragraph,) = compare("أعلن الوزير\nخطة الموسم كاملة", "أعلن المدير خطة الموسم كاملة")
    assert paragraph.pieces == (
        Piece("same", "أعلن "),
        Piece("gone", "الوزير\n"),
        Piece("new", "المدير "),
        Piece("same", "خطة الموسم كاملة"),
    )


def test_paragraphs_with_little_in_common_are_not_mixed() -> None:
    """One goes, the other comes: words alternating between two sentences could not be read."""
    (paragraph,) = compare("افتُتحت المكتبة صباح اليوم", "تأجلت المباراة بسبب المطر حتى صباح الغد")
    assert [piece.kind for piece in paragraph.pieces] == ["gone", "new"]


def test_what_did_not_change_is_one_piece() -> None:
    """A paragraph that came is all new; its neighbours are as they were."""
    paragraphs = compare("الأولى\n\nالثالثة", "الأولى\n\nالثانية\n\nالثالثة")
    assert [(p.changed, [(piece.kind, piece.text) for piece in p.pieces]) for p in paragraphs] == [
        (False, [("same", "الأولى")]),
        (True, [("new", "الثانية")]),
        (False, [("same", "الثالثة")]),
    ]


def test_texts_of_few_words_repeated_are_refused_before_they_cost_seconds() -> None:
    """The matcher is quadratic in them: two words 1,000 times each took 28 s."""
    assert matcher(["ا", "ب"] * 1000, ["ب", "ا", "ا"] * 650) is None
    assert matcher([str(n) for n in range(4000)], [str(n) for n in range(4000)]) is not None
