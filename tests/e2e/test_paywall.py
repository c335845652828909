"""A newspaper that puts up a paywall and takes it down again: its words stay in the archive, edits are on record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from support.commands import Desk
from support.many_crawls import ManyCrawls
from support.newspaper import feed, headline, html, paragraphs, published, seed
from support.server import Answer, Request, Server, text

pytestmark = pytest.mark.slow

HOURS_2, HOURS_7, DAY, WEEK = (timedelta(hours=2), timedelta(hours=7), timedelta(days=1.1), timedelta(days=7.5))
"""One step of the ladder each."""

PROMPT = "هذا المحتوى متاح للمشتركين فقط، اشترك الآن لمواصلة القراءة أو سجل الدخول إلى حسابك."
OLD, NEW, EDITED, CORRECTED = range(1, 9), 20, 3, 5


class Paper:
    """Articles of six paragraphs; behind the wall a page shows the first and asks for a subscription."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.walled = False
        self.bodies = {number: paragraphs(number, count=6) for number in OLD}
        server.pages |= {f"/news/{number}": self._page(number) for number in (*OLD, NEW)}
        self.list(*OLD)

    def list(self, *numbers: int) -> None:
        """What the feed has."""
        self.server.pages["/feed"] = feed([self.server.url(f"/news/{number}") for number in numbers])

    def _page(self, number: int) -> Callable[[Request], Answer]:
        def answer(_: Request) -> Answer:
            body = self.bodies[number]
            shown = [body[0], PROMPT] if self.walled else body
            return text(html(headline(number), shown, at=published(number)))

        return answer


@pytest.fixture
def paper() -> Iterator[Paper]:
    """On 127.0.0.1."""
    with Server() as server:
        yield Paper(server)


@pytest.fixture
def crawls(desk: Desk, paper: Paper) -> Iterator[ManyCrawls]:
    """Crawls of its feed."""
    desk.seeds(paper=seed(paper.server, ("feed", "/feed")))
    with ManyCrawls(desk) as crawling:
        yield crawling


def texts(desk: Desk) -> dict[int, str]:
    """Number → the text that the room shows."""
    return {int(url.rsplit("/", 1)[1]): body for url, body in desk.rows("SELECT url, text FROM articles")}


def whole(paper: Paper, *numbers: int) -> dict[int, str]:
    """Number → all that the newspaper wrote."""
    return {number: "\n\n".join(paper.bodies[number]) for number in numbers}


def ends(desk: Desk) -> dict[str, int]:
    """How the visits of the last run ended."""
    return dict(
        desk.rows("SELECT outcome, count(*) FROM outcomes WHERE run_id = (SELECT max(id) FROM runs) GROUP BY outcome")
    )


def test_a_paywall_takes_no_word_from_the_archive(crawls: ManyCrawls, paper: Paper) -> None:
    """It stands for days, and is seen twice; throughout, the room shows what was written. An article that was edited
    behind it is on record as edited, once, when it can be read again.
    """
    desk = crawls.desk
    assert crawls.crawl() == 0
    before = whole(paper, *OLD)
    assert texts(desk) == before
    paper.walled = True
    for step in (HOURS_2, HOURS_7, DAY):
        assert crawls.crawl(after=step) == 1, "somebody has to look"
        assert ends(desk) == {"Shortened": len(OLD)}
        assert texts(desk) == before
        ((problems,),) = desk.rows("SELECT problems FROM runs ORDER BY id DESC LIMIT 1")
        assert "8 of 8 archived pages showed only a part of their text" in problems
    assert desk.rows("SELECT count(*) FROM revisions") == [(0,)]
    assert desk.rows("SELECT DISTINCT verdict, reason ->> '$.code' FROM health WHERE run_id = 4") == [
        ("broken-extraction", "cut")
    ]
    assert desk.rows("SELECT count(*) FROM outcomes WHERE outcome = 'Shortened' AND capture_id IS NULL") == [(0,)]
    paper.bodies[EDITED][4] = paragraphs(77, count=1)[0]
    paper.walled = False
    assert crawls.crawl(after=WEEK) == 0
    assert ends(desk) == {"Unchanged": len(OLD) - 1, "Revised": 1}
    assert texts(desk) == whole(paper, *OLD)
    assert desk.rows("SELECT article_id, text, replaced_at >= '2026-11-30' FROM revisions") == [
        (desk.rows("SELECT id FROM articles WHERE url LIKE '%/3'")[0][0], before[EDITED], 1)
    ]
    assert desk.rows("SELECT verdict FROM health ORDER BY run_id DESC LIMIT 1") == [("broken-extraction",)]
    assert crawls.crawl(after=timedelta(days=30.5)) == 0
    assert desk.rows("SELECT verdict FROM health ORDER BY run_id DESC LIMIT 1") == [("healthy",)]


def test_one_article_that_was_shortened_is_an_edit_when_it_is_found_again(crawls: ManyCrawls, paper: Paper) -> None:
    """At first nobody can tell it from a wall; the second visit finds the others whole. A paragraph less is an edit at
    once.
    """
    desk = crawls.desk
    assert crawls.crawl() == 0
    before = whole(paper, *OLD)
    paper.bodies[EDITED] = paper.bodies[EDITED][:2]
    del paper.bodies[CORRECTED][3]
    assert crawls.crawl(after=HOURS_2) == 0
    assert desk.outcomes()[f"/news/{EDITED}"][0] == "Shortened"
    assert texts(desk) == whole(paper, *OLD) | {EDITED: before[EDITED]}
    assert crawls.crawl(after=HOURS_7) == 0
    assert desk.outcomes()[f"/news/{EDITED}"][0] == "Revised"
    assert texts(desk) == whole(paper, *OLD)
    assert desk.rows("SELECT text FROM revisions ORDER BY id") == [(before[CORRECTED],), (before[EDITED],)]


def test_a_replay_of_what_stood_behind_the_wall_changes_nothing(crawls: ManyCrawls, paper: Paper) -> None:
    """Neither reading the archive's own captures again nor its WARC files puts a teaser in an article's place."""
    desk = crawls.desk
    crawls.crawl()
    before = texts(desk)
    paper.walled = True
    crawls.crawl(after=HOURS_2)
    assert desk.scrapy("reextract").code == 0
    assert texts(desk) == before
    assert desk.scrapy("crawl", "replay", "-a", f"warc={desk.warc}/*.warc.gz").code == 0
    assert ends(desk) == {"Shortened": len(OLD)}
    assert texts(desk) == before
    assert desk.rows("SELECT count(*) FROM revisions") == [(0,)]


def test_what_is_published_behind_the_wall_doesnt_make_it_look_like_edits(crawls: ManyCrawls, paper: Paper) -> None:
    """A new article is as short as its page, and stays so: that says nothing of the older ones."""
    desk = crawls.desk
    crawls.crawl()
    before = texts(desk)
    paper.walled = True
    crawls.crawl(after=HOURS_2)
    paper.bodies[NEW] = paragraphs(NEW, count=6)
    paper.list(*OLD, NEW)
    for step in (HOURS_7, DAY, WEEK):
        crawls.crawl(after=step)
        assert {number: texts(desk)[number] for number in OLD} == before
    assert desk.outcomes()[f"/news/{NEW}"][0] in ("Unchanged", "NotModified")
