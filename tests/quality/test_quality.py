"""The extractor reads the golden pages at least as well as it did when the floors were pinned."""

from __future__ import annotations

from pathlib import Path

import pytest

from quality import pin
from quality.scoring import Sample, Score, body_scores, digest, score


@pytest.mark.parametrize("name", ["own", "corpus"])
def test_no_measure_falls_below_its_floor(name: str) -> None:
    """Every field is read at least as often right as when the floors were pinned, on the very same pages."""
    samples = pin.sets().get(name)
    if samples is None:
        pytest.skip("NEWS_CORPUS names no folder of real pages")
    pinned = pin.floors()[name]
    assert digest(samples) == pinned["digest"], "pages or gold have changed: python -m tests.quality.pin"
    result = score(samples)
    below = pin.fallen(result.shares, pinned["floors"])
    assert not below, pin.complaint(name, result, below)


def test_a_lower_floor_needs_to_be_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Pinning refuses to lower a floor silently, and accepts it with --lower."""
    monkeypatch.setattr(pin, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(pin, "sets", lambda: {"own": []})
    results = [Score({"title": 0.9}, ()), Score({"title": 0.5}, ()), Score({"title": 0.5}, ())]
    monkeypatch.setattr(pin, "score", lambda samples: results.pop(0))
    assert pin.main([]) == 0
    assert pin.main([]) == 1
    assert pin.floors()["own"]["floors"] == {"title": 0.9}
    assert pin.main(["--lower"]) == 0
    assert pin.floors()["own"]["floors"] == {"title": 0.5}


def test_a_wrong_field_is_named_with_page_expected_and_got() -> None:
    """A failure says which page and field, what stands in the gold and what was read."""
    sample = pin.sets()["own"][0]
    spoilt = Sample(sample.name, sample.page, sample.site, {**sample.gold, "title": "عنوان آخر"})
    message = "\n".join(map(str, score([spoilt]).misses))
    assert f"{sample.name}: title" in message
    assert "عنوان آخر" in message
    assert sample.gold["title"] in message


def test_a_changed_page_changes_the_digest() -> None:
    """Floors can't be kept by exchanging the pages."""
    samples = pin.sets()["own"]
    assert digest(samples) != digest(samples[1:])


def test_body_scores_count_characters() -> None:
    """A lost paragraph costs recall, a foreign one precision, an optional one neither."""
    gold = {"paragraphs": ["أول السطر", "ثاني السطر"], "optional_paragraphs": ["(وكالات)"]}
    assert body_scores(["أول السطر", "ثاني السطر", "(وكالات)"], gold) == (1.0, 1.0)
    precision, recall = body_scores(["أول السطر"], gold)
    assert precision == 1.0
    assert 0.3 < recall < 0.7
    precision, recall = body_scores(["أول السطر", "ثاني السطر", "شارك هذا الخبر مع أصدقائك"], gold)
    assert 0.3 < precision < 0.7
    assert recall == 1.0
