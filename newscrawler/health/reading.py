"""The figures of a run, read from the archive when it closes."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from statistics import median
from typing import Final
from urllib.parse import urlsplit

from newscrawler.health.doors import PAGES_MIN, kept_out_by
from newscrawler.health.figures import READ, UNREAD, Doors, Figures
from newscrawler.times import iso

PAGES_FOR: Final = timedelta(days=2)
"""How far back pages are added to a run that asked for few: a small paper has two or three new ones in a run."""

SOURCES_FOR: Final = timedelta(hours=6)
"""How long a source's last poll counts: not every source is polled in every run."""

_LET_IN: Final = frozenset((*READ, *UNREAD, "NotModified", "NoArchive"))
_NO_VISIT: Final = frozenset({"OutOfScope", "PrivateAddress", "TakenDown", "PutBack", "Broken"})
_POLLED_WELL: Final = frozenset({"ok", "unchanged"})

_OUTCOMES_SQL: Final = """
SELECT site, outcome,
       CASE WHEN outcome IN ('HttpError', 'OutOfScope', 'Unreachable', 'Walled', 'RobotsDenied') THEN detail
            ELSE '' END, count(*)
FROM outcomes WHERE run_id = ? GROUP BY 1, 2, 3
"""

_LATELY_SQL: Final = """
SELECT outcome, detail, 1 FROM outcomes
WHERE site = :site AND at >= :since AND (SELECT spider FROM runs WHERE id = run_id) = 'news'
ORDER BY at DESC LIMIT :limit
"""

_NEW_SQL: Final = """
SELECT outcomes.site, articles.published_at IS NOT NULL, articles.section IS NOT NULL, articles.authors <> '[]',
       articles.words
FROM outcomes JOIN articles ON articles.id = outcomes.article_id
WHERE outcomes.run_id = ? AND outcomes.outcome = 'New'
"""

_GONE_SQL: Final = """
SELECT site, count(*) FROM outcomes
WHERE run_id = :run AND outcome IN (SELECT value FROM json_each(:unread)) AND article_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM withdrawals WHERE article_id = outcomes.article_id AND returned_at IS NULL)
GROUP BY 1
"""

_SOURCES_SQL: Final = """
SELECT site, last_status, coalesce(last_detail, ''), coalesce(last_new, 0), last_polled_at >= :started,
       parent_id IS NULL
FROM sources WHERE last_polled_at >= :since
"""


def read_figures(
    conn: sqlite3.Connection, run_id: int, *, started: datetime, walls: Iterable[str] = ()
) -> dict[str, Figures]:
    """Site → what the run gave for it; sites that it did nothing for are left out.

    `walls`: sites whose sources were answered by a captcha page.
    """
    outcomes, pages = _ends(conn, run_id)
    new: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    for site, *fields in conn.execute(_NEW_SQL, [run_id]):
        new[site].append(tuple(fields))
    polls = _polls(conn, started, frozenset(walls))
    gone = dict(conn.execute(_GONE_SQL, {"run": run_id, "unread": json.dumps(UNREAD)}).fetchall())
    return {
        site: Figures(
            outcomes=outcomes.get(site, {}),
            discovered=polls[site][0] if site in polls else 0,
            dated=sum(dated for dated, *_ in new[site]),
            sectioned=sum(sectioned for _, sectioned, *_ in new[site]),
            authored=sum(authored for *_, authored, _ in new[site]),
            words=round(median(words for *_, words in new[site])) if new[site] else None,
            polled=polls[site][1] if site in polls else 0,
            sources=polls[site][2] if site in polls else Doors(),
            pages=pages.get(site, Doors()),
            gone=gone.get(site, 0),
        )
        for site in sorted(outcomes.keys() | {site for site, poll in polls.items() if poll[1] or poll[0]})
    }


def _ends(conn: sqlite3.Connection, run_id: int) -> tuple[dict[str, dict[str, int]], dict[str, Doors]]:
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    ends: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for site, outcome, detail, number in conn.execute(_OUTCOMES_SQL, [run_id]):
        outcomes[site][outcome] += number
        ends[site].append((outcome, detail, number))
    doors = {site: _doors(found) for site, found in ends.items()}
    return {site: dict(found) for site, found in outcomes.items()}, doors


def pages_lately(conn: sqlite3.Connection, site: str, own: Doors, *, now: datetime) -> Doors:
    """A run's own pages; where some were kept out and too few were asked for to tell, the last ones of any run."""
    if not own.kept_out or own.tried >= PAGES_MIN:
        return own
    key = {"site": site, "since": iso(now - PAGES_FOR), "limit": 2 * PAGES_MIN}
    return _doors(tuple(row) for row in conn.execute(_LATELY_SQL, key))


def _doors(ends: Iterable[tuple[str, str, int]]) -> Doors:
    """`ends`: outcome, detail, how many."""
    let_in, kept_out, details = 0, Counter[str](), dict[str, str]()
    for outcome, detail, number in ends:
        if outcome in _LET_IN:
            let_in += number
            continue
        kind = kept_out_by(outcome, detail)
        if kind is not None or outcome not in _NO_VISIT:
            kept_out[kind or "other"] += number
            details.setdefault(kind or "other", _briefly(outcome, detail))
    return Doors(let_in, dict(kept_out), details)


def _polls(conn: sqlite3.Connection, started: datetime, walls: frozenset[str]) -> Mapping[str, tuple[int, int, Doors]]:
    """Site → addresses discovered, sources polled, and how its sources answered the last time."""
    discovered: Counter[str] = Counter()
    polled: Counter[str] = Counter()
    let_in: Counter[str] = Counter()
    kept_out: dict[str, Counter[str]] = defaultdict(Counter)
    details: dict[str, dict[str, str]] = defaultdict(dict)
    rows = conn.execute(_SOURCES_SQL, {"started": iso(started), "since": iso(started - SOURCES_FOR)})
    for site, status, detail, new, now, from_seed in rows:
        discovered[site] += new if now else 0
        if not from_seed:
            continue
        polled[site] += now
        if status in _POLLED_WELL:
            let_in[site] += 1
        else:
            kind = "refused" if now and site in walls else kept_out_by(status, detail) or "unread"
            kept_out[site][kind] += 1
            details[site].setdefault(kind, "a captcha page" if site in walls else _briefly(status, detail))
    return {
        site: (discovered[site], polled[site], Doors(let_in[site], dict(kept_out[site]), details[site]))
        for site in discovered
    }


def _briefly(outcome: str, detail: str) -> str:
    """A detail for one line: of an address its host, with the outcome where it says more."""
    host = urlsplit(detail).netloc if outcome == "OutOfScope" else ""
    if host or outcome == "HttpError":
        return host or f"HTTP {detail}"
    return (detail or outcome)[:120]
