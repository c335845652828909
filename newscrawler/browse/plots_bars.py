"""Plots over days or months: bars of one number, and lanes of bars, one lane for each outlet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from babel.dates import format_date

from newscrawler.browse.dates import day_name, day_of
from newscrawler.browse.language import visit
from newscrawler.browse.plots_look import Colour, Sheet, whole_steps

_BARS_HEIGHT: Final = 200
_LANE: Final = 52
_AXIS: Final = 34
_BASE: Final = 0.94
"""Where in its lane bars stand, from the top, 0 to 1."""
_TALLEST: Final = 0.56
"""Share of a lane that its tallest bar takes; the name is above it."""
_STEPS: Final = (1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 56, 84)
_COLOURS: Final = (Colour.BAR, Colour.SECOND, Colour.ALARM)
"""Of the parts of a bar, from the bottom up; static/room.css has the same under .key."""


@dataclass(frozen=True, slots=True)
class Bars:
    """One number for each day or month."""

    keys: Sequence[str]
    """YYYY-MM-DD or YYYY-MM, in order, none left out."""
    numbers: Sequence[int]
    """As many as keys."""
    country: str | None = None
    """Whose names of months stand under them. None: those most Arabs know."""

    def height(self) -> int:
        """Pixels."""
        return _BARS_HEIGHT

    def specification(self, sheet: Sheet) -> dict[str, Any]:
        """In Vega-Lite."""
        values = [{"k": key, "n": number} for key, number in zip(self.keys, self.numbers, strict=True)]
        amount = {"orient": sheet.anchor, "values": whole_steps(max(self.numbers)), "format": ",d", "domain": False}
        return sheet.frame(self.height()) | {
            "params": [_labels(self.keys, sheet, country=self.country)],
            "data": {"values": values},
            "mark": {"type": "bar", "color": Colour.BAR},
            "encoding": {
                "x": _time_axis(self.keys, sheet),
                "y": {"field": "n", "type": "quantitative", "axis": amount | {"title": None, "ticks": False}},
            },
        }


@dataclass(frozen=True, slots=True)
class Lane:
    """One outlet's row of bars."""

    name: str
    """As printed above it; may hold anything."""
    numbers: Sequence[Sequence[int]]
    """For each key the parts of its bar, from the bottom up; at most as many as there are _COLOURS."""

    def label(self) -> str:
        """Its name and its sum: what a scale would tell is in the numbers."""
        return f"{self.name} · {sum(map(sum, self.numbers)):,}"


@dataclass(frozen=True, slots=True)
class Lanes:
    """Rows of bars under each other, all by the same measure."""

    keys: Sequence[str]
    """As those of Bars."""
    lanes: Sequence[Lane]
    """From the top."""

    def height(self) -> int:
        """Pixels."""
        return _LANE * len(self.lanes) + _AXIS

    def specification(self, sheet: Sheet) -> dict[str, Any]:
        """In Vega-Lite: rectangles at places we work out, because its own rows can't be of a given size."""
        places = range(len(self.lanes))
        names = [{"y": place + 0.22, "t": lane.label()} for place, lane in enumerate(self.lanes)]
        text = {"type": "text", "align": sheet.anchor, "baseline": "middle", "limit": sheet.width - 40}
        across = {"domain": [0, len(self.lanes)], "reverse": True, "nice": False}
        return sheet.frame(self.height()) | {
            "params": [_labels(self.keys, sheet)],
            "encoding": {"y": {"field": "y", "type": "quantitative", "scale": across, "axis": None}},
            "layer": [
                {
                    "data": {"values": [{"y": place + _BASE} for place in places]},
                    "mark": {"type": "rule", "color": Colour.LINE},
                },
                {
                    "data": {"values": self._rectangles()},
                    "mark": "rect",
                    "encoding": {
                        "x": _time_axis(self.keys, sheet),
                        "y2": {"field": "y2"},
                        "color": {"field": "c", "type": "nominal", "scale": None, "legend": None},
                    },
                },
                {"data": {"values": names}, "mark": text, "encoding": {"x": sheet.start, "text": {"field": "t"}}},
            ],
        }

    def _rectangles(self) -> list[dict[str, Any]]:
        most = max((sum(parts) for lane in self.lanes for parts in lane.numbers), default=0) or 1
        found: list[dict[str, Any]] = []
        for place, lane in enumerate(self.lanes):
            for key, parts in zip(self.keys, lane.numbers, strict=True):
                top = place + _BASE
                for part, colour in zip(parts, _COLOURS, strict=False):
                    bottom, top = top, top - part / most * _TALLEST
                    if part:
                        found.append({"k": key, "y": round(bottom, 4), "y2": round(top, 4), "c": colour})
        return found


def _time_axis(keys: Sequence[str], sheet: Sheet) -> dict[str, Any]:
    """A place for each key, in the page's direction: a label is read where its line begins."""
    axis = {"values": _ticks(keys, most=4 if sheet.narrow else 8), "labelExpr": "labels[datum.value]", "title": None}
    scale = {"type": "band", "domain": list(keys), "reverse": sheet.rtl, "padding": 0.15}
    return {"field": "k", "type": "ordinal", "scale": scale, "axis": axis | {"labelOverlap": True}}


def _ticks(keys: Sequence[str], *, most: int) -> list[str]:
    """Evenly spaced keys, the newest among them."""
    step = next((step for step in _STEPS if len(keys) <= step * most), len(keys))
    return list(keys[::-1][::step][::-1])


def _labels(keys: Sequence[str], sheet: Sheet, *, country: str | None = None) -> dict[str, Any]:
    """Key → what stands under it. A table and no expression: whatever a label holds, it is not run."""
    ticks = _ticks(keys, most=4 if sheet.narrow else 8)
    return {"name": "labels", "value": {key: _label(key, country) for key in ticks}}


def _label(key: str, country: str | None) -> str:
    month = day_of(f"{key}-01")
    if month is None:
        return day_name(key, country=country, short=True)
    locale = "ar" if visit().language == "ar" else "en_GB"
    return format_date(month, "MMM y", locale=locale)
