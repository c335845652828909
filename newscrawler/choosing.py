"""choose(): which sites a run is about, by the arguments `site`, `country`, `url` and `shard`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newscrawler.seeds import owner_of
from newscrawler.shards import BadShard, Shard, shard_of_each
from newscrawler.site import Site
from newscrawler.urls import BadUrl, CanonicalUrl, canonical


class BadChoice(Exception):
    """The arguments choose nothing, or can't be understood; the message names the argument."""


def urls_asked_for(arguments: Mapping[str, str]) -> list[CanonicalUrl]:
    """The addresses of `url`, as the frontier spells them. Raises BadChoice for what is no address."""
    try:
        return [canonical(url) for url in _split(arguments.get("url", ""))]
    except BadUrl as why:
        raise BadChoice(f"url: {why}") from why


def choose(
    sites: Mapping[str, Site], arguments: Mapping[str, str], urls: Iterable[CanonicalUrl], *, active_only: bool
) -> dict[str, Site]:
    """The sites that all arguments admit. Raises BadChoice if there are none.

    The status is about visits: named sites are crawled and old pages read whatever it is.
    """
    named, countries = _split(arguments.get("site", "")), _split(arguments.get("country", ""))
    if unknown := [key for key in named if key not in sites]:
        raise BadChoice(f"site: no seed file for {', '.join(unknown)}; `scrapy sites list` shows what is there")
    chosen = {key: sites[key] for key in named} if named else dict(sites)
    if countries:
        chosen = {key: site for key, site in chosen.items() if site.country.lower() in _lower(countries)}
    if urls:
        chosen = _sites_of(urls, chosen)
    elif active_only and not named:
        chosen = {key: site for key, site in chosen.items() if site.status == "active"}
    if not chosen:
        raise BadChoice("no site to crawl: none is active, or none fits site= and country=")
    return _of_shard(chosen, sites, arguments["shard"]) if "shard" in arguments else chosen


def _of_shard(chosen: Mapping[str, Site], sites: Mapping[str, Site], argument: str) -> dict[str, Site]:
    """Which shard a site is in is decided among all sites, so that no other argument moves one."""
    try:
        shard = Shard.of(argument)
    except BadShard as why:
        raise BadChoice(f"shard: {why}") from why
    numbers = shard_of_each(sites.values(), shard.count)
    mine = {key: site for key, site in chosen.items() if numbers[key] == shard.number}
    if not mine:
        raise BadChoice(f"shard: no site to crawl: {argument} has none of the {len(chosen)} that were chosen")
    return mine


def _split(argument: str) -> list[str]:
    return [part.strip() for part in argument.split(",") if part.strip()]


def _lower(words: Iterable[str]) -> set[str]:
    return {word.lower() for word in words}


def _sites_of(urls: Iterable[CanonicalUrl], sites: Mapping[str, Site]) -> dict[str, Site]:
    found: dict[str, Site] = {}
    for url in urls:
        site = owner_of(url, sites.values())
        if site is None:
            raise BadChoice(f"url: {url} is on no host of the seed files; add the outlet to seeds/sites first")
        found[site.id] = site
    return found
