"""A Site: which addresses are its own, which may be articles, which rule is for which day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from newscrawler.site import Site, Source


def site(**keys: Any) -> Site:
    """The sample outlet with some keys changed."""
    given = {"id": "sawt", "name": "صوت الساحل", "home": "https://sawt.example/", "timezone": "Asia/Beirut"}
    return Site(**{**given, **keys})


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("https://sawt.example/news/1", True),
        ("http://sawt.example/news/1", True),
        ("https://www.sawt.example/news/1", True),
        ("https://WWW.SAWT.EXAMPLE/news/1", True),
        ("https://sawt.example:443/news/1", True),
        ("https://m.sawt.example/", True),
        ("http://localhost:8000/", True),
        ("https://sport.sawt.example/", False),
        ("https://sawt.example:8443/", False),
        ("http://localhost/", False),
        ("https://sawt.example.evil.example/", False),
        ("https://sawt.example@evil.example/", False),
        ("https://evil.example/?https://sawt.example/", False),
    ],
)
def test_scope_is_the_home_with_and_without_www_and_the_hosts(url: str, *, inside: bool) -> None:
    """A subdomain is in scope only if the seed names it."""
    assert site(hosts=("M.sawt.example", "localhost:8000")).in_scope(url) is inside


def test_a_home_with_www_has_its_bare_twin_in_scope() -> None:
    """Feeds print either."""
    assert site(home="https://www.sawt.com.example/").in_scope("https://sawt.com.example/1")


@pytest.mark.parametrize(
    ("url", "admitted"),
    [
        ("https://sawt.example/news/12", True),
        ("https://sawt.example/news/13", False),
        ("https://sawt.example/news/12/print", False),
        ("https://sawt.example/sport/", False),
    ],
)
def test_allow_and_deny_decide_together(url: str, *, admitted: bool) -> None:
    """One `allow` must match and no `deny` may."""
    articles = site(articles={"allow": [r"/news/\d+$"], "deny": ["/news/13"]}).articles
    assert articles.admits(url) is admitted


def test_without_patterns_every_address_may_be_an_article() -> None:
    """Then the page itself is asked."""
    assert site().articles.admits("https://sawt.example/anything")
    assert not site(articles={"deny": ["/video/"]}).articles.admits("https://sawt.example/video/1")


@pytest.mark.parametrize(
    ("day", "title"), [(date(2020, 1, 1), "h1.old"), (date(2026, 2, 28), "h1.old"), (date(2026, 3, 1), "h1.new")]
)
def test_the_newest_rule_of_the_capture_s_day_wins(day: date, title: str) -> None:
    """An old capture is read with the rule of its time."""
    rules = ({"title": "h1.old"}, {"since": date(2026, 3, 1), "title": "h1.new"})
    rule = site(rule=rules).rule_for(day)
    assert rule is not None
    assert rule.title == title


def test_before_the_first_rule_there_is_none() -> None:
    """Then the general extractor reads the page."""
    assert site(rule=({"since": date(2026, 3, 1), "title": "h1"},)).rule_for(date(2026, 2, 28)) is None


def test_a_home_without_www_has_its_www_twin_under_any_ending() -> None:
    """`sawt.com.example` is no subdomain: Arab countries register under .com.sa, .org.lb, .gov.eg."""
    assert site(home="https://sawt.com.sa/").in_scope("https://www.sawt.com.sa/1")


def test_an_arabic_host_name_is_in_scope_in_its_canonical_form() -> None:
    """Addresses are compared in the form that the frontier stores."""
    from newscrawler.urls import canonical

    assert site(home="https://مثال.example/").in_scope(canonical("https://مثال.example/خبر"))


def test_a_pattern_in_arabic_letters_matches_the_canonical_address() -> None:
    """Whoever writes a seed copies «/خبر/» from the address bar."""
    from newscrawler.urls import canonical

    url = canonical("https://sawt.example/خبر/5")
    assert site(articles={"allow": [r"/خبر/\d+"]}).articles.admits(url)


def test_an_archive_has_an_address_for_each_day() -> None:
    """The day stands where the seed says, in the letters of `strftime`; any other source has one address."""
    archive = Source(kind="archive", url="https://sawt.example/{date:%Y}/{date:%m-%d}?all", first_day=date(2015, 1, 1))
    assert archive.url_on(date(2026, 3, 5)) == "https://sawt.example/2026/03-05?all"
    assert Source(kind="feed", url="https://sawt.example/rss").url_on(date(2026, 3, 5)) == "https://sawt.example/rss"


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"kind": "archive", "url": "https://sawt.example/archive", "first_day": "2015-01-01"}, "has the day in it"),
        ({"kind": "section", "url": "https://sawt.example/{date:%Y/%m/%d}"}, "only a source of kind archive"),
        ({"kind": "archive", "url": "https://sawt.example/{date:%Y/%m/%d}"}, "needs first_day"),
    ],
    ids=["no day", "not an archive", "no beginning"],
)
def test_an_archive_that_cannot_be_walked_is_refused(keys: dict[str, Any], says: str) -> None:
    """Address, kind and first day must agree; the message says which doesn't."""
    with pytest.raises(ValidationError, match=says):
        Source(**keys)
