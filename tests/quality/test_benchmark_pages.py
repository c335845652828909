"""The benchmark measures what it says: its pages are read in full, and its marks tell right from wrong."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from newscrawler.extract import extract
from newscrawler.page import Page
from newscrawler.site import Site
from newscrawler.text.fingerprint import jaccard, pairs
from newscrawler.text.normalise import fold
from newscrawler.urls import canonical
from tests.benchmarks.newsroom import report
from tests.benchmarks.newsroom.contenders import CONTENDERS, OURS, RIVALS
from tests.benchmarks.newsroom.pages import NAME, page
from tests.benchmarks.newsroom.scoring import Reading, score
from tests.benchmarks.newsroom.stories import TEMPLATES, BenchStory, stories

BASE = "http://127.0.0.1:8000"
PRINTED = stories(300)


def read(story: BenchStory) -> Reading:
    """As the archive would have it."""
    site = Site.model_validate({"id": "bench", "name": NAME, "home": f"{BASE}/", "timezone": "Asia/Beirut"})
    url = canonical(BASE + story.path)
    body = page(story, PRINTED, base=BASE)
    got = extract(Page(url=url, body=body, fetched_at=datetime(2026, 11, 22, tzinfo=UTC), requested_url=url), site)
    assert got.published_at is not None
    day = got.published_at.astimezone(story.published.tzinfo).date().isoformat()
    return Reading(got.title, got.paragraphs, day, got.section or "", got.authors)


@pytest.mark.parametrize("template", range(TEMPLATES))
def test_every_template_is_read_in_full(template: int) -> None:
    """Whoever is quick on pages that are read wrongly proves nothing."""
    chosen = [story for story in PRINTED if story.template == template and story.kind != "copy"][:4]
    marks = score(chosen, {story.path: read(story) for story in chosen}, None)
    assert set(marks.values()) == {1.0}


def test_the_same_seed_prints_the_same_pages() -> None:
    """Figures of two days are of the same pages."""
    assert stories(60) == PRINTED[:60]
    assert page(PRINTED[5], PRINTED, base=BASE) == page(PRINTED[5], PRINTED, base=BASE)
    assert stories(5, seed=2) != PRINTED[:5]


def test_pages_weigh_what_real_ones_do() -> None:
    """100 to 150 kB."""
    sizes = [len(page(story, PRINTED, base=BASE)) for story in PRINTED[:20]]
    assert min(sizes) >= 95_000
    assert max(sizes) <= 160_000


def test_a_tenth_are_copies_and_a_tenth_nearly() -> None:
    """And what is nearly a copy is one by the product's own measure; what is its own resembles nothing."""
    kinds = Counter(story.kind for story in PRINTED[50:])
    assert (kinds["copy"], kinds["near"]) == (25, 25)
    for story in PRINTED:
        if story.original is not None:
            original = PRINTED[story.original - 1]
            alike = jaccard(*(pairs(fold(" ".join(each.paragraphs))) for each in (story, original)))
            assert alike == 1.0 if story.kind == "copy" else 0.6 <= alike < 1.0
    first, second = (pairs(fold(" ".join(story.paragraphs))) for story in PRINTED[:2])
    assert jaccard(first, second) < 0.1


def test_marks_tell_right_from_wrong() -> None:
    """Each field by itself; a page nobody read is wrong in all; a pair of copies counts once."""
    own, other = PRINTED[0], PRINTED[1]
    right = Reading(own.title, own.paragraphs, own.published.date().isoformat(), own.section, (own.author,))
    wrong = replace(right, title="x", lines=own.paragraphs[1:], day="", authors=("x", own.author))
    assert score([own], {own.path: right}, None) == dict.fromkeys(
        ("title", "paragraphs", "date", "section", "author"), 1
    )
    marks = score([own], {own.path: wrong}, None)
    assert (marks["title"], marks["date"], marks["section"], marks["author"]) == (0, 0, 1, 0)
    assert 0.5 < marks["paragraphs"] < 1
    assert score([own, other], {own.path: right}, None)["title"] == 0.5
    copy = replace(other, kind="copy", original=own.number)
    assert score([own, copy], {}, {copy.path: own.path})["copies"] == 1.0
    assert score([own, copy], {}, {})["copies"] == 0.0
    assert score([own, other], {}, {other.path: own.path})["copies"] == 0.0


def test_the_original_of_a_copy_may_be_the_one_that_was_crawled_first() -> None:
    """Then its page is the one that is compared, with its own section and author."""
    own, other = PRINTED[0], PRINTED[1]
    copy = replace(other, kind="copy", original=own.number, title=own.title, paragraphs=own.paragraphs)
    got = Reading(copy.title, copy.paragraphs, copy.published.date().isoformat(), copy.section, (copy.author,))
    assert set(score([own, copy], {copy.path: got}, None).values()) == {1.0}


def test_every_rival_has_its_script_and_a_row() -> None:
    """A table without ours, or with a rival nobody can run, is none."""
    assert all((RIVALS / each.script).is_file() for each in CONTENDERS if each.script)
    row = {"per_second": 100.0, "cpu_ms": 10.0, "peak_mb": 300.0}
    results = {
        "medians": {each.name: row for each in CONTENDERS},
        "correct": {OURS: {"title": 0.5}},
        "skipped": {"x": "y"},
    }
    table = report.table(results)
    assert all(f"| {each.name} |" in table for each in CONTENDERS)
    assert "x: skipped, y" in table
    assert "| .500 |" in table
    assert sum("not met" in line for line in report.ratios(results)) == 5


def test_readme_has_a_place_for_the_figures() -> None:
    """Between two marks, which what is written there brings along: so it can be written again."""
    text = report.README.read_text(encoding="utf-8")
    assert text.count(report.BEGIN) == text.count(report.END) == 1
    results = {"medians": {}, "correct": {}, "skipped": {}, "pages": 2000, "server": "nginx", "machine": {
        "cores": 2, "python": "3.11", "system": "Linux", "at": "2026-11-22"}}  # fmt: skip
    written = report.section(results)
    assert written.startswith(report.BEGIN)
    assert written.endswith(report.END)
