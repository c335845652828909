"""`scrapy takedown URL --reason TEXT`: remove an article for good."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newscrawler.cli import ArchiveCommand, BadArgument, counted
from newscrawler.urls import BadUrl, canonical

if TYPE_CHECKING:
    from newscrawler.archive.holdings.takedowns import Removed


class Command(ArchiveCommand):
    """The article, its older states and its copies go; the address is refused from now on."""

    takes_words = True

    def syntax(self) -> str:
        """What follows the command's name."""
        return "URL --reason TEXT"

    def short_desc(self) -> str:
        """One line of `scrapy -h`."""
        return "Remove an article and refuse its address from now on"

    def add_options(self, parser: ArgumentParser) -> None:
        """--reason."""
        super().add_options(parser)
        parser.add_argument("--reason", required=True, help="why, for those who ask later; kept in the archive")

    def carry_out(self, args: list[str], opts: Namespace) -> int:
        """Remove it and say what was removed and what is left in the WARC files."""
        from newscrawler.archive.copies.limits import Limits
        from newscrawler.archive.holdings.takedowns import take_down

        if len(args) != 1:
            raise BadArgument("name one address: scrapy takedown URL --reason TEXT")
        try:
            url = canonical(args[0])
        except BadUrl as why:
            raise BadArgument(str(why)) from why
        assert self.settings is not None
        limits = Limits.of(self.settings)
        with self.writing() as archive, archive.transaction() as conn:
            removed = take_down(conn, url, reason=opts.reason, now=datetime.now(UTC), limits=limits)
        print(f"{url}: {_in_words(removed)}")
        for file, offsets in _by_file(removed.captures).items():
            word = "offset" if len(offsets) == 1 else "offsets"
            print(f"the page as fetched is still in {file}, {word} {', '.join(offsets)}")
        return 0


def _in_words(removed: Removed) -> str:
    if not removed.articles and not removed.copies:
        return "nothing is archived under this address; it is refused from now on"
    parts = (
        counted(removed.articles, "article"),
        counted(removed.revisions, "older state"),
        counted(removed.copies, "copy", "copies"),
    )
    return f"{', '.join(parts)} removed; the address is refused from now on"


def _by_file(captures: Iterable[str]) -> dict[str, list[str]]:
    """`file:offset` of several records as file → offsets, each once."""
    files: dict[str, list[str]] = {}
    for file, _, offset in (place.rpartition(":") for place in dict.fromkeys(captures)):
        files.setdefault(file, []).append(offset)
    return files
