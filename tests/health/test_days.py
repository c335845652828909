"""Far fewer articles than on the same weekdays: a weekend, small numbers and a late crawl are no alarm."""

from __future__ import annotations

import pytest

from newscrawler.health.days import Stretch, judge_days, stretch, usual_new

WEEKEND = {day: (4 if day % 7 in (0, 1) else 40) for day in range(1, 29)}
"""Four weeks seen from a Friday: 0 and 1 of each week are the weekend."""


def test_the_same_weekday_is_the_measure() -> None:
    """A weekend has few articles every week; the days around it don't count."""
    assert usual_new(WEEKEND) == 4


def test_a_single_odd_weekday_changes_nothing() -> None:
    """The median: one election night or one outage in four weeks is passed over."""
    assert usual_new(dict.fromkeys(range(1, 29), 20) | {7: 200}) == 20
    assert usual_new(dict.fromkeys(range(1, 29), 20) | {14: 0}) == 20


@pytest.mark.parametrize(
    ("days", "usual"),
    [
        ({}, None),
        (dict.fromkeys(range(1, 7), 50), None),
        (dict.fromkeys(range(1, 8), 50), 50),
        (dict.fromkeys(range(8, 14), 50) | {0: 3}, None),
        ({1: 10, 2: 10, 3: 10, 4: 10, 5: 10, 6: 10, 7: 90}, 10),
        ({1: 90, 2: 90, 3: 90, 4: 90, 5: 90, 6: 90, 7: 10}, 10),
        (dict.fromkeys((35, 42), 50), None),
    ],
)
def test_in_the_first_weeks_the_lower_measure_counts(days: dict[int, int], usual: float | None) -> None:
    """One weekday may have been a great day; with fewer than seven days nothing is usual."""
    assert usual_new(days) == usual


@pytest.mark.parametrize(
    ("new", "waiting", "usual", "before", "quiet"),
    [
        (9, 0, 40.0, False, True),
        (10, 0, 40.0, False, False),
        (5, 5, 40.0, False, False),
        (19, 0, 40.0, True, True),
        (20, 0, 40.0, True, False),
        (0, 0, 7.0, False, False),
        (1, 0, 8.0, False, True),
        (0, 0, None, False, False),
    ],
)
def test_quiet_begins_below_a_quarter_and_ends_at_half(
    new: int, waiting: int, usual: float | None, before: bool, quiet: bool
) -> None:
    """What is listed and not yet fetched was published; below eight a day nothing is said."""
    found = judge_days(Stretch(1, new, usual), waiting=waiting, quiet_before=before)
    assert (found is not None) == quiet
    assert found is None or (found.verdict, found.sure) == ("quiet", True)


FIVE_A_DAY = dict.fromkeys(range(1, 29), 5)


@pytest.mark.parametrize(
    ("days", "new", "found"),
    [
        (dict.fromkeys(range(1, 29), 8), 3, Stretch(1, 3, 8)),
        (FIVE_A_DAY, 0, Stretch(2, 5, 10)),
        (FIVE_A_DAY | {1: 0}, 0, Stretch(2, 0, 10)),
        (dict.fromkeys(range(1, 29), 3), 1, Stretch(3, 7, 9)),
        (dict.fromkeys(range(1, 29), 2), 1, Stretch(7, 13, 14)),
        (dict.fromkeys(range(1, 29), 1), 0, Stretch(1, 0, 1)),
        (dict.fromkeys(range(2, 29), 5), 0, Stretch(1, 0, 5)),
        (dict.fromkeys(range(1, 8), 5), 0, Stretch(1, 0, 5)),
    ],
)
def test_a_small_paper_is_judged_by_several_days(days: dict[int, int], new: int, found: Stretch) -> None:
    """So many that eight articles are usual in them; a day that nobody looked at makes them useless."""
    assert stretch(days, new=new) == found


def test_a_small_paper_that_falls_silent_is_quiet_after_two_days() -> None:
    """And a weekend of no articles is none of that."""
    one, two = (stretch(FIVE_A_DAY | dict.fromkeys(range(1, n), 0), new=0) for n in (1, 2))
    assert judge_days(one, waiting=0, quiet_before=False) is None
    found = judge_days(two, waiting=0, quiet_before=False)
    assert found is not None
    assert str(found.reason) == "0 new articles in 2 days, 10 are usual"
    weekend = {day: (0 if day % 7 in (0, 1) else 5) for day in range(1, 29)}
    assert judge_days(stretch(weekend, new=0), waiting=0, quiet_before=False) is None
