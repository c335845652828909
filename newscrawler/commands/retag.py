"""`scrapy retag`: tag archived articles anew with today's lists and rules."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from newscrawler.cli import ArchiveCommand, BadArgument, counted

if TYPE_CHECKING:
    from newscrawler.archive import Archive
    from newscrawler.archive.holdings.retagging import Choice, Untagged
    from newscrawler.text.tagger import Tagger
    from newscrawler.text.tags import Tag

BATCH: Final = 200
"""Articles in one transaction: some tenths of a second, which is what a kill may cost."""

SHOWN: Final = 10
"""Tags in the summary's lists."""


@dataclass
class _Account:
    """What came of it."""

    done: int = 0
    changed: int = 0
    come: Counter[tuple[str, str]] = field(default_factory=Counter)
    gone: Counter[tuple[str, str]] = field(default_factory=Counter)


class Command(ArchiveCommand):
    """Goes on where it stopped: articles that were tagged with the same lists and rules are left alone."""

    def syntax(self) -> str:
        """What follows the command's name."""
        return "[--site ID[,ID…]] [--since DATE] [--dry-run]"

    def short_desc(self) -> str:
        """One line of `scrapy -h`."""
        return "Tag archived articles anew with today's lists"

    def add_options(self, parser: ArgumentParser) -> None:
        """--site, --since, --dry-run."""
        super().add_options(parser)
        parser.add_argument("--site", default="", metavar="ID", help="only these sites")
        parser.add_argument("--since", default=None, metavar="YYYY-MM-DD", help="only articles published then or later")
        parser.add_argument("--dry-run", action="store_true", help="print what would change, change nothing")

    def carry_out(self, args: list[str], opts: Namespace) -> int:  # noqa: ARG002 (refused by ArchiveCommand)
        """Tag what was tagged otherwise, in batches, and say what changed."""
        from newscrawler.archive import read_archive
        from newscrawler.archive.holdings.retagging import Choice
        from newscrawler.starting import check_settings
        from newscrawler.tagging import tagger_of
        from newscrawler.text.lexicon_files import LexiconError
        from newscrawler.text.topic_model import BadModel

        assert self.settings is not None
        check_settings(self.settings)
        try:
            tagger = tagger_of(self.settings)
        except (LexiconError, BadModel) as why:
            raise BadArgument(str(why)) from why
        sites = [part.strip() for part in opts.site.split(",") if part.strip()]
        choice = Choice(tagger.version, sites, _day(opts.since))
        if opts.dry_run:
            with read_archive(self.archive_path) as archive:
                _retag(archive, tagger, choice, dry=True)
            return 0
        with self.writing() as archive:
            _retag(archive, tagger, choice, dry=False)
        return 0


def _day(given: str | None) -> str | None:
    if given is None:
        return None
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as why:
        raise BadArgument(f"--since: {given!r}: use YYYY-MM-DD") from why


def _retag(archive: Archive, tagger: Tagger, choice: Choice, *, dry: bool) -> None:
    from newscrawler.archive.holdings.retagging import count_stale, retag, stale
    from newscrawler.archive.holdings.tags import remove_unused_tags

    account = _Account()
    total = count_stale(archive.conn, choice)
    after = 0
    while batch := stale(archive.conn, choice, after=after, limit=BATCH):
        after = batch[-1].id
        found = [(article, tagger.tags_in(article)) for article in batch]
        if dry:
            for article, tags in found:
                _note(archive, article, tags, account)
        else:
            with archive.transaction() as conn:
                for article, tags in found:
                    _note(archive, article, tags, account)
                    retag(conn, article.id, tags, version=choice.version)
        print(f"{account.done} of {total}, {account.changed} changed", flush=True)
    unused = 0
    if not dry:
        with archive.transaction() as conn:
            unused = remove_unused_tags(conn)
    _print_summary(account, unused, dry=dry)


def _note(archive: Archive, article: Untagged, tags: tuple[Tag, ...], account: _Account) -> None:
    from newscrawler.archive.holdings.retagging import compare

    come, gone = compare(archive.conn, article.id, tags)
    account.done += 1
    account.changed += bool(come or gone)
    account.come.update(come)
    account.gone.update(gone)


def _print_summary(account: _Account, unused: int, *, dry: bool) -> None:
    tagged = counted(account.done, "article")
    if dry:
        print(f"Dry run, nothing was changed. {tagged} would be tagged anew, {account.changed} with other tags.")
    else:
        removed = f"{counted(unused, 'tag')} without articles removed"
        print(f"{tagged} tagged anew, {account.changed} with other tags; {removed}.")
    for what, tags in (("come", account.come), ("gone", account.gone)):
        if tags:
            print(f"{what}: {sum(tags.values())} on articles, {counted(len(tags), 'name')}; most often:")
            for (kind, name), count in tags.most_common(SHOWN):
                print(f"  {count:6} {kind} {name}")
