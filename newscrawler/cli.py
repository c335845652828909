"""ArchiveCommand: what the commands that read or change an archive have in common.

Scrapy imports the modules of all commands to find the one that was asked for. So neither they nor this one import
anything at their top that works; what a command needs is imported in the function that uses it.
"""

from __future__ import annotations

import io
import sqlite3
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from scrapy.commands import ScrapyCommand

from newscrawler.exits import NOT_STARTED, Refused

if TYPE_CHECKING:
    from newscrawler.archive import Archive


class ArchiveCommand(ScrapyCommand):
    """Bad input is a sentence on standard error and exit code 2, never a traceback; a held lock is 3."""

    takes_words: ClassVar[bool] = False
    """Whether the command line may have words that are no options."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar = {"LOG_ENABLED": False}

    def run(self, args: list[str], opts: Namespace) -> None:
        """Carry the command out and turn its errors into exit codes."""
        print_on_any_terminal()
        try:
            if args and not self.takes_words:
                raise BadArgument(f"{args[0]}: not understood; `scrapy {_name_of(self)} -h` shows the options")
            self.exitcode = self.carry_out(args, opts)
        except Refused as why:
            self._refuse(str(why), why.exit_code)
        except sqlite3.DatabaseError as why:
            self._refuse(f"{self.archive_path}: {why}; `scrapy doctor` looks closer", NOT_STARTED)

    def carry_out(self, args: list[str], opts: Namespace) -> int:
        """The command itself; returns its exit code."""
        raise NotImplementedError

    @property
    def archive_path(self) -> Path:
        """Where the settings say the archive is."""
        assert self.settings is not None
        return Path(self.settings["NEWS_ARCHIVE"])

    @contextmanager
    def writing(self) -> Iterator[Archive]:
        """The archive, locked against crawls. Raises LockHeld or ArchiveError; makes no new archive."""
        with locked_archive(self.archive_path) as archive:
            yield archive

    def _refuse(self, why: str, code: int) -> None:
        print(f"newscrawler: {why}", file=sys.stderr)  # noqa: T201 (a command's edge)
        self.exitcode = code


def _name_of(command: ScrapyCommand) -> str:
    return type(command).__module__.rpartition(".")[2]


@contextmanager
def locked_archive(path: Path, *, make: bool = False) -> Iterator[Archive]:
    """An archive to write to, locked against crawls; `make`: a new one if there is none.

    Raises LockHeld or ArchiveError.
    """
    from newscrawler.archive import ArchiveError, open_archive
    from newscrawler.archive.lock import Lock

    if not make and not path.exists():
        raise ArchiveError(f"{path}: there is no archive here")
    try:
        lock = Lock(path, started_at=datetime.now(UTC))
    except OSError as why:
        raise ArchiveError(f"{path}: can't be written: {why.strerror}") from why
    try:
        with open_archive(path) as archive:
            yield archive
    finally:
        lock.release()


def print_on_any_terminal() -> None:
    """Have standard output and error spell out what their encoding can't hold: no command fails over a name.

    Spelt out as in JSON, not replaced: what a program reads from the output stays true.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a test or a host program may have put something else there
            stream.reconfigure(errors="backslashreplace")


def counted(number: int, one: str, many: str | None = None) -> str:
    """`0 articles`, `1 article`, `2 copies`. `many` is the plural; None: `one` with an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"


class BadArgument(Refused):
    """The command line can't be carried out; the message names the argument."""


def day_of(name: str, value: str | None) -> str | None:
    """The day that the option `--name` gives, YYYY-MM-DD. None: it was not given. Raises BadArgument for no date."""
    try:
        return value and date.fromisoformat(value).isoformat()  # 20261101 is a date too, and would sort wrongly
    except ValueError as why:
        raise BadArgument(f"--{name} {value}: not a date such as 2026-11-01") from why
