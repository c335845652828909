"""The seed files as sites: all of them checked before anything starts, every problem named at once."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from newscrawler.site import Site


class SeedError(Exception):
    """One or more seed files can't be used. `problems` holds a line for each: file, key, why."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def load_sites(folder: Path) -> dict[str, Site]:
    """All seed files below `folder`/sites by id, in the order of their ids.

    Raises SeedError with every problem of every file: unreadable TOML, an unknown or wrong key, two
    files with one id, or no seed file at all.
    """
    root = folder / "sites"
    paths = sorted(root.rglob("*.toml"))
    if not paths:
        raise SeedError([f"{root}: no seed files (*.toml) in this folder"])
    problems: list[str] = []
    found: dict[str, tuple[Path, Site]] = {}
    for path in paths:
        try:
            site = read_site(path)
        except SeedError as why:
            problems += why.problems
            continue
        if site.id in found:
            problems.append(f"{path}: id: {site.id!r} is already the id of {found[site.id][0]}")
        found.setdefault(site.id, (path, site))
    if problems:
        raise SeedError(problems)
    return {key: site for key, (_, site) in sorted(found.items())}


def read_site(path: Path) -> Site:
    """One seed file as a Site. Raises SeedError naming file, key and reason."""
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as why:
        raise SeedError([f"{path}: {why}"]) from why
    if "id" in data:
        raise SeedError([f"{path}: id: not a key; the id is the file's name"])
    try:
        return Site(id=path.stem, **data)
    except ValidationError as why:
        raise SeedError([_problem(path, error) for error in why.errors()]) from why


def _problem(path: Path, error: Any) -> str:
    key = ".".join(str(part) for part in error["loc"]) or "(file)"
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        message = "unknown key"
    elif error["type"] == "missing":
        message = "required, and missing"
    return f"{path}: {key}: {message}"
