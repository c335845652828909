"""Where no witness could change what is read, none is asked; everywhere else one is."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import pytest

from newscrawler.article import Article
from newscrawler.extract import body, extract
from newscrawler.extract.blocks import Block
from newscrawler.outcome import Outcome
from quality.scoring import Sample, own_samples

from .conftest import FIRST, SECOND, THIRD

Read = Callable[..., Article]
ALL: Final = (FIRST, SECOND, THIRD)
STORY: Final = tuple(
    f"تضم القاعة رقم {number} من المبنى رفوفاً للصحف القديمة وطاولة لمن يريد أن ينسخ منها، وتغلق أبوابها مع غروب الشمس."
    for number in range(2, 24)
)
STORY_HTML: Final = "".join(f"<p>{text}</p>" for text in STORY)
SAMPLES: Final = list(own_samples(Path(__file__).parent.parent / "pages"))


def _dispute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "undisputed_lines", lambda *args, **more: None)


def _no_witness(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **more: Any) -> list[str]:
        raise AssertionError("a witness was asked")

    monkeypatch.setattr(body, "witnessed_lines", refuse)


def _everything(sample: Sample) -> dict[str, Any] | str:
    """The article but for the extractor's name, or the outcome in words."""
    try:
        article = extract(sample.page, sample.site)
    except Outcome as outcome:
        return f"{outcome.name}: {outcome}"
    return asdict(article) | {"extractor": None}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_the_witness_would_have_changed_nothing(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every golden page reads the same if the witness is asked all the same."""
    read = _everything(sample)
    _dispute(monkeypatch)
    assert read == _everything(sample)


@pytest.mark.parametrize("seed", range(8))
def test_no_witness_could_have_changed_anything(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However wrong a witness is, on pages beyond dispute the article is the same."""

    def liar(root: object, blocks: Sequence[Block], *, fast: bool) -> list[str]:
        chance = random.Random(f"{seed}/{fast}/{len(blocks)}")
        share = chance.choice((0.05, 0.3, 0.7, 1.0))
        return [block.raw for block in blocks if chance.random() < share]

    monkeypatch.setattr(body, "witnessed_lines", liar)
    settled: list[bool] = []
    judge = body.undisputed_lines

    def spy(*args: Any, **more: Any) -> list[int] | None:
        lines = judge(*args, **more)
        settled.append(lines is not None)
        return lines

    compared = 0
    for sample in SAMPLES:
        settled.clear()
        with monkeypatch.context() as patch:
            patch.setattr(body, "undisputed_lines", spy)
            read = _everything(sample)
        if any(settled):
            with monkeypatch.context() as patch:
                _dispute(patch)
                assert read == _everything(sample), sample.name
            compared += 1
    assert compared >= 20, "the golden pages no longer have pages beyond dispute"


def test_a_plain_article_needs_no_witness(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paragraphs in one box, and no other prose on the page: nobody could read it otherwise."""
    _no_witness(monkeypatch)
    assert read().paragraphs == ALL
    assert read().extractor.endswith("undisputed")


@pytest.mark.parametrize(
    "disputed",
    [
        f"<div><p>{FIRST}</p><p>{SECOND}</p></div><div><p>{THIRD}</p><p>{FIRST[::-1]}</p></div>",
        f"<p>{FIRST}</p><p>{SECOND}</p><div><span>جولة في القاعات</span></div><p>{THIRD}</p>",
        f"<p>{FIRST}</p><p>{SECOND}</p><p><a href='/x'>{THIRD} {SECOND}</a></p><p>{THIRD}</p>",
    ],
    ids=["two boxes", "a button", "a sentence that is all link"],
)
def test_a_witness_is_asked_where_its_word_counts(read: Read, disputed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which of two boxes, whether a label or a linked sentence belongs to the text: that may change the article."""
    asked: list[bool] = []
    ask = body.witnessed_lines

    def spy(*args: Any, fast: bool) -> list[str]:
        asked.append(fast)
        return ask(*args, fast=fast)

    monkeypatch.setattr(body, "witnessed_lines", spy)
    assert not read(body=disputed).extractor.endswith("undisputed")
    assert asked


@pytest.mark.parametrize("seen", [True, False])
def test_a_lead_is_put_to_the_witness(read: Read, seen: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence above an undisputed text belongs to it if a witness says so."""
    monkeypatch.setattr(body, "witnessed_lines", lambda *args, fast: [*STORY, FIRST] if seen else [*STORY])
    article = read(above=f"<section><p>{FIRST}</p></section>", body=STORY_HTML)
    assert article.extractor.endswith("undisputed")
    assert article.paragraphs == ((FIRST, *STORY) if seen else STORY)


def test_a_standfirst_isnt_put_to_the_witness(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence above the text that is named as its standfirst is no lead, whoever has seen it."""
    _no_witness(monkeypatch)
    article = read(above=f"<div class='standfirst'>{FIRST}</div>", body=STORY_HTML)
    assert article.standfirst == FIRST
    assert article.paragraphs == STORY


def test_a_figures_caption_isnt_put_to_the_witness(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line in a figure above the text is no first paragraph."""
    _no_witness(monkeypatch)
    figure = f"<figure><img src='a.jpg'><figcaption><small>تصوير جهة ما</small><p>{FIRST}</p></figcaption></figure>"
    assert read(above=figure, body=STORY_HTML).paragraphs == STORY
