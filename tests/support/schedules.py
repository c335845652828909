"""The schedules of README.md, as they stand there, in a scratch installation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from support.commands import ROOT

PLACE: Final = "/srv/newscrawler"
"""Where the README says that the program lies: the one thing a reader has to replace."""


def fenced(language: str) -> list[str]:
    """The README's blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)


def cron_line() -> str:
    """The line of the README's crontabs that crawls what is due."""
    lines = [line for block in fenced("cron") for line in block.splitlines()]
    (line,) = [line for line in lines if line.startswith("*/30 ")]
    return line


def unit(suffix: str) -> str:
    """A systemd unit: `service` or `timer`."""
    (block,) = [text for text in fenced("ini") if text.startswith(f"# /etc/systemd/system/newscrawler.{suffix}")]
    return block


def installed(folder: Path) -> Path:
    """A folder that looks like a fresh clone after `make install`, with seeds of its own and nothing crawled yet."""
    folder.mkdir()
    for name in ("scrapy.cfg", "newscrawler", "pipelines", ".venv"):
        if (ROOT / name).exists():
            (folder / name).symlink_to(ROOT / name)
    (folder / "seeds").mkdir()
    (folder / "seeds" / "tags").symlink_to(ROOT / "seeds" / "tags")
    return folder
