"""How a crawl treats the servers it asks: pauses that are asked for, delays, quiet hours, one at a time."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from support.commands import Desk
from support.manners import Paper, shortest_gap
from support.many_crawls import BEGIN, ManyCrawls
from support.newspaper import feed
from support.outlets import with_certificate
from support.server import Answer, Request, redirect, text

pytestmark = pytest.mark.slow


@pytest.fixture
def paper() -> Iterator[Paper]:
    """Six articles."""
    with Paper(6) as server:
        yield server


@pytest.fixture
def other() -> Iterator[Paper]:
    """Six other articles, at another address."""
    with Paper(6, first=101) as server:
        yield server


def remarks(desk: Desk) -> list[str]:
    """Those of the last run."""
    return list(json.loads(desk.rows("SELECT remarks FROM runs ORDER BY id DESC LIMIT 1")[0][0]))


def due(desk: Desk) -> int:
    """Addresses that a crawl would still ask for, never visited."""
    return int(desk.rows("SELECT count(*) FROM frontier WHERE due_at IS NOT NULL AND visits = 0")[0][0])


def busy_from(paper: Paper, nth: int, answer: Answer) -> None:
    """The n-th request for an article is answered so, once."""
    pages = {path: script for path, script in paper.pages.items() if path.startswith("/news/")}

    def scripted(request: Request) -> Answer:
        if len(paper.asked_articles()) == nth:
            return answer
        page = pages[request.path]
        assert isinstance(page, Answer)
        return page

    paper.pages |= dict.fromkeys(pages, scripted)


def test_a_crawl_delay_is_kept_by_every_request(desk: Desk, paper: Paper) -> None:
    """robots.txt wants more than the seed leaves: then that holds, for the feed and one request at a time too."""
    paper.pages["/robots.txt"] = text("User-agent: *\nCrawl-delay: 0.5\n", content_type="text/plain")
    desk.seeds(paper=paper.seed(delay_s=0.1))
    assert desk.crawl().code == 0
    assert len(paper.knocks) == 8
    assert paper.at_once == 1
    assert shortest_gap(paper.knocks) >= 0.4


def test_a_longer_delay_of_the_seed_stays(desk: Desk, paper: Paper) -> None:
    """The larger of the two; with its jitter of half."""
    paper.pages["/robots.txt"] = text("User-agent: *\nCrawl-delay: 0.1\n", content_type="text/plain")
    desk.seeds(paper=paper.seed(delay_s=0.6, concurrency=1))
    assert desk.crawl().code == 0
    assert shortest_gap(paper.knocks) >= 0.29


def test_outlets_that_share_a_host_share_its_patience(desk: Desk, paper: Paper) -> None:
    """Two seed files, one server: it sees one visitor, who waits as long as the more careful file says."""
    shared = "shared_hosts = true\n"
    paper.answers_after = 0.1
    paper.pages["/feed2"] = feed(paper.urls[3:])
    paper.pages["/feed"] = feed(paper.urls[:3])
    desk.seeds(
        one=paper.seed(more=shared, articles='allow = ["/news/[123]$"]', delay_s=0.2),
        two=paper.seed(more=shared, articles='allow = ["/news/[456]$"]', delay_s=0.6, concurrency=1).replace(
            "/feed", "/feed2"
        ),
    )
    assert desk.crawl().code == 0
    assert sorted(paper.asked_articles()) == [f"/news/{n}" for n in range(1, 7)]
    assert paper.at_once == 1
    assert shortest_gap(paper.knocks) >= 0.29


def test_a_short_pause_is_waited_for(desk: Desk, paper: Paper, other: Paper) -> None:
    """429 with «two seconds»: nothing for two seconds, then the rest; the page itself comes back later, and it
    counts as no failure of its own. Other outlets don't wait.
    """
    busy_from(paper, 3, Answer(status=429, headers={"Retry-After": "2"}))
    desk.seeds(paper=paper.seed(concurrency=1, delay_s=0.05), other=other.seed())
    assert desk.crawl().code == 0
    refused = next(knock for knock in paper.knocks if knock.path == paper.asked_articles()[2])
    after = [knock.at - refused.at for knock in paper.knocks if knock.at > refused.at]
    assert min(after) >= 1.95
    assert len(paper.asked_articles()) == 6  # it wasn't tried again at once
    assert max(knock.at for knock in other.knocks) < refused.at + 1.95
    assert desk.rows("SELECT detail, tries, due_at > ended_at FROM frontier WHERE outcome = 'HttpError'") == [
        ("429", 0, 1)
    ]
    assert desk.rows("SELECT host, reason, refusals FROM hosts") == [(paper.host, "HTTP 429, Retry-After: 2 s", 1)]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("written", ["seconds", "date"])
def test_a_long_pause_is_for_the_next_runs_too(desk: Desk, paper: Paper, status: int, written: str) -> None:
    """«In an hour»: the rest of the host stays in the frontier without outcomes, no run asks before the hour is over,
    none of them calls it a problem, and then the story goes on.
    """
    later = "3600" if written == "seconds" else format_datetime(BEGIN + timedelta(hours=1, seconds=1), usegmt=True)
    busy_from(paper, 3, Answer(status=status, headers={"Retry-After": later}))
    desk.seeds(paper=paper.seed(concurrency=1, delay_s=0.05))
    with ManyCrawls(desk) as crawls:
        assert crawls.crawl() == 0
        assert len(paper.asked_articles()) == 3
        assert len(desk.outcomes()) == 3
        assert due(desk) == 4
        assert "asked us to wait" in remarks(desk)[0]
        assert "3 addresses wait for a later run" in remarks(desk)[0]
        before = len(paper.knocks)
        assert crawls.crawl(after=timedelta(minutes=30)) == 0
        assert len(paper.knocks) == before
        assert "3 addresses wait" in remarks(desk)[0]
        assert desk.run_state() == ("finished", 0, 0, 0)
        assert crawls.crawl(after=timedelta(minutes=35)) == 0
        assert due(desk) == 0
        assert desk.rows("SELECT count(*) FROM articles") == [(6,)]


def test_a_robots_txt_that_asks_for_a_pause_is_asked_again_after_it(desk: Desk, paper: Paper) -> None:
    """503 for robots.txt forbids everything, and says nothing about rules: afterwards they are read, and hold."""
    answers = iter([Answer(status=503, headers={"Retry-After": "1"})])
    rules = text("User-agent: *\nDisallow: /news/2\n", content_type="text/plain")
    paper.pages["/robots.txt"] = lambda _: next(answers, rules)
    desk.seeds(paper=paper.seed(concurrency=1, delay_s=0.05))
    with ManyCrawls(desk) as crawls:
        assert crawls.crawl() == 1  # the feed couldn't be read, for robots.txt couldn't
        assert [knock.path for knock in paper.knocks] == ["/robots.txt"]
        crawls.crawl(after=timedelta(hours=2))
    assert set(paper.asked_articles()) == {f"/news/{n}" for n in (1, 3, 4, 5, 6)}


def test_a_dead_site_costs_a_few_requests_and_no_addresses(desk: Desk, other: Paper) -> None:
    """After twenty failures in a row its addresses are left where they are: tried one by one, a dead site would keep
    the run for hours, and after five such runs everything discovered would be given up.
    """
    with Paper(25, first=201) as dead:
        dead.pages |= {f"/news/{n}": Answer(status=502) for n in dead.numbers}
        desk.seeds(paper=dead.seed(concurrency=1), other=other.seed())
        assert desk.crawl().code == 1  # its pages don't answer, as far as anybody has ever seen
        assert len(dead.asked_articles()) in (20, 21)  # the next may be on its way when the twentieth is counted
    assert "20 requests in a row failed (HTTP 502); " in remarks(desk)[0]
    assert len(other.asked_articles()) == 6


@pytest.mark.parametrize("concurrency", [1, 3])
def test_no_more_connections_than_the_seed_allows_also_without_a_delay(
    desk: Desk, paper: Paper, concurrency: int
) -> None:
    """Ten addresses may wait for the slot, and each goes when it is its turn."""
    paper.answers_after = 0.1
    desk.seeds(paper=paper.seed(concurrency=concurrency))
    assert desk.crawl().code == 0
    assert len(paper.asked_articles()) == 6
    assert paper.at_once <= concurrency


QUIET = 'quiet_hours = ["11:00-12:00"]\n'
"""Of Beirut: 09:00 to 10:00 UTC in November."""


def test_nothing_is_asked_in_quiet_hours(desk: Desk, paper: Paper, other: Paper) -> None:
    """The outlet is passed over with a line that is no problem; others are crawled; an hour later it is too."""
    desk.seeds(paper=paper.seed(more=QUIET), other=other.seed())
    with ManyCrawls(desk) as crawls:
        assert crawls.crawl() == 0
        assert (len(paper.knocks), len(other.asked_articles())) == (0, 6)
        assert remarks(desk) == ["paper: quiet hours 11:00-12:00; 0 addresses wait for a later run"]
        assert desk.rows("SELECT id FROM sites WHERE last_crawled_at IS NOT NULL") == [("other",)]
        assert crawls.crawl(after=timedelta(minutes=31)) == 0
    assert len(paper.asked_articles()) == 6
    assert remarks(desk) == []


def test_a_run_that_reaches_quiet_hours_stops_asking(desk: Desk) -> None:
    """What has been got is kept, what hasn't been asked for stays due, and nothing is out in between."""
    begin = datetime(2026, 11, 22, 8, 59, 52, tzinfo=UTC)  # eight seconds: time for twenty, never for forty
    with Paper(60) as paper, ManyCrawls(desk, begin=begin) as crawls:
        desk.seeds(paper=paper.seed(more=QUIET, delay_s=0.4, concurrency=1))
        assert crawls.crawl() == 0
        asked = len(paper.asked_articles())
        assert 0 < asked < 60
        assert due(desk) == 60 - asked
        assert desk.rows("SELECT count(*) FROM articles") == [(asked,)]
        desk.seeds(paper=paper.seed(more=QUIET))
        assert crawls.crawl(after=timedelta(hours=2)) == 0
    assert desk.rows("SELECT count(*) FROM articles") == [(60,)]


def ends_soon(process: subprocess.Popen[str], *, seconds: float) -> float:
    """Send SIGTERM; how long it took to end."""
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return time.monotonic() - begun


def wait_until(paper: Paper, articles: int, *, seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while len(paper.asked_articles()) < articles:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(0.7)  # until the answer is dealt with and the next is on its way


@pytest.mark.parametrize("why", ["the pause of a host", "the delay of a slot"])
def test_no_wait_holds_up_a_signal(desk: Desk, paper: Paper, why: str) -> None:
    """SIGTERM while a page waits for its turn: it is put back, the account balances, the process ends at once."""
    if why == "the pause of a host":
        busy_from(paper, 2, Answer(status=429, headers={"Retry-After": "50"}))
        desk.seeds(paper=paper.seed(concurrency=1, delay_s=0.05))
    else:
        desk.seeds(paper=paper.seed(concurrency=1, delay_s=40))
        paper.pages["/robots.txt"] = redirect("/robots2.txt")  # takes no turn of its own: the feed comes first
    process = desk.start("crawl", "news")
    if why == "the pause of a host":
        wait_until(paper, 2)
    else:
        deadline = time.monotonic() + 30
        while not paper.knocks and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.7)
    assert ends_soon(process, seconds=20) < 10
    assert process.returncode == 1
    state, taken_up, ended, _ = desk.run_state()
    assert (state, taken_up) == ("stopped", ended)


def test_two_archives_do_not_ask_one_host_together(desk: Desk, paper: Paper, other: Paper) -> None:
    """The second crawl passes the host over with a line, crawls its other outlets, and exits with 0. A killed crawl
    holds nothing.
    """
    second = Desk(desk.folder / "second")
    second.folder.mkdir()
    desk.seeds(paper=paper.seed())
    second.seeds(paper=paper.seed(), other=other.seed())
    paper.gate.clear()
    first = desk.start("crawl", "news")
    try:
        assert paper.arrived.wait(30)
        before = len(paper.knocks)
        ended = second.crawl()
        assert ended.code == 0, ended
        assert remarks(second) == [
            f"paper: another crawl on this machine is asking {paper.host}; 0 addresses wait for a later run"
        ]
        assert len(paper.knocks) == before
        assert len(other.asked_articles()) == 6
    finally:
        with suppress(ProcessLookupError):
            first.kill()
        first.communicate()
        paper.gate.set()
    assert second.crawl().code == 0
    assert len(paper.asked_articles()) == 6


def test_a_refused_certificate_is_an_outcome_and_no_traceback(desk: Desk, paper: Paper) -> None:
    """Cron would send sixty lines by mail; the report has one."""
    with_certificate(paper, desk.folder)
    desk.seeds(paper=paper.seed().replace("http://", "https://"))
    ended = desk.crawl(f"url={paper.url('/news/1').replace('http://', 'https://')}")
    assert desk.outcomes()["/news/1"][0] == "Unreachable"
    assert "Traceback" not in ended.err
    assert "certificate" not in ended.err.lower()


def test_the_contact_is_in_the_user_agent(desk: Desk, paper: Paper) -> None:
    """Of every request, that for robots.txt too."""
    desk.seeds(paper=paper.seed())
    assert desk.crawl(NEWS_CONTACT="desk@archive.example").code == 0
    agents = {request.headers["user-agent"] for request in paper.requests}
    assert len(agents) == 1
    assert "(+desk@archive.example)" in agents.pop()
