"""Shards: the same parts on every machine, whatever else is in the seeds, and no host asked by two."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import tldextract  # noqa: F401 (it is imported late: the first example would be too slow for hypothesis)
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.seeds import load_sites
from newscrawler.shards import BadShard, Shard, shard_of_each
from newscrawler.site import Site
from support.archives import a_site

ROOT = Path(__file__).parents[1]

labels = st.text("abcdefgh", min_size=1, max_size=4)
domains = st.builds("{}.{}".format, labels, st.sampled_from(["com", "net", "co.uk", "com.eg"]))


@st.composite
def outlets(draw: st.DrawFn) -> list[Site]:
    """Some sites, a few of them on each other's hosts."""
    homes = draw(st.lists(domains, min_size=1, max_size=12))
    further = draw(st.lists(st.lists(st.sampled_from(homes), max_size=2), min_size=len(homes), max_size=len(homes)))
    return [
        a_site(f"s{number}", home=f"https://www.{home}/", hosts=[f"cdn{number}.{host}" for host in hosts])
        for number, (home, hosts) in enumerate(zip(homes, further, strict=True))
    ]


@given(outlets(), st.integers(1, 9))
def test_every_site_is_in_exactly_one_part(sites: list[Site], count: int) -> None:
    """Together the parts are the whole; no site is crawled twice or by nobody."""
    parts = shard_of_each(sites, count)
    assert set(parts) == {site.id for site in sites}
    assert set(parts.values()) <= set(range(1, count + 1))


@given(outlets(), st.integers(2, 9))
def test_sites_of_one_domain_are_in_one_part(sites: list[Site], count: int) -> None:
    """Politeness is kept by the one process that asks a host."""
    parts = shard_of_each(sites, count)
    for one in sites:
        for other in sites:
            mine, theirs = ({host.split(".", 1)[1] for host in site.scope if "." in host} for site in (one, other))
            if mine & theirs - {"com", "net", "co.uk", "uk", "com.eg", "eg"}:
                assert parts[one.id] == parts[other.id], (one.scope, other.scope)


@given(outlets(), labels, st.integers(2, 9))
def test_a_new_outlet_moves_no_other(sites: list[Site], name: str, count: int) -> None:
    """An archive that has followed a site for years goes on following it. Nor does the order of the files matter."""
    before = shard_of_each(sites, count)
    new = a_site("new", home=f"https://{name}x.org/")
    after = shard_of_each([new, *reversed(sites)], count)
    assert {key: after[key] for key in before} == before


@given(outlets(), st.integers(1, 8))
def test_one_part_more_takes_and_moves_nothing_else(sites: list[Site], count: int) -> None:
    """A new machine gets its share from all the others, which keep the rest."""
    before, after = shard_of_each(sites, count), shard_of_each(sites, count + 1)
    assert all(after[key] in (before[key], count + 1) for key in before)


def test_who_joins_an_outlet_on_its_host_leaves_it_where_it_is() -> None:
    """A second section of the same newspaper comes to the first, whatever its own domain is called."""
    for count in range(2, 9):
        alone = shard_of_each([a_site("old", home="https://www.zzz.com/")], count)
        both = [
            a_site("old", home="https://www.zzz.com/"),
            a_site("new", home="https://aaa.com/", hosts=["en.zzz.com"]),
        ]
        parts = shard_of_each(both, count)
        assert parts["old"] == parts["new"] == alone["old"]


def test_ports_and_private_names_are_servers_of_their_own() -> None:
    """An intranet or a test has several newspapers on one address."""
    sites = [a_site(f"s{port}", home=f"http://127.0.0.1:{port}/") for port in range(8000, 8040)]
    assert len(set(shard_of_each(sites, 4).values())) == 4


def test_the_seeds_are_spread_evenly_and_the_same_in_every_process() -> None:
    """No part of five has less than half or more than one and a half times its share; `hash()` would differ."""
    sites = load_sites(ROOT / "seeds")
    parts = shard_of_each(sites.values(), 5)
    share = len(sites) / 5
    assert all(share / 2 < number < share * 1.5 for number in Counter(parts.values()).values())
    program = (
        "from pathlib import Path; from newscrawler.seeds import load_sites; from newscrawler.shards import *;"
        "print(shard_of_each(load_sites(Path('seeds')).values(), 5))"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == str(parts)


@pytest.mark.parametrize("argument", ["2/5", " 2/5 ", "02/5", "1/1", "1000/1000"])
def test_a_part_is_a_number_of_a_number(argument: str) -> None:
    """Counted from one, as people count."""
    shard = Shard.of(argument)
    assert 1 <= shard.number <= shard.count


@pytest.mark.parametrize(
    ("argument", "says"),
    [
        ("6/5", "'6/5': the parts are 1/5 to 5/5"),
        ("0/5", "'0/5': the parts are 1/5 to 5/5"),
        ("1/0", "'1/0': there may be 1 to 1000 parts"),
        ("1/1001", "'1/1001': there may be 1 to 1000 parts"),
        ("2", "'2' is no part such as 2/5, the second of five"),
        ("", "'' is no part such as 2/5, the second of five"),
        ("-1/5", "'-1/5' is no part such as 2/5, the second of five"),
        ("٢/٥", "'٢/٥' is no part such as 2/5, the second of five"),
        ("1/5/2", "'1/5/2' is no part such as 2/5, the second of five"),
    ],
)
def test_what_is_no_part_is_refused(argument: str, says: str) -> None:
    """A crawl of the wrong fifth would look well and leave a gap."""
    with pytest.raises(BadShard) as refused:
        Shard.of(argument)
    assert str(refused.value) == says
