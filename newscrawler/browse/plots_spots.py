"""Plots of moments: one lane for each outlet, a spot for each appearance, along the time since the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from newscrawler.browse.plots_look import Colour, Sheet, whole_steps

_LANE: Final = 44
_AXIS: Final = 46
_LINE: Final = 0.74
"""Where in its lane a spot stands, from the top, 0 to 1; the name is above it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The text at one address."""

    lane: int
    """Place of its outlet, from the top."""
    after: float
    """Time since the first appearance, in the plot's unit."""
    exact: bool
    """Whether the page prints the time; if not it is drawn hollow, where it was out at the latest."""


@dataclass(frozen=True, slots=True)
class Spots:
    """When each of some outlets had a text."""

    names: Sequence[str]
    """Of the outlets, from the top; may hold anything."""
    spots: Sequence[Spot]
    """The first one is printed in a colour of its own."""
    unit: str
    """Under the axis: what the numbers count."""

    def height(self) -> int:
        """Pixels."""
        return _LANE * len(self.names) + _AXIS

    def specification(self, sheet: Sheet) -> dict[str, Any]:
        """In Vega-Lite."""
        across = {"domain": [0, len(self.names)], "reverse": True, "nice": False}
        names = [{"y": place + 0.3, "t": name} for place, name in enumerate(self.names)]
        lines = [{"y": place + _LINE} for place in range(len(self.names))]
        text = {"type": "text", "align": sheet.anchor, "baseline": "middle", "limit": sheet.width - 40}
        return sheet.frame(self.height()) | {
            "encoding": {"y": {"field": "y", "type": "quantitative", "scale": across, "axis": None}},
            "layer": [
                {"data": {"values": lines}, "mark": {"type": "rule", "color": Colour.LINE}},
                {"data": {"values": names}, "mark": text, "encoding": {"x": sheet.start, "text": {"field": "t"}}},
                {
                    "data": {"values": self._points()},
                    "mark": {"type": "point", "shape": "circle", "size": 90, "opacity": 1, "strokeWidth": 2},
                    "encoding": {
                        "x": self._axis(sheet),
                        "fill": {"field": "f", "type": "nominal", "scale": None, "legend": None},
                        "stroke": {"field": "c", "type": "nominal", "scale": None, "legend": None},
                    },
                },
            ],
        }

    def _points(self) -> list[dict[str, Any]]:
        """The first is drawn last, so that nothing covers it."""
        points = []
        for place, spot in enumerate(self.spots):
            colour = Colour.BAR if place else Colour.ALARM
            fill = colour if spot.exact else Colour.PAPER
            points.append({"after": round(spot.after, 4), "y": spot.lane + _LINE, "c": colour, "f": fill})
        return points[::-1]

    def _axis(self, sheet: Sheet) -> dict[str, Any]:
        last = max((spot.after for spot in self.spots), default=0) or 1
        marks = whole_steps(last, most=4 if sheet.narrow else 8)
        scale = {"domain": [-last / 60, last * 61 / 60], "nice": False, "reverse": sheet.rtl}  # room for a spot's half
        axis = {"title": self.unit, "grid": True, "values": marks, "format": ",d"}
        return {"field": "after", "type": "quantitative", "scale": scale, "axis": axis}
