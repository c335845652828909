"""What a run did, as values: for the terminal, for JSON, for the reading room."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from newscrawler.archive import read_archive
from newscrawler.archive.holdings.fates import Fates, Gone, read_fates, read_gone
from newscrawler.exits import Refused
from newscrawler.health.standing import Standing, read_standings

_LISTED: Final = 20
"""Addresses of one kind that a report lists: a dead newspaper must not push the others off the screen."""


class NoSuchRun(Refused):
    """The archive has no run with that number, or none at all."""


@dataclass(frozen=True, slots=True)
class SiteReport:
    """One site in one run."""

    site: str
    """Id."""
    name: str
    """The outlet's Arabic name."""
    outcomes: dict[str, int]
    """How many URLs ended in each outcome."""
    dated: int
    """New or revised articles that have a date."""
    sectioned: int
    """New or revised articles that have a section."""
    authored: int
    """New or revised articles that name an author."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A URL that no page was got from, or that couldn't be read."""

    url: str
    """Its address."""
    site: str
    """Id of the site."""
    outcome: str
    """How it ended."""
    detail: str
    """More of it."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something the keeper should mend: a seed rule's selector that didn't match as expected."""

    site: str
    """Id of the site."""
    note: str
    """What happened."""
    pages: int
    """On how many pages of the run."""


@dataclass(frozen=True, slots=True)
class Report:
    """One run."""

    run_id: int
    """Row of `runs`."""
    started_at: str
    """UTC, ISO 8601."""
    finished_at: str | None
    """UTC, ISO 8601. None: it is running, or was interrupted."""
    state: str
    """running, finished, stopped or interrupted."""
    exit_code: int | None
    """The command's. None: not finished."""
    worst_stall_ms: int | None
    """How long the crawl's loop stood still at worst, milliseconds. None: not finished, or not measured then."""
    worst_stall_in: str | None
    """The line it stood in."""
    taken_up: int
    """URLs taken up."""
    ended: int
    """Outcomes recorded; equals `taken_up` in a run that closed."""
    outcomes: dict[str, int]
    """Totals over all sites."""
    sites: tuple[SiteReport, ...]
    """A row per site with at least one outcome."""
    health: tuple[Standing, ...]
    """How each active site stood after the run, troubles first."""
    problems: tuple[str, ...]
    """What broke, a line each."""
    remarks: tuple[str, ...]
    """What is to be known and need not be mended, a line each."""
    pruned: int
    """Lines of the run that were pruned by age: its totals are kept, its addresses aren't all listed."""
    failures: tuple[Failure, ...]
    """The first URLs that failed, at most 20."""
    notes: tuple[Note, ...]
    """What the seed's rules complained about."""
    fates: Fates
    """What became of articles archived before."""
    gone: tuple[Gone, ...]
    """The first articles found to be gone, at most 20."""
    articles: int
    """Articles in the archive now."""

    def to_json(self) -> str:
        """All of it as one JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2)


def read_report(path: Path, *, run_id: int | None = None) -> Report:
    """The report of a run, or of the last one. Raises ArchiveError or NoSuchRun."""
    with read_archive(path) as archive:
        conn = archive.conn
        chosen = "ORDER BY id DESC LIMIT 1" if run_id is None else "WHERE id = :run"
        row = conn.execute(f"SELECT * FROM runs {chosen}", {"run": run_id}).fetchone()  # noqa: S608
        if row is None:
            raise NoSuchRun(f"{path}: " + ("no run yet" if run_id is None else f"no run {run_id}"))
        return _report(conn, row)


def _report(conn: sqlite3.Connection, run: sqlite3.Row) -> Report:
    sites = _pruned_sites(conn, run["id"]) if run["pruned"] else _sites(conn, run["id"])
    totals: Counter[str] = sum((Counter(site.outcomes) for site in sites), Counter())
    return Report(
        run_id=run["id"],
        started_at=run["started_at"],
        finished_at=run["finished_at"],
        state=run["state"],
        exit_code=run["exit_code"],
        worst_stall_ms=run["worst_stall_ms"],
        worst_stall_in=run["worst_stall_in"],
        taken_up=run["taken_up"],
        ended=totals.total(),
        outcomes=dict(totals.most_common()),
        sites=sites,
        health=read_standings(conn, run["id"]),
        problems=tuple(json.loads(run["problems"])),
        remarks=tuple(json.loads(run["remarks"])),
        pruned=run["pruned"],
        failures=_failures(conn, run["id"]),
        notes=_notes(conn, run["id"]),
        fates=read_fates(conn, run["id"]),
        gone=read_gone(conn, run["id"], limit=_LISTED),
        articles=conn.execute("SELECT count(*) FROM articles").fetchone()[0],
    )


def _sites(conn: sqlite3.Connection, run_id: int) -> tuple[SiteReport, ...]:
    counts: dict[str, dict[str, int]] = {}
    for site, outcome, number in _rows(
        conn, "SELECT site, outcome, count(*) FROM outcomes WHERE run_id = ? GROUP BY 1, 2 ORDER BY 1, 3 DESC", run_id
    ):
        counts.setdefault(site, {})[outcome] = number
    coverage = {
        row[0]: row[1:]
        for row in _rows(
            conn,
            """SELECT outcomes.site, count(articles.published_at), count(articles.section),
                      coalesce(sum(articles.authors <> '[]'), 0)
               FROM outcomes JOIN articles ON articles.id = outcomes.article_id
               WHERE outcomes.run_id = ? AND outcomes.outcome IN ('New', 'Revised') GROUP BY 1""",
            run_id,
        )
    }
    names = dict(_rows(conn, "SELECT id, name FROM sites"))
    return tuple(
        SiteReport(site, names.get(site, site), outcomes, *coverage.get(site, (0, 0, 0)))
        for site, outcomes in counts.items()
    )


def _pruned_sites(conn: sqlite3.Connection, run_id: int) -> tuple[SiteReport, ...]:
    """From the totals that outlive the lines. Of fields it knows only those of new articles."""
    rows = _rows(
        conn,
        """SELECT site, name, outcomes, dated, sectioned, authored FROM health JOIN sites ON sites.id = site
           WHERE run_id = ? AND outcomes <> '{}' ORDER BY site""",
        run_id,
    )
    return tuple(SiteReport(site, name, json.loads(outcomes), *fields) for site, name, outcomes, *fields in rows)


def _failures(conn: sqlite3.Connection, run_id: int) -> tuple[Failure, ...]:
    rows = _rows(
        conn,
        """SELECT url, site, outcome, detail FROM outcomes WHERE run_id = ? AND outcome IN
           ('HttpError', 'Unreachable', 'Walled', 'TooLarge', 'TooManyRedirects', 'ExtractorFailed',
            'ExtractorTimeout', 'Broken') ORDER BY outcome, url LIMIT ?""",
        run_id,
        _LISTED,
    )
    return tuple(Failure(*row) for row in rows)


def _notes(conn: sqlite3.Connection, run_id: int) -> tuple[Note, ...]:
    rows = _rows(
        conn,
        """SELECT outcomes.site, note.value, count(*) FROM outcomes, json_each(outcomes.notes) AS note
           WHERE run_id = ? GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 50""",
        run_id,
    )
    return tuple(Note(*row) for row in rows)


def _rows(conn: sqlite3.Connection, sql: str, *values: object) -> Sequence[Any]:
    return [tuple(row) for row in conn.execute(sql, values)]
