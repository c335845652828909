"""Played: a world crawled at every tick of a cron line, and what is needed to judge that afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from support.commands import Desk
from support.many_crawls import ManyCrawls
from support.world.cast import Span
from support.world.newspaper import Newspaper
from support.world.serving import Asked, Served


@dataclass(frozen=True, slots=True)
class Played:
    """A world after its last crawl."""

    sites: Sequence[Newspaper]
    """With the truth about them."""
    span: Span
    """How long it lasted."""
    ticks: Sequence[datetime]
    """When crawls began: the n-th is run n."""
    codes: Sequence[int]
    """Their exit codes."""
    log: Sequence[Asked]
    """Every request that reached a server."""
    seconds: float
    """Real time that it took."""
    desk: Desk
    """The archive."""
    first_seeable: dict[tuple[str, int], tuple[datetime, str]] = field(default_factory=dict)
    """(site, number) → first tick at which it could be archived by whoever asks for everything, and the source."""

    @property
    def tick(self) -> timedelta:
        """From one crawl to the next."""
        return self.ticks[1] - self.ticks[0]


def play(
    sites: Sequence[Newspaper],
    span: Span,
    *,
    every: timedelta,
    folder: Path,
    watch: Callable[[datetime, int], None] = lambda at, code: None,
    **settings: object,
) -> Played:
    """Crawl the world at every tick. `watch` is told each tick and the crawl's exit code."""
    desk = Desk(folder)
    codes: list[int] = []
    seen: dict[tuple[str, int], tuple[datetime, str]] = {}
    ticks = [span.begin + every * n for n in range(int((span.end - span.begin) / every))]
    begun = time.monotonic()
    with Served(sites, now=span.begin) as served:
        desk.seeds(**{site.id: site.seed() for site in sites})
        given = {"DOWNLOAD_TIMEOUT": 3, **settings}
        with ManyCrawls(desk, begin=span.begin, **given) as crawls:
            for at in ticks:
                served.set_time(at)
                codes.append(crawls.crawl(after=at - crawls.now))
                for site in sites:
                    for number, source in site.seeable(at).items():
                        seen.setdefault((site.id, number), (at, source))
                watch(at, codes[-1])
        return Played(sites, span, ticks, codes, served.log, time.monotonic() - begun, desk, seen)
