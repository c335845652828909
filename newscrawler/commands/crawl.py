"""`scrapy crawl`: Scrapy's own command, with a check before the start and an honest exit code after the end."""

from __future__ import annotations

import gc
import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from newscrawler.cli import print_on_any_terminal
from newscrawler.exits import NOT_STARTED, Refused

if TYPE_CHECKING:
    from newscrawler.run import Run


class Command(ScrapyCrawl):
    """Exit codes: 0 all well, 1 something broke, 2 could not start, 3 another crawl holds the archive."""

    def long_desc(self) -> str:
        """Shown by `scrapy crawl -h`."""
        return (
            "Crawl the sites of the seed files into the archive. Exit code: 0 the run finished and every site met "
            "its expectations, 1 something broke and the report says what, 2 it could not start, 3 another crawl "
            "holds the archive."
        )

    def run(self, args: list[str], opts: Namespace) -> None:
        """Check, crawl, report."""
        from newscrawler.report import read_report
        from newscrawler.starting import open_run
        from newscrawler.terminal import print_report

        print_on_any_terminal()
        if len(args) != 1:
            raise UsageError("name one spider: scrapy crawl news")
        assert self.crawler_process is not None
        if args[0] not in (spiders := self.crawler_process.spider_loader.list()):
            raise UsageError(f"no spider {args[0]}; there are {', '.join(sorted(spiders))}")
        try:
            crawler = self._create_crawler(args[0])
            crawler.spidercls.check_arguments(opts.spargs)  # type: ignore[attr-defined]
            run = open_run(crawler.settings, spider=args[0], arguments=opts.spargs)
        except Refused as why:
            print(f"newscrawler: can't start\n{why}", file=sys.stderr)
            self.exitcode = why.exit_code
            return
        if not crawler.spidercls.replays:  # type: ignore[attr-defined]
            _ask_for_contact(run, crawler.settings["NEWS_CONTACT"])
        self.crawler_process.crawl(crawler, run=run, **opts.spargs)
        try:
            self.crawler_process.start()
        finally:
            _let_threads_go()
        self.exitcode = NOT_STARTED if run.exit_code is None else run.exit_code
        if run.unwritable is None and run.exit_code is not None:
            print_report(read_report(run.archive.path, run_id=run.id))
        gc.freeze()  # looking for garbage as the process ends takes 0.2 s, and nobody needs it


def _ask_for_contact(run: Run, contact: str) -> None:
    """Tell a person at a terminal that newspapers have nobody to write to. Cron would mail it every half hour."""
    public = not all(site.private_network for site in run.sites.values())
    if public and not contact and sys.stderr.isatty():
        print("newscrawler: NEWS_CONTACT is empty: a newspaper that minds can only block us", file=sys.stderr)


def _let_threads_go() -> None:
    """Stop Twisted's threads if its own clean-up was cut short, as by a closed pipe in place of a terminal:
    they would keep the process for ever, one for every run under a cron whose logger died.
    """
    from twisted.internet import reactor  # there is one only now

    pool = getattr(reactor, "threadpool", None)
    if pool is not None:
        pool.stop()
