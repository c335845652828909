"""The frontier: every discovered URL is a row before it is requested, and stays open until its outcome.

An open row has a `due_at`. Closing a row, its article and its outcome share one transaction, so a killed
process loses nothing: what was open is open.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from newscrawler.archive.queue.forgotten import not_forgotten
from newscrawler.archive.queue.validators import Validators
from newscrawler.link import Link
from newscrawler.outcome import (
    Archived,
    Copy,
    HttpError,
    NotAnArticle,
    NotArabic,
    NoText,
    NotModified,
    Outcome,
    PutBack,
    RobotsDenied,
    Shortened,
    TooLarge,
    TooManyRedirects,
    TooShort,
)
from newscrawler.times import iso
from newscrawler.urls import CanonicalUrl

RETRY_AFTER: Final = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3))
"""Waits before the tries after a passing failure; when they are used up the URL is given up."""

_GOOD_ENDS: Final = (Archived, Copy, NotModified, Shortened)

_MAY_COME_BACK: Final = (NotAnArticle, NoText, TooShort, NotArabic, HttpError, RobotsDenied, TooManyRedirects, TooLarge)
"""Ends that settle an address for good unless it has given an article: then we go on looking for that one."""


@dataclass(frozen=True, slots=True)
class FrontierRow:
    """One address whose turn it is."""

    url: CanonicalUrl
    """What will be requested."""
    site: str
    """Id of the site it belongs to."""
    link: Link
    """What the source that listed it said."""
    tries: int = 0
    """Passing failures in a row so far."""
    visits: int = 0
    """Successful visits so far: the step on the revisit ladder."""
    article_id: int | None = None
    """The article an earlier visit archived. None: there is none."""
    validators: Validators = field(default_factory=Validators)
    """What the server said at the last visit that ended well."""


def discover(
    conn: sqlite3.Connection,
    links: Iterable[tuple[CanonicalUrl, Link]],
    *,
    site: str,
    source_id: int | None,
    now: datetime,
    due: bool = True,
) -> list[CanonicalUrl]:
    """Add addresses, due at once or not at all. Known ones stay as they are. Returns the new ones, in order.
    Forgotten ones count as known, unless no source listed them: then somebody asked for them.

    An address that was refused unvisited, because another site listed it or the seed was narrower, counts as new.
    """
    due_at = iso(now) if due else None
    added = []
    for url, link in not_forgotten(conn, links, asked=source_id is None):
        cursor = conn.execute(
            """INSERT INTO frontier
                   (url, site, source_id, title, section, published, lastmod, discovered_at, due_at)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT (url) DO UPDATE SET site = excluded.site, source_id = excluded.source_id,
                   due_at = excluded.due_at, outcome = NULL, detail = NULL, ended_at = NULL
               WHERE frontier.outcome = 'OutOfScope' AND frontier.taken_run IS NULL AND excluded.due_at IS NOT NULL""",
            (url, site, source_id, link.title, link.section, link.published, link.lastmod, iso(now), due_at),
        )
        if cursor.rowcount:
            added.append(url)
    return added


def make_due(conn: sqlite3.Connection, urls: Iterable[CanonicalUrl], *, now: datetime) -> None:
    """Open known rows again, whatever their last outcome: somebody asked for them by name. Not what was taken down."""
    conn.executemany(
        """UPDATE frontier SET due_at = ?, tries = 0
           WHERE url = ? AND url NOT IN (SELECT url FROM takedowns)""",
        [(iso(now), url) for url in urls],
    )


def take(
    conn: sqlite3.Connection,
    *,
    site: str,
    run_id: int,
    now: datetime,
    limit: int,
    only: Sequence[CanonicalUrl] | None = None,
    visited: bool | None = None,
    backfilled: bool = True,
) -> list[FrontierRow]:
    """The next open rows of a site that this run hasn't had yet; newest first, then in the source's order.

    `visited`: only those that were, or were not, visited with success before. None: both.
    `backfilled`: also those that only a backfill visits.
    """
    chosen = "" if only is None else "AND url IN (SELECT value FROM json_each(:only))"
    chosen += "" if visited is None else " AND (visits > 0) = :visited"
    chosen += "" if backfilled or only is not None else " AND backfilled = 0"
    rows = conn.execute(
        f"""SELECT * FROM frontier
            WHERE site = :site AND due_at <= :now AND (taken_run IS NULL OR taken_run <> :run) {chosen}
                AND NOT EXISTS (SELECT 1 FROM outcomes WHERE run_id = :run AND outcomes.url = frontier.url)
            ORDER BY due_at DESC, id LIMIT :limit""",  # noqa: S608 (no value is formatted in)
        {"site": site, "now": iso(now), "run": run_id, "limit": limit, "only": json.dumps(only), "visited": visited},
    ).fetchall()
    conn.executemany("UPDATE frontier SET taken_run = ? WHERE id = ?", [(run_id, row["id"]) for row in rows])
    return [_row(row) for row in rows]


def release(conn: sqlite3.Connection, urls: Iterable[CanonicalUrl]) -> None:
    """Give back rows that were taken and never requested."""
    conn.executemany("UPDATE frontier SET taken_run = NULL WHERE url = ?", [(url,) for url in urls])


def end(
    conn: sqlite3.Connection,
    row: FrontierRow,
    outcome: Outcome,
    *,
    now: datetime,
    revisit: Sequence[timedelta],
    article_id: int | None = None,
) -> None:
    """Close the row with its outcome, and say when it is due again, if ever."""
    archived = row.article_id is not None
    due = next_due(outcome, tries=row.tries, visits=row.visits, now=now, revisit=revisit, archived=archived)
    retried = outcome.again and (row.tries < len(RETRY_AFTER) or not archived)
    put_back = isinstance(outcome, PutBack) or _is_about_the_host(outcome)
    on_ladder = isinstance(outcome, _GOOD_ENDS) or (due is not None and not retried and not put_back)
    conn.execute(
        """UPDATE frontier SET outcome = ?, detail = ?, ended_at = ?, due_at = ?, tries = ?, visits = ?,
               article_id = coalesce(?, article_id) WHERE url = ?""",
        (
            outcome.name,
            outcome.detail,
            iso(now),
            iso(due) if due else None,
            row.tries if put_back else row.tries + 1 if retried else 0,
            row.visits + 1 if on_ladder else row.visits,
            article_id,
            row.url,
        ),
    )


def hold(conn: sqlite3.Connection, row: FrontierRow, outcome: Outcome, *, now: datetime) -> None:
    """Note an outcome and leave the row due: what it means is decided when the run closes, or seen by the next run."""
    conn.execute(
        "UPDATE frontier SET outcome = ?, detail = ?, ended_at = ? WHERE url = ?",
        (outcome.name, outcome.detail, iso(now), row.url),
    )


def let_go(conn: sqlite3.Connection, row: FrontierRow, *, now: datetime, revisit: Sequence[timedelta]) -> None:
    """Close a held row: due on the next step of the ladder; after the last step, on that one once more."""
    due, visits = None, row.visits
    if revisit:
        step = min(row.visits, len(revisit) - 1)
        due, visits = iso(now + revisit[step]), step + 1
    conn.execute("UPDATE frontier SET due_at = ?, visits = ?, tries = 0 WHERE url = ?", (due, visits, row.url))


def end_replayed(
    conn: sqlite3.Connection, row: FrontierRow, outcome: Outcome, *, now: datetime, article_id: int | None = None
) -> None:
    """Note the outcome of a replayed capture. When the address is due for a real visit stays as it was."""
    conn.execute(
        """UPDATE frontier SET outcome = ?, detail = ?, ended_at = ?, article_id = coalesce(?, article_id)
           WHERE url = ?""",
        (outcome.name, outcome.detail, iso(now), article_id, row.url),
    )


def find(conn: sqlite3.Connection, url: CanonicalUrl) -> FrontierRow | None:
    """The row of an address. None: it was never discovered."""
    row = conn.execute("SELECT * FROM frontier WHERE url = ?", [url]).fetchone()
    return _row(row) if row else None


def next_due(
    outcome: Outcome,
    *,
    tries: int,
    visits: int,
    now: datetime,
    revisit: Sequence[timedelta],
    archived: bool = False,
) -> datetime | None:
    """When an address is due again after an outcome. None: never, it is settled or given up.

    `archived`: it has given an article. Then it is looked for on the whole ladder, whatever happens to it.
    """
    if isinstance(outcome, PutBack):
        return now
    if _is_about_the_host(outcome):
        return now + RETRY_AFTER[0]
    if outcome.again and tries < len(RETRY_AFTER):
        return now + RETRY_AFTER[tries]
    looked_for = archived and (outcome.again or isinstance(outcome, _MAY_COME_BACK))
    if looked_for or isinstance(outcome, _GOOD_ENDS):
        return now + revisit[visits] if visits < len(revisit) else None
    return None


def _is_about_the_host(outcome: Outcome) -> bool:
    """Whether a failure says nothing of the page: 429 asks for a pause, and the host gets it (table `hosts`)."""
    return isinstance(outcome, HttpError) and outcome.detail == "429"


def _row(row: sqlite3.Row) -> FrontierRow:
    said = {name: row[name] for name in ("url", "title", "section", "published", "lastmod")}
    return FrontierRow(
        url=row["url"],
        site=row["site"],
        link=Link(**said),
        tries=row["tries"],
        visits=row["visits"],
        article_id=row["article_id"],
        validators=Validators.of_row(row),
    )
