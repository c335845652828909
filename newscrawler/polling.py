"""How often a source is polled: a model of how fast its listing turns over, as pure functions.

A listing holds a limited number of entries; what is pushed out of it between two polls is never seen. So two things
set the interval, and the shorter one counts:

- the mean time between two new addresses, over the last hours: a poll should find about one;
- a quarter of the time in which the listing is replaced, at the fastest pace in memory. The memory fades by half in a
  week, because mornings follow nights and Sundays follow weekends.

It grows by half at most from one poll to the next, and halves when more than half of the entries were new. Bounds of
the source's kind come last. What the model costs and misses is measured in `tests/test_polling.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from math import exp, inf, sqrt
from typing import Final

_HOUR: Final = timedelta(hours=1)
_MEMORY_H: Final = 2.0
"""Hours after which what was seen counts about a third of what is seen now. With 1 the nights of the simulated papers
begin too early, with 6 their mornings too late."""
_PEAK_HALVES_IN_H: Final = 7 * 24.0
_AWAKE_MIN: Final = exp(-48 / _MEMORY_H)
"""New addresses an hour: what is left of one after two days, as long as a weekend takes."""
_GROWTH: Final = 1.5
_SHARE_OF_TURNOVER: Final = 1 / 4
"""Below the half that would just do: cron comes when it comes, one poll may fail, and the next burst may be larger."""
_CROWDED: Final = 0.5
_RETRY_FIRST: Final = timedelta(minutes=10)
_RETRY_LONGEST: Final = timedelta(hours=3)
_VERIFY_UNKNOWN: Final = timedelta(hours=2)
_VERIFY_LONGEST: Final = timedelta(hours=12)
_VERIFY_SHORTEST: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between what the interval of a kind of source may move."""

    low: timedelta
    """Never sooner: what a newspaper may expect of a polite guest."""
    first: timedelta
    """After the first poll, when nothing is known."""
    high: timedelta
    """Never later: how long a source that has been silent for months may keep news to itself."""
    awake: timedelta = timedelta.max
    """Never later while something new came within the last two days: a night without news is no reason to let those of
    the morning wait for a day.
    """


BOUNDS: Final[Mapping[str, Bounds]] = {
    "feed": Bounds(timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1)),
    "news-sitemap": Bounds(timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=3)),
    "section": Bounds(timedelta(minutes=10), timedelta(minutes=30), timedelta(hours=3)),
    "archive": Bounds(timedelta(minutes=30), timedelta(hours=1), timedelta(hours=6)),
    "sitemap": Bounds(timedelta(hours=1), timedelta(hours=1), timedelta(days=1), awake=timedelta(hours=3)),
    "child": Bounds(timedelta(hours=1), timedelta(hours=3), timedelta(days=7), awake=timedelta(hours=3)),
}
"""Kind of source → bounds; `child` is a sitemap that an index named. A feed forgets
after some twenty entries, and what happens next isn't known: with 6 hours the simulated papers lost articles of many a
burst, with one hour of those that were twice as large as the feed. A news sitemap reaches back two days, a section some
pages; what lists everything loses nothing, and waits longer if others had it all before."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a source was found to move."""

    interval: timedelta | None = None
    """Until the next poll. None: it was never read."""
    rate: float = 0.0
    """New addresses an hour, lately."""
    peak: float = 0.0
    """The highest rate that is certain, fading."""

    def is_due(self, *, late: timedelta) -> bool:
        """Whether a source's turn has come, `late` after the time set for it (negative: before). A quarter of the
        interval early is better than a whole round of cron late.
        """
        return late >= -max((self.interval or timedelta(0)) / 4, timedelta(minutes=1))

    def stirred(self, bounds: Bounds, *, elapsed: timedelta, new: int) -> Pace:
        """That of an index after one of its children brought `new` addresses, `elapsed` after it was read before.

        An index lists no addresses itself: by `paced` alone it would move as slowly as it may, whatever they do.
        """
        if not new or self.interval is None:
            return self
        hours = max(elapsed, bounds.low) / _HOUR
        rate = self.rate + (1 - exp(-hours / _MEMORY_H)) * new / hours
        interval = max(bounds.low, min(self.interval, bounds.awake, _hours(_per(1, rate))))
        return replace(self, interval=interval, rate=rate)


def paced(pace: Pace, bounds: Bounds, *, elapsed: timedelta | None, listed: int, new: int) -> Pace:
    """The pace after a poll that found `new` addresses among `listed`, `elapsed` after the one before.

    `elapsed` None: it was the first; everything was new, which tells nothing.
    """
    if elapsed is None or pace.interval is None:
        return Pace(bounds.first)
    hours = max(elapsed, bounds.low) / _HOUR
    kept = exp(-hours / _MEMORY_H)
    seen = new / hours
    rate = kept * pace.rate + (1 - kept) * seen
    # Two standard deviations below what was counted: two articles in five minutes are no flood.
    peak = max(max(0.0, new - 2 * sqrt(new)) / hours, pace.peak * 0.5 ** (hours / _PEAK_HALVES_IN_H))
    limits = [
        pace.interval * _GROWTH,
        _hours(_per(1, rate)),
        _hours(_SHARE_OF_TURNOVER * _per(listed, max(seen, peak))),
        pace.interval / 2 if new > _CROWDED * listed else bounds.high,
        bounds.awake if rate >= _AWAKE_MIN else bounds.high,
    ]
    return Pace(max(bounds.low, min(bounds.high, *limits)), rate, peak)


def retry_wait(failures: int, bounds: Bounds) -> timedelta:
    """How long to wait after so many failures in a row: 10 minutes, then twice as long each time, up to 3 hours or
    the bound.
    """
    return min(_RETRY_FIRST * (1 << min(failures - 1, 20)), max(bounds.high, _RETRY_LONGEST))


def must_verify(pace: Pace, *, listed: int, since_full: timedelta | None) -> bool:
    """Whether a "not modified" has to be verified: nothing was read in full for half the time in which the listing
    may have been replaced. A server that lies then hides at most what two readings overlap in.
    """
    if since_full is None:
        return True
    turnover = _hours(_per(listed, pace.peak) / 2) if pace.peak else _VERIFY_UNKNOWN
    return since_full >= max(_VERIFY_SHORTEST, min(turnover, _VERIFY_LONGEST))


def _per(number: float, rate: float) -> float:
    return number / rate if rate else inf


def _hours(hours: float) -> timedelta:
    return timedelta(hours=min(hours, 24.0 * 365))
