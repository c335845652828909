"""`scrapy merge OTHER.db [OTHER2.db …]`: bring archives of other machines into this one."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from newscrawler.cli import ArchiveCommand, BadArgument, counted, locked_archive

if TYPE_CHECKING:
    from newscrawler.archive import Archive
    from newscrawler.archive.copies.limits import Limits
    from newscrawler.merging.merge import Merged


class Command(ArchiveCommand):
    """The others are only read. A merge that was stopped is begun again; what came is known."""

    takes_words = True

    def syntax(self) -> str:
        """What follows the command's name."""
        return "OTHER.db [OTHER2.db …]"

    def short_desc(self) -> str:
        """One line of `scrapy -h`."""
        return "Bring archives of other machines into this one"

    def carry_out(self, args: list[str], opts: Namespace) -> int:  # noqa: ARG002
        """Merge one after the other, and say what each brought."""
        from newscrawler.archive import read_archive
        from newscrawler.archive.copies.limits import Limits
        from newscrawler.merging.merge import merge
        from newscrawler.starting import check_settings

        assert self.settings is not None
        if not args:
            raise BadArgument("name an archive: scrapy merge OTHER.db")
        check_settings(self.settings)
        others = [Path(arg) for arg in args]
        for other in others:
            read_archive(other).close()  # all of them, before the first is merged
        limits = Limits.of(self.settings)
        with locked_archive(self.archive_path, make=True) as archive:
            _bring_up_to_date(archive, limits)
            for other in others:
                merged = merge(archive, other, limits=limits)
                print(f"{other}: {_in_words(merged)}")
                self._name_files(merged)
        return 0

    def _name_files(self, merged: Merged) -> None:
        """Those that aren't there: without them their pages can't be read again."""
        from newscrawler.archive.records.warc import OPEN

        assert self.settings is not None
        folder = Path(self.settings["NEWS_RAW_DIR"])
        missing = [name for name in merged.files if not any((folder / (name + end)).exists() for end in ("", OPEN))]
        if missing:
            print(f"copy {counted(len(missing), 'WARC file')} to {folder}:")
            print("\n".join(f"  {name}" for name in missing))


def _bring_up_to_date(archive: Archive, limits: Limits) -> None:
    """Copies are found by signatures of today's algorithm only."""
    from newscrawler.archive.copies.rebuilding import rebuild
    from newscrawler.archive.holdings.search_index import reindex

    reindex(archive)
    rebuild(archive, limits=limits)


def _in_words(merged: Merged) -> str:
    parts = (
        f"{counted(merged.new, 'article')} new",
        f"{merged.revised} changed",
        counted(merged.copies, "copy", "copies"),
        counted(merged.addresses, "address", "addresses"),
        f"{counted(merged.runs, 'run')} with {counted(merged.outcomes, 'outcome')}",
        counted(merged.captures, "capture"),
    )
    refused = f"; {merged.refused} refused, because they were taken down" if merged.refused else ""
    removed = f"; {counted(merged.taken_down, 'takedown')} made here, too" if merged.taken_down else ""
    return ", ".join(parts) + refused + removed
