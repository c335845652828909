"""How each outlet's last day of crawling compares with its own past: the same weekday of the four weeks before."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any, Final, Literal

from newscrawler.browse.rows import fetch
from newscrawler.times import iso

Judgement = Literal["usual", "silent", "low", "failing", "unseen", "young"]

FAILURES: Final = (
    "HttpError",
    "Unreachable",
    "TooManyRedirects",
    "TooLarge",
    "RobotsDenied",
    "ExtractorFailed",
    "ExtractorTimeout",
    "Broken",
)
"""Outcomes of an address from which a page was wanted and not got, or not read."""

_WEEKS: Final = 4
_ENOUGH: Final = 4
"""New articles a day below which an outlet's numbers say nothing: none today and three a week ago is chance."""

_MANY_FAILED: Final = 0.2
"""Share of a day's addresses that may fail before it is named, if it is also twice as many as usual."""

_WINDOWS_SQL: Final = """
SELECT o.site, w.key AS week, o.outcome, count(*) AS addresses
FROM json_each(:windows) w CROSS JOIN sites s
CROSS JOIN outcomes o ON o.site = s.id AND o.at > w.value ->> 0 AND o.at <= w.value ->> 1
GROUP BY o.site, w.key, o.outcome
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """What one window of 24 hours gave an outlet."""

    new: int = 0
    """Articles archived for the first time."""
    failed: int = 0
    """Addresses that ended in one of FAILURES."""
    ended: int = 0
    """Addresses that ended at all."""


@dataclass(frozen=True, slots=True)
class SiteHealth:
    """One outlet against its own past."""

    site: str
    """Id."""
    name: str
    """Arabic name."""
    name_en: str | None
    """English name. None: not known."""
    now: Tally
    """The last 24 hours that were crawled."""
    usual_new: float | None
    """Median of new articles in the same hours of the same weekday, of the four weeks before. None: no such day."""
    usual_failed: float | None
    """Median of failed addresses, likewise."""
    judgement: Judgement
    """What a keeper should think of it."""


async def read_sites(database: Any, *, until: datetime) -> list[SiteHealth]:
    """Every active outlet, those that need a look first. `until`: the last time anything was visited."""
    windows = [(until - timedelta(weeks=week, days=1), until - timedelta(weeks=week)) for week in range(_WEEKS + 1)]
    found = await fetch(
        database, _WINDOWS_SQL, {"windows": json.dumps([(iso(begin), iso(end)) for begin, end in windows])}
    )
    tallies: dict[str, dict[int, Tally]] = defaultdict(dict)
    for row in found.rows:
        tallies[row["site"]][row["week"]] = _added(tallies[row["site"]].get(row["week"], Tally()), row)
    sites = (await fetch(database, "SELECT id, name, name_en, status FROM sites ORDER BY name")).rows
    judged = [
        _site(row, tallies.get(row["id"], {})) for row in sites if row["status"] == "active" or row["id"] in tallies
    ]
    return sorted(judged, key=lambda site: site.judgement in ("usual", "young"))


def judge(now: Tally, past: Sequence[Tally]) -> Judgement:
    """What the last day means, given the same weekdays before on which anything was visited."""
    if not now.ended:
        return "unseen"
    if not past:
        return "failing" if now.failed > now.ended / 2 else "young"
    usual_new = median(tally.new for tally in past)
    usual_failed = median(tally.failed for tally in past)
    if now.failed > max(_MANY_FAILED * now.ended, 2 * usual_failed):
        return "failing"
    if usual_new >= _ENOUGH and now.new == 0:
        return "silent"
    return "low" if usual_new >= _ENOUGH and now.new < usual_new / 2 else "usual"


def _site(row: dict[str, Any], weeks: dict[int, Tally]) -> SiteHealth:
    now = weeks.get(0, Tally())
    past = [tally for week, tally in weeks.items() if week]
    return SiteHealth(
        site=row["id"],
        name=row["name"],
        name_en=row["name_en"],
        now=now,
        usual_new=median(tally.new for tally in past) if past else None,
        usual_failed=median(tally.failed for tally in past) if past else None,
        judgement=judge(now, past),
    )


def _added(tally: Tally, row: dict[str, Any]) -> Tally:
    number = row["addresses"]
    return Tally(
        new=tally.new + (number if row["outcome"] == "New" else 0),
        failed=tally.failed + (number if row["outcome"] in FAILURES else 0),
        ended=tally.ended + number,
    )
