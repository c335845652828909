"""Left alone under cron, in a small world with its own clock: nothing is lost, nothing is invented, and newspapers are
asked little. `python -m tests.benchmarks.fortnight` plays the large one; its figures are in DECISIONS.md.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from support.commands import Desk
from support.world.cast import Span, newspapers
from support.world.findings import Findings, findings, lines, merged
from support.world.play import Played, play
from support.world.roles import ROLES
from support.world.spells import VERDICTS

pytestmark = pytest.mark.slow

BEGIN = datetime(2026, 10, 5, tzinfo=UTC)
SPAN = Span(BEGIN, 2)
EVERY = timedelta(hours=1)
SITES = 10


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Ten sites over two days, a crawl every hour. What is the matter with them is squeezed into that time."""
    folder = tmp_path_factory.mktemp("world")
    # None of these ten is slow to answer; a busy machine may be.
    return play(newspapers(ROLES[:SITES], SPAN), SPAN, every=EVERY, folder=folder, DOWNLOAD_TIMEOUT=30)


@pytest.fixture(scope="module")
def found(played: Played) -> Findings:
    """What came of it."""
    found = findings([played])
    print("\n".join(lines(found)))  # beside a failure
    return found


def test_every_crawl_ends_by_itself_and_balances(found: Findings) -> None:
    """Whatever is the matter with a site, a run finishes, with 0 or 1, and accounts for every address."""
    assert (found.runs, found.broke_off, found.unbalanced) == (48, 0, 0)


def test_no_article_is_missed_or_kept_twice(found: Findings) -> None:
    """What a crawl at every tick could have seen is in the archive, or on its way there."""
    assert found.arrivals.missed == ()
    assert found.arrivals.twice == 0
    assert found.arrivals.archived > 100
    assert len(found.arrivals.waiting) < 5


def test_articles_come_soon(found: Findings) -> None:
    """Half of them at the first tick that could see them."""
    assert found.arrivals.from_first_chance.median == 0
    assert found.arrivals.from_publication.median < EVERY.total_seconds() / 60


def test_edits_and_removals_are_on_record_and_no_others(found: Findings) -> None:
    """Every one that a visit came after, and none that nobody made: not where a layout, a wall or a move was seen."""
    made = found.changes
    assert (made.edits_recorded, made.edits_invented) == (made.edits_visited, ())
    assert (made.removals_recorded, made.removals_invented) == (made.removals_visited, ())
    assert made.edits_visited > 10


def test_newspapers_are_asked_little(found: Findings) -> None:
    """A source about once at a tick, and a little more where a "not modified" is verified; a page once, and then on
    the ladder: five times the requests of somebody who knows everything.
    """
    assert found.traffic.polls < 1.3 * found.traffic.polls_blind
    assert found.traffic.pages <= 1.1 * found.traffic.pages_needed
    assert found.traffic.made < 6 * found.traffic.needed


def test_verdicts_are_right_and_nobody_is_woken_for_nothing(found: Findings) -> None:
    """Who is away, closed to us or gone is told within four hours, and all is well again within as many."""
    assert found.judged is not None
    assert found.judged.false_alarms == ()
    noticed = {each.what: each for each in found.judged.noticed}
    waits = [noticed[what].hours for what in ("refused", "forbidden", "moved")]
    waits.append(noticed["refused"].recovered_hours)
    assert all(wait is not None and wait <= 4 for wait in waits), found.judged.noticed
    assert found.judged.right >= 0.9 * found.judged.judged


def test_the_same_seed_gives_the_same_world() -> None:
    """So that two measurements differ by the crawler alone; another seed is another world."""
    one, same, other = (newspapers(ROLES, SPAN, seed=seed) for seed in (1, 1, 2))
    assert [site.pieces for site in one] == [site.pieces for site in same]
    assert [site.pieces for site in one] != [site.pieces for site in other]


def test_every_ailment_is_played_and_has_its_verdict() -> None:
    """The large world has a site for each."""
    assert {what for role in ROLES for what, _, _ in role.spells} == set(VERDICTS)
    assert len(ROLES) == len({role.id for role in ROLES}) == 40


def test_the_yardstick_sees_what_is_wrong(played: Played, found: Findings, tmp_path: Path) -> None:
    """An archive that lost articles, forgot edits and made some up is found out: the tests above can fail."""
    shutil.copytree(played.desk.folder, tmp_path, dirs_exist_ok=True)
    desk = Desk(tmp_path)
    desk.execute(
        "UPDATE articles SET url = url || '000' WHERE id = (SELECT max(id) FROM articles WHERE site = 'bursts')"
    )
    desk.execute("DELETE FROM revisions")
    desk.execute(
        """INSERT INTO revisions (article_id, seen_at, title, text, content_hash, replaced_at)
           SELECT id, first_seen_at, 'x', 'x', 'x', first_seen_at FROM articles WHERE site = 'plain' LIMIT 1"""
    )
    desk.execute(
        """INSERT INTO copies (url, article_id, site, title, seen_at)
           SELECT url || '?a=1', id, site, title, first_seen_at FROM articles WHERE site = 'plain' LIMIT 1"""
    )
    worse = findings([replace(played, desk=desk)])
    assert len(worse.arrivals.missed) + len(worse.arrivals.waiting) == len(found.arrivals.waiting) + 1
    assert worse.arrivals.twice == 1
    assert worse.changes.edits_recorded == 0
    assert worse.changes.edits_visited == found.changes.edits_visited > 0
    assert [name.split("/")[0] for name in worse.changes.edits_invented] == ["plain"]


def test_worlds_side_by_side_are_one_finding(found: Findings) -> None:
    """Numbers add up, lists are joined."""
    both = merged([found, found])
    assert both.arrivals.published == 2 * found.arrivals.published
    assert both.arrivals.from_publication.median == found.arrivals.from_publication.median
    assert both.traffic.made == 2 * found.traffic.made
    assert both.to_json()["traffic"]["needed"] == 2 * found.traffic.needed
