"""What trafilatura's command line made of the pages of a folder, as the other rivals' lines.

`argv`: the folder of JSON files, whose names say nothing, and the file to write.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from common import Read, write


def main() -> Iterator[Read]:
    """Each file is a page."""
    for path in Path(sys.argv[1]).rglob("*.json"):
        page = json.loads(path.read_text(encoding="utf-8"))
        yield Read(
            page.get("source") or "",
            page.get("title"),
            page.get("text") or page.get("raw_text"),
            page.get("date"),
            page.get("categories") or None,
            tuple(filter(None, (page.get("author") or "").split("; "))),
        )


if __name__ == "__main__":
    write(main(), to=2)
