"""How the outlets stand, on a terminal: troubles one by one, the healthy ones in a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawler.health.standing import Standing

_COLOURS: Final = {"healthy": "green", "quiet": "yellow", "unknown": "yellow"}
"""Of verdicts; any other is red."""


def print_standings(console: Console, standings: Sequence[Standing], *, every: bool) -> None:
    """Verdict, reason and figures of each site that isn't healthy; `every`: of the healthy ones too."""
    if not standings:
        return
    healthy = [standing for standing in standings if standing.verdict == "healthy"]
    shown = standings if every else [standing for standing in standings if standing.verdict != "healthy"]
    console.print(Text("\nHealth", style="bold"))
    if shown:
        console.print(_table(shown))
    if healthy and not every:
        console.print(Text(f"  {_counted(len(healthy))} healthy: {sum(each.new_day for each in healthy)} new in a day"))


def _table(standings: Sequence[Standing]) -> Table:
    table = Table(box=None, pad_edge=True)
    for name, side in (("site", "left"), ("verdict", "left"), ("new/day", "right"), ("usual", "right")):
        table.add_column(name, justify=side, no_wrap=True)  # type: ignore[arg-type]
    table.add_column("latency", justify="right", no_wrap=True)
    table.add_column("why, and since when", overflow="fold")
    for each in standings:
        colour = _COLOURS.get(each.verdict, "red")
        usual = "" if each.usual_new is None else f"{each.usual_new:.0f}"
        latency = "" if each.latency_ms is None else f"{each.latency_ms} ms"
        why = each.reason if each.verdict == "healthy" else f"{each.reason}; since {each.since}"
        table.add_row(each.site, Text(each.verdict, style=colour), str(each.new_day), usual, latency, Text(why))
    return table


def _counted(number: int) -> str:
    return "1 site is" if number == 1 else f"{number} sites are"
