"""`scrapy browse`: the reading room of the archive."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from newscrawler.cli import ArchiveCommand
from newscrawler.commands.demo import FOLDER

OWN: Final = Path("data/archive.db")
DEMO: Final = FOLDER / "archive.db"


class Command(ArchiveCommand):
    """Datasette on the archive; the plugin gives it its Arabic pages."""

    def short_desc(self) -> str:
        """One line of `scrapy -h`."""
        return "Open the reading room (Datasette) on 127.0.0.1"

    def add_options(self, parser: ArgumentParser) -> None:
        """--port, --host, --open."""
        super().add_options(parser)
        parser.add_argument("--port", type=int, default=8001, help="default: 8001")
        parser.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1, this machine only")
        parser.add_argument("--open", action="store_true", help="open a browser too")

    def carry_out(self, args: list[str], opts: Namespace) -> int:  # noqa: ARG002
        """Become Datasette."""
        from newscrawler.archive import read_archive

        path = self.archive_path
        if path == OWN and not path.exists() and DEMO.exists():
            print(f"There is no {path} yet: this is the demo's archive.")
            path = DEMO
        with read_archive(path) as archive:  # says clearly what is wrong with it, before Datasette does
            how = ["--immutable"] if archive.immutable else []
        command = [sys.executable, "-m", "datasette", "serve", *how, str(path)]
        command += ["--host", opts.host, "--port", str(opts.port)] + (["--open"] if opts.open else [])
        sys.stdout.flush()
        os.execv(sys.executable, command)  # noqa: S606 (our own interpreter)
        return 0
