"""At the close of a run every visited site gets its row: figures, verdict, reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from newscrawler.archive import Archive
from newscrawler.archive.holdings import articles
from newscrawler.archive.polls.sites import note_poll, remember_source
from newscrawler.extensions.judging import judge_sites
from newscrawler.health.changes import untold
from newscrawler.health.standing import read_standings
from newscrawler.outcome import (
    HttpError,
    New,
    NoText,
    NotModified,
    Outcome,
    Revised,
    TooShort,
    Unchanged,
    Unreachable,
    Walled,
)
from newscrawler.run import Run
from newscrawler.site import Expect
from newscrawler.times import iso
from newscrawler.urls import canonical
from support.archives import NOW, Clock, a_run, a_site, an_article, column, row, taken_up

FEED = "https://alpha.example/feed"


def polled(run: Run, *, url: str = FEED, status: str = "ok", detail: str = "", new: int = 0, **source: Any) -> None:
    with run.archive.transaction() as conn:
        state = remember_source(conn, site="alpha", kind="feed", url=canonical(url), section=None, **source)
        note_poll(conn, state.id, status=status, detail=detail, now=run.clock(), links=10, new=new)


def ended(run: Run, path: str, outcome: Outcome, **fields: Any) -> None:
    """A visit of a page; New ones with an article."""
    url = f"https://alpha.example/{run.id}/{path}"
    taken_up(run, url)
    key = None
    if isinstance(outcome, New | Revised):
        article = an_article(run.id * 1000 + len(run.counts), url=url, fetched_at=run.clock(), **fields)
        with run.archive.transaction() as conn:
            key = articles.store(conn, article, search_text="").article_id
    run.end(url, outcome, article_id=key)


def closed(run: Run, *, finished: bool = True) -> Mapping[str, Any]:
    """The row of alpha after the run."""
    with run.archive.transaction() as conn:
        judge_sites(run, conn, finished=finished, now=run.clock())
    return row(run.archive, "SELECT * FROM health WHERE run_id = ? AND site = 'alpha'", run.id)


def test_the_row_has_what_the_run_gave(run: Run) -> None:
    """Counts by kind and by outcome, fields of new articles, what the wire saw."""
    polled(run, new=7)
    polled(run, url=f"{FEED}/child", new=5, parent_id=1)
    ended(run, "1", New(), published_at=NOW, section="اقتصاد", paragraphs=("كلمة " * 30,))
    ended(run, "2", New(), published_at=NOW, authors=("كاتب",), paragraphs=("كلمة أخرى " * 30,))
    ended(run, "3", Revised("text"))
    ended(run, "4", NoText())
    ended(run, "5", HttpError("404"))
    traffic = run.traffic["alpha"]
    traffic.requests, traffic.answers = 8, 7
    traffic.latencies.extend([0.1, 0.2, 0.3, 0.4, 4.0])
    found = closed(run)
    counted = {name: found[name] for name in ("polled", "discovered", "archived", "revised", "copies", "rejected")}
    assert counted == {"polled": 1, "discovered": 12, "archived": 2, "revised": 1, "copies": 0, "rejected": 1}
    assert (found["errors"], found["read"], found["unread"], found["crashed"]) == (1, 3, 1, 0)
    assert json.loads(found["outcomes"]) == {"New": 2, "Revised": 1, "NoText": 1, "HttpError": 1}
    assert (found["dated"], found["sectioned"], found["authored"], found["words"]) == (2, 1, 1, 45)
    assert (found["requests"], found["answers"], found["latency_ms"], found["latency_p90_ms"]) == (8, 7, 300, 4000)
    assert (found["verdict"], found["new_day"], found["usual_new"], found["at"]) == (
        "healthy",
        2,
        None,
        "2026-11-22T09:30:00Z",
    )
    assert run.problems == []


def test_a_site_that_the_run_did_not_touch_has_no_row(run: Run) -> None:
    """A row for each of 500 sites every half hour would say nothing 500 times."""
    polled(run)
    closed(run)
    assert column(run.archive, "SELECT site FROM health") == ["alpha"]


def test_an_unreachable_site_is_a_problem_of_the_run(run: Run) -> None:
    """The line names site, verdict and reason; who is down is no reason to wait for a second run on the first day."""
    polled(run, status="Unreachable", detail="timed out")
    assert closed(run)["verdict"] == "unreachable"
    assert run.problems == ["alpha: unreachable: none of 1 sources answers (timed out)"]


def test_a_source_that_was_polled_an_hour_ago_still_counts(archive: Archive, clock: Clock) -> None:
    """Not every source is due in every run: one that fails alone does not make a site unreachable."""
    with a_run(archive, clock=clock) as first:
        polled(first)
        closed(first)
    clock.forward(hours=1)
    with a_run(archive, clock=clock) as second:
        polled(second, url=f"{FEED}/2", status="HttpError", detail="503")
        assert closed(second)["seen"] == "healthy"
    clock.forward(hours=7)
    with a_run(archive, clock=clock) as third:
        polled(third, url=f"{FEED}/2", status="HttpError", detail="503")
        assert closed(third)["seen"] == "unreachable"


def test_a_captcha_page_in_place_of_a_feed_is_a_block(run: Run) -> None:
    """Whoever reads it as a feed sees only that it is none."""
    polled(run, status="NotAFeed", detail="an HTML page")
    run.traffic["alpha"].walls = 1
    found = closed(run)
    assert (found["verdict"], json.loads(found["reason"])["detail"]) == ("blocked", "a captcha page")


def test_pages_that_a_blocked_site_refused_come_back(run: Run) -> None:
    """A 403 settles a page; of a blocked site it says nothing of the page."""
    polled(run)
    for number in range(6):
        ended(run, str(number), HttpError("403"))
    ended(run, "gone", HttpError("404"))
    assert closed(run)["verdict"] == "blocked"
    due = dict(run.archive.conn.execute("SELECT detail, min(due_at) FROM frontier GROUP BY 1").fetchall())
    assert due == {"403": "2026-11-22T10:30:00Z", "404": None}


def test_a_page_that_a_blocked_site_goes_on_refusing_is_given_up(archive: Archive, clock: Clock) -> None:
    """Each wait is as long as the page is known: some eight visits in ten days."""
    visits = 0
    for _ in range(15 * 24):
        with a_run(archive, clock=clock) as run:
            polled(run, status="HttpError", detail="403")
            if not visits:
                ended(run, "1", HttpError("403"))
                visits = 1
            else:
                for waiting in taken_up(run):
                    run.end(waiting.url, HttpError("403"))
                    visits += 1
            closed(run)
        clock.forward(hours=1)
    assert 6 <= visits <= 10
    assert column(archive, "SELECT due_at FROM frontier") == [None]


def test_walls_are_refusals(run: Run) -> None:
    """A captcha page in place of five articles."""
    polled(run)
    for number in range(5):
        ended(run, str(number), Walled("HTTP 200, a captcha page"))
    assert closed(run)["verdict"] == "blocked"


def test_a_wall_before_the_articles_of_a_small_paper_is_noticed(archive: Archive, clock: Clock) -> None:
    """One page a run: five refusals in a row are the site's condition, and one page that is let in ends it."""
    verdicts = []
    for number in range(12):
        with a_run(archive, clock=clock) as run:
            polled(run, new=1)
            ended(run, str(number), Walled("HTTP 200, a captcha page") if 2 <= number < 9 else New())
            verdicts.append(closed(run)["verdict"])
        clock.forward(hours=3)
    assert verdicts[:6] == ["healthy"] * 6
    assert verdicts[7:9] == ["blocked"] * 2
    assert verdicts[-2:] == ["healthy"] * 2


@pytest.mark.parametrize("fields", [{"replaying": True}, {"only": ["https://alpha.example/x"]}])
def test_replays_and_single_addresses_change_no_verdict(archive: Archive, clock: Clock, fields: dict[str, Any]) -> None:
    """Their figures are kept, the verdict is the one before."""
    with a_run(archive, clock=clock, **fields) as run:
        for number in range(6):
            ended(run, str(number), Unreachable())
        found = closed(run)
        assert (found["verdict"], found["errors"], found["seen"]) == ("healthy", 6, None)
        assert run.problems == []


def a_day(archive: Archive, clock: Clock, *, new: int, unread: int = 0, site: Any = None) -> Mapping[str, Any]:
    """A day with four runs, the articles spread over them."""
    for part in range(4):
        with a_run(archive, [site] if site else (), clock=clock) as run:
            polled(run, new=new)
            for number in range(part, new, 4):
                ended(run, f"n{number}", New(), published_at=NOW)
            for number in range(part, unread, 4):
                ended(run, f"u{number}", TooShort())
            ended(run, "old", NotModified())
            found = closed(run)
        clock.forward(hours=6)
    return found


def test_four_weeks_later_a_weekend_is_no_alarm_and_a_silent_tuesday_is(archive: Archive) -> None:
    """Held against the same weekday: 16 articles from Monday to Friday, 2 at weekends."""
    clock = Clock(NOW)  # a Sunday
    for day in range(29):
        found = a_day(archive, clock, new=2 if day % 7 in (0, 6) else 16)
        assert found["verdict"] == "healthy", day
    assert found["usual_new"] == 2
    assert a_day(archive, clock, new=16)["verdict"] == "healthy"
    silent = a_day(archive, clock, new=1)
    assert (silent["verdict"], silent["usual_new"], silent["new_day"]) == ("quiet", 16, 1)
    assert json.loads(silent["reason"]) == {"code": "few-new", "new": 1, "usual": 16}
    assert a_day(archive, clock, new=16)["verdict"] == "healthy"


def test_a_new_layout_is_noticed_and_so_is_its_repair(archive: Archive) -> None:
    """Pages that gave articles give none, the feed goes on; two runs have to see it."""
    clock = Clock(NOW)
    for _ in range(4):
        a_day(archive, clock, new=16, unread=4)
    found = a_day(archive, clock, new=0, unread=20)
    reason = json.loads(found["reason"])
    assert (found["verdict"], reason["code"], reason["usual"]) == ("broken-extraction", "unread", 20)
    assert a_day(archive, clock, new=16, unread=4)["verdict"] == "healthy"


def test_a_trickle_of_pages_adds_up_over_runs(archive: Archive) -> None:
    """A site with a page every six hours has eight in two days."""
    clock = Clock(NOW)
    for _ in range(8):
        a_day(archive, clock, new=4)
    verdicts = [a_day(archive, clock, new=0, unread=4)["verdict"] for _ in range(3)]
    assert verdicts == ["healthy", "broken-extraction", "broken-extraction"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"published_at": None}, "no-dates"),
        ({"paragraphs": ("كلمة " * 12,)}, "short"),
        ({"section": None}, "no-sections"),
    ],
)
def test_a_layout_without_fields_is_noticed_at_a_small_paper(
    archive: Archive, fields: dict[str, Any], code: str
) -> None:
    """One new article a run among revisits: eight of them, over two days, tell as much as eight in one run."""
    clock, usual = Clock(NOW), {"published_at": NOW, "section": "ثقافة", "paragraphs": ("كلمة " * 90,)}
    for number in range(40):
        with a_run(archive, clock=clock) as run:
            polled(run, new=1)
            ended(run, "new", New(), **(usual if number < 28 else usual | fields))
            for known in range(9):
                ended(run, f"known{known}", Unchanged())
            found = closed(run)
        clock.forward(hours=6)
        if number == 28:
            assert found["verdict"] == "healthy"
    assert (found["verdict"], json.loads(found["reason"])["code"]) == ("broken-extraction", code)


def test_an_expectation_that_is_broken_is_the_verdict(archive: Archive, clock: Clock) -> None:
    """And a problem of the run, whatever the site's own past is."""
    site = a_site("alpha", expect=Expect(articles_per_day_min=5))
    with a_run(archive, [site], clock=clock) as run:
        polled(run)
        assert closed(run)["verdict"] == "quiet"
        assert run.problems == ["alpha: 0 new articles in the last 24 hours, expected 5"]
    with a_run(archive, [site], clock=clock) as run:
        polled(run)
        assert closed(run, finished=False)["verdict"] == "quiet", "a stopped run can't know better"
        assert run.problems == []


def test_an_outage_of_days_ends_with_two_good_runs(archive: Archive, clock: Clock) -> None:
    """`since` says when it began. The first good one is no problem any more: what its report would say isn't true."""
    found = []
    with a_run(archive, clock=clock) as before:
        taken_up(before, "https://alpha.example/1")
    for status in ("ok", "Unreachable", "Unreachable", "Unreachable", "ok", "ok"):
        with a_run(archive, clock=clock) as run:
            polled(run, status=status, detail="" if status == "ok" else "timed out")
            found.append((closed(run)["verdict"], run.problems != []))
        clock.forward(hours=12)
    down = ("unreachable", True)
    back = ("unreachable", False)
    assert found == [("healthy", False), ("healthy", False), down, down, back, ("healthy", False)]
    since = column(archive, "SELECT since FROM health WHERE verdict = 'unreachable'")
    assert set(since) == {"2026-11-23T09:30:00Z"}
    *_, last_but_one, last = column(archive, "SELECT id FROM runs ORDER BY id")
    reasons = [read_standings(archive.conn, run)[0].reason for run in (last_but_one - 1, last_but_one, last)]
    down_for = "none of 1 sources answers (timed out)"
    assert reasons == [down_for, f"{down_for} (seen last: healthy; the next visit decides)", "as usual"]


@pytest.mark.parametrize(("lost", "unread"), [(2, 0), (6, 6)])
def test_a_page_that_is_gone_is_not_one_that_cannot_be_read(
    archive: Archive, clock: Clock, lost: int, unread: int
) -> None:
    """A newspaper that takes articles away has no new layout. When all come back without their text at once, it has."""
    urls = [f"https://alpha.example/news/{number}" for number in range(1, 7)]
    with a_run(archive, clock=clock) as first:
        taken_up(first, *urls)
        for number, url in enumerate(urls, 1):
            with archive.transaction() as conn:
                key = articles.store(conn, an_article(number, url=url), search_text="").article_id
            first.end(url, New(), article_id=key)
    clock.forward(days=1)
    with a_run(archive, clock=clock) as second:
        for number, revisited in enumerate(taken_up(second)):
            second.end(revisited.url, NoText() if number < lost else Unchanged(), article_id=revisited.article_id)
        with archive.transaction() as conn:
            second.settle(conn)
        found = closed(second)
    assert (found["read"], found["unread"]) == (6 - lost, unread)


def test_a_site_that_no_run_visits_is_unknown_after_three_days(archive: Archive, clock: Clock) -> None:
    """Switched off, or its host locked by another crawl: its last verdict says nothing of today, and nobody is
    alarmed.
    """
    with a_run(archive, clock=clock) as first:
        polled(first)
        closed(first)
    told = []
    for _ in range(4):
        clock.forward(days=1)
        with a_run(archive, clock=clock) as run, archive.transaction() as conn:
            judge_sites(run, conn, finished=True, now=clock())
            (standing,) = read_standings(conn, run.id)
            told.append((standing.verdict, standing.code, standing.since))
    fine, unknown = ("healthy", "fine", iso(NOW)), ("unknown", "unvisited", iso(NOW))
    assert told == [fine, fine, fine, unknown]
    assert standing.reason == "not visited; until then healthy"
    assert untold(archive.conn) == []
