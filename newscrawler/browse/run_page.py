"""One crawl in full: what became of its addresses at each outlet, and those that failed, with the reason."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from newscrawler.browse.health_page import Run, as_run
from newscrawler.browse.rows import Row, fetch, fetch_one
from newscrawler.health.figures import FAILURES

_PAGE: Final = 50
"""Addresses on one page."""

_OUTCOMES_SQL: Final = """
SELECT o.site, s.name AS site_name, s.name_en AS site_name_en, o.outcome, count(*) AS addresses
FROM outcomes o LEFT JOIN sites s ON s.id = o.site
WHERE o.run_id = :run GROUP BY o.site, o.outcome ORDER BY o.site, addresses DESC, o.outcome
"""

_ADDRESSES_SQL: Final = """
SELECT url, site, outcome, detail, at, article_id FROM outcomes
WHERE run_id = :run AND url > :after AND outcome IN (SELECT value FROM json_each(:outcomes))
    AND (:site = '' OR site = :site)
ORDER BY url LIMIT :limit
"""

_NOTES_SQL: Final = """
SELECT o.site, note.value AS note, count(*) AS pages
FROM outcomes o, json_each(o.notes) AS note WHERE o.run_id = :run AND o.notes <> '[]'
GROUP BY o.site, note.value ORDER BY pages DESC, o.site LIMIT 50
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which addresses of the run are listed."""

    site: str = ""
    """Id of an outlet; empty for all."""
    outcome: str = ""
    """Name of an outcome; empty for all failures."""
    after: str = ""
    """The address behind which the page begins; empty for the first."""


@dataclass(frozen=True, slots=True)
class RunPage:
    """Everything the page of one crawl shows."""

    run: Run
    """The crawl itself."""
    totals: list[tuple[str, int]]
    """Outcome and addresses over all outlets, the most frequent first."""
    sites: dict[str, list[Row]]
    """Outlet → site_name, site_name_en, outcome, addresses."""
    notes: list[Row]
    """What the seeds' rules complained about: site, note, pages."""
    addresses: list[Row]
    """url, site, outcome, detail, at, article_id."""
    following: str
    """The address behind which the next page begins; empty if this is the last."""


async def read_run(database: Any, run_id: int, wanted: Wanted) -> RunPage | None:
    """The page of that crawl; None: there is none."""
    row = await fetch_one(database, "SELECT * FROM runs WHERE id = :run", {"run": run_id})
    if row is None:
        return None
    key = {"run": run_id}
    counted = (await fetch(database, _OUTCOMES_SQL, key)).rows
    outcomes = json.dumps([wanted.outcome] if wanted.outcome else FAILURES)
    listed = {"outcomes": outcomes, "site": wanted.site, "after": wanted.after, "limit": _PAGE + 1}
    addresses = (await fetch(database, _ADDRESSES_SQL, key | listed)).rows
    return RunPage(
        run=as_run(row),
        totals=_totals(counted),
        sites={site: [row for row in counted if row["site"] == site] for site in {row["site"]: 0 for row in counted}},
        notes=(await fetch(database, _NOTES_SQL, key)).rows,
        addresses=addresses[:_PAGE],
        following=addresses[_PAGE - 1]["url"] if len(addresses) > _PAGE else "",
    )


def _totals(counted: list[Row]) -> list[tuple[str, int]]:
    totals: dict[str, int] = {}
    for row in counted:
        totals[row["outcome"]] = totals.get(row["outcome"], 0) + row["addresses"]
    return sorted(totals.items(), key=lambda total: (-total[1], total[0]))
