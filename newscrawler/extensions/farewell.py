"""farewell(): what a run says of the sites that it didn't ask to the end. No problem, but good to know."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby

from newscrawler.archive.queue.backlog import waiting
from newscrawler.gates import Shut
from newscrawler.run import Run


def farewell(run: Run, conn: sqlite3.Connection) -> Iterator[str]:
    """A line for each reason for which sites were shut, with what of theirs is due and waits for a later run."""
    left = waiting(conn, run.gates.shut, now=run.clock())
    for shut, sites in groupby(
        sorted(run.gates.shut, key=lambda key: _order(run, key)), key=run.gates.shut.__getitem__
    ):
        named = list(sites)
        due = sum(left.get(site, 0) for site in named)
        addresses = f"{due} addresses wait" if due != 1 else "1 address waits"
        yield f"{_told(run, shut, named)}; {addresses} for a later run"


def _order(run: Run, site: str) -> tuple[str, str, str]:
    shut = run.gates.shut[site]
    return shut.why, shut.detail, site


def _told(run: Run, shut: Shut, sites: list[str]) -> str:
    if len(sites) == 1:
        return f"{sites[0]}: {shut.detail}"
    if len(sites) == len(run.sites):
        return shut.detail
    return f"{shut.detail} ({len(sites)} outlets)"
