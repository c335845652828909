"""`scrapy demo`: the built-in newsroom, crawled twice into an archive of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from newscrawler.cli import ArchiveCommand

FOLDER: Final = Path("data/demo")
"""Where the demo keeps everything it makes; emptied at each start."""


class Command(ArchiveCommand):
    """Needs no network: three invented outlets are served on 127.0.0.1."""

    def short_desc(self) -> str:
        """One line of `scrapy -h`."""
        return "Crawl the built-in newsroom into data/demo and show what comes of it"

    def add_options(self, parser: ArgumentParser) -> None:
        """No options of its own."""
        super().add_options(parser)

    def carry_out(self, args: list[str], opts: Namespace) -> int:  # noqa: ARG002
        """Serve, crawl, let the newspapers change, crawl again, show."""
        from newscrawler.demo.newsroom import Newsroom

        shutil.rmtree(FOLDER, ignore_errors=True)
        archive = FOLDER / "archive.db"
        with Newsroom() as newsroom:
            newsroom.write_seeds(FOLDER / "seeds")
            print("Three invented newspapers are on the air:")
            for site in newsroom.sites:
                print(f"  {site.id}  {site.home}")
            print("\nFirst crawl: everything is new.", flush=True)
            first = _crawl(archive)
            newsroom.edition = 2
            print("\nSecond crawl: the newspapers have edited an article.", flush=True)
            second = _crawl(archive)
        if first == second == 0:
            _show_one(archive)
        print(_next_steps(archive))
        return max(first, second)


def _crawl(archive: Path) -> int:
    environment = os.environ | {
        "NEWS_ARCHIVE": str(archive),
        "NEWS_RAW_DIR": str(FOLDER / "warc"),
        "NEWS_SEEDS_DIR": str(FOLDER / "seeds"),
        "NEWS_REVISIT": "0s 0s",  # the second crawl comes at once and looks at everything again
    }
    # The newsroom's threads and the crawl's reactor each have a process, as on the real web.
    command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"site={','.join(_sites())}"]
    return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 (our own command)


def _sites() -> list[str]:
    return sorted(path.stem for path in (FOLDER / "seeds" / "sites").rglob("*.toml"))


def _show_one(path: Path) -> None:
    from newscrawler.archive import read_archive
    from newscrawler.article import as_document

    with read_archive(path) as archive:
        row = archive.conn.execute(
            """SELECT * FROM articles WHERE id = (SELECT article_id FROM revisions ORDER BY id DESC LIMIT 1)"""
        ).fetchone()
    if row is None:
        return
    document = as_document(row["section"], row["title"], row["standfirst"], row["text"])
    print("\nThe article that was edited, as it is archived now:\n")
    for paragraph in document.split("\n\n")[:4]:
        print(textwrap.fill(paragraph, 100, initial_indent="    ", subsequent_indent="    ") + "\n")
    print(f"    {unquote(row['url'])}\n    published {row['published_at']} (from {row['published_from']})")


def _next_steps(archive: Path) -> str:
    scrapy = Path(sys.executable).parent / "scrapy"
    shown = os.path.relpath(scrapy) if scrapy.exists() else "scrapy"
    return f"\nThe archive is {archive}. Read it in a browser:\n\n    {shown} browse -s NEWS_ARCHIVE={archive}\n"
