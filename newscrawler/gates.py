"""Gates: which sites of a run may be asked now, which not any more, and why. Nothing here waits or asks.

A site that is shut gets no request in the rest of the run; what it has due stays due for the next one. A slot that
rests gets none for some seconds.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Final, Literal

from newscrawler.neighbours import slots_of
from newscrawler.site import Site

Why = Literal["back-off", "failing", "quiet-hours", "budget", "limit", "locked"]

OURS: Final = frozenset({"quiet-hours", "budget", "limit", "locked"})
"""Reasons that are ours: such a site may be as healthy as ever."""


@dataclass(frozen=True, slots=True)
class Shut:
    """Why a site isn't asked any more in this run."""

    why: Why
    """`back-off`: its server asked for a pause (429, 503). `failing`: nothing but failures in a row. `quiet-hours`,
    `budget`, `limit`: its seed file's or the settings' wish. `locked`: another crawl on this machine has its host."""
    detail: str
    """The same for a person, with figures."""


class Gates:
    """What a run may ask, by site and by slot (see `neighbours.py`), and how much it has asked."""

    def __init__(self, sites: Mapping[str, Site], *, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds, from whenever."""
        self.sites = sites
        self.slot_of: Final[Mapping[str, str]] = slots_of(sites)
        self.shut: dict[str, Shut] = {}
        self.asked: Counter[str] = Counter()
        self.requests_max = 0
        self.on_shut: list[Callable[[str], None]] = []
        self._clock = clock
        self._rests: dict[str, float] = {}
        self._slot_of_host = {host: self.slot_of[key] for key, site in sites.items() for host in site.scope}

    def slot_of_host(self, host: str) -> str | None:
        """The slot of a host in some site's scope. None: it is nobody's."""
        return self._slot_of_host.get(host)

    def close(self, site: str, why: Why, detail: str) -> None:
        """Shut a site. The first reason stays. Listeners hear of it once."""
        if site not in self.shut:
            self.shut[site] = Shut(why, detail)
            for listener in self.on_shut:
                listener(site)

    def close_slot(self, slot: str, why: Why, detail: str) -> None:
        """Shut every site of a slot."""
        for site in [site for site, its in self.slot_of.items() if its == slot]:
            self.close(site, why, detail)

    def close_all(self, why: Why, detail: str) -> None:
        """Shut every site that isn't yet."""
        for site in self.sites:
            self.close(site, why, detail)

    def rest(self, slot: str, seconds: float) -> None:
        """Ask nothing of a slot for so long. A longer rest that is under way stays."""
        self._rests[slot] = max(self._rests.get(slot, -inf), self._clock() + seconds)

    def rests(self, slot: str) -> float:
        """Seconds that a slot still rests; 0 if it doesn't."""
        left = self._rests.get(slot, -inf) - self._clock()
        return left if left > 0 else 0.0

    def count(self, site: str) -> None:
        """Note that a request to a site goes out; the one that uses up a budget shuts what it was for."""
        self.asked[site] += 1
        its = self.sites[site].requests_per_run_max if site in self.sites else 0
        if its and self.asked[site] >= its:
            self.close(site, "budget", f"requests_per_run_max: its {its} requests are used up")
        if self.requests_max and self.asked.total() >= self.requests_max:
            self.close_all("budget", f"NEWS_RUN_REQUESTS_MAX: {self.requests_max} requests are used up")

    def uncount(self, site: str) -> None:
        """Take back a `count`: the request was stopped before it went out."""
        self.asked[site] -= 1

    def left(self, site: str, promised: Mapping[str, int]) -> float:
        """How many more requests may be handed out for a site. `promised`: by site, those handed out and not yet
        counted. Infinite where nothing limits them.
        """
        its = self.sites[site].requests_per_run_max if site in self.sites else 0
        own = its - self.asked[site] - promised.get(site, 0) if its else inf
        run = self.requests_max - self.asked.total() - sum(promised.values()) if self.requests_max else inf
        return max(0, min(own, run))

    @property
    def limited(self) -> bool:
        """Whether any budget was set."""
        return bool(self.requests_max) or any(site.requests_per_run_max for site in self.sites.values())

    def judged(self) -> list[Site]:
        """The sites that this run asked as long as there was something to ask: only those can break a promise."""
        return [site for key, site in self.sites.items() if key not in self.shut or self.shut[key].why not in OURS]

    def visited(self) -> list[str]:
        """The sites that this run hasn't passed over."""
        return [key for key in self.sites if key not in self.shut or self.asked[key]]
