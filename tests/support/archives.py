"""Articles, sites, archives and runs to test with. What a test doesn't name is filled in plausibly."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from newscrawler.archive import Archive, ledger, open_archive
from newscrawler.archive.lock import Lock
from newscrawler.archive.polls.sites import remember_sites
from newscrawler.archive.queue import frontier
from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.archive.records.captures import add_capture
from newscrawler.archive.records.warc import Record
from newscrawler.article import Article, fingerprinted
from newscrawler.link import Link
from newscrawler.run import Run
from newscrawler.site import Site
from newscrawler.text.language import judge
from newscrawler.urls import canonical
from support.newspaper import headline, paragraphs

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
"""When these tests take place."""


def a_site(key: str = "alpha", **fields: object) -> Site:
    """A site `key`.example."""
    given: dict[str, Any] = {"id": key, "name": "صحيفة", "home": f"https://{key}.example/", "timezone": "Asia/Beirut"}
    return Site.model_validate(given | fields)


def an_article(number: int = 1, **fields: Any) -> Article:
    """Article `number` of the site alpha; different numbers have different texts."""
    url = fields.pop("url", f"https://alpha.example/news/{number}")
    body = fields.pop("paragraphs", tuple(paragraphs(number)))
    given: dict[str, Any] = {
        "site": "alpha",
        "title": headline(number),
        "fetched_at": NOW,
        "requested_url": url,
        "extractor": "test",
        "language": judge(" ".join(body)),
    }
    article = Article(url=url, paragraphs=body, **(given | fields))
    return article if "signature" in fields or "content_hash" in fields else fingerprinted(article)


def a_link(path: str = "/news/1", host: str = "alpha.example") -> tuple[Any, Link]:
    """What a source listed: canonical address and link."""
    url = f"https://{host}{path}"
    return canonical(url), Link(url)


@contextmanager
def an_archive(path: Path, *keys: str) -> Iterator[Archive]:
    """A new archive that knows these sites."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_empty())
    with open_archive(path) as archive:
        with archive.transaction() as conn:
            remember_sites(conn, [a_site(key) for key in keys or ("alpha", "beta")], now=NOW)
        yield archive


@cache
def _empty() -> bytes:
    """An archive as the migrations make it: by them once, in 20 ms, and not for each of two thousand tests."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        open_archive(path).close()
        return path.read_bytes()


@contextmanager
def read_only(*files: Path) -> Iterator[Path]:
    """Copies of the files in a folder that everybody may read and nobody may write to, as on a read-only disk."""
    with tempfile.TemporaryDirectory() as name:
        folder, user = Path(name), os.geteuid()
        for file in files:
            shutil.copy(file, folder)
        folder.chmod(0o555)
        if user == 0:
            os.seteuid(65534)  # permissions do not bind root
        try:
            yield folder
        finally:
            os.seteuid(user)
            folder.chmod(0o755)


@dataclass
class Clock:
    """A clock that only the test moves."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        """Move it, e.g. `hours=1`."""
        self.now += timedelta(**by)


@contextmanager
def a_run(
    archive: Archive,
    sites: Sequence[Site] = (),
    *,
    clock: Clock | None = None,
    raw_dir: Path | None = None,
    revisit: Sequence[timedelta] = (timedelta(hours=1), timedelta(hours=6)),
    **fields: Any,
) -> Iterator[Run]:
    """A run that is under way in the archive."""
    clock = clock or Clock()
    lock = Lock(archive.path, started_at=clock())
    with archive.transaction() as conn:
        chosen = list(sites) or [a_site("alpha"), a_site("beta")]
        remember_sites(conn, chosen, now=clock())
        number = ledger.start_run(conn, spider="news", arguments={}, now=clock())
    run = Run(
        id=number,
        archive=archive,
        lock=lock,
        sites={site.id: site for site in chosen},
        started_at=clock(),
        revisit=revisit,
        raw_dir=raw_dir or archive.path.parent / "warc",
        clock=clock,
        **fields,
    )
    try:
        yield run
    finally:
        lock.release()


def taken_up(run: Run, *urls: str, site: str = "alpha") -> list[FrontierRow]:
    """Discover and take up addresses, as the scheduler does."""
    links = [(canonical(url), Link(url)) for url in urls]
    with run.archive.transaction() as conn:
        frontier.discover(conn, links, site=site, source_id=None, now=run.clock())
        rows = frontier.take(conn, site=site, run_id=run.id, now=run.clock(), limit=1000)
    for row in rows:
        run.take_up(row)
    return rows


def a_capture(
    archive: Archive, url: str = "https://alpha.example/news/1", *, at: datetime = NOW, offset: int = 0
) -> int:
    """A row of `captures` whose WARC record nobody will read."""
    record = Record("a.warc.gz", offset, 100, "00")
    with archive.transaction() as conn:
        return add_capture(
            conn,
            record,
            url=url,
            requested_url=url,
            site="alpha",
            run_id=None,
            fetched_at=at,
            status=200,
            content_type="text/html",
        )


def row(archive: Archive, sql: str, *values: object) -> Mapping[str, Any]:
    """The only row of a query."""
    (found,) = archive.conn.execute(sql, values).fetchall()
    return dict(found)


def column(archive: Archive, sql: str, *values: object) -> list[Any]:
    """The first column of a query."""
    return [found[0] for found in archive.conn.execute(sql, values)]
