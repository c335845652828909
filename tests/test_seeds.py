"""Seed files: checked before anything starts, with file, key and reason for every problem."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from newscrawler.seeds import SeedError, load_sites, owner_of, read_site
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
        ("timezone", 'country = "ZZ"\ntimezone', r"country: 'ZZ' is neither an ISO 3166-1 code"),
        ("timezone", 'country = "EU"\ntimezone', r"country: 'EU' is neither"),
        ("timezone", 'country = "UK"\ntimezone', r"country: 'UK' is neither"),
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
        write(tmp_path, MINIMAL.replace("sawt", Path(name).stem), name=name)
    assert list(load_sites(tmp_path)) == ["ahwal", "sawt", "zaman"]


def test_one_id_in_two_folders_is_a_problem(tmp_path: Path) -> None:
    """Two outlets must not share one history."""
    write(tmp_path, MINIMAL, name="lb/sawt.toml")
    write(tmp_path, MINIMAL.replace("sawt", "other"), name="eg/sawt.toml")
    with pytest.raises(SeedError, match=r"lb/sawt\.toml: id: 'sawt' is already the id of .*eg/sawt\.toml"):
        load_sites(tmp_path)


def test_no_seeds_at_all_is_a_problem(tmp_path: Path) -> None:
    """An empty run would look like a healthy one."""
    with pytest.raises(SeedError, match="no seed files"):
        load_sites(tmp_path)


def test_a_home_with_a_bad_port_does_not_start_the_crawl(tmp_path: Path) -> None:
    """A seed that can't work is refused before the run, not in the middle of it."""
    with pytest.raises(SeedError, match="home"):
        read_site(write(tmp_path, MINIMAL.replace("example.com/", "example.com:http/")))


@pytest.mark.parametrize("host", ["https://m.sawt.example/", "m.sawt.example/ar", "m sawt", ""])
def test_a_host_that_is_none_does_not_start_the_crawl(tmp_path: Path, host: str) -> None:
    """It would never match, and half of the outlet would be missed in silence."""
    with pytest.raises(SeedError, match="hosts"):
        read_site(write(tmp_path, MINIMAL + f'hosts = ["{host}"]\n'))


def outlet(folder: Path, name: str, *, home: str, more: str = "", tables: str = "") -> Path:
    """A seed file of which only the home page matters."""
    text = f'name = "صحيفة"\nhome = "{home}"\ntimezone = "Asia/Beirut"\n{more}\n{tables}\n'
    return write(folder, text, name=name)


ONE, TWO = "https://bayan.example/", "https://www.bayan.example/sport"
SHARED = "shared_hosts = true"


@pytest.mark.parametrize(
    ("first", "second", "host", "key"),
    [
        ({"home": ONE}, {"home": TWO}, "bayan.example", "home"),
        ({"home": TWO}, {"home": "http://BAYAN.example"}, "bayan.example", "home"),
        (
            {"home": "https://m.bayan.example/"},
            {"home": ONE, "more": 'hosts = ["m.bayan.example"]'},
            "m.bayan",
            "hosts",
        ),
        ({"home": ONE, "more": SHARED}, {"home": TWO}, "bayan.example", "home"),
        ({"home": ONE, "more": SHARED}, {"home": TWO, "more": SHARED}, "bayan.example", "home"),
        ({"home": "http://127.0.0.1:8000/"}, {"home": "http://127.0.0.1:8000/x"}, "127.0.0.1:8000", "home"),
    ],
)
def test_two_files_with_one_host_are_refused(
    tmp_path: Path, first: dict[str, str], second: dict[str, str], host: str, key: str
) -> None:
    """An address would be archived under either, as chance has it. Both files are named, and how to mean it."""
    one, two = outlet(tmp_path, "lb/a.toml", **first), outlet(tmp_path, "lb/b.toml", **second)
    with pytest.raises(SeedError) as caught:
        load_sites(tmp_path)
    (problem,) = caught.value.problems
    assert problem.startswith(f"{two}: {key}: {host}")
    assert str(one) in problem
    assert "shared_hosts = true" in problem


def test_outlets_may_share_a_host_if_both_say_so_and_which_part_is_theirs(tmp_path: Path) -> None:
    """The BBC's languages, the sections of a portal."""
    outlet(tmp_path, "lb/a.toml", home=ONE, more=SHARED, tables="[articles]\nallow = ['/news/']")
    outlet(tmp_path, "lb/b.toml", home=TWO, more=SHARED, tables="[articles]\nallow = ['/sport/']")
    sites = load_sites(tmp_path).values()
    owner = owner_of("https://bayan.example/sport/5", sites)
    assert owner is not None
    assert owner.id == "b"


def test_hosts_that_differ_in_port_or_name_are_not_one(tmp_path: Path) -> None:
    """A machine may serve several outlets, a domain may have several newspapers."""
    for number, home in enumerate(
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8002/", "https://x.example/", "https://ar.x.example/")
    ):
        outlet(tmp_path, f"lb/o{number}.toml", home=home)
    assert len(load_sites(tmp_path)) == 4


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        (
            '[[source]]\nkind = "feed"\nurl = "https://feeds.other.example/rss"',
            "source.0.url: feeds.other.example is not",
        ),
        ('[articles]\nexamples = ["https://other.example/5"]', "articles.examples.0: other.example is not"),
        (
            "[articles]\nallow = ['/news/\\d+']\nexamples = ['https://bayan.example/news/5', 'https://bayan.example/n/5']",
            "articles.examples.1: an article that `allow` and `deny` turn away: https://bayan.example/n/5",
        ),
        (
            "[articles]\ndeny = ['/5']\nexamples = ['https://bayan.example/news/5']",
            "articles.examples.0: an article that `allow` and `deny` turn away",
        ),
        ("[articles]\nexamples = ['/news/5']", "articles.examples.0: '/news/5' is not an absolute"),
    ],
)
def test_keys_that_contradict_each_other_are_refused(tmp_path: Path, tables: str, problem: str) -> None:
    """A source out of scope would never be read, a pattern that is too narrow would lose articles unseen."""
    path = outlet(tmp_path, "lb/a.toml", home=ONE, tables=tables)
    with pytest.raises(SeedError) as caught:
        read_site(path)
    (found,) = caught.value.problems
    assert found.startswith(f"{path}: {problem}")


def test_an_example_counts_in_its_canonical_spelling(tmp_path: Path) -> None:
    """Copied from the address bar with visible letters, from a feed with escapes, with a tracker behind it."""
    examples = ["https://www.bayan.example/خبر/5?utm_source=x", "https://bayan.example/%d8%ae%d8%a8%d8%b1/6"]
    tables = f"[articles]\nallow = ['/خبر/\\d+$']\nexamples = {examples}"
    assert len(read_site(outlet(tmp_path, "lb/a.toml", home=ONE, tables=tables)).articles.examples) == 2


def test_a_source_on_a_host_of_the_list_is_in_scope(tmp_path: Path) -> None:
    """Feeds often have a host of their own."""
    tables = '[[source]]\nkind = "feed"\nurl = "https://feeds.other.example/rss"\nevidence = "seen"'
    path = outlet(tmp_path, "lb/a.toml", home=ONE, more='hosts = ["feeds.other.example"]', tables=tables)
    assert read_site(path).source[0].evidence == "seen"


def made(key: str, *, home: str = ONE, allow: tuple[str, ...] = ()) -> Site:
    return Site.model_validate(
        {"id": key, "name": "ص", "home": home, "timezone": "Asia/Beirut", "articles": {"allow": allow}}
    )


@pytest.mark.parametrize(
    ("url", "owner"),
    [
        ("https://bayan.example/sport/5", "sport"),
        ("https://www.bayan.example/news/5", "news"),
        ("https://bayan.example/about", "news"),
        ("https://other.example/5", "other"),
        ("https://nobody.example/5", None),
        ("mailto:editor@bayan.example", None),
        ("https://bayan.example:x/", None),
    ],
)
def test_an_address_belongs_to_the_outlet_whose_patterns_admit_it(url: str, owner: str | None) -> None:
    """Of several on one host. An address that none of them admits still has a newspaper: the first."""
    sites = [
        made("news", allow=("/news/",)),
        made("sport", allow=("/sport/",)),
        made("other", home="https://other.example/"),
    ]
    found = owner_of(url, sites)
    assert (found.id if found else None) == owner
