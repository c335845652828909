"""Which sites a run is about."""

from __future__ import annotations

import pytest

from newscrawler.choosing import BadChoice, choose
from newscrawler.shards import shard_of_each
from support.archives import a_site

SITES = {f"s{n}": a_site(f"s{n}", home=f"https://paper{n}.com/", country="LB" if n % 2 else "EG") for n in range(20)}


def chosen(**arguments: str) -> set[str]:
    return set(choose(SITES, arguments, [], active_only=True))


def test_the_parts_are_the_whole() -> None:
    """Every site once."""
    parts = [chosen(shard=f"{number}/3") for number in (1, 2, 3)]
    assert set.union(*parts) == set(SITES)
    assert sum(map(len, parts)) == len(SITES)


def test_a_part_and_another_filter_both_hold_and_neither_moves_a_site() -> None:
    """The Lebanese of the second part are those of it that are Lebanese."""
    assert chosen(shard="2/3", country="LB") == chosen(shard="2/3") & chosen(country="LB")
    site = min(chosen(shard="2/3"))
    assert chosen(shard="2/3", site=site) == {site}


def test_a_part_without_a_site_is_refused() -> None:
    """A cron line with a mistake in it must not look like a quiet day."""
    number = shard_of_each(SITES.values(), 3)["s0"] % 3 + 1
    with pytest.raises(BadChoice, match=f"shard: no site to crawl: {number}/3 has none of the 1 that were chosen"):
        chosen(shard=f"{number}/3", site="s0")


def test_what_is_no_part_is_named() -> None:
    """With the argument's name."""
    with pytest.raises(BadChoice, match="shard: '6/5': the parts are 1/5 to 5/5"):
        chosen(shard="6/5")
