"""Values on a terminal: in colour and tables for people, plain lines under cron (rich decides)."""

from __future__ import annotations

from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawler.report import Report

_GOOD: Final = ("New", "Revised", "Unchanged", "Copy", "NotModified")
_VERDICT: Final = {
    0: ("green", "all well"),
    1: ("red", "something broke"),
    2: ("red", "could not start"),
    None: ("yellow", "not finished"),
}


def print_report(report: Report) -> None:
    """A run on standard output."""
    console = Console()
    colour, words = _VERDICT.get(report.exit_code, ("red", "?"))
    console.print(
        Text.assemble(
            (f"Run {report.run_id}: {words}", f"bold {colour}"),
            f" ({report.state}, {report.started_at} to {report.finished_at or '…'})",
        )
    )
    balance = "balanced" if report.taken_up == report.ended else "NOT BALANCED"
    if report.state in ("finished", "stopped"):
        console.print(f"{report.taken_up} URLs taken up, {report.ended} outcomes: {balance}", highlight=False)
    console.print(f"{report.articles} articles in the archive", highlight=False)
    if report.sites:
        console.print(_sites(report))
    for title, lines in _lists(report):
        console.print(Text(title, style="bold"))
        for line in lines:
            console.print(Text(f"  {line}"), soft_wrap=True)


def _sites(report: Report) -> Table:
    outcomes = sorted(report.outcomes, key=lambda name: (name not in _GOOD, _order(name), name))
    table = Table(box=None, pad_edge=False)
    table.add_column("site")
    for name in outcomes:
        table.add_column(name, justify="right")
    for name in ("dated", "section", "author"):
        table.add_column(name, justify="right", style="dim")
    for site in report.sites:
        kept = site.outcomes.get("New", 0) + site.outcomes.get("Revised", 0)
        shares = (site.dated, site.sectioned, site.authored)
        table.add_row(
            site.site,
            *(str(site.outcomes.get(name, "")) for name in outcomes),
            *(f"{share / kept:.0%}" if kept else "" for share in shares),
        )
    return table


def _order(name: str) -> int:
    return _GOOD.index(name) if name in _GOOD else len(_GOOD)


def _lists(report: Report) -> list[tuple[str, list[str]]]:
    lists = [
        ("What broke:", list(report.problems)),
        ("Seed rules to mend:", [f"{n.site}: {n.note} ({n.pages} pages)" for n in report.notes]),
        ("Not fetched or not read:", [f"{f.outcome} {f.detail}: {f.url}" for f in report.failures]),
    ]
    return [(title, lines) for title, lines in lists if lines]
