"""The page of a cluster: an original, its near copies and their copies; who had it first, and what each changed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR
from typing import Any, Final

from newscrawler.archive.copies.changes import Change, change_between
from newscrawler.archive.copies.spread import Appearance, Spread, delay_days, delay_s, spread_of
from newscrawler.browse.dates import Moment, moment
from newscrawler.browse.language import visit
from newscrawler.browse.rows import Row, fetch, fetch_one
from newscrawler.text.diff import Paragraph, compare
from newscrawler.times import parsed

LIMIT: Final = 300
"""Near copies and copies that one page shows, each: comparing texts takes a millisecond or two."""

_ROOT_SQL: Final = "SELECT coalesce(original_id, id) AS id FROM articles WHERE id = :id"

_OUTLET: Final = "s.name AS site_name, s.name_en AS site_name_en, s.kind AS site_kind, s.timezone, s.country"

_MEMBERS_SQL: Final = f"""
SELECT CASE WHEN a.id = :root THEN 'original' ELSE 'near' END AS kind, a.id, a.url, a.site, a.title, a.standfirst,
    a.text, a.agency, a.published_at, a.published_raw, a.first_seen_at, a.state, {_OUTLET}
FROM articles a LEFT JOIN sites s ON s.id = a.site
WHERE a.id = :root OR a.original_id = :root ORDER BY a.id <> :root, a.published_at LIMIT {LIMIT + 2}
"""  # noqa: S608 (constants)

_COPIES_SQL: Final = f"""
SELECT 'copy' AS kind, a.id, c.url, c.site, c.title, NULL AS standfirst, NULL AS text, c.agency, c.published_at,
    NULL AS published_raw, c.seen_at AS first_seen_at, 'live' AS state, {_OUTLET}
FROM articles a JOIN copies c ON c.article_id = a.id LEFT JOIN sites s ON s.id = c.site
WHERE a.id = :root OR a.original_id = :root ORDER BY coalesce(c.published_at, c.seen_at) LIMIT {LIMIT + 1}
"""  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True)
class Print:
    """One appearance as the page shows it."""

    row: Row
    """Its columns, with the outlet's."""
    appearance: Appearance
    """Its place in the spread."""
    out: Moment | None
    """When it was published, or first seen, in the newsroom's zone."""
    delay_s: float | None
    """Seconds after the first; see `spread.delay_s`."""
    delay_days: int | None
    """Days after the first; see `spread.delay_days`."""
    change: Change | None
    """What was changed against the original. None: it is the original, or the same words as a near copy of it."""


@dataclass(frozen=True, slots=True)
class ClusterPage:
    """Everything the page of one cluster shows."""

    original: Row
    """The row of the original."""
    spread: Spread
    """Who had it first, who credited whom, how fast it went."""
    prints: list[Print]
    """In order of appearance."""
    cut: bool
    """Whether there are more near copies or copies than the page shows."""

    @property
    def names(self) -> dict[str, str]:
        """Id → name in the reader's language, of its outlets."""
        return _names(each.row for each in self.prints)


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """A near copy beside its original."""

    original: Row
    """The row of the original."""
    other: Row
    """The row of the near copy."""
    change: Change
    """The difference in figures."""
    title: list[Paragraph]
    """The headlines compared."""
    standfirst: list[Paragraph]
    """The standfirsts compared; empty if neither has one."""
    text: list[Paragraph]
    """The bodies compared."""


async def read_cluster(database: Any, article_id: int) -> ClusterPage | None:
    """The cluster an article belongs to, be it alone in it; None: there is no such article."""
    found = await _rows(database, article_id)
    if found is None:
        return None
    root, rows, cut = found
    return await asyncio.to_thread(_page, root, rows, cut)  # others are answered meanwhile


async def read_spread(database: Any, article_id: int) -> tuple[Spread, dict[str, str]] | None:
    """Its way through the press alone, without comparing texts, and the outlets' names; None: no such article."""
    found = await _rows(database, article_id)
    return (spread_of(found[1]), _names(found[1])) if found else None


def _names(rows: Iterable[Row]) -> dict[str, str]:
    """Id → name in the reader's language, of the outlets in rows with `site_name` and `site_name_en`."""
    english = visit().language == "en"
    return {row["site"]: (row["site_name_en"] if english else None) or row["site_name"] or row["site"] for row in rows}


async def read_changes(database: Any, article_id: int) -> ChangesPage | None:
    """What a near copy changed in its original; None: there is no such near copy."""
    found = await _rows(database, article_id)
    members = found[1] if found else []
    other = next((row for row in members if row["kind"] == "near" and row["id"] == article_id), None)
    if found is None or other is None:
        return None
    original = found[0]
    standfirsts = (original["standfirst"] or "", other["standfirst"] or "")
    return ChangesPage(
        original=original,
        other=other,
        change=change_between(original, other),
        title=compare(original["title"], other["title"]),
        standfirst=compare(*standfirsts) if any(standfirsts) else [],
        text=compare(original["text"], other["text"]),
    )


async def _rows(database: Any, article_id: int) -> tuple[Row, list[Row], bool] | None:
    root = await fetch_one(database, _ROOT_SQL, {"id": article_id})
    if root is None:
        return None
    key = {"root": root["id"]}
    members = (await fetch(database, _MEMBERS_SQL, key)).rows
    copies = (await fetch(database, _COPIES_SQL, key)).rows
    if not members or members[0]["kind"] != "original":
        return None
    cut = len(members) > LIMIT + 1 or len(copies) > LIMIT
    rows = [_datable(row) for row in [*members[: LIMIT + 1], *copies[:LIMIT]]]
    return rows[0], rows, cut


def _datable(row: Row) -> Row:
    """A time at an end of the calendar, with no day before or after it, counts as none."""
    at = parsed(row["published_at"])
    return row if at is None or MINYEAR < at.year < MAXYEAR else row | {"published_at": None}


def _page(original: Row, rows: list[Row], cut: bool) -> ClusterPage:
    spread = spread_of(rows)
    by_url = {row["url"]: row for row in rows}
    prints = [_print(by_url[each.url], each, spread, original) for each in spread.appearances]
    return ClusterPage(original, spread, prints, cut)


def _print(row: Row, appearance: Appearance, spread: Spread, original: Row) -> Print:
    compared = row["kind"] == "near" or (row["kind"] == "copy" and row["id"] == original["id"])
    return Print(
        row=row,
        appearance=appearance,
        out=moment(row["published_at"] or row["first_seen_at"], zone=row["timezone"], country=row["country"]),
        delay_s=delay_s(spread.first, appearance),
        delay_days=delay_days(spread.first, appearance),
        change=change_between(original, row) if compared else None,
    )
