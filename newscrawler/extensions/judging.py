"""judge_sites(): the health of a run's sites when it closes, and what of it makes the exit code 1."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from newscrawler.archive.holdings import cuts
from newscrawler.archive.queue.refusals import ask_again
from newscrawler.expectations import broken_expectations
from newscrawler.health.closing import Closing, judge_run
from newscrawler.health.extraction import judge_cuts
from newscrawler.health.verdicts import Verdict
from newscrawler.run import Run

_BROKE: Final[frozenset[Verdict]] = frozenset({"broken-extraction", "blocked", "unreachable", "moved"})
"""Verdicts that are a problem of the run. An outlet that is `quiet` against its own past may have a holiday; against
its `[expect]` the line of that expectation is the problem. A site that the run has a line about gets no second one, and
one that was well when it was last seen has none: who has mended it and crawls again must not be told that it is broken.
"""


def judge_sites(run: Run, conn: sqlite3.Connection, *, finished: bool, now: datetime) -> None:
    """Judge and store the health of each site, note what is a problem, and have pages that a block refused come back.

    `finished`: the run did all it had to do. Call it in the transaction that closes the run.
    """
    judged = run.only is None and not run.replaying
    broken = broken_expectations(conn, run.gates.judged(), run_id=run.id, now=now) if judged and finished else []
    for expectation in broken:
        run.problem(expectation.line)
    closing = Closing(
        run_id=run.id,
        started=run.started_at,
        now=now,
        sites=run.sites,
        traffic=run.traffic,
        expected={each.site: each.judgement for each in broken if each.judgement is not None},
        cut={site: judge_cuts(each.cut, each.visited) for site, each in _cut(run, conn, now=now) if each.is_event},
        judged=judged,
        finished=finished,
    )
    named = {line.partition(":")[0] for line in run.problems}
    decisions = judge_run(conn, closing)
    for site, decided in decisions.items() if judged else ():
        if decided.judgement.verdict in _BROKE and decided.seen != "healthy" and site not in named:
            run.problem(f"{site}: {decided.judgement.verdict}: {decided.judgement.reason}")
        if decided.seen == "blocked":
            ask_again(conn, site, run_id=run.id, now=now)


def _cut(run: Run, conn: sqlite3.Connection, *, now: datetime) -> Iterator[tuple[str, cuts.Standing]]:
    for site in run.sites:
        yield site, cuts.standing(conn, site, since=now - cuts.WINDOW)
