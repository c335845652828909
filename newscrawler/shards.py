"""Shards: the sites in as many parts as there are machines, each part crawled into an archive of its own.

Stable: which part a site is in follows from its domain alone and is the same on every machine, in every process and
beside any other sites. Local: sites on one host are in one part, or two machines would ask that host at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Self

from newscrawler.neighbours import linked
from newscrawler.site import Site
from newscrawler.urls import host_of

if TYPE_CHECKING:
    from tldextract import TLDExtract

_COUNT_MAX: Final = 1000
"""Parts. There are fewer outlets in the Arabic press than would fill them."""

_ARGUMENT: Final = re.compile(r"(\d{1,6})/(\d{1,6})", re.ASCII)


class BadShard(Exception):
    """What was given is no shard; the message says why."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One part of several."""

    number: int
    """Which one, from 1."""
    count: int
    """How many there are."""

    @classmethod
    def of(cls, argument: str) -> Self:
        """From `2/5`: the second of five. Raises BadShard."""
        found = _ARGUMENT.fullmatch(argument.strip())
        if found is None:
            raise BadShard(f"{argument!r} is no part such as 2/5, the second of five")
        number, count = int(found[1]), int(found[2])
        if not 1 <= count <= _COUNT_MAX:
            raise BadShard(f"{argument!r}: there may be 1 to {_COUNT_MAX} parts")
        if not 1 <= number <= count:
            raise BadShard(f"{argument!r}: the parts are 1/{count} to {count}/{count}")
        return cls(number, count)


def shard_of_each(sites: Iterable[Site], count: int) -> dict[str, int]:
    """The number of the part, from 1, by the id of each site.

    With one part more, only the sites that it gets move. A new site moves no other one, unless it ties together
    the hosts of two.
    """
    return {site: _part(key, count) for key, group in _neighbours(list(sites)).items() for site in group}


def _part(key: str, count: int) -> int:
    """Rendezvous hashing: of all parts the one whose hash with the key is the largest."""
    return max(range(1, count + 1), key=lambda number: sha256(f"{key}/{number}".encode()).digest())


def _neighbours(sites: list[Site]) -> dict[str, list[str]]:
    """Ids of the sites that share hosts, even through others, by the name that their part is decided with."""
    claims = {site.id: {_domain(host) for host in site.scope} for site in sites}
    homes = {site.id: _domain(host_of(site.home)) for site in sites}
    groups: dict[str, list[str]] = {}
    for key, first in linked(claims).items():
        groups.setdefault(first, []).append(key)
    return {_name([homes[key] for key in group], [claims[key] for key in group]): group for group in groups.values()}


def _name(homes: list[str], claims: list[set[str]]) -> str:
    """Of the home domains of a group the one that most of its sites use: one that joins leaves the others in place."""
    return min(homes, key=lambda home: (-sum(home in domains for domains in claims), home))


@cache
def _domain(host: str) -> str:
    """What a newspaper has registered: `news.example.co.uk:8080` → `example.co.uk`. An IP address or a name without
    a public suffix stays as it is, with its port: there it is a server of its own.
    """
    return _suffixes()(host).top_domain_under_public_suffix or host


@cache
def _suffixes() -> TLDExtract:
    from tldextract import TLDExtract  # 0.1 s, and most crawls are no shard

    return TLDExtract(suffix_list_urls=(), cache_dir=None)  # the list that the package brings: no network
