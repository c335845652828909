"""Coverage holds the archive against what the newspapers' own feeds and sitemaps listed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from newscrawler.archive import Archive
from newscrawler.archive.holdings import articles
from newscrawler.archive.polls.sites import remember_source
from newscrawler.archive.queue import frontier
from newscrawler.coverage import Coverage, read_coverage
from newscrawler.link import Link
from newscrawler.outcome import Copy, HttpError, New, NoText, Outcome, Unreachable
from newscrawler.report import NoSuchRun
from newscrawler.run import Run
from newscrawler.urls import canonical
from support.archives import an_article
from support.commands import Desk

pytestmark = pytest.mark.slow


def listed(
    run: Run, path: str, outcome: Outcome | None = None, *, kind: str = "feed", due: bool = True, **link: Any
) -> None:
    """An address that a source of alpha listed, and how its visit ended; None: it was not visited."""
    url = canonical(f"https://alpha.example/{path}")
    with run.archive.transaction() as conn:
        source = remember_source(
            conn, site="alpha", kind=kind, url=canonical(f"https://alpha.example/{kind}"), section=None
        )
        frontier.discover(conn, [(url, Link(url, **link))], site="alpha", source_id=source.id, now=run.clock(), due=due)
        found = frontier.find(conn, url)
    assert found is not None
    if outcome is None:
        return
    run.take_up(found)
    key = None
    if isinstance(outcome, New):
        with run.archive.transaction() as conn:
            key = articles.store(conn, an_article(len(path), url=url), search_text="").article_id
    run.end(url, outcome, article_id=key)


def covered(run: Run, **given: Any) -> Coverage:
    return read_coverage(run.archive.conn, **given)


def test_what_was_listed_is_archived_or_has_its_reason(run: Run) -> None:
    """Article, copy, refused, waiting, failing: each in its place."""
    listed(run, "a", New())
    listed(run, "gone", HttpError("404"))
    listed(run, "empty", NoText("no article text in the page"))
    listed(run, "down", Unreachable("timed out"))
    listed(run, "new")
    listed(run, "old", due=False)
    found = covered(run)
    (site,) = found.sites
    assert (site.listed, site.archived, site.share) == (6, 1, 1 / 6)
    assert site.why == {"HttpError": 1, "NoText": 1, "Unreachable": 1, "waiting": 2}
    assert {each.url.rpartition("/")[2]: each.why for each in found.missing} == {
        "gone": "HttpError 404",
        "empty": "NoText no article text in the page",
        "down": "Unreachable timed out; again 2026-11-22T10:30:00Z",
        "new": "waiting since 2026-11-22T09:30:00Z",
        "old": "waiting for a backfill",
    }


def test_a_copy_is_archived(run: Run) -> None:
    """Its text is there, under another address."""
    listed(run, "a", New())
    listed(run, "bb", Copy("of article 1"))
    run.archive.conn.execute(
        "INSERT INTO copies (url, article_id, site, title, seen_at) "
        "VALUES ('https://alpha.example/bb', 1, 'alpha', '', '')"
    )
    assert covered(run).total.archived == 2


def test_an_address_that_was_tried_to_the_end_is_given_up(run: Run) -> None:
    """With the number of tries, so that nobody waits for it."""
    listed(run, "down", Unreachable("timed out"))
    run.archive.conn.execute("UPDATE frontier SET due_at = NULL, tries = 5")
    assert [each.why for each in covered(run).missing] == ["Unreachable timed out; given up after 5 tries"]


def test_an_address_belongs_to_the_day_that_its_source_prints(run: Run) -> None:
    """Published before changed before found; a date of the day after tomorrow is a mistake."""
    listed(run, "1", published="Fri, 20 Nov 2026 08:00:00 +0300", lastmod="2026-11-21")
    listed(run, "2", lastmod="2026-11-19T10:00:00+00:00")
    listed(run, "3", published="2026-11-30")
    listed(run, "4", published="أمس")
    found = {each.url[-1]: (each.listed, each.dated_by) for each in covered(run).missing}
    assert found == {
        "1": ("2026-11-20", "published"),
        "2": ("2026-11-19", "lastmod"),
        "3": ("2026-11-22", "discovered"),
        "4": ("2026-11-22", "discovered"),
    }


@pytest.mark.parametrize(
    ("since", "until", "paths"),
    [(None, None, "bc"), ("2026-11-01", None, "abc"), ("2026-11-01", "2026-11-20", "ab"), ("2026-11-21", None, "c")],
)
def test_a_period_has_its_first_and_last_day(run: Run, since: str | None, until: str | None, paths: str) -> None:
    """Both included; by default the week up to the last run."""
    for path, day in (("a", "2026-11-10"), ("b", "2026-11-20"), ("c", "2026-11-22")):
        listed(run, path, published=day)
    run.archive.conn.execute("UPDATE frontier SET discovered_at = published || 'T20:00:00Z'")
    found = covered(run, since=since and date.fromisoformat(since), until=until and date.fromisoformat(until))
    assert "".join(each.url[-1] for each in found.missing) == paths


def test_section_pages_give_candidates_only(run: Run) -> None:
    """They link to whatever they like; what the seed leaves out isn't missing either."""
    listed(run, "a", New(), kind="section")
    listed(run, "video", kind="section")
    listed(run, "sport", due=False)
    run.archive.conn.execute("UPDATE frontier SET outcome = 'OutOfScope' WHERE url LIKE '%sport'")
    (site,) = covered(run).sites
    assert (site.listed, site.candidates, site.candidates_archived, site.outside) == (0, 2, 1, 1)
    assert (site.share, covered(run).missing) == (None, ())


def test_sites_can_be_chosen(run: Run) -> None:
    """By id."""
    listed(run, "a")
    assert covered(run, sites=["beta"]).sites == ()
    assert covered(run, sites=["alpha", "beta"]).total.listed == 1


def test_without_a_run_there_is_no_last_day(archive: Archive) -> None:
    """Said as the report says it."""
    with pytest.raises(NoSuchRun, match="no run yet"):
        read_coverage(archive.conn)


@pytest.fixture
def reported(desk: Desk, run: Run) -> Desk:
    """A desk whose archive has one article of 61 listed addresses."""
    listed(run, "article", New())
    for number in range(60):
        listed(run, f"خبر-{number}")
    assert run.archive.path == desk.archive
    return desk


def test_the_command_prints_sites_total_and_the_first_missing(reported: Desk) -> None:
    """Addresses are readable; the rest is counted; the exit code is 0."""
    ended = reported.scrapy("report", "--coverage")
    assert ended.code == 0
    assert "Listed from 2026-11-16 to 2026-11-22" in ended.out
    assert "1.6%" in ended.out
    assert "alpha 2026-11-22 (discovered) waiting since 2026-11-22T09:30:00Z: https://alpha.example/خبر-0" in ended.out
    assert "and 10 more; --json lists all" in ended.out


def test_the_command_gives_all_as_json(reported: Desk) -> None:
    """For programs: every missing address, shares as numbers."""
    ended = reported.scrapy("report", "--coverage", "--json", "--site", "alpha", "--since", "2026-11-01")
    data = json.loads(ended.out)
    assert (data["since"], len(data["missing"]), data["total"]["listed"]) == ("2026-11-01", 60, 61)
    assert data["sites"][0]["share"] == pytest.approx(1 / 61)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--coverage", "--site", "gamma"), "--site gamma: the archive knows no such site"),
        (("--coverage", "--since", "yesterday"), "--since yesterday: not a date"),
        (("--site", "alpha"), "are for --coverage"),
    ],
)
def test_what_cannot_be_asked_is_named(reported: Desk, arguments: tuple[str, ...], words: str) -> None:
    """With exit code 2."""
    ended = reported.scrapy("report", *arguments)
    assert ended.code == 2
    assert words in ended.err


def test_a_period_in_which_nothing_was_listed(reported: Desk) -> None:
    """Is said in words."""
    assert "Nothing was listed." in reported.scrapy("report", "--coverage", "--until", "2020-01-01").out
