"""The keeper's page: how the last crawls went, which outlets are not as usual, which sources can't be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from newscrawler.browse.dates import Moment, moment
from newscrawler.browse.health_sites import SiteHealth, read_sites
from newscrawler.browse.rows import Row, fetch, fetch_one, json_list
from newscrawler.times import parsed

_RUNS: Final = 15

_RUNS_SQL: Final = "SELECT * FROM runs ORDER BY id DESC LIMIT :limit"

_LAST_SQL: Final = """
SELECT max(at) AS at FROM outcomes WHERE run_id = (SELECT max(run_id) FROM outcomes)
"""

_SOURCES_SQL: Final = """
SELECT c.*, s.name AS site_name, s.name_en AS site_name_en, s.timezone, s.country
FROM sources c LEFT JOIN sites s ON s.id = c.site
WHERE c.last_status IS NOT NULL AND c.last_status NOT IN ('ok', 'unchanged')
ORDER BY c.last_polled_at DESC, c.site LIMIT 200
"""

_OPEN_SQL: Final = """
SELECT count(*) AS open, min(due_at) AS oldest FROM frontier WHERE due_at IS NOT NULL AND due_at <= :now
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl."""

    row: Row
    """The columns of `runs`."""
    verdict: str
    """running, interrupted, stopped, well, broken or failed: a key of words' [verdict]."""
    started: Moment | None
    """UTC."""
    minutes: float | None
    """How long it took. None: it hasn't finished."""
    problems: list[str]
    """What broke, a line each."""
    remarks: list[str]
    """What is no problem but good to know, a line each: what waits, and why."""


@dataclass(frozen=True, slots=True)
class HealthPage:
    """Everything the keeper's page shows."""

    runs: list[Run]
    """The last _RUNS, newest first."""
    last: Moment | None
    """When anything was last visited, UTC. None: never."""
    sites: list[SiteHealth]
    """How each outlet stands, those in trouble first."""
    sources: list[Row]
    """Sources whose last poll failed: columns of `sources`, `site_name`, `polled` (a Moment); at most 200."""
    overdue: int
    """Addresses whose turn had come when anything was last visited."""


async def read_health(database: Any) -> HealthPage:
    """The state of the crawl, as far as the archive itself knows it."""
    runs = (await fetch(database, _RUNS_SQL, {"limit": _RUNS})).rows
    last = str((await fetch_one(database, _LAST_SQL) or {}).get("at") or "")
    sources = (await fetch(database, _SOURCES_SQL)).rows
    return HealthPage(
        runs=[as_run(row) for row in runs],
        last=utc(last),
        sites=await read_sites(database) if last else [],
        sources=[
            row | {"polled": moment(row["last_polled_at"], zone=row["timezone"], country=row["country"])}
            for row in sources
        ],
        overdue=(await fetch_one(database, _OPEN_SQL, {"now": last}) or {}).get("open", 0),
    )


def as_run(row: Row) -> Run:
    """A row of `runs` with its verdict and its length."""
    begin, end = parsed(row["started_at"]), parsed(row["finished_at"])
    return Run(
        row=row,
        verdict=_verdict(row["state"], row["exit_code"]),
        started=utc(row["started_at"]),
        minutes=(end - begin).total_seconds() / 60 if begin and end else None,
        problems=json_list(row["problems"]),
        remarks=json_list(row.get("remarks")),
    )


def utc(at: str | None) -> Moment | None:
    """A stored time as a Moment of nobody's clock: runs serve many newsrooms."""
    return moment(at, zone=None, country=None)


def _verdict(state: str, exit_code: int | None) -> str:
    if state != "finished":
        return state
    return {0: "well", 1: "broken"}.get(exit_code or 0, "failed")
