"""merge(): all of another archive into ours, in steps that may be killed and begun again.

Whatever is here already is known again, so a second merge goes over it and changes nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from newscrawler.archive import Archive
from newscrawler.archive.copies.limits import Limits
from newscrawler.archive.holdings.takedowns import take_down
from newscrawler.merging.articles import ArticleMerger
from newscrawler.merging.attached import attached
from newscrawler.merging.ledger import bring_captures, bring_runs, complete_runs, files_of
from newscrawler.merging.places import bring_addresses, bring_places
from newscrawler.times import parsed, utc_now
from newscrawler.urls import CanonicalUrl

TRAVEL: Final = frozenset(
    {
        *("sites", "sources", "backfill", "hosts", "forgotten", "frontier", "takedowns"),
        *("runs", "captures", "outcomes", "health"),
        *("articles", "revisions", "withdrawals", "copies", "tags", "article_tags"),
    }
)
"""Tables whose rows come along."""

MADE_HERE: Final = frozenset({"related", "signatures", "bands", "articles_fts", "meta"})
"""Tables that follow from the others, or are about one file."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge brought."""

    new: int
    """Articles that weren't here."""
    revised: int
    """Articles of both that have another text or another past now."""
    copies: int
    """Addresses filed as copies that weren't."""
    refused: int
    """Articles that stay away because their address was taken down."""
    taken_down: int
    """Takedowns of theirs that weren't made here."""
    runs: int
    """Runs that weren't here."""
    outcomes: int
    """Outcomes of these."""
    captures: int
    """Pages in WARC files that weren't known here."""
    addresses: int
    """Addresses of the frontier that weren't here."""
    files: tuple[str, ...]
    """Names of the WARC files that their pages are in."""


def merge(archive: Archive, other: Path, *, limits: Limits, tell: Callable[[str], None] = lambda _: None) -> Merged:
    """Bring everything of the archive at `other` into ours, whose lock the caller holds. `tell` hears each step.

    Raises ArchiveError for what is no archive of this version, LockHeld while a crawl writes to it.
    """
    with attached(archive, other) as conn:
        tell("sites and sources")
        bring_places(archive)
        tell("runs and captures")
        runs = bring_runs(archive)
        captures = bring_captures(archive)
        taken_down = _take_down(archive, limits)
        tell("articles")
        merger = ArticleMerger(archive, limits=limits)
        merger.bring_all()
        merger.bring_copies()
        tell("addresses and outcomes")
        addresses = bring_addresses(archive)
        outcomes = complete_runs(archive)
        done = merger.done
        return Merged(
            new=done["new"],
            revised=done["revised"],
            copies=done["copies"],
            refused=done["refused"],
            taken_down=taken_down,
            runs=runs,
            outcomes=outcomes,
            captures=captures,
            addresses=addresses,
            files=tuple(files_of(conn)),
        )


def _take_down(archive: Archive, limits: Limits) -> int:
    """What was taken down there leaves ours, too, and doesn't come back; the earlier of two takedowns counts."""
    rows = archive.conn.execute("SELECT url, reason, at FROM theirs.takedowns ORDER BY at, url").fetchall()
    new = 0
    for row in rows:
        with archive.transaction() as conn:
            if not _is_known(conn, row["url"]):
                new += 1
                now = parsed(row["at"]) or utc_now()
                take_down(conn, CanonicalUrl(row["url"]), reason=row["reason"], now=now, limits=limits)
            conn.execute(
                "UPDATE main.takedowns SET reason = :reason, at = :at WHERE url = :url AND at > :at", dict(row)
            )
    return new


def _is_known(conn: sqlite3.Connection, url: str) -> bool:
    return conn.execute("SELECT 1 FROM main.takedowns WHERE url = ?", [url]).fetchone() is not None
