"""open_run(): everything that must be right before the first request, checked in one place."""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from datetime import datetime
from math import inf
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Final

from scrapy.settings import BaseSettings

from newscrawler.archive import Archive, ArchiveError, ledger, open_archive
from newscrawler.archive.holdings.search_index import outdated_index, reindex
from newscrawler.archive.holdings.takedowns import is_taken_down
from newscrawler.archive.lock import Lock, LockHeld
from newscrawler.archive.polls.clocks import set_back
from newscrawler.archive.polls.sites import remember_sites
from newscrawler.archive.queue import frontier
from newscrawler.archive.queue.backlog import longest_unvisited_first
from newscrawler.archive.queue.pruning import keep_of
from newscrawler.choosing import BadChoice, choose, urls_asked_for
from newscrawler.exits import LOCKED, NOT_STARTED, Refused
from newscrawler.health.alerts import unknown_addresses
from newscrawler.link import Link
from newscrawler.readers import NoReaders, Readers, make_readers
from newscrawler.run import Run
from newscrawler.seeds import SeedError, load_sites, owner_of
from newscrawler.site import Site
from newscrawler.tagging import tagger_files, tagger_of
from newscrawler.text.tagger import Tagger
from newscrawler.text.tagger_files import TaggerFiles
from newscrawler.text.tags import LexiconError
from newscrawler.text.topic_model import BadModel
from newscrawler.times import durations, utc_now
from newscrawler.urls import CanonicalUrl

_logger: Final = logging.getLogger(__name__)

_PATHS: Final = ("NEWS_ARCHIVE", "NEWS_RAW_DIR", "NEWS_SEEDS_DIR", "NEWS_TOPIC_MODEL")
_NUMBERS: Final[Mapping[str, tuple[type[int] | type[float], float, float]]] = {
    "NEWS_RAW_MAX_BYTES": (int, 1_000, inf),
    "NEWS_EXTRACT_WORKERS": (int, 0, 256),
    "NEWS_EXTRACT_TIMEOUT_S": (float, 0.1, 86_400),
    "NEWS_MIN_WORDS": (int, 1, inf),
    "NEWS_ARABIC_SHARE_MIN": (float, 0, 1),
    "NEWS_FOREIGN_SHARE_MAX": (float, 0, 1),
    "NEWS_DUPLICATE_MIN": (float, 0, 1),
    "NEWS_RELATED_MIN": (float, 0, 1),
    "NEWS_REVISIT_SHARE": (float, 0, 1),
    "NEWS_BACKFILL_PAGES": (int, 1, 100_000),
    "NEWS_TAG_CONFIDENCE_MIN": (float, 0, 1),
    "NEWS_PROGRESS_EVERY_S": (float, 1, 86_400),
    "NEWS_RUN_LIMIT_S": (float, 0, inf),
    "NEWS_RUN_REQUESTS_MAX": (int, 0, inf),
}
"""Setting → kind, smallest and largest value."""

_SCHEDULER: Final = re.compile(r"(?:tcp|tls)://(?:[^\s/:@]+|\[[0-9a-fA-F:.]+\]):\d{1,5}")


class CannotStart(Refused):
    """The crawl can't start; the message says why, `exit_code` is the command's."""

    def __init__(self, message: str, *, exit_code: int = NOT_STARTED) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def open_run(
    settings: BaseSettings, *, spider: str, arguments: Mapping[str, str], clock: Callable[[], datetime] = utc_now
) -> Run:
    """Read seeds and settings, lock and open the archive, start the run.

    `arguments` are the spider's; `site`, `country` and `url` choose what is crawled. The run goes by `clock`.
    Raises CannotStart; then nothing was changed.
    """
    now = clock()
    check_settings(settings)
    sites, tagger = _load(settings)
    try:
        wanted = urls_asked_for(arguments)
        chosen = choose(sites, arguments, wanted, active_only=spider == "news")
    except BadChoice as why:
        raise CannotStart(str(why)) from why
    _check_raw_dir(settings)
    path = Path(settings["NEWS_ARCHIVE"])
    with ExitStack() as undo:
        if (readers := _cluster(settings)) is not None:
            undo.callback(readers.close)
        lock, archive = _lock_and_open(path, now)
        try:
            _bring_index_up_to_date(archive)
            with archive.transaction() as conn:
                clock_set_back = set_back(conn, now=now) if spider == "news" else None
                remember_sites(conn, sites.values(), now=now)
                run_id = ledger.start_run(conn, spider=spider, arguments=arguments, now=now)
                _ask_for(conn, wanted, chosen, now)
        except (sqlite3.Error, CannotStart) as why:
            archive.close()
            lock.release()
            if isinstance(why, CannotStart):
                raise
            raise CannotStart(f"{path}: can't be written: {why}") from why
        undo.pop_all()
    run = Run(
        id=run_id,
        archive=archive,
        lock=lock,
        sites=longest_unvisited_first(archive.conn, chosen),
        started_at=now,
        revisit=durations(settings["NEWS_REVISIT"]),
        raw_dir=Path(settings["NEWS_RAW_DIR"]),
        tagger=tagger,
        only=wanted or None,
        clock=clock,
        readers=readers,
    )
    if clock_set_back:
        run.problem(clock_set_back)
    return run


def readers_of(settings: BaseSettings, *, files: TaggerFiles | None = None) -> Readers:
    """The readers the settings ask for; `files`: with what they tag. Raises CannotStart if there are none."""
    try:
        return make_readers(
            workers=settings.getint("NEWS_EXTRACT_WORKERS"),
            timeout_s=settings.getfloat("NEWS_EXTRACT_TIMEOUT_S"),
            min_words=settings.getint("NEWS_MIN_WORDS"),
            files=files,
            cluster=settings["NEWS_CLUSTER"],
        )
    except NoReaders as why:
        raise CannotStart(f"setting NEWS_CLUSTER: {why}") from why


def check_settings(settings: BaseSettings) -> None:
    """Read every NEWS_ setting once. Raises CannotStart naming those that can't be read, all at once."""
    readers: dict[str, Callable[[str], object]] = {
        "NEWS_RAW_ENABLED": settings.getbool,
        "NEWS_REVISIT": lambda name: durations(settings[name]),
        "NEWS_KEEP": lambda name: keep_of(settings[name]),
        **{name: lambda name: _not_empty(settings[name]) for name in _PATHS},
        **{name: lambda name: _number(settings[name], *_NUMBERS[name]) for name in _NUMBERS},
    }
    problems = []
    for name, read in readers.items():
        try:
            read(name)
        except (ValueError, TypeError) as why:
            problems.append(f"setting {name}: {settings[name]!r}: {why}")
    if settings["NEWS_PROGRESS"] not in ("auto", "live", "lines", "off"):
        problems.append(f"setting NEWS_PROGRESS: {settings['NEWS_PROGRESS']!r}: use auto, live, lines or off")
    if (address := settings["NEWS_CLUSTER"]) and not _SCHEDULER.fullmatch(address):
        problems.append(f"setting NEWS_CLUSTER: {address!r}: give a Dask scheduler such as tcp://host:8786")
    if not problems and settings.getfloat("NEWS_RELATED_MIN") > settings.getfloat("NEWS_DUPLICATE_MIN"):
        problems.append("setting NEWS_RELATED_MIN: must not be larger than NEWS_DUPLICATE_MIN")
    if unknown := unknown_addresses(str(settings["NEWS_ALERT_URLS"] or "").split()):
        problems.append(f"setting NEWS_ALERT_URLS: {', '.join(unknown)}: apprise knows no such address")
    if problems:
        raise CannotStart("\n".join(problems))


def _number(text: Any, kind: type[int] | type[float], low: float, high: float) -> None:
    try:
        value = kind(text)
    except (ValueError, TypeError) as why:
        raise ValueError("must be a whole number" if kind is int else "must be a number") from why
    if not low <= value <= high:  # written so that nan is refused too
        raise ValueError(f"must be from {low:g}" + (f" to {high:g}" if high < inf else " on"))


def _not_empty(value: str) -> None:
    if not str(value).strip():
        raise ValueError("must not be empty")


def _cluster(settings: BaseSettings) -> Readers | None:
    """Before anything is changed, since it may not be there. None: the spider makes its readers itself."""
    return readers_of(settings, files=tagger_files(settings)) if settings["NEWS_CLUSTER"] else None


def _load(settings: BaseSettings) -> tuple[dict[str, Site], Tagger]:
    try:
        return load_sites(Path(settings["NEWS_SEEDS_DIR"])), tagger_of(settings)
    except (SeedError, LexiconError, BadModel) as why:
        raise CannotStart(str(why)) from why


def _check_raw_dir(settings: BaseSettings) -> None:
    if not settings.getbool("NEWS_RAW_ENABLED"):
        return
    folder = Path(settings["NEWS_RAW_DIR"])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as why:
        raise CannotStart(f"{folder}: WARC files can't be written here: {_in_words(why)}") from why


def _in_words(why: OSError) -> str:
    no_folder = isinstance(why, FileExistsError | NotADirectoryError)
    return "a file stands where a folder must be" if no_folder else str(why.strerror)


def _lock_and_open(path: Path, now: datetime) -> tuple[Lock, Archive]:
    try:
        lock = Lock(path, started_at=now)
    except LockHeld as why:
        raise CannotStart(str(why), exit_code=LOCKED) from why
    except OSError as why:
        raise CannotStart(f"{path}: can't be written: {_in_words(why)}") from why
    try:
        return lock, open_archive(path)
    except ArchiveError as why:
        lock.release()
        raise CannotStart(str(why)) from why


def _bring_index_up_to_date(archive: Archive) -> None:
    """Articles indexed by two versions would be found by no search for both: the old ones come first, once."""
    if (older := outdated_index(archive.conn)) is None:
        return
    _logger.warning("search index made by %s: making it anew first; `scrapy reindex` does the same", older)
    reindex(archive, progress=lambda done, total: _logger.info("search index: %d of %d articles", done, total))


def _ask_for(conn: sqlite3.Connection, urls: Iterable[CanonicalUrl], sites: Mapping[str, Site], now: datetime) -> None:
    for url in urls:
        if is_taken_down(conn, url):
            raise CannotStart(f"url: {url} was taken down and is not crawled again")
        site = owner_of(url, sites.values())
        assert site is not None  # `choose` has refused addresses that are nobody's
        frontier.discover(conn, [(url, Link(url=url))], site=site.id, source_id=None, now=now)
    frontier.make_due(conn, urls, now=now)
