"""The model of how often a source is polled: its promises for any numbers, and what it costs and misses."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.polling import BOUNDS, Bounds, Pace, must_verify, paced, retry_wait
from support.presses import Press, fare

FEED = BOUNDS["feed"]
HOUR = timedelta(hours=1)
AN_INTERVAL = timedelta(microseconds=1)

bounds = st.sampled_from(list(BOUNDS.values()))
elapsed = st.timedeltas(timedelta(0), timedelta(days=90))
rates = st.floats(0, 500)
paces = st.builds(Pace, st.timedeltas(timedelta(minutes=5), timedelta(days=7)), rates, rates)


def interval(pace: Pace, kind: Bounds, after: timedelta, *, listed: int, new: int) -> timedelta:
    found = paced(pace, kind, elapsed=after, listed=listed, new=new).interval
    assert found is not None
    return found


@given(paces, bounds, elapsed, st.integers(0, 60_000), st.integers(0, 60_000))
def test_an_interval_is_within_the_bounds_of_its_kind(
    pace: Pace, kind: Bounds, after: timedelta, listed: int, new: int
) -> None:
    """Whatever a source does, it is never asked more often than is polite, and never forgotten."""
    assert kind.low <= interval(pace, kind, after, listed=listed, new=min(new, listed)) <= kind.high


@given(paces, bounds, elapsed, st.integers(1, 5_000), st.tuples(st.integers(0, 5_000), st.integers(0, 5_000)))
def test_more_that_is_new_never_makes_it_longer(
    pace: Pace, kind: Bounds, after: timedelta, listed: int, new: tuple[int, int]
) -> None:
    """Monotone in the yield."""
    fewer, many = sorted(min(number, listed) for number in new)
    assert interval(pace, kind, after, listed=listed, new=many) <= interval(pace, kind, after, listed=listed, new=fewer)


@given(paces, bounds, elapsed, st.integers(1, 5_000), st.integers(1, 5_000))
def test_it_is_at_most_half_the_time_in_which_the_listing_turns_over(
    pace: Pace, kind: Bounds, after: timedelta, listed: int, new: int
) -> None:
    """At the pace just seen and at the fastest in memory; only the lower bound may forbid it."""
    new = min(new, listed)
    found = paced(pace, kind, elapsed=after, listed=listed, new=new)
    assert found.interval is not None
    turnover = max(after, kind.low) * listed / new
    assert found.interval <= max(kind.low, turnover / 2 + AN_INTERVAL)
    if found.peak:
        assert found.interval <= max(kind.low, HOUR * min(listed / found.peak / 2, 1e6) + AN_INTERVAL)


@given(paces, bounds, elapsed, st.integers(4, 5_000))
def test_nearly_too_late_is_never_again_as_late(pace: Pace, kind: Bounds, after: timedelta, listed: int) -> None:
    """More than half of the entries were new: the interval is halved at least, within its bounds."""
    assert pace.interval is not None
    halved = max(kind.low, pace.interval / 2)
    assert interval(pace, kind, after, listed=listed, new=listed // 2 + 1) <= halved


def test_it_grows_while_nothing_comes_and_shrinks_when_something_does() -> None:
    """By half from poll to poll, up to the bound; one busy hour brings it down to a few minutes."""
    pace, lengths = paced(Pace(), FEED, elapsed=None, listed=20, new=20), []
    for _ in range(6):
        assert pace.interval is not None
        lengths.append(pace.interval)
        pace = paced(pace, FEED, elapsed=pace.interval, listed=20, new=0)
    assert lengths[0] == FEED.first
    assert lengths[1] == FEED.first * 1.5
    assert lengths == sorted(lengths)
    assert lengths[-1] == FEED.high
    busy = paced(pace, FEED, elapsed=HOUR, listed=20, new=12)
    assert busy.interval is not None
    assert busy.interval < timedelta(minutes=15)


def test_a_sitemap_that_had_news_yesterday_is_not_left_until_tomorrow() -> None:
    """Through a night and a weekend it is polled every few hours; after that it may sleep."""
    kind = BOUNDS["sitemap"]
    pace, lengths = paced(Pace(HOUR), kind, elapsed=2 * HOUR, listed=500, new=3), []
    for _ in range(24):
        assert pace.interval is not None
        lengths.append(pace.interval)
        pace = paced(pace, kind, elapsed=pace.interval, listed=500, new=0)
    two_days = [sum(lengths[:number], timedelta(0)) <= timedelta(days=1.9) for number in range(len(lengths))]
    assert all(length <= kind.awake for length, early in zip(lengths, two_days, strict=True) if early)
    assert lengths[-1] == kind.high


@given(paces, elapsed, st.integers(0, 500))
def test_an_index_moves_with_its_children(pace: Pace, after: timedelta, new: int) -> None:
    """What a child brings makes its turn come no later, and no sooner than is polite; nothing changes nothing."""
    kind = BOUNDS["sitemap"]
    assert pace.interval is not None
    pace = replace(pace, interval=max(kind.low, pace.interval))
    found = pace.stirred(kind, elapsed=after, new=new)
    assert found.interval is not None
    assert kind.low <= found.interval <= pace.interval
    assert (found == pace) if new == 0 else (found.interval <= kind.awake and found.rate >= pace.rate)


def test_an_index_that_was_never_read_is_not_stirred() -> None:
    """Its first reading sets its pace."""
    assert Pace().stirred(BOUNDS["sitemap"], elapsed=HOUR, new=5) == Pace()


def test_the_first_poll_tells_nothing() -> None:
    """Everything is new to a new archive."""
    assert paced(Pace(), FEED, elapsed=None, listed=20, new=20) == Pace(FEED.first)


def test_the_fastest_pace_is_remembered_over_a_quiet_night() -> None:
    """A burst is no surprise the next time; after some weeks it is forgotten."""
    quiet = Pace(HOUR)
    after_burst = replace(paced(quiet, FEED, elapsed=HOUR, listed=20, new=20), interval=HOUR)
    night = paced(after_burst, FEED, elapsed=12 * HOUR, listed=20, new=0)
    assert night.interval is not None
    assert night.interval < timedelta(minutes=35)
    months = paced(replace(night, interval=HOUR), FEED, elapsed=timedelta(days=60), listed=20, new=0)
    assert months.interval == FEED.high


def test_two_articles_in_five_minutes_are_no_flood() -> None:
    """Small numbers are chance: nothing is certain yet."""
    assert paced(Pace(HOUR), FEED, elapsed=timedelta(minutes=5), listed=20, new=2).peak == 0


def test_failures_are_retried_soon_and_then_more_and_more_seldom() -> None:
    """10, 20, 40 minutes … but never days, and a sitemap's child at its own pace."""
    waits = [retry_wait(failures, FEED) // timedelta(minutes=1) for failures in range(1, 8)]
    assert waits == [10, 20, 40, 80, 160, 180, 180]
    assert retry_wait(1000, BOUNDS["child"]) == timedelta(days=7)


@pytest.mark.parametrize(
    ("peak", "since_full", "verified"),
    [
        (0, None, True),
        (0, timedelta(hours=1), False),
        (0, timedelta(hours=3), True),
        (10, timedelta(minutes=50), False),
        (10, timedelta(minutes=70), True),
        (1000, timedelta(minutes=20), False),
        (1000, timedelta(minutes=40), True),
        (0.01, timedelta(hours=13), True),
    ],
)
def test_not_modified_is_believed_for_half_a_turnover(
    peak: float, since_full: timedelta | None, verified: bool
) -> None:
    """20 entries at 10 an hour: what a lie hides for an hour is still listed. At least every 12 hours, never within 30
    minutes.
    """
    assert must_verify(Pace(HOUR, 0, peak), listed=20, since_full=since_full) == verified


@pytest.mark.parametrize(
    ("minutes", "due"), [(0, True), (-14, True), (-16, False), (600, True)], ids=["now", "nearly", "later", "late"]
)
def test_a_quarter_early_is_better_than_a_round_late(minutes: int, due: bool) -> None:
    """Cron comes every so many minutes, not when a source is due."""
    assert Pace(HOUR).is_due(late=timedelta(minutes=minutes)) == due


@pytest.mark.parametrize(
    ("press", "share_max"),
    [
        (Press(8, 20), 0.40),
        (Press(60, 20), 0.65),
        (Press(250, 50), 0.90),
        (Press(30, 20, bursts=6, burst_size=15), 0.50),
        (Press(120, 240, bursts=4, burst_size=60), 0.80),
    ],
    ids=["small", "middling", "large", "bursts", "bursts in a long listing"],
)
@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_missed_in_a_fortnight_while_listings_overlap(press: Press, share_max: float, seed: int) -> None:
    """Day and night, a weekend, bursts; cron every quarter of an hour. And the polls are fewer than cron's rounds."""
    fared = fare(press, seed=seed)
    assert fared.articles > 0
    assert fared.missed == 0
    assert fared.polls <= share_max * fared.rounds


def test_a_burst_twice_as_large_as_the_listing_is_met_the_next_time() -> None:
    """The first one comes as a surprise; all in all one article in a hundred is lost."""
    press = Press(30, 20, bursts=6, burst_size=40)
    fared = [fare(press, seed=seed) for seed in range(10)]
    assert sum(f.missed for f in fared) < 0.01 * sum(f.articles for f in fared)
