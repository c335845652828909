"""Neighbours: outlets that share a host share one place in the queue before it, so that no host is asked by two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newscrawler.site import Site


def slots_of(sites: Mapping[str, Site]) -> dict[str, str]:
    """Site → name of its slot: the first id, in alphabetical order, of those it shares a host with, directly or by
    way of others. A site that shares none is its own slot.
    """
    return linked({key: site.scope for key, site in sites.items()})


def linked(claims: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Site → the first id, in alphabetical order, of those that claim something it claims, directly or by way of
    others.
    """
    first: dict[str, str] = {key: key for key in claims}

    def root(key: str) -> str:
        while first[key] != key:
            key = first[key]
        return key

    owner: dict[str, str] = {}
    for key, claimed in claims.items():
        for each in claimed:
            one, other = sorted((root(key), root(owner.setdefault(each, key))))
            first[other] = one
    return {key: root(key) for key in claims}
