"""Changes: the newsrooms' edits and removals, and how many of them the archive has on record."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from support.world.arrivals import Delays, delays
from support.world.play import Played
from support.world.spells import NO_PAGES, NO_SOURCES

Key = tuple[str, int, int]
"""Site, number of the article, tick."""
_NOT_LOOKED: Final = ("Unreachable", "PutBack", "RobotsDenied", "Walled", "Broken")
"""Outcomes of visits that saw no answer to the question."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Of articles that were in the archive before they were changed.

    The ladder of revisits decides when anybody looks; an edit that no visit came after can't be on record. Edits
    between two visits are one.
    """

    edits: int
    """Made, after the article was archived."""
    edits_visited: int
    """States that a visit came upon."""
    edits_recorded: int
    """Of these, how many became a revision at that visit."""
    edits_invented: tuple[str, ...]
    """Revisions that nobody made: `site/number`."""
    edit_delay: Delays
    """From the edit to its revision."""
    removals: int
    """Made, after the article was archived."""
    removals_visited: int
    """Those that a visit came after, while nothing else was the matter with the site."""
    removals_recorded: int
    """Of these, how many are withdrawals."""
    removals_invented: tuple[str, ...]
    """Withdrawals of articles that are where they were: `site/number`."""
    removal_delay: Delays
    """From the removal to its withdrawal."""


def changes(played: Played) -> Changes:
    """Compare what the newsrooms did with revisions and withdrawals."""
    pieces = {(site.id, piece.number): piece for site in played.sites for piece in site.pieces}
    visits = _visits(played)
    of_articles = "JOIN articles ON articles.id = article_id"
    revised = _ticks(played, f"SELECT url, site, replaced_at FROM revisions {of_articles}")
    gone = _ticks(played, f"SELECT url, site, withdrawn_at FROM withdrawals {of_articles}")
    withdrawn = {(site, number): tick for site, number, tick in gone}
    edits = [
        (name, edit.at)
        for name, (archived, _) in visits.items()
        for edit in pieces[name].edits()
        if played.ticks[archived] < edit.at <= played.ticks[-1]
    ]
    removals = {
        name: removal.at
        for name, (archived, _) in visits.items()
        if (removal := pieces[name].removal()) and played.ticks[archived] < removal.at <= played.ticks[-1]
    }
    found: dict[Key, datetime] = {}
    for name, at in edits:
        after = [tick for tick in visits[name][1] if played.ticks[tick] >= at]
        if after and pieces[name].shown(played.ticks[min(after)]).gone is None:
            found.setdefault((*name, min(after)), at)
    lost = {name: at for name, at in removals.items() if any(played.ticks[t] >= at for t in visits[name][1])}
    seen = found.keys() & revised
    return Changes(
        edits=len(edits),
        edits_visited=len(found),
        edits_recorded=len(seen),
        edits_invented=_names(key[:2] for key in revised - found.keys()),
        edit_delay=delays([played.ticks[key[2]] - found[key] for key in seen]),
        removals=len(removals),
        removals_visited=len(lost),
        removals_recorded=len(lost.keys() & withdrawn.keys()),
        removals_invented=_names(withdrawn.keys() - removals.keys()),
        removal_delay=delays([played.ticks[withdrawn[key]] - at for key, at in lost.items() if key in withdrawn]),
    )


def _visits(played: Played) -> dict[tuple[str, int], tuple[int, list[int]]]:
    """Article → tick at which it was archived, and the later ones at which its page was asked for and told the truth.

    An address that came as a copy of an archived text is none: it has no text of its own to be revised.
    """
    truthful = {
        (site.id, tick)
        for site in played.sites
        for tick, at in enumerate(played.ticks)
        if (spell := site.spell_at(at)) is None or spell.what not in (NO_SOURCES | NO_PAGES) - {"feed-gone"}
    }
    archived: dict[tuple[str, int], tuple[int, list[int]]] = {}
    copies: set[tuple[str, int]] = set()
    for url, site, run, outcome in played.desk.rows("SELECT url, site, run_id, outcome FROM outcomes ORDER BY run_id"):
        name, tick = (site, _number(url)), run - 1
        if outcome == "Copy" and name not in archived:
            copies.add(name)
        elif outcome == "New" and name not in copies:
            archived.setdefault(name, (tick, []))
        elif name in archived and (site, tick) in truthful and outcome not in _NOT_LOOKED:
            archived[name][1].append(tick)
    return archived


def _ticks(played: Played, sql: str) -> set[Key]:
    return {
        (site, _number(url), bisect_right(played.ticks, datetime.fromisoformat(at) + timedelta(seconds=1)) - 1)
        for url, site, at in played.desk.rows(sql)
    }


def _number(url: str) -> int:
    last = url.partition("?")[0].rsplit("/", 1)[1]
    return int(last) if last.isdecimal() else 0


def _names(keys: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    return tuple(f"{site}/{number}" for site, number in sorted(keys))
