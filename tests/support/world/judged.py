"""Judged: the verdicts of the archive's keeper beside the truth, by site and day, and how soon each came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from support.world.newspaper import Newspaper
from support.world.play import Played
from support.world.spells import VERDICTS

HEALTHY = "healthy"


@dataclass(frozen=True, slots=True)
class Noticed:
    """One spell, and what was made of it."""

    site: str
    """Id."""
    what: str
    """The ailment."""
    right: str
    """The verdict it calls for."""
    hours: float | None
    """From its beginning to the first right verdict. None: never in its time."""
    days: float
    """How long it lasted."""
    said: str
    """Verdicts given meanwhile, most frequent first."""
    recovered_hours: float | None
    """From its end to the first `healthy` after it. None: not in the world's time, or it never ended."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdicts. Days on which a spell began or ended are in no table: what they are is a matter of taste."""

    days: dict[str, dict[str, int]]
    """Truth → verdict at the end of the day → site-days. A verdict that is as good counts as the truth."""
    right: int
    """Site-days whose verdict was right."""
    judged: int
    """All site-days in the table."""
    false_alarms: tuple[str, ...]
    """Changes from `healthy` to something else while nothing was the matter: `site day hour: verdict`."""
    site_weeks: float
    """Weeks of sites with which nothing was the matter."""
    noticed: tuple[Noticed, ...]
    """Every spell that calls for another verdict than `healthy`."""


def judged(played: Played) -> Judged | None:
    """Compare. None: the archive gives no verdicts."""
    if not played.desk.rows("SELECT 1 FROM sqlite_master WHERE name = 'health'"):
        return None
    said = _standing(played)
    table: dict[str, Counter[str]] = {}
    alarms: list[str] = []
    healthy_ticks = 0
    for site in played.sites:
        for truth, verdict in _days(played, site, said[site.id]):
            table.setdefault(truth[0], Counter())[truth[0] if verdict in truth else verdict] += 1
        healthy_ticks += sum(HEALTHY in _truth(site, at) for at in played.ticks)
        alarms += _alarms(played, site, said[site.id])
    right = sum(row[truth] for truth, row in table.items())
    return Judged(
        days={truth: dict(row) for truth, row in table.items()},
        right=right,
        judged=sum(sum(row.values()) for row in table.values()),
        false_alarms=tuple(alarms),
        site_weeks=round(healthy_ticks * played.tick / timedelta(days=7), 1),
        noticed=tuple(_noticed(played, said)),
    )


def _standing(played: Played) -> dict[str, list[str]]:
    """Site → the verdict that stood after each tick."""
    rows = {(site, run): verdict for run, site, verdict in played.desk.rows("SELECT run_id, site, verdict FROM health")}
    found: dict[str, list[str]] = {}
    for site in played.sites:
        verdict, each = HEALTHY, []
        for run in range(1, len(played.ticks) + 1):
            verdict = rows.get((site.id, run), verdict)
            each.append(verdict)
        found[site.id] = each
    return found


def _truth(site: Newspaper, at: datetime) -> tuple[str, ...]:
    spell = site.spell_at(at)
    return VERDICTS[spell.what] if spell else (HEALTHY,)


def _days(played: Played, site: Newspaper, said: list[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    by_day: dict[int, list[int]] = {}
    for place, at in enumerate(played.ticks):
        by_day.setdefault((at - played.span.begin).days, []).append(place)
    for places in by_day.values():
        truths = {_truth(site, played.ticks[place]) for place in places}
        if len(truths) == 1:
            yield truths.pop(), said[places[-1]]


def _alarms(played: Played, site: Newspaper, said: list[str]) -> Iterator[str]:
    before = HEALTHY
    for at, verdict in zip(played.ticks, said, strict=True):
        if before == HEALTHY != verdict and verdict not in _truth(site, at) and HEALTHY in _truth(site, at):
            yield f"{site.id} day {(at - played.span.begin).days} {at:%H:%M}: {verdict}"
        before = verdict


def _noticed(played: Played, said: dict[str, list[str]]) -> Iterator[Noticed]:
    for site in played.sites:
        for spell in site.spells:
            right = VERDICTS[spell.what]
            during = [(at, v) for at, v in zip(played.ticks, said[site.id], strict=True) if spell.covers(at)]
            if HEALTHY in right or not during:
                continue
            first = next((at for at, verdict in during if verdict in right), None)
            after = [at for at, v in zip(played.ticks, said[site.id], strict=True) if at >= spell.end and v == HEALTHY]
            yield Noticed(
                site=site.id,
                what=spell.what,
                right=right[0],
                hours=_hours(first - spell.begin) if first else None,
                days=round((spell.end - spell.begin) / timedelta(days=1), 1),
                said=", ".join(f"{verdict} {n}" for verdict, n in Counter(v for _, v in during).most_common()),
                recovered_hours=_hours(after[0] - spell.end) if after else None,
            )


def _hours(wait: timedelta) -> float:
    return round(wait.total_seconds() / 3600, 1)
