"""Values on a terminal: in colour and tables for people, plain lines under cron (rich decides)."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Final
from urllib.parse import unquote

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawler.outcome import Failed, Outcome, Rejected, Unfetched, all_outcomes
from newscrawler.report import Report, SiteReport
from newscrawler.terminal_health import print_standings

_PLAIN_WIDTH: Final = 120
"""Columns where there is no terminal to ask: a log file has no edge, and a cut table tells nothing."""

_STALL_MS: Final = 1000
"""Milliseconds that the crawl's loop may stand still without a word here: a busy machine costs some hundred, and a
keeper can do nothing about it. `--json` and the table `runs` have every run's worst."""

_SITES_SHOWN: Final = 12
"""Sites that are printed one by one; of more only those in trouble, unless all are asked for."""

_FIELDS: Final = ("dated", "sectioned", "authored")

_VERDICT: Final = {
    0: ("green", "all well"),
    1: ("red", "something broke"),
    2: ("red", "could not start"),
    None: ("yellow", "not finished"),
}

_GROUPS: Final[Mapping[str, type[Outcome]]] = {"rejected": Rejected, "not fetched": Unfetched, "failed": Failed}


def stdout_console() -> Console:
    """Standard output, wide enough for a table where there is no terminal."""
    return Console(width=None if sys.stdout.isatty() else _PLAIN_WIDTH)


def print_report(report: Report, *, every: bool = False) -> None:
    """A run on standard output. `every`: with a line for each site, however many there are."""
    console = stdout_console()
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
    if report.worst_stall_in and (report.worst_stall_ms or 0) > _STALL_MS:
        where = f"in {report.worst_stall_in}"
        console.print(f"The crawl stood still for {report.worst_stall_ms} ms at worst, {where}", highlight=False)
    if report.pruned:
        told = "1 line was" if report.pruned == 1 else f"{report.pruned} lines were"
        console.print(f"{told} pruned by age (NEWS_KEEP): totals are whole, lists aren't", highlight=False)
    if report.sites:
        console.print()
        console.print(_sites(report, every=every))
    print_standings(console, report.health, every=every)
    for title, lines in _lists(report):
        console.print(Text(f"\n{title}", style="bold"))
        for line in lines:
            console.print(Text(f"  {line}"), soft_wrap=True)


def _sites(report: Report, *, every: bool) -> Table:
    """A row per site; columns in which nobody has anything are left out. Of many sites only those in trouble."""
    rows = {site.site: _cells(site) for site in report.sites}
    if len(rows) > _SITES_SHOWN and not every:
        rows = _troubled(report, rows)
    names = [name for name in next(iter(rows.values())) if any(cells[name] for cells in rows.values())]
    table = Table(box=None, pad_edge=False)
    table.add_column("site", no_wrap=True, overflow="fold")
    for name in names:
        table.add_column(name, justify="right", style="dim" if name.startswith("with") else "")
    for site, cells in rows.items():
        table.add_row(site, *(cells[name] for name in names))
    return table


def _troubled(report: Report, rows: Mapping[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    troubled = {standing.site for standing in report.health if standing.verdict != "healthy"}
    total = SiteReport(
        "", "", report.outcomes, *(sum(getattr(site, name) for site in report.sites) for name in _FIELDS)
    )
    chosen = {site: cells for site, cells in rows.items() if site in troubled}
    return chosen | {f"all {len(rows)} (--all)": _cells(total)}


def _cells(site: SiteReport) -> dict[str, str]:
    counts = {
        "new": site.outcomes.get("New", 0),
        "revised": site.outcomes.get("Revised", 0),
        "unchanged": site.outcomes.get("Unchanged", 0) + site.outcomes.get("NotModified", 0),
        "copies": site.outcomes.get("Copy", 0),
    }
    for group, base in _GROUPS.items():
        members = {outcome.__name__ for outcome in all_outcomes() if issubclass(outcome, base)}
        counts[group] = sum(n for name, n in site.outcomes.items() if name in members)
    kept = counts["new"] + counts["revised"]
    shares = {"with date": site.dated, "with section": site.sectioned, "with author": site.authored}
    return {name: str(n or "") for name, n in counts.items()} | {
        name: f"{n / kept:.0%}" if kept else "" for name, n in shares.items()
    }


def _lists(report: Report) -> list[tuple[str, list[str]]]:
    archived = ("New", "Revised", "Unchanged", "Copy", "NotModified", "Shortened")
    others = [f"{name} {n}" for name, n in report.outcomes.items() if name not in archived]
    fates = [f"{name} {n}" for name, n in asdict(report.fates).items() if n]
    lists = [
        ("What broke:", list(report.problems)),
        ("To be known:", list(report.remarks)),
        ("What became of archived articles:", [", ".join(fates)] if fates else []),
        ("Found to be gone:", [f"{g.site}: {g.reason}: {unquote(g.url)}" for g in report.gone]),
        ("Not archived, by outcome:", [", ".join(others)] if others else []),
        ("Not fetched or not read:", [f"{f.outcome} {f.detail}: {unquote(f.url)}" for f in report.failures]),
        ("Seed rules to mend:", [f"{n.site}: {n.note} ({n.pages} pages)" for n in report.notes]),
    ]
    return [(title, lines) for title, lines in lists if lines]
