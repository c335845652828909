"""The end of a visit: what it means for the address, and for the article that an earlier visit archived there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from newscrawler.archive.holdings import articles
from newscrawler.archive.holdings.absences import Absence, Suspect, absence_of
from newscrawler.archive.holdings.cuts import cut_since
from newscrawler.archive.holdings.withdrawals import come_back, is_absent, withdraw
from newscrawler.archive.queue import frontier
from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.archive.queue.validators import Validators, distrust, keep_validators
from newscrawler.archive.records.raw import Received
from newscrawler.outcome import Archived, Copy, NotModified, Outcome, Revised, Shortened, Unchanged

_READ: Final = (Archived, Copy, NotModified)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request, besides the text."""

    at: datetime
    """When it came, UTC, aware."""
    landed: str | None = None
    """Where redirects led. None: there were none."""
    validators: Validators | None = None
    """What the server said of the page. None: no page came."""
    capture_id: int | None = None
    """Row of `captures` with what came. None: it isn't kept."""
    redirect: Received | None = None
    """The answer that led elsewhere, to be kept if it turns out to be evidence. None: there was none."""
    text_there: bool = False
    """Whether the archived text stands on the page, though we couldn't read the page as an article."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What a visit came to."""

    article_id: int | None
    """The article that its outcome is about. None: there is none."""
    capture_id: int | None
    """The bytes that its outcome is about. None: nothing was kept."""
    suspect: Suspect | None = None
    """An article that may be gone; `absences.settle` decides. None: there is no doubt."""


def end_visit(
    conn: sqlite3.Connection,
    row: FrontierRow,
    outcome: Outcome,
    answer: Answer,
    *,
    article_id: int | None,
    now: datetime,
    revisit: Sequence[timedelta],
    keep: Callable[[Received, FrontierRow], int] | None,
) -> Ended:
    """Close the row of an address, or hold it where the article's absence is in doubt. Call it in a transaction.

    `article_id`: the article that the visit archived or confirmed. `keep` stores evidence; None: nothing is stored.
    """
    absence = _absence(conn, row, outcome, answer)
    if absence is not None:
        return _end_absent(conn, row, outcome, answer, absence, now=now, revisit=revisit, keep=keep)
    if isinstance(outcome, Shortened):
        return _end_shortened(conn, row, outcome, answer, now=now, revisit=revisit)
    archived = article_id if isinstance(outcome, Archived) else None
    frontier.end(conn, row, outcome, now=now, revisit=revisit, article_id=archived)
    if answer.validators is not None and isinstance(outcome, _READ):
        kept = answer.validators.after(row.validators, edited=isinstance(outcome, Revised))
        keep_validators(conn, row.url, kept)
        distrust(conn, row.site, before=row.validators, now=kept)
    if isinstance(outcome, NotModified):
        article_id = row.article_id
    if isinstance(outcome, NotModified | Unchanged) and article_id is not None:
        articles.see_again(conn, article_id, at=answer.at)
    return Ended(article_id, answer.capture_id)


def _end_absent(
    conn: sqlite3.Connection,
    row: FrontierRow,
    outcome: Outcome,
    answer: Answer,
    absence: Absence,
    *,
    now: datetime,
    revisit: Sequence[timedelta],
    keep: Callable[[Received, FrontierRow], int] | None,
) -> Ended:
    assert row.article_id is not None
    keep_validators(conn, row.url, Validators())  # what follows is a page that has to be read in full
    if is_absent(conn, row.article_id):
        frontier.end(conn, row, outcome, now=now, revisit=revisit)
        return Ended(row.article_id, answer.capture_id)
    capture_id = answer.capture_id
    if absence.reason == "redirected" and answer.redirect is not None and keep is not None:
        capture_id = keep(answer.redirect, row)
    if absence.certain:
        # Somebody has to look whether it comes back, even if this was the last step of the ladder.
        early = replace(row, visits=max(0, min(row.visits, len(revisit) - 1)))
        frontier.end(conn, early, outcome, now=now, revisit=revisit)
        withdraw(conn, row.article_id, absence.reason, detail=absence.detail, at=now, capture_id=capture_id)
        return Ended(row.article_id, capture_id)
    frontier.hold(conn, row, outcome, now=now)
    return Ended(row.article_id, capture_id, Suspect(row, row.article_id, absence, now, capture_id))


def _end_shortened(
    conn: sqlite3.Connection,
    row: FrontierRow,
    outcome: Outcome,
    answer: Answer,
    *,
    now: datetime,
    revisit: Sequence[timedelta],
) -> Ended:
    assert row.article_id is not None
    keep_validators(conn, row.url, Validators())  # the next page is compared with the archived one, not with this
    again = row.visits >= len(revisit) > 0 and cut_since(conn, row.url) is None
    # Found at the last step of the ladder: that one is made once more.
    frontier.end(conn, replace(row, visits=len(revisit) - 1) if again else row, outcome, now=now, revisit=revisit)
    come_back(conn, row.article_id, at=answer.at)
    return Ended(row.article_id, answer.capture_id)


def _absence(conn: sqlite3.Connection, row: FrontierRow, outcome: Outcome, answer: Answer) -> Absence | None:
    """Why the row's article seems to be gone. None: it doesn't, or it is still seen at another address."""
    if row.article_id is None or answer.text_there:
        return None
    landed = None if answer.landed is None or _leads_there(conn, row.article_id, answer.landed) else answer.landed
    absence = absence_of(outcome, landed=landed)
    return None if absence is None or _seen_elsewhere(conn, row) else absence


def _leads_there(conn: sqlite3.Connection, article_id: int, landed: str) -> bool:
    """Whether a redirect leads where the article was read before: many addresses have always led on."""
    query = """SELECT 1 FROM articles LEFT JOIN captures ON captures.id = articles.capture_id
               WHERE articles.id = :article AND :landed IN (articles.url, captures.url)"""
    return conn.execute(query, {"article": article_id, "landed": landed}).fetchone() is not None


def _seen_elsewhere(conn: sqlite3.Connection, row: FrontierRow) -> bool:
    """Whether another address gave the article at its last visit, and will be visited again."""
    query = """SELECT 1 FROM frontier WHERE article_id = ? AND url <> ? AND due_at IS NOT NULL
               AND outcome IN ('New', 'Revised', 'Unchanged', 'NotModified', 'Shortened')"""
    return conn.execute(query, (row.article_id, row.url)).fetchone() is not None
