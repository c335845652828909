"""The questions on the database's page: one file each in queries/, introduced in both languages on top."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any, Final

_HEADER: Final = re.compile(r"^-- (title|description|title_en|description_en): (.+)\n", re.MULTILINE)
_WANTED: Final = ("title", "description", "title_en", "description_en")


@cache
def canned_queries() -> dict[str, dict[str, Any]]:
    """File name without `.sql` → title, description and SQL, as Datasette's hook wants them; `title_en` and
    `description_en` besides, for our templates.

    Raises ValueError for a file that lacks one of them.
    """
    folder = files("newscrawler.browse") / "queries"
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".sql")), key=lambda path: path.name)
    return {path.name.removesuffix(".sql"): _read(path.name, path.read_text(encoding="utf-8")) for path in paths}


def _read(name: str, text: str) -> dict[str, Any]:
    found = dict(_HEADER.findall(text))
    if missing := [key for key in _WANTED if key not in found]:
        raise ValueError(f"{name}: needs a line `-- {missing[0]}: …`")
    return {**found, "sql": _HEADER.sub("", text).strip(), "hide_sql": True}
