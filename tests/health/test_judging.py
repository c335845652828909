"""A verdict changes when two runs in a row see the same; a run that saw too little changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from newscrawler.health.days import Stretch
from newscrawler.health.extraction import Sample, judge_cuts
from newscrawler.health.figures import Doors, Figures
from newscrawler.health.judging import Decided, Past, Seen, decide
from newscrawler.health.verdicts import REASONS, VERDICTS, Judgement, Reason, Verdict
from support.archives import NOW

BEFORE = NOW - timedelta(days=3)

UP = Figures(outcomes={"New": 2}, polled=1, sources=Doors(1), pages=Doors(2))
DOWN = Figures(polled=1, sources=Doors(0, {"down": 1}, {"down": "timed out"}))
REFUSED = Figures(polled=1, sources=Doors(1), pages=Doors(0, {"refused": 9}, {"refused": "HTTP 403"}))
POLLED = Figures(polled=1, sources=Doors(1))
NOTHING = Figures()


def lately(new: int, usual: float | None) -> Stretch:
    return Stretch(1, new, usual)


def seen(figures: Figures, past: Past | None = None, **fields: object) -> Seen:
    given = Seen(
        figures=figures,
        recent=Sample(read=2),
        before=Sample(),
        lately=lately(2, None),
        waiting=0,
        finished=True,
        past=past,
    )
    return replace(given, **fields)  # type: ignore[arg-type]


def past(verdict: Verdict = "healthy", code: str = "fine", saw: Verdict | None = None) -> Past:
    return Past(verdict, Reason(code), BEFORE, saw or verdict)


def after(*runs: Figures, start: Past | None = None, **fields: object) -> Decided:
    """The verdict after several runs."""
    known = start
    for figures in runs:
        decided = decide(seen(figures, known, **fields), now=NOW)
        known = Past(decided.judgement.verdict, decided.judgement.reason, decided.since, decided.seen)
    return decided


def test_a_site_seen_for_the_first_time_is_what_is_seen() -> None:
    """There is nothing it could be held against."""
    assert after(UP).judgement.verdict == "healthy"
    assert after(DOWN).judgement.verdict == "unreachable"
    assert after(REFUSED).judgement.verdict == "blocked"


def test_one_failing_run_changes_no_verdict_and_the_second_does() -> None:
    """One poll fails everywhere now and then."""
    once, twice = after(DOWN, start=past()), after(DOWN, DOWN, start=past())
    assert (once.judgement.verdict, once.seen, once.since) == ("healthy", "unreachable", BEFORE)
    assert (twice.judgement.verdict, twice.since) == ("unreachable", NOW)
    assert str(twice.judgement.reason) == "none of 1 sources answers (timed out)"


def test_a_site_that_fails_every_other_run_stays_what_it_was() -> None:
    """Flapping would tell the keeper something new every half hour."""
    assert after(DOWN, UP, DOWN, UP, DOWN, start=past()).judgement.verdict == "healthy"
    assert after(UP, DOWN, UP, DOWN, start=past("unreachable", "sources-down")).judgement.verdict == "unreachable"


def test_a_site_is_back_after_two_good_runs() -> None:
    """As it went, so it returns; the reason goes with the verdict."""
    back = after(UP, UP, start=past("unreachable", "sources-down"))
    assert (back.judgement.verdict, back.judgement.reason.code, back.since) == ("healthy", "fine", NOW)


def test_between_two_failures_a_run_without_a_visit_changes_nothing() -> None:
    """A site that was not due is neither better nor worse."""
    assert after(DOWN, NOTHING, DOWN, start=past()).judgement.verdict == "unreachable"
    assert after(NOTHING, NOTHING, start=past("blocked", "pages-refuse")).judgement.verdict == "blocked"


def test_what_was_never_seen_is_not_judged() -> None:
    """`healthy` for want of anything else, said so, and the first visit decides at once."""
    never = after(NOTHING)
    assert (never.judgement.verdict, never.judgement.reason.code, never.seen) == ("healthy", "unjudged", None)
    assert after(NOTHING, DOWN).judgement.verdict == "unreachable"


@pytest.mark.parametrize(
    ("verdict", "code", "figures"),
    [
        ("blocked", "pages-refuse", POLLED),
        ("broken-extraction", "unread", POLLED),
        ("broken-extraction", "cut", POLLED),
        ("broken-extraction", "no-dates", replace(UP, outcomes={"Unchanged": 2})),
        ("blocked", "sources-refuse", Figures(pages=Doors(3))),
    ],
)
def test_only_what_was_wrong_can_be_right_again(verdict: Verdict, code: str, figures: Figures) -> None:
    """A feed that answers says nothing of pages that were refused, and an old article nothing of new ones."""
    assert after(figures, figures, start=past(verdict, code)).judgement.verdict == verdict
    assert after(UP, UP, start=past(verdict, code)).judgement.verdict == "healthy"


def test_quiet_is_a_matter_of_a_day_and_so_of_one_run() -> None:
    """The 24 hours are the hysteresis; back at half of the usual, likewise at once."""
    quiet = after(POLLED, start=past(), lately=lately(2, 40.0))
    assert (quiet.judgement.verdict, quiet.judgement.reason.figures) == ("quiet", {"new": 2, "usual": 40})
    still = after(POLLED, start=past("quiet", "few-new"), lately=lately(15, 40.0))
    assert still.judgement.verdict == "quiet"
    assert after(POLLED, start=past("quiet", "few-new"), lately=lately(20, 40.0)).judgement.verdict == "healthy"


@pytest.mark.parametrize("fields", [{"finished": False}, {"waiting": 30}, {"lately": lately(2, None)}])
def test_a_run_that_was_cut_short_makes_nobody_quiet(fields: dict[str, object]) -> None:
    """Neither do addresses that wait, nor a site without a past."""
    assert after(POLLED, start=past(), **({"lately": lately(2, 40.0)} | fields)).judgement.verdict == "healthy"


def test_a_run_that_was_cut_short_ends_no_quiet() -> None:
    """It can't know what it did not fetch."""
    found = after(POLLED, start=past("quiet", "few-new"), lately=lately(2, 40.0), finished=False)
    assert found.judgement.verdict == "quiet"


def test_a_broken_expectation_is_the_verdict() -> None:
    """The keeper asked for it; but who is down is not merely quiet."""
    expected = Judgement("quiet", Reason("expected-new", {"new": 0, "expected": "5"}), sure=True)
    assert after(POLLED, expected=expected).judgement == expected
    assert after(NOTHING, start=past(), expected=expected).judgement == expected
    assert after(DOWN, expected=expected).judgement.verdict == "unreachable"


def test_many_unread_pages_are_broken_extraction_at_once() -> None:
    """Twenty pages need no second run; eight do, and pages of earlier runs alone are no news."""
    usual = Sample(read=90, unread=10)
    unread = replace(UP, outcomes={"NoText": 2})
    many, few = Sample(unread=20), Sample(unread=8)
    assert after(unread, start=past(), recent=many, before=usual).judgement.verdict == "broken-extraction"
    assert after(unread, start=past(), recent=few, before=usual).judgement.verdict == "healthy"
    assert after(unread, unread, start=past(), recent=few, before=usual).judgement.verdict == "broken-extraction"
    assert after(POLLED, POLLED, start=past(), recent=many, before=usual).judgement.verdict == "healthy"


def test_articles_that_are_cut_are_broken_extraction_for_two_runs_that_got_pages() -> None:
    """A run that only polled sources has seen nothing of it."""
    cut = judge_cuts(6, 8)
    assert after(UP, UP, cut=cut).judgement == cut
    assert after(UP, start=past(), cut=cut).judgement.verdict == "healthy"
    assert after(UP, UP, start=past(), cut=cut).judgement == cut
    assert after(POLLED, POLLED, start=past(), cut=cut).judgement.verdict == "healthy"


def test_every_reason_survives_being_stored_and_is_worded() -> None:
    """Code and figures, so that each reader gets words of his language."""
    reason = Reason("few-new", {"new": 2, "usual": 40})
    assert Reason.of_json(reason.to_json()) == reason
    assert str(reason) == "2 new articles in 24 hours, 40 are usual on this weekday"
    assert str(Reason("of a newer version")) == "of a newer version"
    assert all(REASONS.values())
    assert VERDICTS[0] == "healthy"
