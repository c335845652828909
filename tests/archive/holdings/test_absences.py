"""Absences: what a visit's end says about an archived article, and the decision when the run closes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from newscrawler.archive import Archive, ledger
from newscrawler.archive.holdings import absences, articles, withdrawals
from newscrawler.archive.holdings.absences import Absence, absence_of
from newscrawler.archive.holdings.visits import Answer
from newscrawler.archive.queue import frontier
from newscrawler.outcome import (
    ExtractorFailed,
    New,
    NoArchive,
    NotAnArticle,
    NotArabic,
    NoText,
    NotModified,
    Outcome,
    OutOfScope,
    RobotsDenied,
    TooShort,
    Unreachable,
    http_error,
)
from newscrawler.run import Run
from support.archives import Clock, a_run, an_article, column, row, taken_up

HOME = "https://alpha.example/"


@pytest.mark.parametrize(
    ("outcome", "landed", "absence"),
    [
        (http_error(404), None, Absence("not-found", "404")),
        (http_error(410), HOME, Absence("gone", "410")),
        (http_error(451), None, Absence("legal", "451")),
        (NotAnArticle("the front page"), HOME, Absence("redirected", f"{HOME} (NotAnArticle: the front page)")),
        (OutOfScope("https://else.example/"), "https://else.example/", Absence("redirected", "https://else.example/")),
        (NoText(), None, Absence("emptied", "NoText")),
        (TooShort("3 words"), None, Absence("emptied", "TooShort: 3 words")),
        (NotAnArticle("a listing"), None, Absence("emptied", "NotAnArticle: a listing")),
        (NotArabic("en"), None, Absence("emptied", "NotArabic: en")),
        *((http_error(status), None, None) for status in (400, 403, 429, 500, 503)),
        (Unreachable("timed out"), HOME, None),
        (ExtractorFailed(), None, None),
        (RobotsDenied(), HOME, None),
        (NoArchive(), None, None),
        (OutOfScope("not admitted"), None, None),
        (NotModified(), None, None),
    ],
)
def test_an_end_says_that_the_article_is_gone_or_nothing(
    outcome: Outcome, landed: str | None, absence: Absence | None
) -> None:
    """A failure that passes, a refusal or a defect of ours says nothing about the article."""
    assert absence_of(outcome, landed=landed) == absence


def test_only_a_status_is_certain() -> None:
    """A page without text may be a wall or a new layout."""
    reasons = ("not-found", "gone", "legal", "redirected", "emptied")
    assert [Absence(reason, "").certain for reason in reasons] == [True, True, True, False, False]


class Site:
    """Archived articles of alpha, visited by one run after another."""

    def __init__(self, archive: Archive, clock: Clock) -> None:
        self.archive = archive
        self.clock = clock

    def archived(self, count: int) -> None:
        """So many articles, archived by a run of their own."""
        with a_run(self.archive, clock=self.clock) as run:
            for number in range(1, count + 1):
                url = f"{HOME}news/{number}"
                taken_up(run, url)
                with self.archive.transaction() as conn:
                    key = articles.store(conn, an_article(number), search_text="").article_id
                run.end(url, New(), article_id=key)
            self.close(run)

    def visited(self, ends: dict[int, Outcome], *, close: bool = True) -> Run:
        """A run an hour later that visits these articles, with how each visit ends."""
        self.clock.forward(hours=1)
        self.archive.conn.execute("UPDATE frontier SET taken_run = NULL")
        with a_run(self.archive, clock=self.clock) as run:
            for number, outcome in ends.items():
                row = frontier.find(self.archive.conn, f"{HOME}news/{number}")  # type: ignore[arg-type]
                assert row is not None
                run.take_up(row)
                run.answers[row.url] = Answer(at=self.clock())
                run.end(row.url, outcome)
            if close:
                self.close(run)
        return run

    def close(self, run: Run) -> None:
        with self.archive.transaction() as conn:
            run.settle(conn)
            ledger.finish_run(
                conn, run.id, state="finished", taken_up=0, exit_code=0, problems=run.problems, now=self.clock()
            )

    def gone(self) -> list[int]:
        return column(self.archive, "SELECT article_id FROM withdrawals WHERE returned_at IS NULL ORDER BY 1")


@pytest.fixture
def site(archive: Archive, clock: Clock) -> Site:
    """Twenty archived articles."""
    made = Site(archive, clock)
    made.archived(20)
    return made


def ends(*numbers: int, outcome: Callable[[], Outcome] = NoText) -> dict[int, Outcome]:
    return {number: outcome() for number in numbers}


def test_a_page_without_its_text_is_withdrawn_when_the_run_closes(site: Site) -> None:
    """Not before: until then its address stays due, so that a killed run loses nothing."""
    run = site.visited(ends(1), close=False)
    assert site.gone() == []
    before = row(site.archive, "SELECT outcome, due_at, visits FROM frontier WHERE url LIKE '%/1'")
    assert (before["outcome"], before["visits"]) == ("NoText", 1)
    assert before["due_at"] <= "2026-11-22T10:30:00Z"
    site.close(run)
    assert site.gone() == [1]
    after = row(site.archive, "SELECT due_at, visits FROM frontier WHERE url LIKE '%/1'")
    assert tuple(after.values()) == ("2026-11-22T16:30:00Z", 2)
    assert row(site.archive, "SELECT withdrawn_at, reason FROM withdrawals") == {
        "withdrawn_at": "2026-11-22T10:30:00Z",
        "reason": "emptied",
    }


def test_four_pages_without_text_are_four_withdrawals(site: Site) -> None:
    """Fewer than five are gone for reasons of their own, even if nothing else was visited."""
    run = site.visited(ends(1, 2, 3, 4))
    assert (site.gone(), run.problems) == ([1, 2, 3, 4], [])


def test_five_among_many_are_five_withdrawals(site: Site) -> None:
    """Half of the pages kept their text: the layout is as it was."""
    run = site.visited(ends(*range(1, 6)) | ends(*range(6, 11), outcome=NotModified))
    assert (site.gone(), run.problems) == ([1, 2, 3, 4, 5], [])


def test_most_of_a_sites_pages_at_once_are_one_problem(site: Site) -> None:
    """Its layout has changed, or a wall stands before it: nothing is withdrawn, somebody has to look."""
    run = site.visited(ends(*range(1, 7)) | ends(*range(7, 12), outcome=NotModified))
    assert site.gone() == []
    assert run.problems == [
        "alpha: 6 of 11 archived pages came back without their text: has its layout changed?",
    ]
    due = column(site.archive, "SELECT DISTINCT due_at FROM frontier WHERE outcome = 'NoText'")
    assert due == ["2026-11-22T16:30:00Z"], "they are looked for on the ladder all the same"


def test_what_a_server_says_is_not_doubted(site: Site) -> None:
    """Half a site that answers 410 is half a site withdrawn."""
    run = site.visited(ends(*range(1, 11), outcome=lambda: http_error(410)))
    assert (site.gone(), run.problems) == (list(range(1, 11)), [])


def test_few_pages_in_each_of_many_runs_are_one_event_too(site: Site) -> None:
    """A crawl every hour sees two pages at a time; with the fifth it is clear, and what was noted is taken back."""
    for first in (1, 3):
        site.visited(ends(first, first + 1))
    assert site.gone() == [1, 2, 3, 4]
    run = site.visited(ends(5, 6))
    assert site.gone() == []
    assert column(site.archive, "SELECT count(*) FROM articles WHERE state = 'withdrawn'") == [0]
    assert run.problems == ["alpha: 6 of 6 archived pages came back without their text: has its layout changed?"]


def test_a_page_seen_by_two_runs_is_one_page(site: Site) -> None:
    """A run was killed before it could decide; the next one finds the same three pages, not six."""
    site.visited(ends(1, 2, 3), close=False)
    run = site.visited(ends(1, 2, 3))
    assert (site.gone(), run.problems) == ([1, 2, 3], [])


def test_a_run_that_found_texts_ends_the_event(site: Site) -> None:
    """The layout is understood again: what is missing now is missing."""
    site.visited(ends(*range(1, 7)))
    run = site.visited(ends(7) | ends(8, 9, outcome=NotModified))
    assert (site.gone(), run.problems) == ([7], [])


def test_runs_of_last_week_are_another_event(site: Site) -> None:
    """Pages that went one by one over weeks were withdrawn one by one."""
    site.visited(ends(1, 2, 3))
    site.clock.forward(days=4)
    site.visited(ends(4, 5, 6))
    assert site.gone() == [1, 2, 3, 4, 5, 6]


def test_an_absence_that_lasts_is_no_news(site: Site) -> None:
    """Those known to be gone don't make a new one look like an event."""
    for first in (1, 3):
        site.visited(ends(first, first + 1))
        site.clock.forward(days=4)
    site.visited(ends(1, 2, 3, 4) | ends(5))
    assert site.gone() == [1, 2, 3, 4, 5]


def test_another_sites_event_is_its_own(archive: Archive, site: Site) -> None:
    """One paper's new layout must not hide that another withdrew an article."""
    with a_run(archive, clock=site.clock) as run:
        url = "https://beta.example/b"
        taken_up(run, url, site="beta")
        with archive.transaction() as conn:
            articles.store(conn, an_article(99, url=url, site="beta"), search_text="")
        run.end(url, New(), article_id=21)
    archive.conn.execute("UPDATE frontier SET taken_run = NULL")
    site.clock.forward(hours=1)
    with a_run(archive, clock=site.clock) as run:
        for address in [f"{HOME}news/{n}" for n in range(1, 7)] + [url]:
            found = frontier.find(archive.conn, address)  # type: ignore[arg-type]
            assert found is not None
            run.take_up(found)
            run.end(address, NoText())
        site.close(run)
    assert site.gone() == [21]


def test_a_replayed_page_withdraws_nothing(site: Site) -> None:
    """Reading old captures again with a worse extractor is no news from the newspaper."""
    with a_run(site.archive, clock=site.clock) as run:
        run.replaying = True
        found = frontier.find(site.archive.conn, f"{HOME}news/1")  # type: ignore[arg-type]
        assert found is not None
        run.take_up(found)
        run.end(found.url, NoText())
        site.close(run)
    assert site.gone() == []


def test_no_suspects_no_questions(archive: Archive, clock: Clock) -> None:
    """Most runs close without a doubt."""
    assert absences.settle(archive.conn, [], run_id=1, now=clock(), revisit=[timedelta(hours=1)]) == []
    assert not withdrawals.is_absent(archive.conn, 1)
