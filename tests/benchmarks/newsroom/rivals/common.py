"""What every rival's script shares. Runs in the rival's own environment: the standard library only."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.request import urlopen


@dataclass(frozen=True)
class Read:
    """What was read from a page."""

    url: str
    """Its address."""
    title: str | None
    """Headline."""
    text: str | None
    """Body, a line for each paragraph."""
    date: str | None = None
    """ISO 8601."""
    section: str | None = None
    """Section."""
    authors: tuple[str, ...] = ()
    """Authors."""


def addresses() -> list[str]:
    """The first `argv[2]` addresses of the sitemap `argv[1]`."""
    with urlopen(sys.argv[1]) as response:
        return re.findall(r"<loc>([^<]*)</loc>", response.read().decode())[: int(sys.argv[2])]


def write(found: Iterable[Read], *, to: int = 3) -> None:
    """JSON lines into the file `argv[to]`, each as it comes."""
    with Path(sys.argv[to]).open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in found)
