"""Cuts: whether articles that are shown in part are edits of theirs or the site's doing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from newscrawler.archive import Archive, ledger
from newscrawler.archive.holdings import articles, cuts
from newscrawler.archive.holdings.cuts import Standing
from newscrawler.archive.holdings.visits import Answer
from newscrawler.archive.queue import frontier
from newscrawler.outcome import New, NoText, NotModified, Outcome, Revised, Shortened, Unchanged
from newscrawler.run import Run
from support.archives import NOW, Clock, a_run, an_article, column, row, taken_up

HOME = "https://alpha.example/news/"
HOUR = timedelta(hours=1)


class Site:
    """Articles of alpha and visits to them, an hour apart."""

    def __init__(self, archive: Archive, clock: Clock) -> None:
        self.archive, self.clock = archive, clock
        self.revisit = (HOUR, 6 * HOUR, 24 * HOUR)

    def archived(self, *numbers: int) -> None:
        """By a run of their own, now."""
        with a_run(self.archive, clock=self.clock) as run:
            for number in numbers:
                taken_up(run, f"{HOME}{number}")
                with self.archive.transaction() as conn:
                    article = an_article(number, fetched_at=self.clock())
                    key = articles.store(conn, article, search_text="").article_id
                run.end(f"{HOME}{number}", New(), article_id=key)

    def visited(self, ends: dict[int, Outcome], *, after: timedelta = HOUR, replay: bool = False) -> Run:
        """A run that visits these articles, with how each visit ends."""
        self.clock.now += after
        self.archive.conn.execute("UPDATE frontier SET taken_run = NULL")
        with a_run(self.archive, clock=self.clock, revisit=self.revisit) as run:
            run.replaying = replay
            if replay:
                self.archive.conn.execute("UPDATE runs SET spider = 'replay' WHERE id = ?", [run.id])
            for number, outcome in ends.items():
                found = frontier.find(self.archive.conn, f"{HOME}{number}")  # type: ignore[arg-type]
                assert found is not None
                run.take_up(found)
                run.answers[found.url] = Answer(at=self.clock())
                known = isinstance(outcome, Unchanged | Revised)
                run.end(found.url, outcome, article_id=found.article_id if known else None)
            with self.archive.transaction() as conn:
                run.settle(conn)
                ledger.finish_run(
                    conn, run.id, state="finished", taken_up=0, exit_code=0, problems=run.problems, now=self.clock()
                )
        return run

    def standing(self) -> Standing:
        return cuts.standing(self.archive.conn, "alpha", since=self.clock() - cuts.WINDOW)

    def is_edit(self, number: int, *, wait: timedelta = HOUR) -> bool:
        """Whether one more visit that finds it cut, an hour later, would make an edit of it."""
        since = cuts.cut_since(self.archive.conn, f"{HOME}{number}")
        assert since is not None
        return cuts.is_edit(self.archive.conn, "alpha", since=since, now=self.clock() + HOUR, wait=wait)


@pytest.fixture
def site(archive: Archive, clock: Clock) -> Site:
    """Twenty archived articles."""
    made = Site(archive, clock)
    made.archived(*range(1, 21))
    return made


def cut(*numbers: int) -> dict[int, Outcome]:
    return {number: Shortened("30 of 120 words are left") for number in numbers}


def whole(*numbers: int) -> dict[int, Outcome]:
    return {number: NotModified("304") for number in numbers}


def test_one_that_is_cut_among_others_may_be_an_edit(site: Site) -> None:
    """One witness is enough; it comes before or after it."""
    site.visited(cut(1))
    assert not site.is_edit(1), "nobody else was seen"
    site.visited(whole(2))
    assert site.is_edit(1)


def test_visits_of_newer_articles_push_no_witness_out(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """An outlet that reads hundreds of new pages a day still knows whether an older one was cut alone."""
    monkeypatch.setattr(cuts, "_VISITS_MAX", 3)
    site.visited(cut(1))
    site.archived(*range(21, 26))
    site.visited(whole(*range(21, 26)))
    assert site.standing() == Standing(cut=1, visited=1)
    assert not site.is_edit(1), "only articles that are younger than the cut were seen"


def test_an_edit_is_seen_twice_with_time_between(site: Site) -> None:
    """A page that is broken for an hour is none."""
    site.visited(cut(1) | whole(2, 3))
    assert site.is_edit(1, wait=HOUR)
    assert not site.is_edit(1, wait=2 * HOUR)


def test_many_at_once_are_the_sites_doing(site: Site) -> None:
    """More than two among twenty stay as they were archived, however often they are found so."""
    run = site.visited(cut(1, 2, 3) | whole(*range(4, 21)))
    assert not site.is_edit(1)
    assert run.problems == []
    assert run.remarks == [
        "alpha: 3 of 20 archived pages showed only a part of their text: a paywall, or a new layout?"
        " The archived text stays"
    ]


def test_more_than_half_are_a_problem_of_the_run(site: Site) -> None:
    """Somebody has to look. Five at least."""
    assert site.visited(cut(1, 2, 3, 4) | whole(5)).problems == []
    (problem,) = site.visited(cut(1, 2, 3, 4, 6) | whole(5)).problems
    assert problem.startswith("alpha: 5 of 6 archived pages showed only a part of their text: a paywall")


def test_one_after_the_other_is_the_sites_doing_too(site: Site) -> None:
    """A wall before what is a week old: each day the articles of another day."""
    for number in range(1, 6):
        site.visited(cut(number) | whole(number + 10), after=timedelta(days=1))
    assert not site.is_edit(1)
    assert site.standing() == Standing(cut=4, visited=8), "of the last three days"


def test_the_newest_visit_of_an_article_is_the_one_that_counts(site: Site) -> None:
    """Whole again, or cut since."""
    site.visited(cut(1, 2, 3, 4, 5))
    site.visited(whole(1, 2, 3) | cut(6))
    assert site.standing() == Standing(cut=3, visited=6)
    assert cuts.cut_since(site.archive.conn, f"{HOME}1") is None
    assert cuts.cut_since(site.archive.conn, f"{HOME}4") == NOW + HOUR


def test_what_was_archived_behind_the_wall_bears_no_witness(site: Site, clock: Clock) -> None:
    """It is as short as its page, and doesn't change."""
    site.visited(cut(1))
    clock.forward(minutes=10)
    site.archived(30, 31, 32)
    site.visited(cut(1) | {number: Unchanged() for number in (30, 31, 32)})
    assert site.standing() == Standing(cut=1, visited=1)
    assert not site.is_edit(1)


def test_a_replay_bears_no_witness(site: Site) -> None:
    """It reads what stood on the page once."""
    site.visited(cut(1))
    site.visited({2: Unchanged()}, replay=True)
    run = site.visited(cut(3, 4, 5, 6, 7), replay=True)
    assert site.standing() == Standing(cut=1, visited=1)
    assert (run.problems, run.remarks) == ([], [])


def test_pages_without_text_and_pages_with_a_part_are_one_event(site: Site) -> None:
    """Behind one wall long articles are cut, of short ones nothing is left: nobody is withdrawn, one line says so."""
    run = site.visited({number: NoText() for number in (1, 2)} | cut(3, 4, 5) | whole(6, 7))
    assert column(site.archive, "SELECT count(*) FROM withdrawals") == [0]
    assert run.problems == [
        "alpha: 5 of 7 archived pages came back without their text or with a part of it: has its layout changed?"
    ]


def test_no_cuts_no_questions(site: Site) -> None:
    """Most sites."""
    site.visited(whole(1, 2))
    assert site.standing() == Standing(0, 0)
    assert cuts.cut_since(site.archive.conn, f"{HOME}1") is None


def test_a_cut_leaves_the_article_and_is_looked_at_on_the_ladder(site: Site) -> None:
    """The text, and when it was seen so last, stay; the next page is asked for whole."""
    before = row(site.archive, "SELECT * FROM articles WHERE id = 1")
    site.archive.conn.execute("UPDATE frontier SET etag = '\"a\"', body_hash = 'ab' WHERE url = ?", [f"{HOME}1"])
    site.visited(cut(1))
    assert row(site.archive, "SELECT * FROM articles WHERE id = 1") == before
    assert row(
        site.archive,
        "SELECT outcome, visits, due_at, etag, body_hash, article_id FROM frontier WHERE url = ?",
        f"{HOME}1",
    ) == {
        "outcome": "Shortened",
        "visits": 2,
        "due_at": "2026-11-22T16:30:00Z",
        "etag": None,
        "body_hash": None,
        "article_id": 1,
    }
    assert row(site.archive, "SELECT article_id FROM outcomes WHERE outcome = 'Shortened'") == {"article_id": 1}


def test_a_cut_at_the_last_step_is_looked_at_once_more(site: Site) -> None:
    """So that an edit is confirmed; a wall that stays is not asked for ever."""
    site.archive.conn.execute("UPDATE frontier SET visits = 3, due_at = NULL WHERE url = ?", [f"{HOME}1"])
    due = "SELECT due_at, visits FROM frontier WHERE url LIKE '%/1'"
    site.visited(cut(1))
    assert row(site.archive, due) == {"due_at": "2026-11-23T10:30:00Z", "visits": 3}
    site.visited(cut(1), after=24 * HOUR)
    assert row(site.archive, due)["due_at"] is None


def test_an_article_that_was_gone_and_shows_a_part_is_back(site: Site) -> None:
    """Its page says that it is there; what of it, is another question."""
    site.visited({1: NoText()} | whole(*range(2, 10)))
    assert column(site.archive, "SELECT state FROM articles WHERE id = 1") == ["withdrawn"]
    site.visited(cut(1))
    assert column(site.archive, "SELECT state FROM articles WHERE id = 1") == ["live"]


@pytest.mark.parametrize(
    ("standing", "event", "edits"),
    [
        (Standing(1, 1), False, False),
        (Standing(1, 2), False, True),
        (Standing(2, 4), False, True),
        (Standing(2, 3), False, False),
        (Standing(3, 30), False, False),
        (Standing(3, 60), False, True),
        (Standing(4, 5), False, False),
        (Standing(5, 9), True, False),
        (Standing(5, 10), False, False),
    ],
)
def test_the_limits(standing: Standing, *, event: bool, edits: bool) -> None:
    """Two if as many are whole, or one of twenty: edits. Five and more than half: an event. Between: held."""
    assert (standing.is_event, standing.are_edits) == (event, edits)
