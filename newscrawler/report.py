"""What a run did, as values: for the terminal, for JSON, for the reading room."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from newscrawler.archive import read_archive
from newscrawler.archive.fates import Fates, read_fates


class NoSuchRun(Exception):
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
    problems: tuple[str, ...]
    """What broke, a line each."""
    failures: tuple[Failure, ...]
    """The first URLs that failed, at most 20."""
    notes: tuple[Note, ...]
    """What the seed's rules complained about."""
    fates: Fates
    """What became of articles archived before."""
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
    totals = _rows(
        conn, "SELECT outcome, count(*) FROM outcomes WHERE run_id = ? GROUP BY 1 ORDER BY 2 DESC", run["id"]
    )
    return Report(
        run_id=run["id"],
        started_at=run["started_at"],
        finished_at=run["finished_at"],
        state=run["state"],
        exit_code=run["exit_code"],
        worst_stall_ms=run["worst_stall_ms"],
        worst_stall_in=run["worst_stall_in"],
        taken_up=run["taken_up"],
        ended=sum(n for _, n in totals),
        outcomes=dict(totals),
        sites=_sites(conn, run["id"]),
        problems=tuple(json.loads(run["problems"])),
        failures=_failures(conn, run["id"]),
        notes=_notes(conn, run["id"]),
        fates=read_fates(conn, run["id"]),
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


def _failures(conn: sqlite3.Connection, run_id: int) -> tuple[Failure, ...]:
    rows = _rows(
        conn,
        """SELECT url, site, outcome, detail FROM outcomes WHERE run_id = ? AND outcome IN
           ('HttpError', 'Unreachable', 'TooLarge', 'TooManyRedirects', 'ExtractorFailed', 'ExtractorTimeout', 'Broken')
           ORDER BY outcome, url LIMIT 20""",
        run_id,
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
