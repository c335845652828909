"""`scrapy report`: what a run did."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from newscrawler.cli import ArchiveCommand
from newscrawler.report import read_report
from newscrawler.terminal import print_report


class Command(ArchiveCommand):
    """The last run, or one by its number; for people, or as JSON."""

    def short_desc(self) -> str:
        """One line of `scrapy -h`."""
        return "Show what a crawl did: outcomes per site, what broke"

    def add_options(self, parser: ArgumentParser) -> None:
        """--run, --last, --json."""
        super().add_options(parser)
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--run", type=int, dest="run_id", metavar="ID", help="a run by its number")
        which.add_argument("--last", action="store_true", help="the last run (the default)")
        parser.add_argument("--json", action="store_true", help="as one JSON object")

    def carry_out(self, args: list[str], opts: Namespace) -> int:  # noqa: ARG002
        """Print it."""
        report = read_report(self.archive_path, run_id=opts.run_id)
        if opts.json:
            print(report.to_json())
        else:
            print_report(report)
        return 0
