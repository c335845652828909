"""Runs that end before their work is done, by wish: a budget of requests, a limit of time. And nobody starves."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from newscrawler.gates import OURS
from support.commands import Desk, Ended
from support.manners import Paper
from support.newspaper import sitemap, sitemap_index

pytestmark = pytest.mark.slow


@pytest.fixture
def papers() -> Iterator[list[Paper]]:
    """Four papers of six articles each."""
    with ExitStack() as stack:
        yield [stack.enter_context(Paper(6, first=100 * n)) for n in range(1, 5)]


def remarks(desk: Desk) -> list[str]:
    """Those of the last run."""
    return list(json.loads(desk.rows("SELECT remarks FROM runs ORDER BY id DESC LIMIT 1")[0][0]))


def archived(desk: Desk) -> dict[str, int]:
    return dict(desk.rows("SELECT site, count(*) FROM articles GROUP BY site"))


def asked(papers: list[Paper]) -> int:
    return sum(len(paper.knocks) for paper in papers)


def test_an_outlet_gets_no_more_requests_than_its_seed_allows(desk: Desk, papers: list[Paper]) -> None:
    """robots.txt and feed count like articles. The rest stays due and is asked for by the next run, to the last."""
    first, second = papers[:2]
    desk.seeds(first=first.seed(more="requests_per_run_max = 5\n"), second=second.seed())
    ended = desk.crawl()
    assert ended.code == 0
    assert (len(first.knocks), len(second.knocks)) == (5, 8)
    assert archived(desk) == {"first": 3, "second": 6}
    assert remarks(desk) == [
        "first: requests_per_run_max: its 5 requests are used up; 3 addresses wait for a later run"
    ]
    assert set(desk.rows("SELECT DISTINCT outcome FROM outcomes")) == {("New",)}
    assert desk.crawl().code == 0
    assert archived(desk) == {"first": 6, "second": 6}


def test_a_run_sends_as_many_requests_as_it_may_and_every_outlet_has_its_turn(desk: Desk, papers: list[Paper]) -> None:
    """Ten requests are not enough for four outlets: the next runs begin with those that had nothing. Nobody is
    polled and never read.
    """
    desk.seeds(**{f"paper{n}": paper.seed() for n, paper in enumerate(papers)})
    for run in range(1, 5):
        before = asked(papers)
        assert desk.crawl(NEWS_RUN_REQUESTS_MAX=10).code == 0
        assert asked(papers) - before <= 10
        if run == 1:
            assert asked(papers) == 10
            assert "NEWS_RUN_REQUESTS_MAX: 10 requests are used up" in remarks(desk)[0]
            assert "stopped" not in desk.run_state()[0]
    assert set(archived(desk)) == {"paper0", "paper1", "paper2", "paper3"}


def test_an_index_of_many_sitemaps_leaves_half_of_a_budget_to_articles(desk: Desk) -> None:
    """Without polls there is no news, with nothing but polls no article."""
    with Paper(40) as paper:
        maps = {f"/map{n}.xml": sitemap([paper.url(f"/news/{n}")]) for n in paper.numbers}
        paper.pages |= maps | {"/index.xml": sitemap_index([paper.url(path) for path in maps])}
        seed = paper.seed(more="requests_per_run_max = 20\n").replace('kind = "feed"', 'kind = "sitemap"')
        desk.seeds(paper=seed.replace("/feed", "/index.xml"))
        assert desk.crawl().code == 0
        assert len(paper.knocks) == 20
        assert 7 <= len(paper.asked_articles()) <= 11


def crawl_world(desk: Desk, slow: Paper, huge: Paper, small: list[Paper], **settings: object) -> tuple[Ended, float]:
    """One run over all of them, and when it began."""
    desk.seeds(
        slow=slow.seed(delay_s=0.1, concurrency=2),
        huge=huge.seed(delay_s=0.02, concurrency=4),
        **{f"small{n}": paper.seed(delay_s=0.1, concurrency=1) for n, paper in enumerate(small)},
    )
    begun = time.monotonic()
    return desk.crawl(NEWS_PROGRESS="lines", **settings), begun


def test_neither_slow_nor_huge_outlets_starve_the_others_and_the_limit_ends_them(desk: Desk) -> None:
    """One answers after five seconds, one has 3,000 articles; the small ones are done at their own pace: eight
    requests with 0.1 s between take about a second, not the minutes of the others. Then the run's limit comes: what
    is under way ends, everything else stays due, and the run is as good as finished.
    """
    with ExitStack() as stack:
        slow = stack.enter_context(Paper(60, first=10_000, answers_after=5))
        huge = stack.enter_context(Paper(3000, first=20_000))
        small = [stack.enter_context(Paper(6, first=100 * n)) for n in range(1, 7)]
        ended, begun = crawl_world(desk, slow, huge, small, NEWS_RUN_LIMIT_S=16)
        took = time.monotonic() - begun
    assert ended.code == 0, ended
    assert all(archived(desk)[f"small{n}"] == 6 for n in range(6))
    pace = [paper.knocks[-1].at - paper.knocks[0].at for paper in small]
    assert max(pace) < 12, pace
    assert len(huge.asked_articles()) > max(len(paper.asked_articles()) for paper in small)
    assert 1 <= len(slow.knocks) < 60
    state, taken_up, outcomes, code = desk.run_state()
    assert (state, code) == ("finished", 0)
    assert taken_up == outcomes
    assert took < 60
    (remark,) = remarks(desk)
    assert remark.startswith("NEWS_RUN_LIMIT_S: 16 s are over; ")
    never = desk.rows("SELECT count(*) FROM frontier WHERE visits = 0 AND due_at IS NULL")
    assert never == [(0,)]


def test_reasons_that_are_ours_are_named() -> None:
    """Who judges outlets must know which gates say nothing about them."""
    assert {"quiet-hours", "budget", "limit", "locked"} == OURS
