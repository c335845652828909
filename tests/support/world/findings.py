"""Findings: all that a played world says about the crawler, as values, as a table, as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar, cast

from support.world.arrivals import Arrivals, Delays, arrivals
from support.world.changes import Changes, changes
from support.world.judged import Judged, judged
from support.world.play import Played
from support.world.traffic import Traffic, traffic

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Findings:
    """What came of it."""

    runs: int
    """Crawls."""
    broke_off: int
    """Crawls that ended neither with 0 nor with 1."""
    unbalanced: int
    """Runs whose account doesn't balance: taken up is not recorded outcomes, or the run never closed."""
    arrivals: Arrivals
    """Of articles."""
    traffic: Traffic
    """Requests."""
    changes: Changes
    """Of articles after their publication."""
    judged: Judged | None
    """Verdicts. None: the archive gives none."""

    def to_json(self) -> dict[str, Any]:
        """All of it; of delays the figures only."""
        found = asdict(self, dict_factory=_plain)
        found["traffic"] |= {"made": self.traffic.made, "needed": self.traffic.needed}
        return found


def findings(worlds: Sequence[Played]) -> Findings:
    """The findings of worlds that were played side by side, each with sites of its own."""
    return merged([_of(played) for played in worlds])


def _of(played: Played) -> Findings:
    return Findings(
        runs=len(played.codes),
        broke_off=sum(code not in (0, 1) for code in played.codes),
        unbalanced=played.desk.rows("SELECT count(*) FROM runs WHERE state <> 'finished' OR taken_up <> ended")[0][0],
        arrivals=arrivals(played),
        traffic=traffic(played),
        changes=changes(played),
        judged=judged(played),
    )


def merged(parts: Sequence[Value]) -> Value:
    """Values of one kind as one: numbers are added, lists joined, tables added cell by cell."""
    whole: Any = _merged(parts)
    return cast("Value", whole)


def _merged(parts: Sequence[Any]) -> Any:
    first = parts[0]
    match first:
        case None:
            return None
        case int() | float() | tuple():
            return sum(parts[1:], first)
        case dict():
            keys = dict.fromkeys(key for part in parts for key in part)
            return {key: _merged([part[key] for part in parts if key in part]) for key in keys}
        case _:
            return type(first)(*(_merged([getattr(part, field.name) for part in parts]) for field in fields(first)))


def lines(found: Findings) -> Iterator[str]:
    """The table."""
    yield from _arrival_lines(found.arrivals)
    yield from _traffic_lines(found.traffic)
    yield from _change_lines(found.changes)
    if found.judged:
        yield from _judged_lines(found.judged)
    else:
        yield "verdicts             none: the archive has no table `health`"
    yield f"runs                 {found.runs}, {found.broke_off} broke off, {found.unbalanced} don't balance"


def _arrival_lines(a: Arrivals) -> Iterator[str]:
    yield (
        f"articles             {a.published} published, {a.unseeable} never to be seen at a tick, "
        f"{a.archived} archived, {len(a.waiting)} still waiting, {len(a.missed)} MISSED, {a.twice} twice"
    )
    yield from (f"  missed             {name}" for name in a.missed[:20])
    yield f"from publication     {_figures(a.from_publication)}"
    yield f"from first chance    {_figures(a.from_first_chance)}"


def _traffic_lines(t: Traffic) -> Iterator[str]:
    yield f"requests             {t.made} made, {t.needed} needed: {t.made / max(1, t.needed):.2f} times the minimum"
    yield f"  robots.txt         {t.robots} made, {t.robots_needed} needed"
    yield (
        f"  polls              {t.polls} made ({t.polls_unmodified} answered 304), {t.polls_needed} needed, "
        f"{t.polls_blind} if every source is asked at every tick"
    )
    yield f"  pages              {t.pages} made, {t.pages_needed} needed"
    yield f"  revisits           {t.revisits} made ({t.revisits_unmodified} answered 304), {t.revisits_needed} needed"
    yield f"  of these failed    {t.failed}; other addresses {t.other}"
    most = sorted(t.by_site.items(), key=lambda item: -sum(item[1].values()))[:5]
    yield f"  asked most         {', '.join(f'{site} {sum(kinds.values())}' for site, kinds in most)}"


def _change_lines(c: Changes) -> Iterator[str]:
    yield (
        f"edits                {c.edits} made, {c.edits_visited} states visited, {c.edits_recorded} recorded, "
        f"{len(c.edits_invented)} invented {' '.join(c.edits_invented[:5])}"
    )
    yield f"  delay              {_figures(c.edit_delay)}"
    yield (
        f"removals             {c.removals} made, {c.removals_visited} visited, {c.removals_recorded} recorded, "
        f"{len(c.removals_invented)} invented {' '.join(c.removals_invented[:5])}"
    )
    yield f"  delay              {_figures(c.removal_delay)}"


def _judged_lines(j: Judged) -> Iterator[str]:
    names = sorted({*j.days, *(verdict for row in j.days.values() for verdict in row)})
    yield f"verdicts             {j.right} of {j.judged} site-days right"
    yield "  truth \\ verdict    " + " ".join(f"{name[:12]:>12}" for name in names)
    for truth in names:
        if truth in j.days:
            yield f"  {truth:18} " + " ".join(f"{j.days[truth].get(name, 0) or '·':>12}" for name in names)
    yield f"  false alarms       {len(j.false_alarms)} in {j.site_weeks} healthy site-weeks"
    yield from (f"    {alarm}" for alarm in j.false_alarms[:20])
    for each in j.noticed:
        came = "NEVER" if each.hours is None else f"after {each.hours} h"
        back = "" if each.recovered_hours is None else f", healthy {each.recovered_hours} h after its end"
        yield f"  {each.site:20} {each.what:17} {each.days:4} d: {each.right} {came}{back}; {each.said}"


def _figures(delays: Delays) -> str:
    return f"median {delays.median} min, p95 {delays.p95}, longest {delays.longest} ({len(delays.minutes)})"


def _plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if found.keys() == {"minutes"}:
        delays = Delays(found["minutes"])
        return {"number": len(delays.minutes), "median": delays.median, "p95": delays.p95, "longest": delays.longest}
    return found
