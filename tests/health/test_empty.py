"""Sources that answer and never list anything: not healthy for ever."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from newscrawler.archive import Archive
from newscrawler.archive.polls.sites import note_poll, remember_source
from newscrawler.extensions.judging import judge_sites
from newscrawler.outcome import NoText, Outcome, OutOfScope
from newscrawler.urls import canonical
from support.archives import Clock, a_run, row, taken_up

TOLD = {"code": "sources-empty", "sources": 1, "days": 2}


def run_of_a_day(archive: Archive, clock: Clock, *, kind: str = "feed", ends: Outcome | None = None) -> tuple[str, str]:
    """A run that polls the site's source, which answers; verdict and reason's code after it. A day goes by."""
    with a_run(archive, clock=clock) as run:
        with archive.transaction() as conn:
            url = canonical(f"https://alpha.example/{kind}")
            state = remember_source(conn, site="alpha", kind=kind, url=url, section=None)
            note_poll(conn, state.id, status="ok", detail="", now=clock(), links=5 if ends else 0, new=0)
        if ends is not None:
            taken_up(run, f"https://alpha.example/{run.id}")
            run.end(f"https://alpha.example/{run.id}", ends)
        with archive.transaction() as conn:
            judge_sites(run, conn, finished=True, now=clock())
    clock.forward(days=1)
    found = row(archive, "SELECT verdict, reason FROM health WHERE run_id = ? AND site = 'alpha'", run.id)
    return found["verdict"], json.loads(found["reason"])["code"]


def test_a_feed_that_never_listed_anything_is_told_after_two_days(archive: Archive, clock: Clock) -> None:
    """Its address is wrong, or its list is made by a script; a newspaper that publishes seldom lists its last ones."""
    assert [run_of_a_day(archive, clock) for _ in range(4)] == [
        ("healthy", "fine"),
        ("healthy", "fine"),
        ("broken-extraction", "sources-empty"),
        ("broken-extraction", "sources-empty"),
    ]


def test_a_news_sitemap_may_be_empty_for_a_week(archive: Archive, clock: Clock) -> None:
    """It holds two days; a weekly has nothing in it on most."""
    verdicts = [run_of_a_day(archive, clock, kind="news-sitemap")[0] for _ in range(10)]
    assert verdicts == ["healthy"] * 8 + ["broken-extraction"] * 2


def test_links_to_others_are_no_articles_of_its_own(archive: Archive, clock: Clock) -> None:
    """All that is listed is out of the site's scope: the seed is wrong. Somebody has to look."""
    codes = [run_of_a_day(archive, clock, ends=OutOfScope("on another host"))[1] for _ in range(4)]
    assert codes[-1] == "sources-empty"


@pytest.mark.parametrize("listed", ["visited", "waiting"])
def test_whatever_was_listed_once_ends_it(archive: Archive, clock: Clock, listed: str) -> None:
    """A page that gave no article was listed all the same; and so was one whose turn hasn't come."""
    for _ in range(3):
        run_of_a_day(archive, clock)
    if listed == "waiting":
        with a_run(archive, clock=clock) as run:
            taken_up(run, "https://alpha.example/waits")
    assert run_of_a_day(archive, clock, ends=NoText() if listed == "visited" else None)[0] == "broken-extraction"
    assert run_of_a_day(archive, clock)[0] == "healthy"


def test_days_are_counted_from_the_first_poll(archive: Archive, clock: Clock) -> None:
    """Not from when the seed file was written: the outlet may have been switched off, or its host locked."""
    run_of_a_day(archive, clock)
    archive.conn.execute("UPDATE sites SET first_seen_at = '2020-01-01T00:00:00Z'")
    clock.now -= timedelta(hours=12)
    assert run_of_a_day(archive, clock)[0] == "healthy"
