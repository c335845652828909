"""`scrapy reextract`: read the archive's own captures again, with the extractor of today."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from scrapy.exceptions import UsageError

from newscrawler.cli import counted, locked_archive, print_on_any_terminal
from newscrawler.commands.crawl import Command as Crawl
from newscrawler.exits import BROKE, FINISHED, NOT_STARTED, Refused


class Command(Crawl):
    """Corrects fields in place: what changes is our reading, so no older state is kept."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "[--site ID[,ID…]] [--since DATE] [--dry-run]"

    def short_desc(self) -> str:
        """One line of `scrapy -h`."""
        return "Read the stored pages again, without network"

    def long_desc(self) -> str:
        """Shown by `scrapy reextract -h`."""
        return (
            "Read the pages in the WARC files again with today's extractor, and correct the articles in place. Before "
            "that, signatures of near copies that are missing or were made by an older version are made anew from the "
            "stored texts."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        """--site, --since, --dry-run."""
        super().add_options(parser)
        parser.add_argument("--site", default="", metavar="ID", help="only these sites")
        parser.add_argument("--since", default="", metavar="YYYY-MM-DD", help="only pages fetched then or later")
        parser.add_argument("--dry-run", action="store_true", help="print what would change, change nothing")

    def run(self, args: list[str], opts: Namespace) -> None:
        """Replay the captures into the archive, or into a copy of it that is thrown away."""
        from newscrawler.archive import read_archive
        from newscrawler.archive.connection import copy_archive

        print_on_any_terminal()
        if args:
            raise UsageError(f"{args[0]}: not understood; there are only options")
        assert self.settings is not None
        assert self.crawler_process is not None
        opts.spargs = {name: value for name, value in (("site", opts.site), ("since", opts.since)) if value}
        archive = Path(self.settings["NEWS_ARCHIVE"])
        try:
            if not opts.dry_run:
                read_archive(archive).close()
                self._rebuild(archive)
                super().run(["replay"], opts)
                return
            with tempfile.TemporaryDirectory(prefix="newscrawler-") as folder:
                copy = Path(folder) / archive.name
                copy_archive(archive, copy)
                self._rebuild(copy)
                self.crawler_process.settings.set("NEWS_ARCHIVE", str(copy), priority="cmdline")
                super().run(["replay"], opts)
                if self.exitcode in (FINISHED, BROKE):
                    _print_changes(copy)
        except Refused as why:
            print(f"newscrawler: can't start\n{why}", file=sys.stderr)
            self.exitcode = why.exit_code
        except sqlite3.Error as why:
            print(f"newscrawler: {archive}: can't be written: {why}", file=sys.stderr)
            self.exitcode = NOT_STARTED

    def _rebuild(self, path: Path) -> None:
        """Signatures that an older version made, from the stored texts: no page is read for them."""
        from newscrawler.archive.copies.limits import Limits
        from newscrawler.archive.copies.rebuilding import rebuild
        from newscrawler.starting import check_settings

        assert self.settings is not None
        check_settings(self.settings)
        with locked_archive(path) as archive:
            made = rebuild(archive, limits=Limits.of(self.settings))
        if made:
            print(f"{counted(made, 'signature')} made anew from the stored texts")


def _print_changes(copy: Path) -> None:
    from newscrawler.archive import read_archive

    with read_archive(copy) as archive:
        changes = archive.conn.execute(
            """SELECT url, outcome, detail FROM outcomes AS now WHERE run_id = (SELECT max(id) FROM runs)
               AND NOT (outcome = 'Unchanged' AND detail = '') AND NOT EXISTS (
                   SELECT 1 FROM outcomes AS before WHERE before.url = now.url AND before.run_id < now.run_id
                   AND before.outcome = now.outcome AND before.detail = now.detail
               ) ORDER BY site, url"""
        ).fetchall()
    print(f"Dry run, nothing was changed. {len(changes)} addresses would be:")
    for url, outcome, detail in changes:
        print(f"  {outcome} {detail}: {url}")
