"""Visits after the first: what they write, what they leave alone, and what a killed or misled crawl must not do."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest

from newscrawler.archive.records.warc_reading import read
from support.changing_paper import ChangingPaper, a_story
from support.commands import Desk
from support.many_crawls import ManyCrawls
from support.newspaper import feed, headline, html, paragraphs, seed
from support.server import Answer, Request, Server, redirect, text

pytestmark = pytest.mark.slow

KEPT = ("articles", "copies", "revisions", "withdrawals", "related", "tags", "article_tags", "captures", "signatures",
        "bands", "articles_fts", "takedowns")  # fmt: skip
"""Tables that an unchanged newspaper must not change; the others are the account of visits."""


MONTH = timedelta(days=31)
"""After that long every step of the ladder is due."""


@pytest.fixture
def paper() -> Iterator[Server]:
    """A newspaper on 127.0.0.1."""
    with Server() as server:
        yield server


@pytest.fixture
def crawls(desk: Desk, paper: Server) -> Iterator[ManyCrawls]:
    """Crawls of its feed."""
    desk.seeds(paper=seed(paper, ("feed", "/feed")))
    with ManyCrawls(desk) as crawling:
        yield crawling


def archived(crawls: ManyCrawls, paper: Server, count: int) -> Desk:
    """So many articles, archived."""
    paper.pages |= {f"/news/{n}": text(html(headline(n), paragraphs(n))) for n in range(1, count + 1)}
    paper.pages["/feed"] = feed([paper.url(f"/news/{n}") for n in range(1, count + 1)])
    assert crawls.crawl() == 0
    return crawls.desk


def dump(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the tables that are kept, but for the time an article was last seen."""
    with closing(sqlite3.connect(desk.archive)) as conn:
        tables = {table: [r[1] for r in conn.execute(f"PRAGMA table_info({table})")] for table in KEPT}
        return {
            table: conn.execute(
                f"SELECT {', '.join(name for name in columns if name != 'last_seen_at')} FROM {table} ORDER BY 1, 2"
                if len(columns) > 1
                else f"SELECT rowid, * FROM {table} ORDER BY 1"
            ).fetchall()
            for table, columns in tables.items()
        }


def test_two_crawls_of_an_unchanged_newspaper_change_nothing(crawls: ManyCrawls, paper: Server) -> None:
    """Articles, copies, near copies, relations, tags, captures: no row but for `last_seen_at`. Here with pages that
    are the same, that say so, that redirect, and that are gone.
    """

    def conditional(request: Request) -> Answer:
        if request.headers.get("if-none-match") == '"a"':
            return Answer(status=304)
        return replace(text(html(headline(2), paragraphs(2))), headers={"ETag": '"a"'})

    long = paragraphs(1, count=8)
    paper.pages |= {
        "/news/1": text(html(headline(1), long, head='<meta name="keywords" content="ميناء, قمح">')),
        "/news/2": conditional,
        "/news/3": text(html(headline(3), long)),
        "/news/4": text(html(headline(4), [*long[:7], *paragraphs(50, count=1)])),
        "/news/5": redirect("/news/5/slug"),
        "/news/5/slug": text(html(headline(5), paragraphs(5))),
        "/news/6": text(html(headline(6), paragraphs(6))),
        "/news/7": text(html(headline(7), [*long[:4], *paragraphs(51, count=3)])),
        "/feed": feed([paper.url(f"/news/{n}") for n in range(1, 8)]),
    }
    desk = crawls.desk
    assert crawls.crawl() == 0
    paper.pages["/news/6"] = Answer(status=404)
    assert crawls.crawl(after=MONTH) == 0
    before, seen = dump(desk), live(desk)
    assert all(before[table] for table in ("copies", "article_tags", "related", "withdrawals")), "rows to be changed"
    assert desk.rows("SELECT count(*) FROM articles WHERE original_id IS NOT NULL") == [(1,)]
    for _ in range(2):
        assert crawls.crawl(after=MONTH) == 0
        assert dump(desk) == before
        again = live(desk)
        assert again.keys() == seen.keys()
        assert all(again[url] > seen[url] for url in seen)
        seen = again
        assert {outcome for outcome, _ in desk.outcomes().values()} == {"NotModified", "HttpError"}


def live(desk: Desk) -> dict[str, str]:
    """When each article that is not withdrawn was last seen."""
    return dict(desk.rows("SELECT url, last_seen_at FROM articles WHERE state = 'live'"))


def test_pages_that_differ_in_noise_change_only_captures(crawls: ManyCrawls, paper: Server) -> None:
    """Counters, tokens, related links, quotation marks: the bytes are kept, and nothing is made of them."""
    ChangingPaper(paper, "noisy", [a_story(number, visits=1, plan={}) for number in range(1, 6)])
    crawls.crawl()
    before = dump(crawls.desk)
    assert crawls.crawl(after=MONTH) == 0
    after = dump(crawls.desk)
    assert len(after.pop("captures")) == 2 * len(before.pop("captures"))
    assert after == before
    assert {outcome for outcome, _ in crawls.desk.outcomes().values()} == {"Unchanged"}


WALL: Answer = text("<!doctype html><html lang=ar><body><h1>هل أنت إنسان؟</h1><p>اضغط الزر للمتابعة</p></body></html>")


def test_a_wall_before_the_whole_site_withdraws_nothing(crawls: ManyCrawls, paper: Server) -> None:
    """Twelve pages lose their text at once: one line in the report, exit code 1, and all articles live. When the wall
    is gone, nothing has happened.
    """
    desk = archived(crawls, paper, 14)
    pages = dict(paper.pages)
    paper.pages |= {f"/news/{number}": WALL for number in range(1, 13)}
    assert crawls.crawl(after=MONTH) == 1
    assert desk.rows("SELECT problems FROM runs ORDER BY id DESC LIMIT 1") == [
        ('["paper: 12 of 14 archived pages came back without their text: has its layout changed?"]',)
    ]
    assert desk.rows("SELECT state, count(*) FROM articles GROUP BY 1") == [("live", 14)]
    assert desk.rows("SELECT count(*) FROM withdrawals") == [(0,)]
    paper.pages |= pages
    assert crawls.crawl(after=MONTH) == 0
    assert {outcome for outcome, _ in desk.outcomes().values()} == {"Unchanged", "NotModified"}
    assert desk.rows("SELECT count(*) FROM revisions") == [(0,)]


def test_a_crawl_killed_before_it_decided_loses_nothing(crawls: ManyCrawls, paper: Server) -> None:
    """Three pages have lost their text; the run is killed before it closes. The next one sees them and decides."""
    desk = archived(crawls, paper, 6)
    desk.execute("UPDATE frontier SET due_at = '2000-01-01T00:00:00Z'")
    paper.pages |= dict.fromkeys(("/news/1", "/news/2", "/news/3"), WALL)
    blocked = Event()
    page = paper.pages["/news/6"]
    paper.pages["/news/6"] = lambda _: page if blocked.wait(30) else Answer(status=500)  # type: ignore[return-value]
    process = desk.start("crawl", "news")
    deadline = time.monotonic() + 60
    while len(desk.rows("SELECT 1 FROM outcomes WHERE run_id = 2")) < 5 and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    blocked.set()
    outcomes = desk.rows("SELECT outcome, count(*) FROM outcomes WHERE run_id = 2 GROUP BY 1 ORDER BY 1")
    assert outcomes == [("NotModified", 2), ("TooShort", 3)]
    assert desk.rows("SELECT count(*) FROM withdrawals") == [(0,)]
    crawls.now = datetime.now(UTC)  # the killed crawl went by this machine's clock
    assert crawls.crawl(after=timedelta(minutes=1)) == 0
    assert sorted(desk.outcomes()) == ["/news/1", "/news/2", "/news/3", "/news/6"]
    gone = desk.rows("SELECT url, reason FROM withdrawals JOIN articles ON articles.id = article_id ORDER BY 1")
    assert gone == [(paper.url(f"/news/{number}"), "emptied") for number in (1, 2, 3)]


def test_a_redirect_is_judged_by_where_it_ends(crawls: ManyCrawls, paper: Server) -> None:
    """A new slug is the same article; the front page, another article or another host are not; their evidence is the
    redirect itself.
    """
    desk = archived(crawls, paper, 6)
    paper.pages |= {
        "/news/1": redirect("/news/1-new"),
        "/news/1-new": text(html(headline(1), [*paragraphs(1)[:3], *paragraphs(77, count=1)])),
        "/news/2": redirect("/"),
        "/": text("<!doctype html><html lang=ar><body><h1>الرئيسية</h1></body></html>"),
        "/news/3": redirect("/news/30", 302),
        "/news/30": text(html(headline(30), paragraphs(30))),
        "/news/4": redirect("http://elsewhere.example/4"),
        "/news/5": redirect("/missing"),
    }
    assert crawls.crawl(after=MONTH) == 0
    outcomes = desk.outcomes()
    assert outcomes["/news/1"] == ("Revised", "text")
    assert outcomes["/news/2"] == ("NotAnArticle", "the front page")
    assert outcomes["/news/3"] == ("NotAnArticle", f"leads to another article: {paper.url('/news/30')}")
    assert outcomes["/news/4"][0] == "OutOfScope"
    assert outcomes["/news/5"] == ("HttpError", "404")
    assert outcomes["/news/30"] == ("New", "")
    found = desk.rows(
        """SELECT articles.url, reason, status, captures.url FROM withdrawals
           JOIN articles ON articles.id = article_id JOIN captures ON captures.id = withdrawals.capture_id
           ORDER BY articles.url"""
    )
    two, three, four, five = (paper.url(f"/news/{n}") for n in (2, 3, 4, 5))
    assert found == [
        (two, "redirected", 301, two),
        (three, "redirected", 302, three),
        (four, "redirected", 301, four),
        (five, "not-found", 404, paper.url("/missing")),
    ]
    assert desk.rows("SELECT detail FROM withdrawals WHERE reason = 'redirected' AND detail LIKE '%elsewhere%'") == [
        ("http://elsewhere.example/4",)
    ]
    assert desk.rows("SELECT url, state FROM articles WHERE url LIKE '%/news/1%'") == [(paper.url("/news/1"), "live")]
    for file, offset, status in desk.rows("SELECT file, offset, status FROM captures"):
        assert read(desk.warc, file, offset).status == status


def test_evidence_is_not_read_as_articles(crawls: ManyCrawls, paper: Server) -> None:
    """`reextract` reads pages: an error page or a redirect in the WARC file neither withdraws nor restores anything."""
    desk = archived(crawls, paper, 3)
    paper.pages |= {"/news/1": text(html("عنوان", paragraphs(9)), status=410), "/news/2": redirect("/")}
    paper.pages["/"] = text("<!doctype html><html lang=ar><body><h1>الرئيسية</h1></body></html>")
    assert crawls.crawl(after=MONTH) == 0
    before = dump(desk)
    assert len(before["withdrawals"]) == 2
    assert desk.scrapy("reextract").code == 0
    assert desk.scrapy("crawl", "replay", "-a", f"warc={desk.warc}/*.warc.gz").code == 0
    assert dump(desk) == before


def test_what_an_older_version_read_is_corrected_and_no_edit_is_made_of_it(crawls: ManyCrawls, paper: Server) -> None:
    """The archive says that a worse extractor lost a paragraph and took another headline. The page has changed only in
    its noise: the reading is put right, no revision.
    """
    ChangingPaper(paper, "noisy", [a_story(1, visits=1, plan={})])
    crawls.crawl()
    desk = crawls.desk
    before = dump(desk)
    desk.execute(
        """UPDATE articles SET title = 'عنوان القائمة', text = substr(text, 1, instr(text, char(10)) - 1),
           extractor = 'older', content_hash = 'older'"""
    )
    assert crawls.crawl(after=MONTH) == 0
    outcome, detail = desk.outcomes()["/news/1"]
    assert outcome == "Unchanged"
    assert detail.startswith("read again: title, text")
    after = dump(desk)
    assert len(after.pop("captures")) == 1 + len(before.pop("captures"))
    assert after == before
    assert desk.rows("SELECT last_seen_at FROM articles")[0][0][:10] == crawls.now.date().isoformat()
