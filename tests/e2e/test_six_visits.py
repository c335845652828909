"""Four newspapers over six visits: every edit and every absence is recorded once, at the visit that could see it, and
nothing else is.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import get_args

import pytest

from support.changing_paper import EDITS, GONE, ChangingPaper, Manner, Story, a_story
from support.commands import Desk
from support.many_crawls import BEGIN, ManyCrawls
from support.newspaper import seed
from support.server import Server

pytestmark = pytest.mark.slow

PAGES = int(os.environ.get("NEWS_TEST_PAGES", "40"))
"""Articles of all four newspapers together; the figure in DECISIONS.md is for 200."""

LADDER = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7), timedelta(days=30))
FULL = (3, 5)
"""Visits at which a server that lies is asked for the whole page."""


@dataclass
class Press:
    """The newspapers, and what was crawled of them."""

    desk: Desk
    papers: dict[str, ChangingPaper]
    codes: list[int]
    times: list[datetime]

    def visit_of(self, at: str | None) -> int | None:
        """Which crawl a time belongs to."""
        if at is None:
            return None
        return max(n for n, begun in enumerate(self.times) if begun <= datetime.fromisoformat(at))


def plans(manner: Manner, number: int, random: Random) -> dict[int, str]:
    """What happens to an article. What a lying server hides between two full visits can't be seen by anybody."""
    if manner == "lying":
        kinds = [random.choice((*EDITS, None)), random.choice((*EDITS, None))]
        return {visit: kind for visit, kind in zip((random.randint(1, 3), 5), kinds, strict=True) if kind}
    match number % 5:
        case 0:
            return {}
        case 1 | 2:
            return {visit: random.choice(EDITS) for visit in random.sample(range(1, 6), random.randint(1, 3))}
        case 3:
            first = random.randint(1, 3)
            return {first: random.choice(EDITS), first + 1: "undone"}
        case _:
            first = random.randint(1, 4)
            back = random.choice((None, *range(first + 1, 6)))
            plan = {first: GONE[number // 5 % len(GONE)]} | ({back: "back"} if back else {})
            return plan | ({back + 1: "correction"} if back and back < 5 else {})


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    """Six crawls, as far apart as the ladder says."""
    desk = Desk(tmp_path_factory.mktemp("visits"))
    with Server() as one, Server() as two, Server() as three, Server() as four:
        papers = {}
        for server, manner in zip((one, two, three, four), get_args(Manner), strict=True):
            random = Random(manner)
            numbers = [len(papers) * 1000 + n for n in range(1, PAGES // 4 + 1)]
            stories = [a_story(n, visits=6, plan=plans(manner, n, random)) for n in numbers]
            papers[manner] = ChangingPaper(server, manner, stories)
        desk.seeds(**{manner: seed(paper.server, ("feed", "/feed")) for manner, paper in papers.items()})
        times = [BEGIN + sum(LADDER[:n], timedelta(minutes=5 * n)) for n in range(6)]
        with ManyCrawls(desk) as crawls:
            codes = []
            for visit, at in enumerate(times):
                for paper in papers.values():
                    paper.visit = visit
                codes.append(crawls.crawl(after=at - crawls.now))
        yield Press(desk, papers, codes, times)


def test_every_crawl_went_well(press: Press) -> None:
    """Six finished runs whose accounts balance, each over all articles."""
    assert press.codes == [0] * 6
    rows = press.desk.rows("SELECT state, taken_up, ended FROM runs ORDER BY id")
    assert rows == [("finished", PAGES, PAGES)] * 6


@pytest.mark.parametrize("manner", get_args(Manner))
def test_every_edit_is_recorded_once_and_none_that_nobody_made(press: Press, manner: Manner) -> None:
    """With its kind, at the visit that saw it first; counters, tokens, related links and quotation marks are none."""
    recorded = {
        (number, press.visit_of(at), kind)
        for number, at, kind in press.desk.rows(
            """SELECT CAST(substr(url, instr(url, '/news/') + 6) AS INTEGER), replaced_at, kind
               FROM revisions JOIN articles ON articles.id = article_id WHERE site = ?""",
            manner,
        )
    }
    made = {
        (story.number, seen_at(story, visit, manner), edit)
        for story in press.papers[manner].stories.values()
        for visit, edit in story.edits.items()
    }
    assert recorded == made
    (number,) = press.desk.rows(
        "SELECT count(*) FROM revisions JOIN articles ON articles.id = article_id WHERE site = ?", manner
    )[0]
    assert number == len(made)


def seen_at(story: Story, visit: int, manner: Manner) -> int:
    """The first visit that could see what changed then."""
    return min(full for full in FULL if full >= visit) if manner == "lying" else visit


@pytest.mark.parametrize("manner", ["noisy", "silent", "honest"])
def test_every_absence_is_one_row_and_so_is_its_end(press: Press, manner: Manner) -> None:
    """With its reason, its evidence, and the visit at which the article was back."""
    recorded = {
        (number, reason, press.visit_of(gone), press.visit_of(back))
        for number, reason, gone, back in press.desk.rows(
            """SELECT CAST(substr(url, instr(url, '/news/') + 6) AS INTEGER), reason, withdrawn_at, returned_at
               FROM withdrawals JOIN articles ON articles.id = article_id WHERE site = ?""",
            manner,
        )
    }
    happened = {
        (story.number, reason, gone, back)
        for story in press.papers[manner].stories.values()
        for reason, gone, back in story.absences()
    }
    assert recorded == happened
    assert press.desk.rows(
        """SELECT count(*) FROM withdrawals JOIN captures ON captures.id = withdrawals.capture_id
           JOIN articles ON articles.id = article_id WHERE articles.site = ?""",
        manner,
    ) == [(len(happened),)]


def test_the_archive_shows_the_last_state(press: Press) -> None:
    """Headline and text as the newspaper shows them now, or showed them last; `withdrawn` where it shows nothing."""
    for paper in press.papers.values():
        for story in paper.stories.values():
            last = story.states[-1]
            title, body, state = press.desk.rows(
                "SELECT title, text, state FROM articles WHERE url LIKE ?", f"%/news/{story.number}"
            )[0]
            assert fair(title) == fair(last.title)
            assert fair(body) == fair("\n\n".join(last.body))
            assert state == ("withdrawn" if last.gone else "live")


def fair(words: str) -> str:
    """Without what differs by theme."""
    return " ".join(words.translate(str.maketrans("«»“”", '""""')).split())


def test_servers_are_spared_where_they_can_tell(press: Press) -> None:
    """An honest one answers 304, a silent one's unchanged pages are known by their bytes and not kept again."""
    details = Counter(press.desk.rows("SELECT site, detail FROM outcomes WHERE outcome = 'NotModified'"))
    assert details["honest", "304"] > 0
    assert details["silent", "the same bytes"] > 0
    assert not any(site == "noisy" for site, _ in details)
    captures = dict(press.desk.rows("SELECT site, count(*) FROM captures WHERE status = 200 GROUP BY site"))
    assert captures["silent"] < captures["noisy"]


def test_a_server_that_lied_once_is_not_asked_again(press: Press) -> None:
    """Its ETag said "as before" of an edited page: from then on every visit is a full one."""
    outcomes = dict(
        press.desk.rows(
            """SELECT run_id, count(*) FROM outcomes WHERE site = 'lying' AND outcome = 'NotModified' GROUP BY 1"""
        )
    )
    assert set(outcomes) == {2, 3}
