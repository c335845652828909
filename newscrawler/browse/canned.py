"""The questions on the database's page: one file each in queries/, with its title and description on top."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any, Final

_HEADER: Final = re.compile(r"^-- (title|description): (.+)\n", re.MULTILINE)


@cache
def canned_queries() -> dict[str, dict[str, Any]]:
    """File name without `.sql` → title, description and SQL, as Datasette's hook wants them.

    Raises ValueError for a file without title or description.
    """
    folder = files("newscrawler.browse") / "queries"
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".sql")), key=lambda path: path.name)
    return {path.name.removesuffix(".sql"): _read(path.name, path.read_text(encoding="utf-8")) for path in paths}


def _read(name: str, text: str) -> dict[str, Any]:
    found = dict(_HEADER.findall(text))
    if found.keys() != {"title", "description"}:
        raise ValueError(f"{name}: needs one `-- title:` and one `-- description:` line")
    return {**found, "sql": _HEADER.sub("", text).strip(), "hide_sql": True}
