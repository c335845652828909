"""What a listing's dates say about addresses: which are old and can wait, which known ones have changed since."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from newscrawler.archive.queue import frontier
from newscrawler.link import Link
from newscrawler.times import iso
from newscrawler.urls import CanonicalUrl

_NEWS: Final = timedelta(days=2)
"""What is dated earlier waits behind all that is younger."""
_UNDATED: Final = date(1990, 1, 1)
"""The turn of an address without a date that a backfill finds: behind all others."""
_REST: Final = timedelta(hours=1)
"""No article is visited again for a date within an hour of its last visit, as on the first step of the ladder…"""
_REST_SHARE: Final = 1 / 8
"""… nor within this share of the time that we have known it: what is dated anew with each comment calms down."""
_STAMPED: Final = 5
"""From so many known entries on it shows whether a source dates everything "now": then more than half of them claim to
have changed since we were there."""

_AT_ONCE: Final = 500
_CHANGED_SQL: Final = """
SELECT url, ended_at, discovered_at FROM frontier
WHERE url IN (SELECT value FROM json_each(?)) AND ended_at IS NOT NULL
    AND (article_id IS NOT NULL OR outcome IN ('TooShort', 'NoText'))
"""


def discover_dated(
    conn: sqlite3.Connection,
    links: Sequence[tuple[CanonicalUrl, Link]],
    *,
    site: str,
    source_id: int | None,
    now: datetime,
    last_day: Callable[[str], date | None],
    backfill: bool = False,
    listed_day: date | None = None,
) -> list[CanonicalUrl]:
    """Add addresses, those of old articles behind the younger ones in the row. Returns the new ones, in order.

    `last_day` reads the last day that a printed date can mean (`discovery.dates`). `backfill`: only a backfill visits
    them. `listed_day` is what the listing itself is of, for links without a date.
    """
    new = set(frontier.discover(conn, links, site=site, source_id=source_id, now=now))
    aside = []
    for url, link in links:
        if url not in new:
            continue
        day = last_day(link.published or link.lastmod or "") or listed_day
        if day is None and backfill:
            day = _UNDATED
        if backfill or (day is not None and day < (now - _NEWS).date()):
            turn = min(now, datetime.combine(day, time(), UTC)) if day else now
            aside.append((iso(turn), backfill, url))
    conn.executemany("UPDATE frontier SET due_at = ?, backfilled = ? WHERE url = ?", aside)
    # Known from an earlier backfill and not visited yet: a source of today's news lists it, so it is news.
    if not backfill:
        listed = ((url,) for url, _ in links if url not in new)
        conn.executemany("UPDATE frontier SET backfilled = 0 WHERE url = ? AND backfilled = 1", listed)
    return [url for url, _ in links if url in new]


def visit_changed(
    conn: sqlite3.Connection,
    links: Iterable[tuple[CanonicalUrl, Link]],
    *,
    source_id: int,
    last_day: Callable[[str], date | None],
    moment: Callable[[str], datetime | None],
    now: datetime,
) -> int:
    """Make known articles due that the source says have changed since our last visit. Returns how many.

    `moment` reads a printed date, `last_day` only its day, which is quicker. A source that says so of more than half of
    what it lists dates everything "now": that is remembered in its row, and its dates are not listened to any more.
    """
    dated = {url: raw for url, link in links if (raw := link.lastmod or link.published)}
    known = changed = 0
    due: list[CanonicalUrl] = []
    for row in _visited(conn, list(dated)):
        known += 1
        raw = dated[row["url"]]
        visited, discovered = (datetime.fromisoformat(row[key]) for key in ("ended_at", "discovered_at"))
        day = last_day(raw)
        if day is None or day < visited.date():
            continue  # a twentieth of the time that reading it to the minute takes
        at = moment(raw)
        if at is not None and visited < at <= now:
            changed += 1
            if now - visited >= max(_REST, (visited - discovered) * _REST_SHARE):
                due.append(row["url"])
    if known >= _STAMPED and changed > known / 2:
        conn.execute("UPDATE sources SET stamps = 1 WHERE id = ?", [source_id])
        return 0
    query = "UPDATE frontier SET due_at = :now WHERE url = :url AND (due_at IS NULL OR due_at > :now)"
    conn.executemany(query, [{"now": iso(now), "url": url} for url in due])
    return len(due)


def _visited(conn: sqlite3.Connection, urls: Sequence[CanonicalUrl]) -> Iterator[sqlite3.Row]:
    for begin in range(0, len(urls), _AT_ONCE):
        yield from conn.execute(_CHANGED_SQL, [json.dumps(urls[begin : begin + _AT_ONCE])]).fetchall()
