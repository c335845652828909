"""`scrapy sites`: what the seed files say."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from newscrawler.cli import ArchiveCommand, BadArgument
from newscrawler.seeds import load_sites


class Command(ArchiveCommand):
    """Lists the outlets after checking every seed file."""

    takes_words = True

    def syntax(self) -> str:
        """What follows the command's name."""
        return "list [--json]"

    def short_desc(self) -> str:
        """One line of `scrapy -h`."""
        return "Check the seed files and list the outlets"

    def add_options(self, parser: ArgumentParser) -> None:
        """--json."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="as a JSON array")

    def carry_out(self, args: list[str], opts: Namespace) -> int:
        """Print them."""
        assert self.settings is not None
        if args != ["list"]:
            raise BadArgument("use: scrapy sites list")
        sites = load_sites(Path(self.settings["NEWS_SEEDS_DIR"]))
        if opts.json:
            dumped = [site.model_dump(mode="json") for site in sites.values()]
            print(json.dumps(dumped, ensure_ascii=False, indent=2))
            return 0
        table = Table(box=None, pad_edge=False)
        for name in ("id", "name", "country", "kind", "status", "sources", "home"):
            table.add_column(name)
        for site in sites.values():
            kinds = ", ".join(sorted({source.kind for source in site.source})) or "none"
            table.add_row(site.id, site.name, site.country, site.kind, site.status, kinds, site.home)
        Console().print(table)
        return 0
