"""Traffic: the requests that were made, beside those that somebody who knows everything would have made."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from support.world.arrivals import archived_times
from support.world.play import Played


@dataclass(frozen=True, slots=True)
class Traffic:
    """Requests as the servers saw them; a connection that was refused is none.

    The minimum is what a crawler would need that knew what changed, and still came only at ticks: one request for each
    archived address, one for each edit and removal that is on record, one poll for each source and tick with something
    new that could be archived, and robots.txt once a day for each site (RFC 9309 lets it be kept so long). A blind
    crawler polls every source of the seeds at every tick.
    """

    robots: int
    """For robots.txt."""
    robots_needed: int
    """Sites times days."""
    polls: int
    """Of sources: first pages, further pages, child sitemaps."""
    polls_needed: int
    """Pairs of source and tick at which the source was the first to list something new."""
    polls_unmodified: int
    """Answered with 304: they cost both sides next to nothing."""
    polls_blind: int
    """Sources of the seeds times ticks."""
    pages: int
    """Of articles, for the first time."""
    pages_needed: int
    """Addresses in the archive."""
    revisits: int
    """Of articles, again."""
    revisits_needed: int
    """Edits and removals on record."""
    revisits_unmodified: int
    """Answered with 304."""
    failed: int
    """Of all those above: answered with an error, a redirect elsewhere, or not at all."""
    other: int
    """Addresses that are none of these: front pages, the targets of redirects."""
    by_site: dict[str, dict[str, int]]
    """Site → kind of request → how many, to see where they go."""

    @property
    def made(self) -> int:
        """All requests."""
        return self.robots + self.polls + self.pages + self.revisits + self.other

    @property
    def needed(self) -> int:
        """The minimum."""
        return self.robots_needed + self.polls_needed + self.pages_needed + self.revisits_needed


def traffic(played: Played) -> Traffic:
    """Count them."""
    kinds = Counter(asked.kind for asked in played.log)
    asked_before: set[tuple[str, str]] = set()
    pages = 0
    for asked in played.log:
        if asked.kind == "article" and (key := (asked.site, asked.path.partition("?")[0])) not in asked_before:
            asked_before.add(key)
            pages += 1
    unmodified = Counter(asked.kind for asked in played.log if asked.status == 304)
    changes = played.desk.rows(
        """SELECT (SELECT count(*) FROM revisions) + (SELECT count(*) FROM withdrawals)
               + (SELECT count(*) FROM withdrawals WHERE returned_at IS NOT NULL)"""
    )[0][0]
    first = {(site, at, source) for (site, _), (at, source) in played.first_seeable.items()}
    return Traffic(
        robots=kinds["robots"],
        robots_needed=len(played.sites) * -int(-played.span.days // 1),
        polls=kinds["source"],
        polls_needed=len(first),
        polls_unmodified=unmodified["source"],
        polls_blind=sum(len(site.sources) for site in played.sites) * len(played.ticks),
        pages=pages,
        pages_needed=len(archived_times(played)),
        revisits=kinds["article"] - pages,
        revisits_needed=changes,
        revisits_unmodified=unmodified["article"],
        failed=sum(asked.status not in (200, 304) for asked in played.log),
        other=kinds["other"],
        by_site=_by_site(played),
    )


def _by_site(played: Played) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {site.id: Counter() for site in played.sites}
    for asked in played.log:
        found[asked.site][asked.kind] += 1
    return {site: dict(kinds) for site, kinds in found.items()}
