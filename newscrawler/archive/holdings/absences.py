"""Absences: which end of a visit means that an archived article is gone, and which only that we can't read it.

A 404 is certain. A page without the article's text may also be a new layout or a wall of cookies, which would empty
a whole site: so that is decided when the run closes, over all of the site's pages that were visited again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from newscrawler.archive.holdings import withdrawals
from newscrawler.archive.holdings.withdrawals import Reason
from newscrawler.archive.queue import frontier
from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.outcome import HttpError, NotAnArticle, NotArabic, NoText, Outcome, OutOfScope, Shortened, TooShort
from newscrawler.times import iso

_STATUSES: Final[dict[str, Reason]] = {"404": "not-found", "410": "gone", "451": "legal"}
_WITHOUT_TEXT: Final = (NotAnArticle, NoText, TooShort, NotArabic)
_DOUBTED: Final = json.dumps([outcome.__name__ for outcome in (*_WITHOUT_TEXT, OutOfScope, Shortened)])
_COUNTED: Final = json.dumps(["Unchanged", "NotModified", "Revised", "HttpError", *json.loads(_DOUBTED)])

MANY: Final = 5
"""Pages of a site without their text, from which they are one event: fewer are withdrawn for reasons of their own."""

WINDOW: Final = timedelta(days=3)
"""How far back earlier runs are looked at: one that visits two pages an hour would never see many at once."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Why an article seems to be gone."""

    reason: Reason
    """See there."""
    detail: str
    """The status, where it leads, or what was found instead."""

    @property
    def certain(self) -> bool:
        """Whether the server said so; if not, it is our reading of a page."""
        return self.reason in _STATUSES.values()


@dataclass(frozen=True, slots=True)
class Suspect:
    """An article that may be gone: its row waits in the frontier until the run closes."""

    row: FrontierRow
    """Its address, as it was taken up."""
    article_id: int
    """Row of `articles`."""
    absence: Absence
    """Why."""
    at: datetime
    """When the visit ended, UTC, aware."""
    capture_id: int | None
    """The evidence. None: the raw store is off."""


def absence_of(outcome: Outcome, *, landed: str | None) -> Absence | None:
    """What an outcome of an archived article's address says about the article. None: nothing.

    `landed`: where a redirect led that hadn't led there before. None: it led nowhere else.
    """
    if isinstance(outcome, HttpError) and outcome.detail in _STATUSES:
        return Absence(_STATUSES[outcome.detail], outcome.detail)
    what = f"{outcome.name}: {outcome.detail}".removesuffix(": ")
    if landed is not None and isinstance(outcome, (*_WITHOUT_TEXT, OutOfScope)):
        return Absence("redirected", landed if isinstance(outcome, OutOfScope) else f"{landed} ({what})")
    if isinstance(outcome, _WITHOUT_TEXT):
        return Absence("emptied", what)
    return None


def settle(
    conn: sqlite3.Connection, suspects: Iterable[Suspect], *, run_id: int, now: datetime, revisit: Sequence[timedelta]
) -> list[str]:
    """Decide on what is in doubt, site by site, and close the rows that waited for it.

    Returns a line for every site where so many pages lost their text at once that the change must be the site's
    or ours; their articles stay as they are. Call it in the transaction that closes the run.
    """
    problems = []
    for site, group in groupby(sorted(suspects, key=lambda each: each.row.site), key=lambda each: each.row.site):
        doubted = list(group)
        if problem := _one_event(conn, site, run_id=run_id, since=iso(now - WINDOW)):
            problems.append(problem)
        for each in doubted:
            if not problem:
                withdrawals.withdraw(
                    conn,
                    each.article_id,
                    each.absence.reason,
                    detail=each.absence.detail,
                    at=each.at,
                    capture_id=each.capture_id,
                )
            frontier.let_go(conn, each.row, now=each.at, revisit=revisit)
    return problems


def _one_event(conn: sqlite3.Connection, site: str, *, run_id: int, since: str) -> str | None:
    """Whether at least MANY and more than half of the site's pages visited again lost their text: in this run, or in
    this one and those before it. Then what was noted of it earlier is taken back.
    """
    last: dict[int, sqlite3.Row] = {}
    event: tuple[dict[int, sqlite3.Row], str] | None = None
    for _, visits in groupby(_visits(conn, site, run_id=run_id, since=since), key=lambda row: row["run_id"]):
        for visit in visits:
            last.setdefault(visit["article_id"], visit)  # the newest visit of an article is the one that counts
        lost = sum(found["lost"] for found in last.values())
        if 2 * lost <= len(last):
            break
        if lost >= MANY:
            event = dict(last), visit["started_at"]
    if event is None:
        return None
    found, first = event
    lost_ones = [article_id for article_id, visit in found.items() if visit["lost"]]
    withdrawals.take_back(conn, lost_ones, since=first)
    part = " or with a part of it" if any(visit["cut"] for visit in found.values()) else ""
    return (
        f"{site}: {len(lost_ones)} of {len(found)} archived pages came back without their text{part}:"
        " has its layout changed?"
    )


def _visits(conn: sqlite3.Connection, site: str, *, run_id: int, since: str) -> sqlite3.Cursor:
    """Visits of archived articles, those of the newest run first; read as far as they are looked at. Absences that
    last are not counted again.
    """
    return conn.execute(
        """SELECT run_id, runs.started_at, article_id, outcome IN (SELECT value FROM json_each(:doubted)) AS lost,
               outcome = 'Shortened' AS cut
           FROM outcomes CROSS JOIN runs ON runs.id = run_id
           WHERE run_id BETWEEN (SELECT min(id) FROM runs WHERE started_at >= :since OR id = :run) AND :run
               AND outcomes.site = :site AND article_id IS NOT NULL AND runs.spider = 'news'
               AND outcome IN (SELECT value FROM json_each(:counted))
               AND NOT EXISTS (
                   SELECT 1 FROM withdrawals AS gone
                   WHERE gone.article_id = outcomes.article_id AND gone.withdrawn_at < outcomes.at
                       AND (gone.returned_at IS NULL OR gone.returned_at > outcomes.at)
               )
           ORDER BY run_id DESC""",
        {"run": run_id, "site": site, "since": since, "doubted": _DOUBTED, "counted": _COUNTED},
    )
