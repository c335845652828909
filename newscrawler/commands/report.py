"""`scrapy report`: what a run did, how the outlets stand, and how much of what they listed is archived."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date

from newscrawler.cli import ArchiveCommand, BadArgument, day_of


class Command(ArchiveCommand):
    """The last run, or one by its number; for people, or as JSON."""

    def short_desc(self) -> str:
        """One line of `scrapy -h`."""
        return "Show what a crawl did: outcomes per site, what broke"

    def add_options(self, parser: ArgumentParser) -> None:
        """--run, --last, --all, --json, and --coverage with its filters."""
        super().add_options(parser)
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--run", type=int, dest="run_id", metavar="ID", help="a run by its number")
        which.add_argument("--last", action="store_true", help="the last run (the default)")
        parser.add_argument("--all", action="store_true", dest="every", help="a line for every site, healthy ones too")
        parser.add_argument("--json", action="store_true", help="as one JSON object")
        which.add_argument(
            "--coverage", action="store_true", help="what feeds and sitemaps listed, how much is archived, what isn't"
        )
        parser.add_argument("--site", default="", metavar="ID[,ID]", help="coverage of these sites only")
        parser.add_argument("--since", metavar="YYYY-MM-DD", help="coverage from this day on (default: a week)")
        parser.add_argument("--until", metavar="YYYY-MM-DD", help="coverage up to this day (default: the last run's)")

    def carry_out(self, args: list[str], opts: Namespace) -> int:  # noqa: ARG002
        """Print it. The exit code is 0: what is missing is the crawl's to judge."""
        from newscrawler.report import read_report
        from newscrawler.terminal import print_report

        if opts.coverage:
            self._cover(opts)
            return 0
        if opts.site or opts.since or opts.until:
            raise BadArgument("--site, --since and --until are for --coverage")
        report = read_report(self.archive_path, run_id=opts.run_id)
        if opts.json:
            print(report.to_json())
        else:
            print_report(report, every=opts.every)
        return 0

    def _cover(self, opts: Namespace) -> None:
        from newscrawler.archive import read_archive
        from newscrawler.coverage import read_coverage
        from newscrawler.terminal import stdout_console
        from newscrawler.terminal_coverage import print_coverage

        since, until = day_of("since", opts.since), day_of("until", opts.until)
        sites = [site.strip() for site in opts.site.split(",") if site.strip()]
        with read_archive(self.archive_path) as archive:
            known = {row["id"] for row in archive.conn.execute("SELECT id FROM sites")}
            if unknown := [site for site in sites if site not in known]:
                raise BadArgument(f"--site {', '.join(unknown)}: the archive knows no such site")
            first, last = (date.fromisoformat(day) if day else None for day in (since, until))
            coverage = read_coverage(archive.conn, since=first, until=last, sites=sites)
        if opts.json:
            print(coverage.to_json())
        else:
            print_coverage(stdout_console(), coverage)
