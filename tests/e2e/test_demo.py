"""The whole life of a page, on the demo newsroom: crawled, crawled again after an edit, exported."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from newscrawler.demo.cases import CASES
from newscrawler.demo.newsroom import Newsroom
from newscrawler.demo.story import Story, paragraphs_as_body
from support.commands import Desk

pytestmark = pytest.mark.slow

ODD = """عربي ودولي

مجلس «البحيرة» يؤجّل جلسته.. والرئيس يعتبر القرار “عبثاً”

قال رئيس المجلس، مساء الأربعاء، إن الجلسة أُجّلت إلى أجل غير مسمّى، بعد يومين من خلاف على جدول الأعمال. .

وأضاف: “لن نعقد جلسةً بلا نصاب.. هذا واضح”.

ويمثّل الأعضاء الـ 45 خمس مناطق (شرق، غرب، شمال...)، بينها منطقتان لم تختارا بعد مندوبيهما – وفق اللوائح.

وختم بالقول: “سنعود إلى القاعة حين يكتمل العدد، وقد صدر البيان عن الأمانة العامة. المجلس.”"""
"""A document with the punctuation that normalisers like to mend: curly quotes, «», two dots, a stray full stop."""


@dataclass(frozen=True)
class Crawled:
    """An archive after two crawls of the newsroom."""

    desk: Desk
    urls: dict[str, str]
    first: dict[str, str]
    second: dict[str, str]
    codes: tuple[int, int]

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Rows of the archive, by column name."""
        with closing(sqlite3.connect(self.desk.archive)) as conn:
            conn.row_factory = sqlite3.Row
            return conn.execute(sql, values).fetchall()


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """Two crawls, with the newspapers' second edition in between."""
    desk = Desk(tmp_path_factory.mktemp("demo"))
    with Newsroom((0, 0, 0)) as newsroom:
        newsroom.write_seeds(desk.folder / "seeds")
        urls = {name: newsroom.case_url(name) for name in CASES}
        first = desk.crawl(NEWS_REVISIT="0s 0s", NEWS_EXTRACT_WORKERS=2)
        newsroom.edition = 2
        second = desk.crawl(NEWS_REVISIT="0s 0s")
    ends = [dict(desk.rows("SELECT url, outcome FROM outcomes WHERE run_id = ?", run)) for run in (1, 2)]
    return Crawled(desk, urls, ends[0], ends[1], (first.code, second.code))


@pytest.mark.parametrize("name", sorted(CASES))
def test_every_special_page_ends_as_it_should(crawled: Crawled, name: str) -> None:
    """Each trap of the newsroom has the outcome its table promises; of two copies the later fetched is the copy."""
    case = CASES[name]
    outcome = crawled.first[crawled.urls[name]]
    if case.outcome == "Copy" or any(c.partner == name and c.outcome == "Copy" for c in CASES.values()):
        partner = case.partner or next(key for key, c in CASES.items() if c.partner == name and c.outcome == "Copy")
        assert {outcome, crawled.first[crawled.urls[partner]]} == {"New", "Copy"}
    else:
        assert outcome == case.outcome


def test_both_crawls_are_well(crawled: Crawled) -> None:
    """Rejected pages and a missing one are outcomes, not failures of the run."""
    assert crawled.codes == (0, 0)


def test_the_account_balances(crawled: Crawled) -> None:
    """URLs taken up = outcomes, in every run."""
    runs = crawled.rows("SELECT taken_up, ended, state FROM runs")
    assert [row["taken_up"] for row in runs] == [row["ended"] for row in runs]
    assert {row["state"] for row in runs} == {"finished"}


def test_one_edit_is_one_revision(crawled: Crawled) -> None:
    """The second crawl revises the corrected article, keeps its older state, and finds nothing new."""
    changed = [url for url, outcome in crawled.second.items() if outcome == "Revised"]
    assert changed == [crawled.urls["corrected"]]
    assert "New" not in crawled.second.values()
    older = crawled.rows("SELECT title FROM revisions")
    newer = crawled.rows("SELECT title FROM articles WHERE changed_at IS NOT NULL")
    assert len(older) == len(newer) == 1
    assert older[0]["title"] != newer[0]["title"]


def test_a_near_copy_names_its_original(crawled: Crawled) -> None:
    """The rewritten story on the third site is a full article with `original_id`."""
    row = crawled.rows("SELECT original_id FROM articles WHERE url = ?", crawled.urls["near-copy"])[0]
    original = crawled.rows("SELECT url FROM articles WHERE id = ?", row["original_id"])[0]["url"]
    assert original in (crawled.urls["original"], crawled.urls["exact-copy"])


def test_two_reports_of_one_event_are_related(crawled: Crawled) -> None:
    """Less than a copy, more than nothing: a row in `related`, whichever came first."""
    pairs = crawled.rows(
        """SELECT a.url AS one, b.url AS other FROM related JOIN articles AS a ON a.id = article_id
           JOIN articles AS b ON b.id = other_id"""
    )
    wanted = {crawled.urls["reported"], crawled.urls["related"]}
    assert wanted in [{row["one"], row["other"]} for row in pairs]


def test_pages_are_as_the_newspaper_printed_them(crawled: Crawled) -> None:
    """Title, section, paragraphs and date of every article equal the story behind the page."""
    with Newsroom((0, 0, 0)) as newsroom:
        newsroom.edition = 2
        stories = {(site.id, story.title): story for site in newsroom.sites for story in site.stories}
    articles = crawled.rows("SELECT * FROM articles")
    assert len(articles) > 25
    for row in articles:
        story = stories[row["site"], row["title"]]
        assert row["text"] == "\n\n".join(story.paragraphs)
        assert row["section"] == story.section
        assert json.loads(row["authors"]) == list(story.authors)
        assert (row["published_at"] is None) == (story.published is None)


def test_countries_and_topics_are_tagged(crawled: Crawled) -> None:
    """The first gazetteer works on whole articles: places and topics are there, with their source."""
    kinds = {row["kind"]: row["n"] for row in crawled.rows("SELECT kind, count(*) AS n FROM tags GROUP BY kind")}
    assert kinds["place"] >= 5
    assert kinds["topic"] >= 4
    assert kinds["keyword"] >= 10


def test_search_finds_other_spellings(crawled: Crawled) -> None:
    """The index is folded: a word typed without hamza or tashkeel finds the article that has them."""
    hits = crawled.rows("SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'مرصد'")
    assert hits


@pytest.mark.parametrize("site", ["demo-marfa", "demo-nakhla", "demo-nawras"])
def test_a_document_survives_every_template(tmp_path: Path, site: str) -> None:
    """Printed, served, crawled and exported, a document is byte for byte what it was."""
    documents = [ODD, *_seed_document()]
    desk = Desk(tmp_path)
    with Newsroom((0, 0, 0)) as newsroom:
        for number, document in enumerate(documents):
            newsroom.publish(site, _story(document, 9001 + number))
        newsroom.write_seeds(tmp_path / "seeds")
        assert desk.crawl(f"site={site}").code == 0
    out = desk.scrapy("export", "--format", "txt", "--to", str(tmp_path / "out"))
    assert out.code == 0, out.err
    exported = {path.read_bytes().rstrip() for path in (tmp_path / "out").rglob("*.txt")}
    for document in documents:
        assert document.encode().rstrip() in exported


def _seed_document() -> list[str]:
    """The document whose shape every article has, where somebody has it."""
    corpus = os.environ.get("NEWS_CORPUS")
    path = Path(corpus).parent / "seed" / "article.txt" if corpus else None
    return [path.read_text(encoding="utf-8")] if path and path.exists() else []


def _story(document: str, number: int) -> Story:
    section, title, *paragraphs = document.strip().split("\n\n")
    return Story(id=number, title=title, section=section, body=paragraphs_as_body(paragraphs))
