"""How a check is printed, and which outlets it is about."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from rich.console import Console

from newscrawler.asking.answers import RobotsWord
from newscrawler.checking.choosing import NoSuchSites, choose
from newscrawler.checking.display import age, as_json, print_checks, summary
from newscrawler.checking.findings import SiteCheck, SourceCheck, Trouble
from support.archives import a_site

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SITES = {
    key: a_site(key, status=status, country=country)
    for key, status, country in (("one", "active", "LB"), ("two", "candidate", "TN"), ("three", "active", "TN"))
}


def a_check(site: str, *troubles: Trouble, remarks: tuple[str, ...] = ()) -> SiteCheck:
    """One with a feed."""
    source = SourceCheck("feed", "https://x.example/f", 200, 9, 8, AT - timedelta(hours=2), troubles=troubles)
    return SiteCheck(site, "صدى", "active", AT, RobotsWord(200), (source,), (), troubles, remarks, 3, 1.234)


@pytest.mark.parametrize(
    ("old", "said"),
    [
        (timedelta(minutes=-5), "0 min"),
        (timedelta(minutes=99), "99 min"),
        (timedelta(minutes=101), "2 h"),
        (timedelta(hours=47), "47 h"),
        (timedelta(days=3), "3 d"),
    ],
)
def test_an_age_is_in_the_unit_that_people_use(old: timedelta, said: str) -> None:
    """Minutes for news, days for what is stale."""
    assert age(old) == said


def test_addresses_are_printed_readably() -> None:
    """With Arabic letters, and each on the line of its trouble."""
    screen = StringIO()
    trouble = Trouble("stale", "feed https://x.example/%D8%AE%D8%A8%D8%B1", "its newest item is 20 days old")
    checks = [a_check("one"), a_check("two", trouble, remarks=("r",))]
    print_checks(checks, Console(file=screen, width=120), asked=3)
    text = screen.getvalue()
    assert "\ntwo: stale\n  feed https://x.example/خبر: its newest item is 20 days old\n  note: r\n" in text
    assert "\none: " not in text
    assert text.endswith("\n2 of 3 outlets checked: 1 healthy, 1 stale\n")
    assert summary(checks[:1], asked=1) == "1 outlet checked: 1 healthy"


def test_json_has_the_verdict_and_plain_times() -> None:
    """A program needn't know the order of troubles."""
    [found] = json.loads(as_json([a_check("one")]))
    assert (found["site"], found["verdict"], found["at"], found["seconds"]) == (
        "one",
        "healthy",
        "2026-11-22T09:30:00Z",
        1.23,
    )
    assert found["sources"][0]["newest"] == "2026-11-22T07:30:00Z"


@pytest.mark.parametrize(
    ("site", "country", "status", "chosen"),
    [
        (None, None, None, ["one", "three"]),
        ("two", None, None, ["two"]),
        ("one, two", None, "candidate", ["two"]),
        (None, "tn", None, ["three"]),
        (None, "tn", "all", ["two", "three"]),
        (None, None, "candidate,active", ["one", "two", "three"]),
    ],
)
def test_what_a_crawl_would_visit_is_checked(
    site: str | None, country: str | None, status: str | None, chosen: list[str]
) -> None:
    """The active ones by themselves, a named one whatever its status."""
    assert list(choose(SITES, site=site, country=country, status=status)) == chosen


@pytest.mark.parametrize(
    "choice", [{"site": "four"}, {"status": "dead"}, {"country": "EG"}, {"site": "two", "status": "paused"}]
)
def test_a_choice_that_leaves_nothing_is_refused(choice: dict[str, str]) -> None:
    """A mistyped word must not look like a healthy world."""
    with pytest.raises(NoSuchSites):
        choose(SITES, **choice)
