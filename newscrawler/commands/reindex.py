"""`scrapy reindex`: make the search index anew after its rules or the dictionary changed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from newscrawler.cli import ArchiveCommand, counted


class Command(ArchiveCommand):
    """Goes on where it stopped. A crawl does the same before it begins."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "[--all]"

    def short_desc(self) -> str:
        """One line of `scrapy -h`."""
        return "Make the search index anew if another version made it"

    def add_options(self, parser: ArgumentParser) -> None:
        """--all."""
        super().add_options(parser)
        parser.add_argument("--all", action="store_true", help="look at every article, whatever version is noted")

    def carry_out(self, args: list[str], opts: Namespace) -> int:  # noqa: ARG002 (refused by ArchiveCommand)
        """Index anew what is indexed otherwise, in batches, and say how much it was."""
        from newscrawler.archive.holdings.search_index import outdated_index, reindex
        from newscrawler.text.search import search_version

        with self.writing() as archive:
            older = outdated_index(archive.conn)
            if older is None and not opts.all:
                print(f"The search index is of today's version, {search_version()}.")
                return 0
            changed = reindex(archive, progress=_print_progress, everything=opts.all)
        print(f"{counted(changed, 'article')} indexed anew, by {search_version()}.")
        return 0


def _print_progress(done: int, total: int) -> None:
    print(f"{done} of {total}", flush=True)
