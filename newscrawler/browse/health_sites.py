"""How the outlets stand: the verdict that the last crawl of each left behind, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from newscrawler.browse.dates import Moment, moment
from newscrawler.browse.rows import Row, fetch, json_object
from newscrawler.browse.words import named, phrases, say
from newscrawler.health.verdicts import UNKNOWN_AFTER

_SQL: Final = """
SELECT s.id AS site, s.name, s.name_en, h.verdict, h.reason, h.since, h.at, h.new_day, h.usual_new, h.errors,
       h.at < strftime('%Y-%m-%dT%H:%M:%SZ', (SELECT at FROM health ORDER BY run_id DESC LIMIT 1), :long_ago) AS unknown
FROM sites s LEFT JOIN health h ON h.site = s.id
    AND h.run_id = (SELECT max(run_id) FROM health WHERE health.site = s.id)
WHERE (s.status = 'active' OR h.site IS NOT NULL) AND (:site IS NULL OR s.id = :site)
ORDER BY unknown IS TRUE, coalesce(h.verdict, 'healthy') = 'healthy', h.verdict IS NULL, h.verdict, s.name
"""


@dataclass(frozen=True, slots=True)
class SiteHealth:
    """One outlet as it stands."""

    site: str
    """Id."""
    name: str
    """Arabic name."""
    name_en: str | None
    """English name. None: not known."""
    verdict: str
    """One of health.verdicts.VERDICTS; `unseen` if no crawl has visited it yet, `unknown` if none has for
    UNKNOWN_AFTER days while others were visited.
    """
    why: str
    """The reason in the reader's language; empty if the outlet is as it should be."""
    since: Moment | None
    """Since when the verdict holds, UTC; of `unknown`, the last visit."""
    judged: Moment | None
    """The end of the last crawl that visited it, UTC."""
    new: int | None
    """New articles of the 24 hours before that."""
    usual: float | None
    """New articles usual in these hours of that weekday. None: too little past."""
    errors: int | None
    """Addresses that failed in that crawl."""


async def read_sites(database: Any, *, site: str | None = None) -> list[SiteHealth]:
    """Every outlet that is crawled, troubles first; with `site` that one only."""
    key = {"site": site, "long_ago": f"-{UNKNOWN_AFTER} days"}
    return [_site(row) for row in (await fetch(database, _SQL, key)).rows]


def worded(reason: Row) -> str:
    """A stored reason in the reader's language; empty for one that has nothing to complain of."""
    code = reason.get("code")
    if f"health_reason.{code}" not in phrases("en"):
        return ""
    return say(f"health_reason.{code}", **{name: value for name, value in reason.items() if name != "code"})


def _site(row: Row) -> SiteHealth:
    def when(at: str | None) -> Moment | None:
        return moment(at, zone=None, country=None)

    said = named("judgement", row["verdict"] or "unseen")
    return SiteHealth(
        site=row["site"],
        name=row["name"],
        name_en=row["name_en"],
        verdict="unknown" if row["unknown"] else row["verdict"] or "unseen",
        why=say("health.until_then", verdict=said) if row["unknown"] else worded(json_object(row["reason"])),
        since=when(row["at"] if row["unknown"] else row["since"]),
        judged=when(row["at"]),
        new=row["new_day"],
        usual=row["usual_new"],
        errors=row["errors"],
    )
