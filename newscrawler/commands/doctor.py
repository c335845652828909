"""`scrapy doctor`: is the archive whole, and is everything installed that the crawl needs?"""

from __future__ import annotations

import platform
import sqlite3
from argparse import ArgumentParser, Namespace
from importlib.metadata import version
from pathlib import Path

from newscrawler.cli import ArchiveCommand


class Command(ArchiveCommand):
    """Exit code 0 if all is well, 1 if not."""

    def short_desc(self) -> str:
        """One line of `scrapy -h`."""
        return "Check the archive, the WARC files and the installation"

    def add_options(self, parser: ArgumentParser) -> None:
        """--optimize and --vacuum."""
        super().add_options(parser)
        parser.add_argument("--optimize", action="store_true", help="merge the search index, renew SQLite's statistics")
        parser.add_argument(
            "--vacuum", action="store_true", help="rewrite the file without gaps; needs twice its size free"
        )

    def carry_out(self, args: list[str], opts: Namespace) -> int:  # noqa: ARG002
        """Look, and tidy up if asked."""
        from newscrawler.archive import read_archive
        from newscrawler.doctor import examine
        from newscrawler.seeds import load_sites

        assert self.settings is not None
        print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
        print(", ".join(f"{name} {version(name)}" for name in ("scrapy", "trafilatura", "sqlite-utils", "datasette")))
        print(f"{len(load_sites(Path(self.settings['NEWS_SEEDS_DIR'])))} seed files, all valid")
        if (opts.optimize or opts.vacuum) and not self._tidy(all_of_it=opts.vacuum):
            return 1
        with read_archive(self.archive_path) as archive:
            findings = examine(archive.conn, Path(self.settings["NEWS_RAW_DIR"]))
        for finding in findings:
            print(f"{'ok ' if finding.well else 'BAD'} {finding.question}: {finding.detail}")
        return 0 if all(finding.well for finding in findings) else 1

    def _tidy(self, *, all_of_it: bool) -> bool:
        """Locked against crawls. False: there is no room to rewrite the file, and that was said."""
        from newscrawler.archive.tidying import NoRoom, file_size, optimize, vacuum

        with self.writing() as archive:
            before = file_size(archive.conn)
            optimize(archive)
            print("search index merged, statistics renewed")
            if all_of_it:
                try:
                    vacuum(archive)
                except NoRoom as why:
                    print(f"BAD {why}")
                    return False
                print(f"rewritten: {before / 1e6:,.1f} MB became {file_size(archive.conn) / 1e6:,.1f}")
        return True
