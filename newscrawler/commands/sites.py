"""`scrapy sites list|check|probe`: what the seed files say, whether it is still true, and a draft of a new one."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from newscrawler.cli import ArchiveCommand, BadArgument
from newscrawler.exits import BROKE

if TYPE_CHECKING:
    from newscrawler.checking.findings import SiteCheck
    from newscrawler.site import Site

_FOR: Final[Mapping[str, tuple[str, ...]]] = {
    "markdown": ("list",),
    "site": ("check",),
    "country": ("check",),
    "status": ("check",),
    "write": ("probe",),
    "private_network": ("probe",),
    "requests": ("probe",),
    "delay": ("probe",),
}
"""Option → the words it goes with. `--json` goes with all."""

_NOT_GIVEN: Final = (None, False)
"""What an option is that nobody gave."""


class Command(ArchiveCommand):
    """Lists the outlets after checking every seed file; asks the outlets themselves; drafts a seed file."""

    takes_words = True

    def syntax(self) -> str:
        """What follows the command's name."""
        return "list [--json | --markdown]  |  check [--site ID,…] [--json]  |  probe URL [--write] [--json]"

    def short_desc(self) -> str:
        """One line of `scrapy -h`."""
        return "List the outlets, check them live, or draft the seed file of a new one"

    def add_options(self, parser: ArgumentParser) -> None:
        """Those of all three."""
        super().add_options(parser)
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="for programs")
        form.add_argument("--markdown", action="store_true", help="list: by country, as the table of README.md")
        parser.add_argument("--site", metavar="ID,…", help="check: only these, whatever their status")
        parser.add_argument("--country", metavar="CC,…", help="check: only these countries")
        parser.add_argument("--status", metavar="WORD,…", help="check: of these statuses, or `all`; default: active")
        parser.add_argument("--write", action="store_true", help="probe: into seeds/sites, never over another file")
        parser.add_argument(
            "--private-network", action="store_true", help="probe: an address on this machine or network"
        )
        parser.add_argument("--requests", type=int, metavar="N", help="probe: at most so many; default 40")
        parser.add_argument("--delay", type=float, metavar="S", help="probe: seconds between two requests; default 2")

    def carry_out(self, args: list[str], opts: Namespace) -> int:
        """One of the three."""
        verb = args[0] if args else ""
        if verb not in ("list", "check", "probe") or len(args) != (2 if verb == "probe" else 1):
            raise BadArgument("use: scrapy sites list, scrapy sites check, or scrapy sites probe URL")
        for option, verbs in _FOR.items():
            given = not any(getattr(opts, option) is unset for unset in _NOT_GIVEN)  # `--delay 0` is given
            if given and verb not in verbs:
                raise BadArgument(f"--{option.replace('_', '-')} goes with `scrapy sites {verbs[0]}`")
        return self._list(opts) if verb == "list" else self._ask(args, opts)

    def _sites(self) -> dict[str, Site]:
        from newscrawler.seeds import load_sites

        assert self.settings is not None
        return load_sites(Path(self.settings["NEWS_SEEDS_DIR"]))

    def _list(self, opts: Namespace) -> int:
        sites = self._sites()
        if opts.json:
            dumped = [site.model_dump(mode="json") for site in sites.values()]
            print(json.dumps(dumped, ensure_ascii=False, indent=2))
            return 0
        if opts.markdown:
            from newscrawler.directory import as_markdown

            print(as_markdown(sites.values()))
            return 0
        _print_table(sites.values())
        return 0

    def _ask(self, args: list[str], opts: Namespace) -> int:
        from newscrawler.asking.session import SessionStopped

        try:
            return self._check(opts) if args[0] == "check" else self._probe(args[1], opts)
        except SessionStopped as why:
            print(f"newscrawler: {why}", file=sys.stderr)
            return BROKE

    def _check(self, opts: Namespace) -> int:
        from rich.console import Console

        from newscrawler.asking.session import SessionStopped
        from newscrawler.checking.choosing import NoSuchSites, choose
        from newscrawler.checking.display import as_json, print_checks
        from newscrawler.checking.findings import HEALTHY
        from newscrawler.checking.running import run_check
        from newscrawler.terminal import stdout_console

        assert self.settings is not None
        try:
            chosen = choose(self._sites(), site=opts.site, country=opts.country, status=opts.status)
        except NoSuchSites as why:
            raise BadArgument(str(why)) from why
        done: list[SiteCheck] = []
        screen = Console(stderr=True)
        with screen.status(f"0 of {len(chosen)}") as status:

            def tell(check: SiteCheck) -> None:
                done.append(check)
                status.update(f"{len(done)} of {len(chosen)}, the last: {check.site} {check.verdict}")

            try:
                run_check(self.settings, chosen, tell=tell)
            except SessionStopped:
                print("newscrawler: stopped before the end", file=sys.stderr)
        order = {key: place for place, key in enumerate(chosen)}
        done.sort(key=lambda check: order[check.site])
        if opts.json:
            print(as_json(done))
        else:
            print_checks(done, stdout_console(), asked=len(chosen))
        healthy = sum(check.verdict == HEALTHY for check in done)
        return 0 if healthy == len(chosen) else BROKE

    def _probe(self, url: str, opts: Namespace) -> int:
        from newscrawler.probing.command import probe, write_draft
        from newscrawler.probing.limits import Limits, NoDraft, NotProbed

        assert self.settings is not None
        try:
            limits = Limits.of(requests=opts.requests, delay_s=opts.delay, private_network=opts.private_network)
            found = probe(self.settings, url, limits=limits)
        except NotProbed as why:
            raise BadArgument(str(why)) from why
        except NoDraft as why:
            print(f"newscrawler: {why}", file=sys.stderr)
            return BROKE
        folder = Path(self.settings["NEWS_SEEDS_DIR"])
        if opts.write:
            try:
                path = write_draft(found, folder)
            except FileExistsError as why:
                raise BadArgument(str(why)) from why
            print(f"{path}: written; read it, then `scrapy sites check --site {path.stem}`", file=sys.stderr)
        if opts.json:
            print(found.as_json())
        elif not opts.write:
            print(found.toml, end="")
        return 0


def _print_table(sites: Iterable[Site]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in ("id", "name", "country", "kind", "status", "sources", "home"):
        table.add_column(name)
    for site in sites:
        kinds = ", ".join(sorted({source.kind for source in site.source})) or "none"
        table.add_row(site.id, site.name, site.country, site.kind, site.status, kinds, site.home)
    Console().print(table)
