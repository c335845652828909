from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

from newscrawler.demo.bulk import BulkNewsroom
from newscrawler.demo.synthetic import synthetic_site
from newscrawler.discovery.sitemap import read_sitemap
from newscrawler.seeds import load_sites
from newscrawler.text.fingerprint import jaccard, pairs
from newscrawler.text.language import judge
from newscrawler.text.normalise import fold

Get = Callable[..., Any]


def test_the_same_seed_writes_the_same_stories() -> None:
    """A load test can be repeated; another seed gives other pages; more pages don't change the first ones."""
    first = list(synthetic_site(6, seed=3))
    assert list(synthetic_site(9, seed=3))[:6] == first
    assert list(synthetic_site(6, seed=4)) != first


def test_synthetic_stories_are_no_near_copies() -> None:
    """Two of them share less than a related report would: dedup has work to do, and finds nothing."""
    bags = [pairs(fold("\n".join(story.paragraphs))) for story in synthetic_site(150, seed=5)]
    assert max(jaccard(one, other) for one, other in combinations(bags, 2)) < 0.3


def test_synthetic_stories_are_arabic_articles() -> None:
    """Long enough, in Arabic, with headline, section and date, and no slot left open."""
    for story in synthetic_site(40):
        text = "\n".join(story.paragraphs)
        assert judge(text).is_arabic
        assert len(text.split()) > 150
        assert "{" not in text + story.title
        assert story.section
        assert story.published


def test_the_bulk_newsroom_serves_what_its_sitemap_names(get: Get, tmp_path: Path) -> None:
    """Sitemap, robots.txt and pages of a real page's weight, and nothing else; the seed file leads to it."""
    with BulkNewsroom(12, port=0) as room:
        room.write_seeds(tmp_path)
        (site,) = load_sites(tmp_path).values()
        entries = read_sitemap(get(site.source[0].url).body, base=room.home).links
        assert tuple(entry.url for entry in entries) == room.urls
        pages = [get(url) for url in room.urls]
        assert {page.status for page in pages} == {200}
        assert min(len(page.body) for page in pages) > 98_000
        assert max(len(page.body) for page in pages) < 152_000
        assert get(f"{room.home}robots.txt").status == 200
        assert get(f"{room.home}nowhere").status == 404
        assert get(room.urls[0], method="HEAD").body == b""


def test_a_slow_bulk_newsroom_waits_before_each_answer(get: Get) -> None:
    """With a delay each answer waits, so that a test can interrupt a crawl half-way."""
    from time import monotonic

    with BulkNewsroom(2, port=0, delay_s=0.2) as room:
        start = monotonic()
        assert get(room.urls[0]).status == 200
        assert monotonic() - start >= 0.2


def test_a_taken_port_is_replaced_for_the_bulk_newsroom_too() -> None:
    """Two of them side by side listen on two ports."""
    with BulkNewsroom(1, port=0) as first:
        port = int(first.home.rstrip("/").rpartition(":")[2])
        with BulkNewsroom(1, port=port) as second:
            assert second.home != first.home
