"""Arrivals: which articles reached the archive, how late, and which never will."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from support.world.pieces import Piece
from support.world.play import Played


@dataclass(frozen=True, slots=True)
class Delays:
    """How long something took, in minutes of the world."""

    minutes: tuple[float, ...] = ()
    """Each, in no order."""

    @property
    def median(self) -> float:
        """Of all; 0 of none."""
        return round(statistics.median(self.minutes), 1) if self.minutes else 0.0

    @property
    def p95(self) -> float:
        """95 of 100 took no longer."""
        return self._place(0.95)

    @property
    def longest(self) -> float:
        """The slowest."""
        return self._place(1)

    def _place(self, share: float) -> float:
        ordered = sorted(self.minutes)
        return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 1) if ordered else 0.0


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What became of the articles published between the first crawl and the last."""

    published: int
    """All of them."""
    unseeable: int
    """Never on a list and readable at a tick: pushed off between two ticks, or behind a closed door to the end."""
    archived: int
    """Of the others: articles, and copies filed under their original."""
    waiting: tuple[str, ...]
    """Not archived, and still listed by a site that answers: `site/number`."""
    missed: tuple[str, ...]
    """Not archived, and on no list any more: `site/number`. The goal is none."""
    unseeable_archived: int
    """Archived though no tick could see them, because they came back into sight by another way."""
    twice: int
    """Articles that are in the archive at more than one address of their site."""
    from_publication: Delays
    """From publication to the archive."""
    from_first_chance: Delays
    """From the first tick that could see it: 0 for a crawler that asks for everything at every tick."""


def archived_times(played: Played) -> dict[tuple[str, int], datetime]:
    """(site, number) → when it came into the archive, as an article or as a copy."""
    found: dict[tuple[str, int], datetime] = {}
    for url, site, at in played.desk.rows(
        "SELECT url, site, first_seen_at FROM articles UNION ALL SELECT url, site, seen_at FROM copies"
    ):
        key = site, int(url.partition("?")[0].rsplit("/", 1)[1])
        when = datetime.fromisoformat(at)
        found[key] = min(when, found.get(key, when))
    return found


def arrivals(played: Played) -> Arrivals:
    """Compare what was published with what was archived."""
    came = archived_times(played)
    pieces = [p for site in played.sites for p in site.pieces if played.span.begin <= p.at <= played.ticks[-1]]
    seeable = [p for p in pieces if (p.site, p.number) in played.first_seeable]
    there = [p for p in seeable if (p.site, p.number) in came]
    listed_now = {(s.id, n) for s in played.sites for n in s.seeable(played.ticks[-1])}
    absent = [p for p in seeable if (p.site, p.number) not in came]
    addresses = played.desk.rows("SELECT count(*) FROM articles UNION ALL SELECT count(*) FROM copies")
    return Arrivals(
        published=len(pieces),
        unseeable=len(pieces) - len(seeable),
        archived=len(there),
        waiting=tuple(_name(p) for p in absent if (p.site, p.number) in listed_now),
        missed=tuple(_name(p) for p in absent if (p.site, p.number) not in listed_now),
        unseeable_archived=sum((p.site, p.number) in came for p in pieces) - len(there),
        twice=sum(number for (number,) in addresses) - len(came),
        from_publication=delays([came[p.site, p.number] - p.at for p in there]),
        from_first_chance=delays(
            [came[p.site, p.number] - played.first_seeable[p.site, p.number][0] for p in there], floor=played.tick
        ),
    )


def delays(waits: Iterable[timedelta], *, floor: timedelta = timedelta(0)) -> Delays:
    """In minutes. What is shorter than `floor` counts as nothing: the seconds that a crawl itself took."""
    return Delays(tuple(0.0 if wait < floor else wait.total_seconds() / 60 for wait in waits))


def _name(piece: Piece) -> str:
    return f"{piece.site}/{piece.number}"
