"""What the room draws: each plot with the numbers behind it and a sentence that says what can be seen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from datasette.utils import tilde_encode

from newscrawler.browse.counts import Count
from newscrawler.browse.dates import day_name, month_name
from newscrawler.browse.language import visit
from newscrawler.browse.plots_bars import Bars
from newscrawler.browse.plots_look import SIZES, Sheet
from newscrawler.browse.rows import Row
from newscrawler.browse.words import say


class Drawing(Protocol):
    """Something that can be drawn on a sheet of any width."""

    def height(self) -> int:
        """Pixels, the same on every sheet: the page keeps the place free until the picture is there."""

    def specification(self, sheet: Sheet) -> dict[str, Any]:
        """In Vega-Lite."""


@dataclass(frozen=True, slots=True)
class Plot:
    """One plot of one page."""

    name: str
    """Of its kind: the middle of its address, `/-/plot/NAME/KEY.svg`."""
    key: str
    """Of what it is: an outlet, a tag, a cluster; empty where there is only one."""
    title: str
    """What is counted."""
    summary: str
    """What can be seen, in a sentence: the picture's alternative text."""
    drawing: Drawing
    """The picture."""
    rows: list[Row] = field(repr=False)
    """The numbers, one name for each column; empty where another page has them."""
    numbers: str = ""
    """Path of the numbers without `.csv` or `.json`; empty: the picture's own."""

    @property
    def path(self) -> str:
        """The path of its pictures and numbers, without `.svg`, `.csv`, `.json`."""
        return f"/-/plot/{self.name}" + (f"/{tilde_encode(self.key)}" if self.key else "")

    @property
    def sizes(self) -> dict[str, tuple[int, int]]:
        """Name of a size → width and height in pixels."""
        return {name: (width, self.drawing.height()) for name, width in SIZES.items()}

    def specification(self, size: str) -> str:
        """What to draw for the reader of this visit, as a JSON text: the same for the same numbers."""
        sheet = Sheet(SIZES[size], rtl=visit().language == "ar")
        return json.dumps(self.drawing.specification(sheet), ensure_ascii=False)


def outlet_days(site: str, days: Sequence[Count], *, country: str | None = None) -> Plot | None:
    """Articles per day of one outlet, in the month names of its country. None: it has none."""
    return _counted("outlet-days", site, say("outlet.days"), days, country=country)


def tag_coverage(tag_id: int, coverage: Sequence[Count]) -> Plot | None:
    """Articles of one tag by day or month. None: it has none with a date."""
    return _counted("tag-coverage", str(tag_id), say("tag.coverage"), coverage)


def period_name(key: str, *, country: str | None = None) -> str:
    """«22 نوفمبر 2026», in the month names of that country, or «نوفمبر 2026»."""
    return day_name(key, country=country) if len(key) > len("2026-11") else month_name(key)


def _counted(name: str, key: str, title: str, counts: Sequence[Count], *, country: str | None = None) -> Plot | None:
    most = max(counts, key=lambda count: count.number, default=None)
    if most is None or not most.number:
        return None
    bars = Bars([count.key for count in counts], [count.number for count in counts], country)
    summary = say(
        "plot.counts",
        title=title,
        first=period_name(counts[0].key, country=country),
        last=period_name(counts[-1].key, country=country),
        n=sum(count.number for count in counts),
        most=most.number,
        when=period_name(most.key, country=country),
    )
    period = "day" if len(most.key) > len("2026-11") else "month"
    rows: list[Row] = [{period: count.key, "articles": count.number} for count in counts]
    return Plot(name, key, title, summary, bars, rows)
