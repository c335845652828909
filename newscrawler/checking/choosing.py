"""choose(): which outlets a check asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from newscrawler.site import Site


class NoSuchSites(Exception):
    """The choice names what isn't there, or leaves nothing; the message says which."""


def choose(
    sites: Mapping[str, Site], *, site: str | None = None, country: str | None = None, status: str | None = None
) -> dict[str, Site]:
    """The outlets to check, by comma-separated words. Named ones whatever their status; else the active ones.

    Raises NoSuchSites for an id or a status that doesn't exist, and where nothing is left.
    """
    named, countries, states = _words(site), [word.upper() for word in _words(country)], _words(status)
    if unknown := [key for key in named if key not in sites]:
        raise NoSuchSites(f"--site: no seed file for {', '.join(unknown)}; `scrapy sites list` shows what is there")
    known = get_args(Site.model_fields["status"].annotation)
    if unknown := [word for word in states if word not in (*known, "all")]:
        raise NoSuchSites(f"--status: {unknown[0]!r}: use one of {', '.join(known)}, or all")
    chosen = {key: sites[key] for key in named} if named else dict(sites)
    if countries:
        chosen = {key: one for key, one in chosen.items() if one.country.upper() in countries}
    if "all" not in states and (states or not named):
        chosen = {key: one for key, one in chosen.items() if one.status in (states or ["active"])}
    if not chosen:
        raise NoSuchSites("no outlet to check: none is active, or none fits --site, --country and --status")
    return chosen


def _words(text: str | None) -> list[str]:
    return [word.strip() for word in (text or "").split(",") if word.strip()]
