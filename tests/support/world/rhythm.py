"""Rhythm: when a newsroom publishes, by day, night, rest days and bursts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Burst:
    """Many articles at once: an election night, a match day."""

    day: float
    """When it begins: days after the world's beginning."""
    count: int
    """Articles."""
    hours: float = 1.0
    """How long it lasts."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How many, and when. Newsrooms are regular: articles come at even steps, each up to half a step early or late."""

    per_day: float = 5.0
    """Articles on a working day."""
    hours: tuple[int, int] = (5, 21)
    """Hours of the day between which they come, UTC."""
    rest: tuple[int, ...] = ()
    """Weekdays without any; Monday is 0."""
    bursts: tuple[Burst, ...] = ()
    """What comes on top."""

    def times(self, begin: datetime, end: datetime, random: Random) -> list[datetime]:
        """Every publication from `begin`, a midnight, to before `end`, to the second, no two at once."""
        found = sorted({*self._regular(begin, end, random), *self._at_once(begin, random)})
        return [at for at in found if begin <= at < end]

    def _regular(self, begin: datetime, end: datetime, random: Random) -> Iterator[datetime]:
        first, last = self.hours
        step = (last - first) / 24 / self.per_day  # in days of open hours
        place = step * random.random()
        day = begin
        while day < end:
            while place < (last - first) / 24:
                if day.weekday() not in self.rest:
                    seconds = (first / 24 + place + step * random.uniform(-0.4, 0.4)) * 86_400
                    yield day + timedelta(seconds=int(max(first * 3600, seconds)))
                place += step
            place -= (last - first) / 24
            day += DAY

    def _at_once(self, begin: datetime, random: Random) -> Iterator[datetime]:
        for burst in self.bursts:
            for _ in range(burst.count):
                yield begin + burst.day * DAY + timedelta(seconds=random.randrange(int(burst.hours * 3600)))
