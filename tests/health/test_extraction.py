"""A new layout shows as pages without an article, articles without fields, or short ones; chance does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newscrawler.health.extraction import Sample, judge_extraction, together

PAST = Sample(read=90, unread=10, new=80, dated=80, sectioned=70, authored=20, words=240)
WELL = Sample(read=9, unread=1, new=9, dated=9, sectioned=9, authored=2, words=230)


def code(recent: Sample, past: Sample = PAST) -> str | None:
    found = judge_extraction(recent, past)
    return None if found is None else found.reason.code


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, None),
        ({"read": 1, "unread": 9}, "unread"),
        ({"read": 5, "unread": 5}, "unread"),
        ({"read": 6, "unread": 4}, None),
        ({"read": 1, "unread": 6}, None),
        ({"dated": 1}, "no-dates"),
        ({"dated": 2}, None),
        ({"sectioned": 0}, "no-sections"),
        ({"authored": 0}, None),
        ({"words": 79}, "short"),
        ({"words": 81}, None),
        ({"new": 7, "dated": 0, "words": 10}, None),
        ({"crashed": 5, "read": 20, "unread": 5}, "flood"),
        ({"crashed": 5, "read": 21, "unread": 5}, None),
        ({"crashed": 4, "read": 4, "unread": 4}, "unread"),
    ],
)
def test_a_collapse_is_named_by_what_collapsed(changed: dict[str, int], expected: str | None) -> None:
    """Held against what the site usually gives: authors that were rare may be missing."""
    assert code(replace(WELL, **changed)) == expected


def test_many_pages_without_an_article_are_no_alarm_where_they_are_usual() -> None:
    """A section page that links to galleries gives half of its pages every day."""
    past = replace(PAST, read=40, unread=60)
    assert code(replace(WELL, read=2, unread=9), past) is None
    assert code(replace(WELL, read=0, unread=9), past) == "unread"


def test_a_new_site_is_broken_only_if_no_page_at_all_was_read() -> None:
    """Without a past only nothing is unusual, and only of eight pages."""
    assert code(Sample(unread=8), Sample()) == "nothing-read"
    assert code(Sample(unread=7), Sample()) is None
    assert code(Sample(read=1, unread=50), Sample()) is None
    assert code(Sample(unread=8), Sample(read=1)) is None


def test_twenty_pages_are_enough_for_one_run() -> None:
    """With fewer the next run has to see the same."""
    few, many = (judge_extraction(Sample(unread=n), PAST) for n in (8, 20))
    assert few is not None
    assert many is not None
    assert (few.sure, many.sure) == (False, True)


def test_samples_add_up() -> None:
    """Counts are sums, the length is weighed by the articles it stands for."""
    total = together([Sample(read=3, new=3, words=100), Sample(read=1, unread=2, new=1, dated=1, words=300), Sample()])
    assert total == Sample(read=4, unread=2, new=4, dated=1, words=150)
    assert together([]).words is None
