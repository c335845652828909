"""Figures in their places."""

from __future__ import annotations

from collections import Counter

import pytest

from newscrawler.text.figures import figures_of, is_other_instalment
from newscrawler.text.normalise import fold

TABLE = "سعر القمح {} قرشا والشعير {} قرشا والعدس {} قرشا والحمص {} قرشا والفول {} قرشا والسمسم {} قرشا"
STORY = "قتل {} عمال وجرح {} في انهيار مبنى من {} طوابق شيد عام {} في حي يسكنه {} ألفا وفيه {} مدارس"


def other(one: str, another: str, *, days: int = 1) -> bool:
    return is_other_instalment(figures_of(fold(one)), figures_of(fold(another)), days_apart=days)


def test_a_figure_has_a_place() -> None:
    """The words around it; times, dates and lists of numbers are one figure, in whatever digits they are printed."""
    found = figures_of(fold("الفجر ٠٤:٣٢ الشروق، بلغ 1,250.5 ليرة ثم 12 14 في الاثنين 3/4"))
    assert found.filled == Counter(
        {
            (("الفجر", "الشروق"), "04:32"): 1,
            (("بلغ", "ليره"), "1,250.5"): 1,
            (("ثم", "في"), "12 14"): 1,
            (("في", ""), "الاثنين 3/4"): 1,
        }
    )
    assert found.places.total() == 4
    assert found.days == Counter({"الاثنين 3/4": 1})


@pytest.mark.parametrize(
    "date", ["5 آذار 2024", "12 تشرين الثاني", "الأحد 3 جمادى الآخرة 1445", "١٤ جويلية", "7-3-2024", "الجمعة"]
)
def test_a_date_is_one_figure(date: str) -> None:
    """Day, month and year stand in one place, between the words around them."""
    assert list(figures_of(fold(f"نشرة اليوم {date} في العاصمة")).filled) == [(("اليوم", "في"), fold(date))]


def test_the_same_places_with_other_figures_are_another_instalment() -> None:
    """Yesterday's prices. On one day it takes more: two cities' timetables share hardly a figure."""
    yesterday, today = TABLE.format(*range(11, 17)), TABLE.format(*range(21, 27))
    assert other(yesterday, today)
    assert other(yesterday, today, days=0)
    assert not other(yesterday, yesterday)


@pytest.mark.parametrize(
    ("changed", "on_another_day", "on_the_same"), [(2, False, False), (3, True, False), (5, True, True)]
)
def test_it_goes_by_the_share_of_figures_that_changed(changed: int, on_another_day: bool, on_the_same: bool) -> None:
    """A third of six on another day is a story brought up to date, half of them are a table."""
    figures = list(range(11, 17))
    renewed = [figure + 10 if place < changed else figure for place, figure in enumerate(figures)]
    assert other(TABLE.format(*figures), TABLE.format(*renewed)) is on_another_day
    assert other(TABLE.format(*figures), TABLE.format(*renewed), days=0) is on_the_same


@pytest.mark.parametrize(("days", "instalment"), [(0, False), (1, False), (7, False), (8, True), (900, True)])
def test_weeks_later_nothing_is_brought_up_to_date(days: int, instalment: bool) -> None:
    """Three other figures of ten are an update the next day, and another report after that."""
    figures = list(range(11, 17))
    text = f"{TABLE} من بين 1998 مزارعا في 40 قرية خلال 2 شهر ثم 70 يوما و80 ليلة"
    renewed = text.format(*(figure + (10 if place < 3 else 0) for place, figure in enumerate(figures)))
    assert other(text.format(*figures), renewed, days=days) is instalment


def test_a_story_brought_up_to_date_is_the_same_story() -> None:
    """The death toll rises, the house keeps its storeys."""
    morning, evening = STORY.format(3, 12, 5, 1998, 40, 2), STORY.format(7, 25, 5, 1998, 40, 2)
    assert not other(morning, evening)
    assert not other(morning, evening, days=0)


def test_what_is_rewritten_or_cut_is_not_compared() -> None:
    """Only places that both texts have count: a copy may drop half of the figures and every sentence's order."""
    text = f"{STORY.format(3, 12, 5, 1998, 40, 2)}. {TABLE.format(*range(11, 17))}"
    reordered = f"{TABLE.format(*range(11, 17))}. أسفر الحادث عن 3 قتلى"
    assert not other(text, reordered)


def test_the_same_words_dated_anew_are_another_instalment() -> None:
    """A timetable whose times happen to be those of last week. Not where a word differs, or only another figure."""
    words = "مواقيت الصلاة اليوم {} آذار: الفجر 04:32 والظهر 12:01"
    assert other(words.format("الثلاثاء 6"), words.format("الأربعاء 7"))
    assert not other(words.format("الثلاثاء 6"), words.format("الأربعاء 7"), days=0)
    assert not other(words.format("الثلاثاء 6"), words.format("الثلاثاء 6") + " والعصر")
    assert not other(words.format("6"), words.format("7"))


def test_a_text_without_figures_is_nobody_s_instalment() -> None:
    """Nothing can differ."""
    assert not other("قال المتحدث إن الأعمال ستبدأ قريبا", "قال المتحدث إن الأعمال ستبدأ قريبا")
    assert figures_of(fold("")).places.total() == 0
