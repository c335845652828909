"""The real commands, run as a user runs them, in a process of their own."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from support.forks import Forks

ROOT = Path(__file__).parents[2]
"""The folder of scrapy.cfg."""

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("NEWS_")} | {"COLUMNS": "200"}
"""The user's, without settings that would reach into the test."""

FORKS = Forks(cwd=ROOT, environment=ENVIRONMENT)
"""Starts processes in the folder of scrapy.cfg that needn't import the program first."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that has ended."""

    code: int
    """Exit code."""
    out: str
    """Standard output."""
    err: str
    """Standard error."""


def python(module: str, *arguments: str, asked: str = "", path: Sequence[str] = (), seconds: float = 120) -> Ended:
    """Run `python -m module arguments` to its end in a fork, with `asked` as its standard input (see support.forks)."""
    with TemporaryFile() as given, TemporaryFile() as out, TemporaryFile() as err:
        given.write(asked.encode())
        given.seek(0)
        files = (given.fileno(), out.fileno(), err.fileno())
        code = FORKS.start(module, arguments, files=files, path=path).wait(seconds)
        out.seek(0)
        err.seek(0)
        return Ended(code, out.read().decode(), err.read().decode())


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder with seeds, an archive and WARC files, and the commands that work on them."""

    folder: Path
    """Everything is below it."""

    @property
    def archive(self) -> Path:
        """The SQLite file."""
        return self.folder / "archive.db"

    @property
    def warc(self) -> Path:
        """The folder of WARC files."""
        return self.folder / "warc"

    def seeds(self, **files: str) -> None:
        """Write seed files: id=TOML. Unless `tags` was called, no tag lists: to read them is most of a small crawl."""
        (self.folder / "seeds" / "tags").mkdir(parents=True, exist_ok=True)
        for name, toml in files.items():
            path = self.folder / "seeds" / "sites" / f"{name}.toml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(toml, encoding="utf-8")

    def tags(self) -> None:
        """Give it the project's tag lists; before `seeds`."""
        (self.folder / "seeds").mkdir(parents=True)
        (self.folder / "seeds" / "tags").symlink_to(ROOT / "seeds" / "tags")

    def settings(self, **settings: object) -> dict[str, str]:
        """This desk's settings, as a command line gives them."""
        given: Mapping[str, object] = {
            "NEWS_ARCHIVE": self.archive,
            "NEWS_RAW_DIR": self.warc,
            "NEWS_SEEDS_DIR": self.folder / "seeds",
            "NEWS_EXTRACT_WORKERS": 0,
            "NEWS_PROGRESS": "off",
            **settings,
        }
        return {name: str(value) for name, value in given.items()}

    def command(self, *words: str, **settings: object) -> list[str]:
        """The command line of `scrapy …` with this desk's settings."""
        return [sys.executable, "-m", "scrapy", *self._arguments(words, settings)]

    def _arguments(self, words: tuple[str, ...], settings: Mapping[str, object]) -> list[str]:
        given = self.settings(**settings)
        return [*words, *(x for name, value in given.items() for x in ("-s", f"{name}={value}"))]

    def scrapy(self, *words: str, **settings: object) -> Ended:
        """Run `scrapy …` to its end, in a fork that has imported the program (see support.forks)."""
        return python("scrapy", *self._arguments(words, settings))

    def crawl(self, *arguments: str, **settings: object) -> Ended:
        """`scrapy crawl news`; arguments such as `mode=backfill` are given with -a."""
        return self.scrapy("crawl", "news", *(x for a in arguments for x in ("-a", a)), **settings)

    def start(self, *words: str, **settings: object) -> subprocess.Popen[str]:
        """Start `scrapy …` and go on; in a process group of its own."""
        return subprocess.Popen(
            self.command(*words, **settings),
            cwd=ROOT,
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of the archive."""
        with closing(sqlite3.connect(f"{self.archive.as_uri()}?mode=ro", uri=True)) as conn:
            return conn.execute(sql, values).fetchall()

    def execute(self, sql: str, *values: object) -> None:
        """Change the archive behind the program's back."""
        with closing(sqlite3.connect(self.archive)) as conn, conn:
            conn.execute(sql, values)

    def outcomes(self, run: int | None = None) -> dict[str, tuple[str, str]]:
        """Path (with query) → outcome and detail, of a run or of the last."""
        rows = self.rows(
            "SELECT url, outcome, detail FROM outcomes WHERE run_id = coalesce(?, (SELECT max(id) FROM runs))", run
        )
        return {"/" + url.split("/", 3)[3]: (outcome, detail) for url, outcome, detail in rows}

    def run_state(self) -> tuple[str, int, int, int]:
        """State, taken up, ended, exit code of the last run."""
        return self.rows("SELECT state, taken_up, ended, exit_code FROM runs ORDER BY id DESC LIMIT 1")[0]
