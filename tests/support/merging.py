"""Archives as a crawl fills them, and what they hold whatever the numbers of their rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from newscrawler.archive import Archive, read_archive
from newscrawler.archive.copies.limits import DEFAULT_LIMITS
from newscrawler.archive.ledger import finish_run
from newscrawler.archive.queue import frontier
from newscrawler.archive.records.captures import add_capture
from newscrawler.archive.records.warc import Record
from newscrawler.article import Article
from newscrawler.link import Link
from newscrawler.outcome import Copy
from newscrawler.run import Run
from newscrawler.text.tags import Tag
from newscrawler.urls import canonical
from pipelines.archive import ArchivePipeline
from pipelines.dedup import DedupPipeline
from support.archives import Clock, a_run, an_archive

_ARTICLE = "(SELECT url FROM articles WHERE id = {})"
_PLACE = "(SELECT file || ':' || offset FROM captures WHERE id = {})"
_RUN = "(SELECT uid FROM runs WHERE id = {})"

_NAMED = {
    "article_id": _ARTICLE,
    "original_id": _ARTICLE,
    "other_id": _ARTICLE,
    "capture_id": _PLACE,
    "run_id": _RUN,
    "taken_run": _RUN,
    "source_id": "(SELECT site || ' ' || url FROM sources WHERE id = {})",
    "parent_id": "(SELECT site || ' ' || url FROM sources AS p WHERE p.id = sources.parent_id)",
    "tag_id": "(SELECT kind || ' ' || name FROM tags WHERE id = {})",
}
"""What stands in the place of a number in a dump."""


def crawl(path: Path, pages: Iterable[Article]) -> None:
    """Runs that archive these pages, each through the pipelines and with a capture; a second visit is another run's."""
    waiting = list(pages)
    while waiting:
        now, seen = [], set()
        while waiting and waiting[0].requested_url not in seen:
            seen.add(waiting[0].requested_url)
            now.append(waiting.pop(0))
        _run(path, now)


def _run(path: Path, pages: Sequence[Article]) -> None:
    clock = Clock(pages[0].fetched_at)
    label = f"{path.parent.name}-{path.stem}"
    with an_archive(path) as archive, a_run(archive, clock=clock) as run:
        first = archive.conn.execute("SELECT count(*) FROM captures").fetchone()[0]
        for number, page in enumerate(pages, first):
            clock.now = page.fetched_at
            _take_up(run, page)
            _archived(archive, run, page, Record(f"{label}.warc.gz", 1000 * number, 900, f"{label}{number}"))
        finish_run(
            archive.conn, run.id, state="finished", taken_up=run.taken_up, exit_code=0, problems=[], now=clock.now
        )


def _take_up(run: Run, page: Article) -> None:
    """This address, and no other that is due by now."""
    url = canonical(page.requested_url)
    with run.archive.transaction() as conn:
        frontier.discover(conn, [(url, Link(url))], site=page.site, source_id=None, now=run.clock())
        (row,) = frontier.take(conn, site=page.site, run_id=run.id, now=run.clock(), limit=1, only=[url])
    run.take_up(row)


def _archived(archive: Archive, run: Run, page: Article, record: Record) -> None:
    with archive.transaction() as conn:
        capture_id = add_capture(
            conn,
            record,
            url=page.url,
            requested_url=page.requested_url,
            site=page.site,
            run_id=run.id,
            fetched_at=page.fetched_at,
            status=200,
            content_type="text/html",
        )
    tags = (
        Tag("topic", "سياسة", "section", 0.9, 0, "Politics"),
        Tag("keyword", page.title.split()[0], "keywords", 1, 0),
    )
    item = replace(page, capture_id=capture_id, tags=tags, tagged_with="test")
    try:
        item = DedupPipeline(run, limits=DEFAULT_LIMITS).process_item(item)
    except Copy as why:
        run.end(page.requested_url, why, article_id=why.article_id, capture_id=capture_id)
        return
    ArchivePipeline(run, limits=DEFAULT_LIMITS).process_item(item)


def dump(path: Path, *tables: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows of these tables, sorted, with names in the place of numbers."""
    with closing(read_archive(path).conn) as conn:
        return {table: sorted(_rows(conn, table), key=repr) for table in tables}


def _rows(conn: Any, table: str) -> Iterable[tuple[object, ...]]:
    names = [row["name"] for row in conn.execute("SELECT name FROM pragma_table_info(?)", [table])]
    keyed = table in ("sites", "tags")
    wanted = [name for name in names if name != "id" or table == "sites"]
    said = [_NAMED[name].format(f"{table}.{name}") if name in _NAMED and not keyed else name for name in wanted]
    for row in conn.execute(f"SELECT {', '.join(said)} FROM {table}"):
        if table == "related":
            yield (*sorted(row[:2]), *row[2:])
        else:
            yield tuple(re.sub(r"of article \d+", "of article N", v) if isinstance(v, str) else v for v in row)
