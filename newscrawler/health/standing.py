"""How the outlets stand: the last verdict about each, with the figures it rests on."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from newscrawler.health.verdicts import UNKNOWN_AFTER, Reason

_SQL: Final = """
SELECT sites.id AS site, sites.name, health.*, coalesce(
        health.at < strftime('%Y-%m-%dT%H:%M:%SZ', (SELECT started_at FROM runs WHERE id = :run), :long_ago), 0
    ) AS unknown
FROM sites JOIN health ON health.site = sites.id
    AND health.run_id = (SELECT max(run_id) FROM health WHERE health.site = sites.id AND run_id <= :run)
WHERE sites.status = 'active' OR health.run_id = :run
ORDER BY unknown, verdict = 'healthy', verdict, sites.id
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """One site after a run."""

    site: str
    """Id."""
    name: str
    """The outlet's Arabic name."""
    verdict: str
    """One of health.verdicts.VERDICTS; `unknown` if no run has visited the site for UNKNOWN_AFTER days: it is switched
    off, or another crawl holds its host.
    """
    code: str
    """Why, as a code: a key of health.verdicts.REASONS; of `unknown`, `unvisited`."""
    reason: str
    """The same in plain English; and if the last run that could tell saw something else, what that was."""
    since: str
    """Since when the verdict holds, UTC, ISO 8601; of `unknown`, the last visit."""
    judged_at: str
    """The end of the last run that visited the site, UTC, ISO 8601."""
    new_day: int
    """New articles of the 24 hours before that."""
    usual_new: float | None
    """New articles usual in these hours of that weekday. None: too little past."""
    requests: int
    """Requests of that run, robots.txt aside."""
    latency_ms: int | None
    """Median time to an answer, milliseconds. None: there was none."""
    latency_p90_ms: int | None
    """The time that nine of ten answers stayed below, milliseconds. None: there was none."""


def read_standings(conn: sqlite3.Connection, run_id: int) -> tuple[Standing, ...]:
    """The active sites, and those of the run, as they stood after it; troubles first, unknown ones last."""
    key = {"run": run_id, "long_ago": f"-{UNKNOWN_AFTER} days"}
    return tuple(_standing(row) for row in conn.execute(_SQL, key))


def _standing(row: sqlite3.Row) -> Standing:
    reason = Reason.of_json(row["reason"])
    return Standing(
        site=row["site"],
        name=row["name"],
        verdict="unknown" if row["unknown"] else row["verdict"],
        code="unvisited" if row["unknown"] else reason.code,
        reason=f"not visited; until then {row['verdict']}" if row["unknown"] else str(reason) + _otherwise(row),
        since=row["at"] if row["unknown"] else row["since"],
        judged_at=row["at"],
        new_day=row["new_day"],
        usual_new=row["usual_new"],
        requests=row["requests"],
        latency_ms=row["latency_ms"],
        latency_p90_ms=row["latency_p90_ms"],
    )


def _otherwise(row: sqlite3.Row) -> str:
    """One run alone changes no verdict; without this a report would say «no source answers» of one that just did."""
    seen: str | None = row["seen"]
    return "" if seen in (None, row["verdict"]) else f" (seen last: {seen}; the next visit decides)"
