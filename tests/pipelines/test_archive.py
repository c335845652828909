"""400: article, older state, tags, relations, frontier and outcome in one transaction."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from newscrawler.article import Related
from newscrawler.outcome import TakenDown
from newscrawler.run import Run
from newscrawler.text.fingerprint import Signature
from newscrawler.text.tags import Tag
from pipelines.archive import ArchivePipeline
from pipelines.dedup import DedupPipeline
from support.archives import NOW, an_article, column, row, taken_up
from support.crawlers import a_crawler
from support.newspaper import paragraphs

TABLES = ("articles", "article_tags", "related", "signatures", "bands", "revisions", "outcomes")


@pytest.fixture
def door(run: Run) -> ArchivePipeline:
    """As Scrapy makes it."""
    return ArchivePipeline.from_crawler(a_crawler(run))


def full(number: int = 1, **fields: object) -> object:
    given = {
        "tags": (Tag(kind="topic", name="اقتصاد", source="section", confidence=1, mentions=1),),
        "signature": Signature.of({"كلمة أخرى"}),
        "notes": ("rule.title: 0 elements",),
    }
    return an_article(number, **(given | fields))


def counts(run: Run) -> dict[str, int]:
    return {table: column(run.archive, f"SELECT count(*) FROM {table}")[0] for table in TABLES}


def test_a_new_article_is_in_every_table_and_its_url_is_closed(run: Run, door: ArchivePipeline) -> None:
    """One call, one transaction, one outcome."""
    taken_up(run, "https://alpha.example/news/1", "https://alpha.example/news/2")
    door.process_item(full(1))  # type: ignore[arg-type]
    door.process_item(full(2, alike=(Related(1, 0.5),)))  # type: ignore[arg-type]
    assert counts(run) == {
        "articles": 2,
        "article_tags": 2,
        "related": 1,
        "signatures": 2,
        "bands": 84,
        "revisions": 0,
        "outcomes": 2,
    }
    assert run.under_way == {}
    found = row(run.archive, "SELECT outcome, article_id, notes FROM outcomes WHERE url LIKE '%/1'")
    assert tuple(found.values()) == ("New", 1, '["rule.title: 0 elements"]')
    assert column(run.archive, "SELECT article_id FROM frontier ORDER BY url") == [1, 2]


def test_the_search_text_is_of_title_standfirst_and_body(run: Run, door: ArchivePipeline) -> None:
    """What a reader types is found wherever it stands."""
    taken_up(run, "https://alpha.example/news/1")
    door.process_item(full(1, title="افتتاح الميناء", standfirst="موجز مختصر"))  # type: ignore[arg-type]
    searched = column(run.archive, "SELECT search_text FROM articles")[0]
    assert "ميناء" in searched
    assert "مختصر" in searched


def test_a_search_text_that_came_with_the_article_is_stored(run: Run, door: ArchivePipeline) -> None:
    """The worker made it; the process that writes doesn't make it again."""
    taken_up(run, "https://alpha.example/news/1")
    door.process_item(full(1, search_text="من العامل"))  # type: ignore[arg-type]
    assert column(run.archive, "SELECT search_text FROM articles") == ["من العامل"]


@pytest.mark.parametrize("table", ["articles", "article_tags", "bands", "outcomes"])
def test_whatever_fails_nothing_of_it_is_kept(run: Run, door: ArchivePipeline, table: str) -> None:
    """After a crash the URL is either archived and closed, or still open."""
    taken_up(run, "https://alpha.example/news/1")
    run.archive.conn.execute(f"CREATE TRIGGER full BEFORE INSERT ON {table} BEGIN SELECT raise(ABORT, 'full'); END")
    before = counts(run)
    with pytest.raises(sqlite3.IntegrityError, match="full"):
        door.process_item(full(1))  # type: ignore[arg-type]
    assert counts(run) == before
    assert column(run.archive, "SELECT outcome FROM frontier") == [None]
    assert list(run.under_way) == ["https://alpha.example/news/1"]


def test_an_edit_is_revised_and_a_second_look_is_unchanged(run: Run, door: ArchivePipeline) -> None:
    """Tags follow the text; an unchanged article is not tagged again."""
    url = "https://alpha.example/news/1"
    later = NOW + timedelta(hours=1)

    def visit(item: object) -> str:
        run.archive.conn.execute("UPDATE frontier SET due_at = discovered_at, taken_run = NULL")
        run.archive.conn.execute("DELETE FROM outcomes")
        taken_up(run, url)
        door.process_item(item)  # type: ignore[arg-type]
        return str(column(run.archive, "SELECT outcome FROM outcomes")[0])

    other = (Tag(kind="place", name="بيروت", source="text", confidence=1, mentions=2),)
    assert visit(full(1)) == "New"
    assert visit(full(1, fetched_at=later, tags=other)) == "Unchanged"
    assert column(run.archive, "SELECT name FROM article_tags JOIN tags ON id = tag_id") == ["اقتصاد"]
    assert visit(full(1, fetched_at=later, paragraphs=tuple(paragraphs(9)), tags=other)) == "Revised"
    assert column(run.archive, "SELECT name FROM article_tags JOIN tags ON id = tag_id") == ["بيروت"]
    assert counts(run)["revisions"] == 1


@pytest.mark.parametrize("address", ["https://alpha.example/news/1", "https://alpha.example/asked"])
def test_what_was_taken_down_does_not_come_back(run: Run, door: ArchivePipeline, address: str) -> None:
    """Neither under the page's own address nor under the one that led there."""
    run.archive.conn.execute("INSERT INTO takedowns VALUES (?, 'طلب', 'x')", [address])
    taken_up(run, "https://alpha.example/asked")
    with pytest.raises(TakenDown):
        door.process_item(full(1, requested_url="https://alpha.example/asked"))  # type: ignore[arg-type]
    assert counts(run)["articles"] == 0


def test_an_article_without_signature_is_stored_all_the_same(run: Run, door: ArchivePipeline) -> None:
    """A keeper may leave the dedup door out."""
    taken_up(run, "https://alpha.example/news/1")
    door.process_item(an_article(1, signature=None))
    assert counts(run)["articles"] == 1
    assert counts(run)["bands"] == 0


def test_the_article_goes_on_to_whoever_comes_after(run: Run, door: ArchivePipeline) -> None:
    """A feed export of Scrapy's, say."""
    taken_up(run, "https://alpha.example/news/1")
    item = full(1)
    assert door.process_item(item) is item  # type: ignore[arg-type]


def test_an_earlier_original_takes_over_in_the_same_transaction(run: Run, door: ArchivePipeline) -> None:
    """What was archived first becomes the near copy of what was published first; both doors together."""
    dedup = DedupPipeline.from_crawler(a_crawler(run))
    body = tuple(paragraphs(1, count=8))
    for number, hours in ((1, 1), (2, 2)):
        taken_up(run, f"https://alpha.example/news/{number}")
        text = (*body[number - 1 :], *paragraphs(90 + number, count=number - 1))
        article = an_article(number, paragraphs=text, published_at=NOW - timedelta(hours=hours))
        door.process_item(dedup.process_item(article))
    assert column(run.archive, "SELECT original_id FROM articles ORDER BY id") == [2, None]
    assert column(run.archive, "SELECT count(*) FROM related") == [0]
