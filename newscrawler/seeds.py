"""The seed files as sites: all of them checked before anything starts, every problem named at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from newscrawler.exits import Refused
from newscrawler.seed_errors import problems_in
from newscrawler.site import Site
from newscrawler.urls import BadUrl, canonical, host_of


class SeedError(Refused):
    """One or more seed files can't be used. `problems` holds a line for each: file, key, why."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def load_sites(folder: Path) -> dict[str, Site]:
    """All seed files below `folder`/sites by id, in the order of their ids.

    Raises SeedError with every problem of every file: unreadable TOML, an unknown or wrong key, two
    files with one id or one host, or no seed file at all.
    """
    root = folder / "sites"
    paths = sorted(root.rglob("*.toml"))
    if not paths:
        raise SeedError([f"{root}: no seed files (*.toml) in this folder"])
    problems: list[str] = []
    found: dict[Path, Site] = {}
    for path in paths:
        try:
            found[path] = read_site(path)
        except SeedError as why:
            problems += why.problems
    problems += [*_claimed_ids(found), *_claimed_hosts(found)]
    if problems:
        raise SeedError(problems)
    return {site.id: site for site in sorted(found.values(), key=lambda site: site.id)}


def read_site(path: Path) -> Site:
    """One seed file as a Site. Raises SeedError naming file, key and reason."""
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as why:
        raise SeedError([f"{path}: {why}"]) from why
    if "id" in data:
        raise SeedError([f"{path}: id: not a key; the id is the file's name"])
    try:
        site = Site(id=path.stem, **data)
    except ValidationError as why:
        raise SeedError([f"{path}: {problem}" for problem in problems_in(why)]) from why
    if problems := [f"{path}: {problem}" for problem in _contradictions(site)]:
        raise SeedError(problems)
    return site


def owner_of(url: str, sites: Iterable[Site]) -> Site | None:
    """The outlet an address belongs to: of those on its host the one whose patterns admit it, else the first.

    None: it is on nobody's host, or no http(s) address.
    """
    try:
        host = host_of(url)
    except BadUrl:
        return None
    claiming = [site for site in sites if host in site.scope]
    return next((site for site in claiming if site.articles.admits(url)), claiming[0] if claiming else None)


def _contradictions(site: Site) -> Iterator[str]:
    """Keys that are right one by one and don't go together."""
    for number, source in enumerate(site.source):
        if not site.in_scope(source.url):
            yield f"source.{number}.url: {host_of(source.url)} is not the home page's host: add it to `hosts`"
    for number, url in enumerate(site.articles.examples):
        if not site.in_scope(url):
            yield f"articles.examples.{number}: {host_of(url)} is not the home page's host: add it to `hosts`"
        elif not site.articles.admits(canonical(url)):
            yield f"articles.examples.{number}: an article that `allow` and `deny` turn away: {url}"


def _claimed_ids(found: dict[Path, Site]) -> Iterator[str]:
    owners: dict[str, Path] = {}
    for path, site in found.items():
        owner = owners.setdefault(site.id, path)
        if owner != path:
            yield f"{path}: id: {site.id!r} is already the id of {owner}"


def _claimed_hosts(found: dict[Path, Site]) -> Iterator[str]:
    """Two files with one host: an address would be archived under either, as chance has it."""
    owners: dict[str, Path] = {}
    for path, site in found.items():
        rivals: dict[Path, str] = {}
        for host in sorted(site.scope, key=lambda host: (len(host), host)):
            owner = owners.setdefault(host, path)
            if owner != path and not (_shares(site) and _shares(found[owner])):
                rivals.setdefault(owner, host)
        further = {host.removeprefix("www.") for host in site.hosts}
        for owner, host in rivals.items():
            key = "hosts" if host.removeprefix("www.") in further else "home"
            yield (
                f"{path}: {key}: {host} is already a host of {owner}; "
                "if each has its own part of it, write `shared_hosts = true` and `allow` in both"
            )


def _shares(site: Site) -> bool:
    """Without patterns nobody could tell whose an address is."""
    return site.shared_hosts and bool(site.articles.allow)
