"""Newspapers that publish by a pattern, and how a poller that goes by the model fares with their listings."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from newscrawler.polling import BOUNDS, Pace, paced

BEGIN: Final = datetime(2026, 11, 1, tzinfo=UTC)
"""A Sunday."""
_HOURS: Final = (0, 0, 0, 0, 0, 0.3, 0.8, 1.4, 2, 2, 2, 1.8, 1.6, 1.6, 1.6, 1.5, 1.5, 1.6, 1.6, 1.4, 1.2, 0.8, 0.4, 0.1)
"""Share of an average hour's articles that come in each hour of the day; nobody writes at night."""
_WEEKEND: Final = {4: 0.3, 5: 0.6}
"""Friday and Saturday."""


@dataclass(frozen=True)
class Press:
    """One newspaper with one listing."""

    per_day: float
    """Articles on an average day."""
    listed: int
    """Entries of its listing: the newest."""
    bursts: int = 0
    """How often in the fortnight something happens."""
    burst_size: int = 0
    """Articles that come of it, within an hour."""

    def times(self, *, days: int, seed: int) -> list[datetime]:
        """When its articles come out."""
        random, times = Random(seed), []
        for hour in range(days * 24):
            at = BEGIN + timedelta(hours=hour)
            mean = self.per_day / 24 * _HOURS[at.hour] * _WEEKEND.get(at.weekday(), 1.0)
            times += [at + timedelta(hours=random.random()) for _ in range(_poisson(mean, random))]
        for _ in range(self.bursts):
            at = BEGIN + timedelta(days=1 + random.random() * (days - 1))
            times += [at + timedelta(hours=random.random()) for _ in range(self.burst_size)]
        return sorted(times)


@dataclass(frozen=True)
class Fared:
    """What came of a fortnight."""

    articles: int
    """Published."""
    missed: int
    """Pushed out of the listing between two polls."""
    unavoidable: int
    """Missed by polling in every run."""
    polls: int
    """Made."""
    rounds: int
    """Runs of cron: the polls that polling every time would make."""
    delay: timedelta
    """Mean time from publication to the poll that found it."""


def fare(
    press: Press, *, kind: str = "feed", every: timedelta = timedelta(minutes=15), days: int = 14, seed: int = 1
) -> Fared:
    """Poll a newspaper for a fortnight, with cron at that pace."""
    times, bounds = press.times(days=days, seed=seed), BOUNDS[kind]
    pace, due, read_at, seen = Pace(), BEGIN, None, 0
    polls = missed = unavoidable = before = rounds = 0
    waited = timedelta(0)
    at = BEGIN
    while at < BEGIN + timedelta(days=days):
        out = bisect_right(times, at)
        unavoidable += max(0, out - before - press.listed)
        before, rounds = out, rounds + 1
        if read_at is None or pace.is_due(late=at - due):
            new = min(out - seen, press.listed)
            missed += out - seen - new if read_at else 0
            waited += sum((at - time for time in times[out - new : out]), timedelta(0))
            pace = paced(pace, bounds, elapsed=None if read_at is None else at - read_at, listed=press.listed, new=new)
            assert pace.interval is not None
            polls, seen, read_at, due = polls + 1, out, at, at + pace.interval
        at += every
    return Fared(len(times), missed, unavoidable, polls, rounds, waited / max(1, seen - missed))


def _poisson(mean: float, random: Random) -> int:
    count, at = 0, random.expovariate(1) if mean else 1.0
    while at < mean:
        count, at = count + 1, at + random.expovariate(1)
    return count
