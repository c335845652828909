"""The spread of a story: which outlet had the text when, from the first on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from newscrawler.archive.copies.spread import Appearance, Spread
from newscrawler.browse.delays import delay_words
from newscrawler.browse.plots import Plot
from newscrawler.browse.plots_spots import Spot, Spots
from newscrawler.browse.words import say

_LANES: Final = 20
"""Outlets that are drawn, the first to have it; the table has them all."""

_HOUR_S: Final = 3600
_UNITS: Final = (("plot.minutes_after", 1 / 60, 3.0), ("plot.hours_after", 1.0, 96.0), ("plot.days_after", 24.0, 1e9))
"""What the axis counts, how many hours it has, and up to how many hours of the whole spread it is used."""


def spread_plot(original_id: int, spread: Spread, names: Mapping[str, str]) -> Plot | None:
    """The appearances of one cluster; `names` of its outlets. None: only one has it, so nothing spread."""
    if spread.outlets < 2:
        return None
    hours = [_hours(spread.first, each) for each in spread.appearances]
    unit, size = next((unit, size) for unit, size, most in _UNITS if max(hours) <= most)
    lanes: dict[str, int] = {}
    spots = []
    for each, after in zip(spread.appearances, hours, strict=True):
        lane = lanes.setdefault(each.site, len(lanes))
        if lane < _LANES:
            spots.append(Spot(lane, after / size, exact=each.standing.to_the_minute))
    drawing = Spots([names[site] for site in lanes][:_LANES], spots, say(unit))
    summary = say(
        "plot.spread",
        outlets=spread.outlets,
        first=names[spread.first.site],
        addresses=len(spread.appearances),
        after=delay_words(max(hours) * _HOUR_S, None),
    )
    title, numbers = say("plot.spread_title"), f"/-/cluster/{original_id}"
    return Plot("spread", str(original_id), title, summary, drawing, [], numbers)


def _hours(first: Appearance, later: Appearance) -> float:
    """Between what the two prove at the latest; never negative, because the first is the earliest by that."""
    return (_at(later) - _at(first)).total_seconds() / _HOUR_S


def _at(appearance: Appearance) -> datetime:
    return datetime.fromisoformat(appearance.standing.out_at)
