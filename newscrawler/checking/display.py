"""A check for people and for programs: a table with the reasons under it, or JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import unquote

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawler.checking.findings import HEALTHY, SiteCheck
from newscrawler.times import iso

_COLOUR: Final = {HEALTHY: "green", "stale": "yellow", "wrong dates": "yellow", "not finished": "yellow"}
"""Verdict → colour; all others are red."""


def print_checks(checks: Sequence[SiteCheck], console: Console, *, asked: int) -> None:
    """One row for each outlet, then for each outlet with something to say its troubles and remarks.

    `asked`: how many outlets were to be checked.
    """
    console.print(_table(checks))
    for check in checks:
        if check.troubles or check.remarks:
            console.print(Text.assemble("\n", (check.site, "bold"), ": ", (check.verdict, _colour(check.verdict))))
        for trouble in check.troubles:
            console.print(Text(f"  {unquote(str(trouble))}"), soft_wrap=True)
        for remark in check.remarks:
            console.print(Text(f"  note: {unquote(remark)}", style="dim"), soft_wrap=True)
    console.print(Text(f"\n{summary(checks, asked=asked)}", style="bold"), soft_wrap=True)


def summary(checks: Sequence[SiteCheck], *, asked: int) -> str:
    """`3 outlets checked: 2 healthy, 1 blocked`."""
    counts = Counter(check.verdict for check in checks)
    healthy = counts.pop(HEALTHY, 0)
    told = [f"{healthy} {HEALTHY}", *(f"{number} {verdict}" for verdict, number in counts.most_common())]
    number = f"{len(checks)} of {asked}" if len(checks) < asked else str(len(checks))
    return f"{number} {'outlet' if number == '1' else 'outlets'} checked: {', '.join(told)}"


def as_json(checks: Sequence[SiteCheck]) -> str:
    """An array with an object for each outlet. Times are UTC, `2026-11-22T09:30:00Z`."""
    return json.dumps([_plain(check) for check in checks], ensure_ascii=False, indent=2)


def _plain(check: SiteCheck) -> dict[str, Any]:
    found: dict[str, Any] = asdict(check, dict_factory=_with_plain_times)
    first = {"site": found.pop("site"), "name": found.pop("name"), "verdict": check.verdict}
    found["seconds"] = round(check.seconds, 2)
    return first | found


def _with_plain_times(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {
        key: iso(value) if isinstance(value, datetime) else round(value, 2) if isinstance(value, float) else value
        for key, value in pairs
    }


def _table(checks: Sequence[SiteCheck]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("site", no_wrap=True, overflow="fold")
    table.add_column("verdict", no_wrap=True)
    for name in ("sources", "links", "newest", "articles", "requests", "time"):
        table.add_column(name, justify="right", no_wrap=True)
    for check in checks:
        fine = sum(not source.troubles for source in check.sources)
        good = sum(page.is_article for page in check.articles)
        table.add_row(
            check.site,
            Text(check.verdict, style=_colour(check.verdict)),
            f"{fine}/{len(check.sources)}",
            str(sum(source.admitted for source in check.sources)),
            age(check.at - check.newest) if check.newest else "",
            f"{good}/{len(check.articles)}",
            str(check.requests),
            f"{check.seconds:.1f} s",
        )
    return table


def age(old: timedelta) -> str:
    """`5 min`, `3 h`, `12 d`: how long ago, in the unit a person would use."""
    minutes = max(0, round(old / timedelta(minutes=1)))
    if minutes < 100:
        return f"{minutes} min"
    return f"{round(minutes / 60)} h" if minutes < 48 * 60 else f"{round(minutes / 1440)} d"


def _colour(verdict: str) -> str:
    return _COLOUR.get(verdict, "red")
