"""Whether a site publishes as much as on its other weekdays: the same 24 hours of the four weeks before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

from newscrawler.health.verdicts import Judgement, Reason

WEEK: Final = 7
"""Days."""

PAST_DAYS: Final = 28
"""How far back a site's own past goes."""

ENOUGH: Final = 8
"""New articles below which an outlet's numbers say nothing: where 8 are usual, fewer than 2 come by chance on
one day of 330 (Poisson), where 4 are, on one of 55."""

_DAYS_MIN: Final = 7
"""Days of past before anything is usual: all weekdays once."""

_WEEKDAYS_MIN: Final = 3
"""Same weekdays from which their median is believed alone."""

_QUIET: Final = 1 / 4
_LOUD_AGAIN: Final = 1 / 2


SPANS: Final = (1, 2, 3, 7)
"""Days that are taken together: the shortest in which enough is usual. With one day alone, an outlet of five articles
a day could fall silent for good and be called healthy."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The last days of a site beside its own past."""

    days: int
    """How many: one of SPANS."""
    new: int
    """New articles in them."""
    usual: float | None
    """New articles that are usual in them. None: too little past."""


def stretch(days: Mapping[int, int], *, new: int) -> Stretch:
    """The shortest stretch in which ENOUGH is usual, else the last 24 hours.

    `days`: as in `usual_new`; `new`: new articles of the last 24 hours.
    """
    for span in SPANS:
        usual = usual_new(days, span=span)
        earlier = [days.get(day) for day in range(1, span)]
        if usual is not None and usual >= ENOUGH and None not in earlier:
            return Stretch(span, new + sum(each or 0 for each in earlier), usual)
    return Stretch(1, new, usual_new(days))


def usual_new(days: Mapping[int, int], *, span: int = 1) -> float | None:
    """New articles that are usual in the present 24 hours, or in the last `span` times 24. None: too little past.

    `days`: new articles by how many times 24 hours ago, 1 to 28, of those days on which the site was visited.
    The median of the same weekdays; while there are fewer than three, no more than the median of all days.
    """
    known = {day: new for day, new in days.items() if 1 <= day <= PAST_DAYS}
    spans = {
        day: sum(known[each] for each in range(day, day + span))
        for day in known
        if day >= span and all(each in known for each in range(day, day + span))
    }
    weekdays = [new for day, new in spans.items() if day % WEEK == 0]
    if len(known) < _DAYS_MIN or not weekdays:
        return None
    usual = median(weekdays)
    return float(usual if len(weekdays) >= _WEEKDAYS_MIN else min(usual, median(spans.values())))


def judge_days(found: Stretch, *, waiting: int, quiet_before: bool) -> Judgement | None:
    """`quiet` if far fewer articles came than usual. None: as usual, or nothing is.

    `waiting`: addresses that are listed and due: they were published, we are late. `quiet_before`: what is quiet
    stays so until half of the usual comes.
    """
    if found.usual is None or found.usual < ENOUGH:
        return None
    if found.new + waiting >= found.usual * (_LOUD_AGAIN if quiet_before else _QUIET):
        return None
    figures = {"new": found.new, "usual": round(found.usual)}
    reason = Reason("few-new", figures) if found.days == 1 else Reason("few-new-days", figures | {"days": found.days})
    return Judgement("quiet", reason, sure=True)
