"""Seed files: checked before anything starts, with file, key and reason for every problem."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from newscrawler.seeds import SeedError, load_sites, read_site
from newscrawler.site import Rule, Site

MINIMAL: Final = 'name = "صوت الساحل"\nhome = "https://sawt.example.com/"\ntimezone = "Asia/Beirut"\n'

FULL: Final = """
name = "صوت الساحل"
name_en = "Voice of the Coast"
country = "LB"
kind = "newspaper"
home = "https://www.sawt.example/"
hosts = ["M.sawt.example", "localhost:8000"]
timezone = "Asia/Beirut"
months = "levant"
encoding = "windows-1256"
status = "paused"
status_note = "انتقل إلى نظام جديد"
delay_s = 2.5
concurrency = 2
private_network = true
checked = 2026-11-22
evidence = "robots.txt"

[[source]]
kind = "section"
url = "https://www.sawt.example/local/"
section = "محليات"
max_pages = 3

[articles]
allow = ['/news/\\d+$']
deny = ['/news/13']

[[rule]]
title = "h1.old"
drop = [".ad", "aside > p"]

[expect]
articles_per_day_min = 5
dated_share_min = 0.9
"""


def write(folder: Path, text: str, *, name: str = "lb/sawt.toml") -> Path:
    """A seed file below `folder`/sites."""
    path = folder / "sites" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def site(**keys: Any) -> Site:
    """The sample outlet with some keys changed."""
    given = {"id": "sawt", "name": "صوت الساحل", "home": "https://sawt.example/", "timezone": "Asia/Beirut"}
    return Site(**{**given, **keys})


def test_three_keys_are_enough(tmp_path: Path) -> None:
    """Name, home and zone; everything else has a default that does no harm."""
    found = read_site(write(tmp_path, MINIMAL))
    assert (found.id, found.name, found.status, found.country) == ("sawt", "صوت الساحل", "active", "pan")
    assert (found.delay_s, found.concurrency, found.private_network) == (2.0, 1, False)
    assert (found.source, found.rule, found.articles.allow) == ((), (), ())


def test_every_key_of_a_full_seed_arrives(tmp_path: Path) -> None:
    """What the contributor writes is what the crawl uses."""
    found = read_site(write(tmp_path, FULL))
    assert (found.name_en, found.country, found.months, found.encoding) == (
        "Voice of the Coast",
        "LB",
        "levant",
        "windows-1256",
    )
    assert (found.status, found.status_note) == ("paused", "انتقل إلى نظام جديد")
    assert (found.delay_s, found.concurrency, found.private_network) == (2.5, 2, True)
    assert (found.checked, found.evidence) == (date(2026, 11, 22), "robots.txt")
    (source,) = found.source
    assert (source.kind, source.url, source.section, source.max_pages) == (
        "section",
        "https://www.sawt.example/local/",
        "محليات",
        3,
    )
    assert found.rule == (Rule(title="h1.old", drop=(".ad", "aside > p")),)
    assert (found.expect.articles_per_day_min, found.expect.dated_share_min) == (5, 0.9)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('name = "صوت الساحل"', "", r"name: required, and missing"),
        ('name = "صوت الساحل"', 'name = ""', r"name: "),
        ('home = "https://sawt.example.com/"', 'home = "sawt.example.com"', r"home: .*not an absolute http"),
        ('home = "https://sawt.example.com/"', 'home = "ftp://sawt.example.com"', r"home: .*not an absolute http"),
        ("Asia/Beirut", "Asia/Beiruth", r"timezone: .*IANA"),
        ("Asia/Beirut", "Asia", r"timezone: .*IANA"),
        ("Asia/Beirut", "../../etc/passwd", r"timezone: .*IANA"),
        ("timezone", "time_zone", r"time_zone: unknown key"),
        ("timezone", 'country = "lb"\ntimezone', r"country: .*capitals"),
        ("timezone", 'country = "LBN"\ntimezone', r"country: .*capitals"),
        ("timezone", 'kind = "blog"\ntimezone', r"kind: "),
        ("timezone", 'months = "syria"\ntimezone', r"months: "),
        ("timezone", 'encoding = "arabic-1256"\ntimezone', r"encoding: .*not a known"),
        ("timezone", "delay_s = -1\ntimezone", r"delay_s: "),
        ("timezone", "delay_s = nan\ntimezone", r"delay_s: "),
        ("timezone", "concurrency = 0\ntimezone", r"concurrency: "),
        ("timezone", "concurrency = 99\ntimezone", r"concurrency: "),
        ("timezone", 'status = "dead"\ntimezone', r"status: "),
        ("timezone", 'id = "x"\ntimezone', r"id: not a key"),
        ("timezone", "checked = 2026-13-01\ntimezone", r"sawt\.toml: "),
        ("timezone", "= broken\ntimezone", r"sawt\.toml: "),
        ('"Asia/Beirut"', '"Asia/Beirut"\n[[source]]\nkind = "feed"', r"source\.0\.url: required"),
        ('"Asia/Beirut"', '"Asia/Beirut"\n[[source]]\nkind = "rss"\nurl = "https://a.example/"', r"source\.0\.kind: "),
        ('"Asia/Beirut"', '"Asia/Beirut"\n[[source]]\nkind = "feed"\nurl = "/rss"', r"source\.0\.url: .*absolute"),
        ('"Asia/Beirut"', '"Asia/Beirut"\n[articles]\nallow = ["(خبر"]', r"articles\.allow\.0: .*regular expression"),
        ('"Asia/Beirut"', '"Asia/Beirut"\n[[rule]]\nbody = "div:::x"', r"rule\.0\.body: .*CSS selector"),
        ('"Asia/Beirut"', '"Asia/Beirut"\n[[rule]]\ndrop = ["p", "]"]', r"rule\.0\.drop\.1: .*CSS selector"),
        ('"Asia/Beirut"', '"Asia/Beirut"\n[expect]\ndated_share_min = 90', r"expect\.dated_share_min: "),
    ],
)
def test_a_wrong_key_is_named_with_file_and_reason(tmp_path: Path, old: str, new: str, problem: str) -> None:
    """A person who doesn't know Python can put it right from the message."""
    path = write(tmp_path, MINIMAL.replace(old, new, 1))
    with pytest.raises(SeedError) as caught:
        read_site(path)
    assert all(line.startswith(f"{path}: ") for line in caught.value.problems)
    assert re.search(problem, str(caught.value))


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    """Nobody has to start the crawl ten times to find ten mistakes."""
    write(tmp_path, 'name = "س"\ncountry = "xx"\n', name="lb/one.toml")
    write(tmp_path, "not toml", name="eg/two.toml")
    (tmp_path / "sites" / "eg" / "three.toml").write_bytes(b'name = "\xc7\xe1"\n')
    with pytest.raises(SeedError) as caught:
        load_sites(tmp_path)
    text = str(caught.value)
    assert all(word in text for word in ("one.toml: country", "one.toml: home", "two.toml", "three.toml"))


def test_sites_come_by_id_whatever_folder_they_lie_in(tmp_path: Path) -> None:
    """The id is the file's name; the order is the ids'."""
    for name in ("pan/zaman.toml", "lb/sawt.toml", "eg/ahwal.toml"):
        write(tmp_path, MINIMAL, name=name)
    assert list(load_sites(tmp_path)) == ["ahwal", "sawt", "zaman"]


def test_one_id_in_two_folders_is_a_problem(tmp_path: Path) -> None:
    """Two outlets must not share one history."""
    write(tmp_path, MINIMAL, name="lb/sawt.toml")
    write(tmp_path, MINIMAL, name="eg/sawt.toml")
    with pytest.raises(SeedError, match="already the id of"):
        load_sites(tmp_path)


def test_no_seeds_at_all_is_a_problem(tmp_path: Path) -> None:
    """An empty run would look like a healthy one."""
    with pytest.raises(SeedError, match="no seed files"):
        load_sites(tmp_path)


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
def test_allow_and_deny_decide_together(tmp_path: Path, url: str, *, admitted: bool) -> None:
    """One `allow` must match and no `deny` may."""
    assert read_site(write(tmp_path, FULL)).articles.admits(url) is admitted


def test_without_patterns_every_address_may_be_an_article() -> None:
    """Then the page itself is asked."""
    assert site().articles.admits("https://sawt.example/anything")
    assert not site(articles={"deny": ["/video/"]}).articles.admits("https://sawt.example/video/1")


@pytest.mark.parametrize(
    ("day", "title"), [(date(2020, 1, 1), "h1.old"), (date(2026, 2, 28), "h1.old"), (date(2026, 3, 1), "h1.new")]
)
def test_the_newest_rule_of_the_capture_s_day_wins(tmp_path: Path, day: date, title: str) -> None:
    """An old capture is read with the rule of its time."""
    newer = '[[rule]]\nsince = 2026-03-01\ntitle = "h1.new"\n'
    rule = read_site(write(tmp_path, FULL + newer)).rule_for(day)
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


def test_a_home_with_a_bad_port_does_not_start_the_crawl(tmp_path: Path) -> None:
    """A seed that can't work is refused before the run, not in the middle of it."""
    with pytest.raises(SeedError, match="home"):
        read_site(write(tmp_path, MINIMAL.replace("example.com/", "example.com:http/")))


@pytest.mark.parametrize("host", ["https://m.sawt.example/", "m.sawt.example/ar", "m sawt", ""])
def test_a_host_that_is_none_does_not_start_the_crawl(tmp_path: Path, host: str) -> None:
    """It would never match, and half of the outlet would be missed in silence."""
    with pytest.raises(SeedError, match="hosts"):
        read_site(write(tmp_path, MINIMAL + f'hosts = ["{host}"]\n'))


def test_a_pattern_in_arabic_letters_matches_the_canonical_address() -> None:
    """Whoever writes a seed copies «/خبر/» from the address bar."""
    from newscrawler.urls import canonical

    url = canonical("https://sawt.example/خبر/5")
    assert site(articles={"allow": [r"/خبر/\d+"]}).articles.admits(url)
