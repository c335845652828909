"""Two machines crawled; what is merged is what one would have."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawler.archive import ArchiveError, open_archive
from newscrawler.archive.copies.limits import DEFAULT_LIMITS
from newscrawler.archive.holdings.takedowns import take_down
from newscrawler.archive.holdings.withdrawals import withdraw
from newscrawler.archive.lock import Lock, LockHeld
from newscrawler.article import Article, fingerprinted
from newscrawler.doctor import examine
from newscrawler.merging import articles as merging_articles
from newscrawler.merging.merge import MADE_HERE, TRAVEL, Merged, merge
from newscrawler.urls import canonical
from support.archives import NOW, an_article, column
from support.merging import crawl, dump
from support.newspaper import headline, paragraphs

CONTENT = ("articles", "copies", "revisions", "withdrawals", "article_tags", "related", "takedowns", "signatures")
"""What readers see."""
LEDGER = ("runs", "outcomes", "captures", "frontier", "sites", "sources", "health")
"""What the keeper sees."""

DAY = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


def story(site: str, number: int, *, changed: int = 0, minutes: int = 0, seen: int = 0, **fields: object) -> Article:
    """Story `number` at a site: published so many minutes after its time, `changed` words rewritten in each paragraph,
    seen so many hours later.
    """
    body = []
    for paragraph in paragraphs(number):
        words = paragraph.split()
        body.append(" ".join([*(f"كلمة{site}{k}" for k in range(changed)), *words[changed:]]))
    url = f"https://{site}.example/news/{number}"
    at = DAY + timedelta(hours=number, minutes=minutes)
    given = {"url": url, "site": site, "title": headline(number), "requested_url": url, "fetched_at": NOW}
    given |= {"paragraphs": tuple(body), "published_at": at, "published_raw": at.isoformat()} | fields
    article = an_article(number, **given)
    return fingerprinted(replace(article, fetched_at=NOW + timedelta(hours=seen)))


def of_alpha() -> list[Article]:
    """Eight stories, one of them edited later."""
    edited = story("alpha", 5, changed=5, seen=6)
    return [*(story("alpha", number, seen=number % 3) for number in range(8)), edited]


def of_beta() -> list[Article]:
    """Copies of three of alpha's, of which two came out later; near copies of two; two of its own."""
    copies = [story("beta", 0, minutes=9), story("beta", 1, minutes=30), story("beta", 2, minutes=-20, seen=1)]
    near = [story("beta", 3, changed=2, minutes=5), story("beta", 4, changed=2, minutes=-5)]
    return [*copies, *near, story("beta", 21), story("beta", 22, changed=1)]


@pytest.fixture
def shards(tmp_path: Path) -> tuple[Path, Path]:
    """Two archives of two machines."""
    paths = tmp_path / "one" / "a.db", tmp_path / "two" / "b.db"
    for path, pages in zip(paths, (of_alpha(), of_beta()), strict=True):
        path.parent.mkdir()
        crawl(path, pages)
    return paths


def merged(to: Path, *others: Path) -> list[Merged]:
    with open_archive(to) as archive:
        return [merge(archive, other, limits=DEFAULT_LIMITS) for other in others]


def whole(path: Path) -> None:
    """Nothing in the archive contradicts anything else."""
    with open_archive(path) as archive:
        found = [finding for finding in examine(archive.conn, path.parent) if not finding.well]
        assert [finding.question for finding in found] in ([], ["WARC files there and long enough"])


def test_merged_shards_are_what_one_machine_would_have_crawled(shards: tuple[Path, Path], tmp_path: Path) -> None:
    """Articles, copies, clusters, older states, tags and relations, whatever the numbers of the rows.

    One machine takes the text that it meets first for the article: it is given the pages in order of appearance.
    """
    together = tmp_path / "together" / "all.db"
    together.parent.mkdir()
    pages = [*of_alpha(), *of_beta()]
    crawl(together, sorted(pages, key=lambda page: (page.published_at, page.fetched_at)))
    result = tmp_path / "m.db"
    one, two = merged(result, *shards)
    assert (one.new, one.copies, two.new, two.copies) == (8, 0, 5, 2)
    ours, theirs = dump(result, *CONTENT), dump(together, *CONTENT)
    for table in CONTENT:
        assert without_places(ours[table]) == without_places(theirs[table]), table
    assert len(ours["copies"]) == 3
    assert len(ours["revisions"]) == 1
    with open_archive(result) as archive:
        assert column(archive, "SELECT count(*) FROM articles WHERE original_id IS NOT NULL") == [2]
    whole(result)


def without_places(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """But for the WARC files, which every machine has its own of."""
    kept = [tuple("a capture" if ".warc.gz:" in str(value) else value for value in row) for row in rows]
    return sorted(kept, key=repr)


def test_the_order_does_not_matter(shards: tuple[Path, Path], tmp_path: Path) -> None:
    """Whatever is merged into what: the earliest is the original, and everything else follows."""
    one, other, into_a, into_b = (tmp_path / name for name in ("m.db", "n.db", "a.db", "b.db"))
    shutil.copy(shards[0], into_a)
    shutil.copy(shards[1], into_b)
    merged(one, *shards)
    merged(other, *reversed(shards))
    merged(into_a, shards[1])
    merged(into_b, shards[0])
    first = dump(one, *CONTENT, *LEDGER)
    for path in (other, into_a, into_b):
        again = dump(path, *CONTENT, *LEDGER)
        for table in first:
            assert again[table] == first[table], (path.name, table)


def test_merging_twice_changes_nothing(shards: tuple[Path, Path], tmp_path: Path) -> None:
    """Not even a row's number: a cron job may merge every night."""
    result = tmp_path / "m.db"
    merged(result, *shards)
    everything = [*CONTENT, *LEDGER, "tags", "bands"]
    before = dump(result, *everything), ids(result)
    again = merged(result, *shards)
    assert (dump(result, *everything), ids(result)) == before
    for one in again:
        assert (one.new, one.revised, one.copies, one.runs, one.outcomes, one.captures, one.addresses) == (0,) * 7


def ids(path: Path) -> list[tuple[object, ...]]:
    with open_archive(path) as archive:
        return [
            tuple(row)
            for row in archive.conn.execute("SELECT id, url FROM articles UNION ALL SELECT id, seen_at FROM revisions")
        ]


def test_what_was_merged_may_be_merged_again_by_another_way(shards: tuple[Path, Path], tmp_path: Path) -> None:
    """A run has one name in all archives: through a region's archive and directly, it is still one run."""
    region, country = tmp_path / "region.db", tmp_path / "country.db"
    merged(region, *shards)
    merged(country, shards[0], region, shards[1])
    everything = [*CONTENT, *LEDGER]
    assert dump(country, *everything) == dump(region, *everything)


@pytest.mark.parametrize("after", range(1, 6))
def test_a_merge_that_was_stopped_goes_on(
    shards: tuple[Path, Path], tmp_path: Path, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped behind any step, and begun again: the same as if it had never been stopped. In between, all is whole."""
    steps = ["bring_places", "bring_runs", "bring_captures", "bring_addresses", "complete_runs"]
    never, stopped = tmp_path / "never.db", tmp_path / "stopped.db"
    merged(never, *shards)
    with monkeypatch.context() as patch:
        patch.setattr(merging_articles, "BATCH", 3)
        patch.setattr(f"newscrawler.merging.merge.{steps[after - 1]}", _power_cut)
        with pytest.raises(KeyboardInterrupt):
            merged(stopped, *shards)
    whole(stopped)
    merged(stopped, *shards)
    assert dump(stopped, *CONTENT, *LEDGER) == dump(never, *CONTENT, *LEDGER)


def _power_cut(_: object) -> None:
    raise KeyboardInterrupt


def test_a_shard_that_went_on_is_merged_again(shards: tuple[Path, Path], tmp_path: Path) -> None:
    """What came since the last merge comes: an edit, an article, a run. What was there is known."""
    result, once = tmp_path / "m.db", tmp_path / "once.db"
    merged(result, *shards)
    crawl(shards[1], [story("beta", 21, changed=6, seen=20), story("beta", 30, seen=20)])
    (more,) = merged(result, shards[1])
    assert (more.new, more.revised, more.runs, more.outcomes, more.captures) == (1, 1, 1, 2, 2)
    merged(once, *shards)
    assert dump(result, *CONTENT, *LEDGER) == dump(once, *CONTENT, *LEDGER)
    assert len(dump(result, "revisions")["revisions"]) == 2


def test_an_outlet_that_moved_between_machines_has_one_history(tmp_path: Path) -> None:
    """Three texts, seen here, there, and here again: the last one seen is the article, the others are its past."""
    one, two, result, other = (tmp_path / f"{name}.db" for name in ("one", "two", "m", "n"))
    crawl(one, [story("alpha", 1, seen=1)])
    crawl(two, [story("alpha", 1, changed=4, seen=9), story("alpha", 1, changed=9, seen=12)])
    crawl(one, [story("alpha", 1, seen=3)])
    merged(result, one, two)
    merged(other, two, one)
    assert dump(result, *CONTENT, *LEDGER) == dump(other, *CONTENT, *LEDGER)
    with open_archive(result) as archive:
        seen = column(archive, "SELECT seen_at FROM revisions ORDER BY seen_at")
        assert [moment[11:13] for moment in seen] == ["10", "18"]
        (row,) = archive.conn.execute("SELECT first_seen_at, changed_at, last_seen_at, text FROM articles")
        assert [moment[11:13] for moment in row[:3]] == ["10", "21", "21"]
        assert row["text"] == story("alpha", 1, changed=9).text
        assert column(archive, "SELECT replaced_at FROM revisions ORDER BY seen_at") == [seen[1], row["changed_at"]]
    whole(result)


def test_a_takedown_in_either_archive_is_one_in_both(shards: tuple[Path, Path], tmp_path: Path) -> None:
    """It leaves, with copies and older states, and doesn't come with the next merge."""
    one, two = shards
    for path, site, number in ((one, "alpha", 5), (two, "beta", 21)):
        with open_archive(path) as archive, archive.transaction() as conn:
            take_down(conn, canonical(f"https://{site}.example/news/{number}"), reason="a court", now=NOW)
    with open_archive(one) as archive, archive.transaction() as conn:
        take_down(conn, canonical("https://beta.example/news/22"), reason="a person", now=NOW)
    result, other = tmp_path / "m.db", tmp_path / "n.db"
    first, second = merged(result, one, two)
    merged(other, two, one)
    assert dump(result, *CONTENT, *LEDGER) == dump(other, *CONTENT, *LEDGER)
    assert (first.taken_down, second.taken_down, second.refused) == (2, 1, 1)
    with open_archive(result) as archive:
        gone = [f"https://{name}" for name in ("alpha.example/news/5", "beta.example/news/21", "beta.example/news/22")]
        assert column(archive, "SELECT url FROM takedowns ORDER BY url") == gone
        held = "SELECT url FROM articles UNION SELECT url FROM copies"
        assert not set(gone) & set(column(archive, held))
        assert column(archive, "SELECT count(*) FROM revisions") == [0]
        outcomes = "SELECT DISTINCT outcome FROM frontier WHERE url IN (SELECT url FROM takedowns)"
        assert column(archive, outcomes) == ["TakenDown"]
    whole(result)


def test_an_article_that_is_gone_is_gone_in_both_and_seen_again_is_back(tmp_path: Path) -> None:
    """Absences that both noted are one; whoever saw it later saw it back."""
    one, two, result = (tmp_path / f"{name}.db" for name in ("one", "two", "m"))
    crawl(one, [story("alpha", 1, seen=1), story("alpha", 2, seen=1)])
    shutil.copy(one, two)
    for path, hour in ((one, 5), (two, 7)):
        with open_archive(path) as archive, archive.transaction() as conn:
            for number in (1, 2):
                at = NOW + timedelta(hours=hour)
                withdraw(conn, number, "not-found", detail="404", at=at, capture_id=None)
    crawl(two, [story("alpha", 2, seen=9)])
    merged(result, one, two)
    merged(result, one, two)
    with open_archive(result) as archive:
        states = archive.conn.execute("SELECT url, state FROM articles ORDER BY url").fetchall()
        assert [row["state"] for row in states] == ["withdrawn", "live"]
        assert column(archive, "SELECT count(*) FROM withdrawals WHERE returned_at IS NULL") == [1]
    whole(result)


def test_the_other_archive_is_only_read(shards: tuple[Path, Path], tmp_path: Path) -> None:
    """Not a byte of it changes, and no file appears beside it."""
    one, _ = shards
    before = one.read_bytes(), sorted(path.name for path in one.parent.iterdir())
    merged(tmp_path / "m.db", one)
    kept = [name for name in sorted(path.name for path in one.parent.iterdir()) if not name.endswith(("-wal", "-shm"))]
    assert (one.read_bytes(), kept) == before


def test_an_archive_that_a_crawl_writes_to_waits(shards: tuple[Path, Path], tmp_path: Path) -> None:
    """Half of a run would come. And while it is read, no crawl begins there."""
    lock = Lock(shards[0], started_at=NOW)
    with pytest.raises(LockHeld, match="a crawl is writing there"):
        merged(tmp_path / "m.db", shards[0])
    lock.release()
    merged(tmp_path / "m.db", shards[0])


def test_an_archive_is_not_merged_into_itself(shards: tuple[Path, Path]) -> None:
    """It would meet every article as its own twin."""
    with pytest.raises(ArchiveError, match="can't be merged into itself"):
        merged(shards[0], shards[0])


def test_every_table_has_its_rule(tmp_path: Path) -> None:
    """A table that merging doesn't know would stay behind on every machine, unseen. Say in merge.py what becomes of
    yours.
    """
    with open_archive(tmp_path / "a.db") as archive:
        names = set(column(archive, "SELECT name FROM sqlite_master WHERE type = 'table'"))
    ours = {name for name in names if not name.startswith(("sqlite_", "articles_fts_", "_sqlite"))}
    assert ours == TRAVEL | MADE_HERE
    assert not TRAVEL & MADE_HERE


def test_an_article_with_a_past_stays_one_though_its_text_is_older_elsewhere(tmp_path: Path) -> None:
    """A row of `copies` has no place for what it was: it is a near copy, whichever archive it comes from."""
    one, two, result, other = (tmp_path / f"{name}.db" for name in ("one", "two", "m", "n"))
    crawl(one, [story("alpha", 1, minutes=5, changed=9, seen=1), story("alpha", 1, minutes=5, seen=4)])
    crawl(two, [story("beta", 1)])
    merged(result, one, two)
    merged(other, two, one)
    assert dump(result, *CONTENT, *LEDGER) == dump(other, *CONTENT, *LEDGER)
    with open_archive(result) as archive:
        rows = archive.conn.execute(
            "SELECT a.url, o.url FROM articles AS a LEFT JOIN articles AS o ON o.id = a.original_id ORDER BY a.url"
        ).fetchall()
    alpha, beta = "https://alpha.example/news/1", "https://beta.example/news/1"
    assert [tuple(row) for row in rows] == [(alpha, beta), (beta, None)]


def test_near_copies_of_what_becomes_a_copy_find_their_new_original(tmp_path: Path) -> None:
    """Nobody points to an article that isn't there."""
    one, two, result = (tmp_path / f"{name}.db" for name in ("one", "two", "m"))
    near = story(
        "alpha", 1, changed=2, minutes=30, url="https://alpha.example/near", requested_url="https://alpha.example/near"
    )
    crawl(one, [story("alpha", 1, minutes=10), near])
    crawl(two, [story("beta", 1)])
    merged(result, one, two)
    with open_archive(result) as archive:
        original = "SELECT url FROM articles WHERE id = (SELECT original_id FROM articles WHERE url = ?)"
        assert column(archive, original, "https://alpha.example/near") == ["https://beta.example/news/1"]
        assert column(archive, "SELECT url FROM copies") == ["https://alpha.example/news/1"]
        row = archive.conn.execute(
            "SELECT outcome, detail, article_id FROM frontier WHERE url LIKE '%alpha%news/1'"
        ).fetchone()
        (number,) = column(archive, "SELECT id FROM articles WHERE url LIKE '%beta%'")
        assert tuple(row) == ("Copy", f"of article {number}: the same text", None)
    whole(result)


def test_a_copy_that_comes_along_proves_that_a_text_is_older(tmp_path: Path) -> None:
    """An article whose exact copy was out first is the original, whichever archive comes first."""
    one, two, result, other = (tmp_path / f"{name}.db" for name in ("one", "two", "m", "n"))
    crawl(one, [story("alpha", 1, changed=2, minutes=10)])
    early = "https://beta.example/early"
    crawl(two, [story("beta", 1, minutes=20), story("beta", 1, minutes=-5, url=early, requested_url=early)])
    merged(result, one, two)
    merged(other, two, one)
    for path in (result, other):
        with open_archive(path) as archive:
            original = "SELECT url FROM articles WHERE id = (SELECT original_id FROM articles WHERE site = 'alpha')"
            assert column(archive, original) == ["https://beta.example/news/1"]
    whole(result)


def test_what_an_older_version_computed_is_computed_anew(tmp_path: Path) -> None:
    """Search text of other rules, and no signature: both are made from the words."""
    one, plain, result = (tmp_path / f"{name}.db" for name in ("one", "plain", "m"))
    crawl(one, [story("alpha", 1), story("alpha", 2)])
    merged(plain, one)
    with open_archive(one) as archive, archive.transaction() as conn:
        conn.execute("UPDATE meta SET value = 'other' WHERE key = 'search_version'")
        conn.execute("UPDATE articles SET search_text = 'x', content_hash = 'y'")
        conn.execute("UPDATE signatures SET algorithm = 'other'")
    merged(result, one)
    assert dump(result, *CONTENT) == dump(plain, *CONTENT)


def test_the_same_bytes_read_twice_are_one_state(tmp_path: Path) -> None:
    """An archive that was read again with a newer extractor, merged into one that was not: a correction, no edit."""
    one, two, result = (tmp_path / f"{name}.db" for name in ("one", "two", "m"))
    crawl(one, [story("alpha", 1)])
    shutil.copy(one, two)
    with open_archive(two) as archive, archive.transaction() as conn:
        conn.execute("UPDATE articles SET title = 'عنوان أصح', extractor = 'test 2', published_at = NULL")
    (first, second) = merged(result, one, two)
    assert (first.new, second.revised) == (1, 1)
    merged(result, one, two)
    with open_archive(result) as archive:
        (row,) = archive.conn.execute("SELECT title, published_at FROM articles")
        assert (row["title"], row["published_at"]) == ("عنوان أصح", "2026-11-01T10:00:00Z")
        assert column(archive, "SELECT count(*) FROM revisions") == [0]
