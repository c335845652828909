"""Coverage on a terminal: a line for each site, the total, and the first of what is missing."""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawler.coverage import Coverage, SiteCoverage

_MISSING_SHOWN: Final = 50
"""Addresses; `--json` has all."""

_GOOD: Final = 0.95
_POOR: Final = 0.8


def print_coverage(console: Console, coverage: Coverage) -> None:
    """Sites, total, and what is missing with the reason."""
    console.print(Text(f"Listed from {coverage.since} to {coverage.until}, and archived", style="bold"))
    if not coverage.sites:
        console.print("Nothing was listed.")
        return
    console.print(_table(coverage))
    if coverage.missing:
        console.print(Text("\nMissing:", style="bold"))
    for each in coverage.missing[:_MISSING_SHOWN]:
        line = f"  {each.site} {each.listed} ({each.dated_by}) {each.why}: {unquote(each.url)}"
        console.print(Text(line), soft_wrap=True)
    if (more := len(coverage.missing) - _MISSING_SHOWN) > 0:
        console.print(f"  and {more} more; --json lists all")


def _table(coverage: Coverage) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("site", no_wrap=True)
    for name in ("listed", "archived", "share", "missing", "outside", "candidates"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("why missing", overflow="fold")
    for site in coverage.sites:
        table.add_row(site.site, *_cells(site))
    table.add_row("all", *_cells(coverage.total), style="bold")
    return table


def _cells(site: SiteCoverage) -> tuple[str | Text, ...]:
    share = site.share
    colour = "" if share is None else "green" if share >= _GOOD else "red" if share < _POOR else "yellow"
    candidates = f"{site.candidates_archived}/{site.candidates}" if site.candidates else ""
    return (
        str(site.listed),
        str(site.archived),
        Text("" if share is None else f"{share:.1%}", style=colour),
        str(site.listed - site.archived or ""),
        str(site.outside or ""),
        candidates,
        ", ".join(f"{name} {number}" for name, number in sorted(site.why.items(), key=lambda each: -each[1])),
    )
