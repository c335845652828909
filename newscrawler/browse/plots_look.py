"""How every plot looks: colours for both schemes, the reader's direction, and the frame of a specification."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import Any, Final


class Colour(StrEnum):
    """What plots are drawn with: the light colours of static/room.css."""

    PAPER = "#fdfcf9"
    INK = "#1d1b18"
    QUIET = "#5d574e"
    LINE = "#d9d3c7"
    BAR = "#0b4f86"
    SECOND = "#857d70"
    ALARM = "#8a1f1f"


_DARK: Final = {
    Colour.PAPER: "#17181a",
    Colour.INK: "#e8e4dc",
    Colour.QUIET: "#aaa59b",
    Colour.LINE: "#3a3d43",
    Colour.BAR: "#8fc1f0",
    Colour.SECOND: "#8b877f",
    Colour.ALARM: "#f0a59a",
}
"""Colour → the dark one of static/room.css that stands for it."""

_FONT: Final = '"Noto Sans Arabic", "Segoe UI", "Geeza Pro", Tahoma, Arial, sans-serif'
"""Of the reader's system, as the pages'."""

_PADDING: Final = {"left": 6, "right": 6, "top": 8, "bottom": 2}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a plot is drawn on."""

    width: int
    """CSS pixels."""
    rtl: bool
    """Whether time runs from right to left, as the page's text does."""

    @property
    def narrow(self) -> bool:
        """Whether it is a phone's: fewer labels."""
        return self.width < 500

    @property
    def start(self) -> dict[str, Any]:
        """The x where a line of text begins."""
        return {"value": "width"} if self.rtl else {"value": 0}

    @property
    def anchor(self) -> str:
        """How a text that begins there is aligned."""
        return "right" if self.rtl else "left"

    def frame(self, height: int) -> dict[str, Any]:
        """What every Vega-Lite specification begins with; exactly `width` times `height` pixels, padding included."""
        lines = {"domainColor": Colour.LINE, "tickColor": Colour.LINE, "gridColor": Colour.LINE}
        labels = {"labelColor": Colour.QUIET, "labelFontSize": 12, "labelPadding": 5, "labelAngle": 0}
        title = {"titleColor": Colour.QUIET, "titleFontSize": 12, "titleFontWeight": "normal"}
        return {
            "width": self.width,
            "height": height,
            "autosize": {"type": "fit", "contains": "padding"},
            "padding": _PADDING,
            "background": None,
            "config": {
                "aria": False,  # the page's alternative text and table say it better than 300 labelled bars
                "font": _FONT,
                "view": {"stroke": None},
                "axis": lines | labels | title,
                "text": {"color": Colour.INK, "fontSize": 13},
            },
        }


SIZES: Final = {"wide": 720, "narrow": 360}
"""Name of a size, as addresses of pictures have it → pixels. A wide one shrunk to a phone has letters of 6 px."""


def whole_steps(last: float, *, most: int = 4) -> list[int]:
    """0 and the whole numbers up to `last` by 1, 2 or 5 tens, at most so many more: marks of an axis. The library's own
    would count half articles.
    """
    step = next(step for step in _whole() if last <= step * most)
    return list(range(0, int(last) + 1, step))


def _whole() -> Iterator[int]:
    return (digit * 10**power for power in count() for digit in (1, 2, 5))


def _dark_rules() -> str:
    return "".join(
        f'[fill="{light}"]{{fill:{dark}}}[stroke="{light}"]{{stroke:{dark}}}' for light, dark in _DARK.items()
    )


STYLE: Final = (
    f"text{{unicode-bidi:plaintext}}svg{{background:{Colour.PAPER}}}"
    f"@media (prefers-color-scheme:dark){{svg{{background:{_DARK[Colour.PAPER]}}}{_dark_rules()}}}"
)
"""Style sheet inside each picture: a picture doesn't see the page's. Attributes yield to rules, so no colour has to be
looked for in what was drawn. `plaintext`: each label is in the direction of its own first letter."""


def dressed(svg: str) -> str:
    """What was drawn, with STYLE behind its first tag."""
    head, bracket, rest = svg.partition(">")
    return f"{head}{bracket}<style>{STYLE}</style>{rest}"
