"""Cuts: whether what is left of a text is a part of it, and how much."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.text.cuts import ASKING_MAX, LEFT_MAX, LEFT_MAX_DOUBTED, Cut, cut_between
from newscrawler.text.edits import State
from support.newspaper import paragraphs
from support.rewrites import KINDS, Story

PROMPT = "هذا المحتوى متاح للمشتركين فقط، اشترك الآن لمواصلة القراءة."
BODY = paragraphs(1, count=6)


def state(*lines: str, title: str = "عنوان", standfirst: str | None = None) -> State:
    return State(title, standfirst, "\n\n".join(lines))


@pytest.mark.parametrize(
    "left",
    [
        (BODY[0],),
        (BODY[0], PROMPT),
        (" ".join(BODY[0].split()[:20]) + "…",),
        tuple(BODY[:3]),
        (BODY[0], BODY[3]),
        tuple(BODY[4:]),
        (PROMPT, BODY[0], BODY[1]),
    ],
    ids=["first", "with a prompt", "in a sentence", "half", "two of six", "last", "prompt first"],
)
def test_a_part_of_the_text_is_a_cut(left: tuple[str, ...]) -> None:
    """The beginning, any paragraphs, a sentence broken off; a few words that ask for money beside it."""
    cut = cut_between(state(*BODY), state(*left))
    assert cut is not None
    assert cut.left <= LEFT_MAX


def test_what_is_left_is_counted() -> None:
    """In words, for a person."""
    assert str(cut_between(state(*BODY), state(*BODY[:2]))) == "60 of 180 words are left"


@pytest.mark.parametrize(
    "now",
    [
        tuple(BODY),
        (*BODY, *paragraphs(2, count=1)),
        tuple(BODY[:5]),
        tuple(paragraphs(2, count=2)),
        (BODY[0], *paragraphs(2, count=2)),
        (*BODY[:2], *paragraphs(2, count=2)),
        (),
    ],
    ids=["same", "addition", "one less", "rewrite", "lead and a summary", "much that is new", "nothing"],
)
def test_a_text_with_words_of_its_own_is_no_cut(now: tuple[str, ...]) -> None:
    """Nor one of which nearly all is left: a live blog replaced by a summary, a paragraph taken away."""
    assert cut_between(state(*BODY), state(*now)) is None


def test_a_paragraph_less_of_a_short_item_is_a_cut_only_in_doubt() -> None:
    """Most of the text stays: an edit, unless the page or the site says otherwise."""
    cut = cut_between(state(*BODY[:4]), state(*BODY[:3]))
    assert cut is not None
    assert LEFT_MAX < cut.left <= LEFT_MAX_DOUBTED


def test_another_headline_hides_no_cut() -> None:
    """«للمشتركين: …» over a teaser; and what moved into the standfirst is not gone."""
    assert cut_between(state(*BODY), state(BODY[0], title="للمشتركين")) is not None
    assert cut_between(state(*BODY), state(*BODY[1:], standfirst=BODY[0])) is None


@given(st.integers(1, 6), st.integers(1, 6))
def test_a_text_is_never_a_cut_of_a_shorter_one(many: int, few: int) -> None:
    """However they are chosen."""
    cut = cut_between(state(*BODY[:few]), state(*BODY[:many]))
    assert cut is None or (many < few and cut == Cut(30 * many, 30 * few))


def test_a_prompt_may_be_so_long() -> None:
    """And half of what is left at most."""
    asking = paragraphs(9, count=3)
    words = " ".join(asking).split()
    long = paragraphs(5, count=12)
    assert cut_between(state(*long), state(*long[:2], " ".join(words[: ASKING_MAX - 1]))) is not None
    assert cut_between(state(*long), state(*long[:2], " ".join(words[: ASKING_MAX + 10]))) is None
    assert cut_between(state(*BODY), state(BODY[0], " ".join(words[:35]))) is None


@pytest.mark.skipif("NEWS_CORPUS" not in os.environ, reason="NEWS_CORPUS names no folder of real articles")
def test_real_articles_show_what_the_limits_are_worth() -> None:
    """Their first paragraph is a cut of most of them; what papers do to a text is none, but for cutting itself, and a
    paragraph less of three or more seldom is.
    """
    with gzip.open(Path(os.environ["NEWS_CORPUS"]) / "ant-half.jsonl.gz", "rt") as lines:
        texts = [[p for p in json.loads(line)["text"].split("\n") if p.strip()] for line in lines]
    chance = Random(1)
    long = [t for t in texts if len(t) >= 3]
    assert len(long) > 300
    assert share(cut(t, t[:1]) for t in long) > 0.95
    assert share(cut(t, t[:place] + t[place + 1 :]) for t in long for place in range(len(t))) < 0.06
    stories = [Story("عنوان", tuple(t)) for t in chance.sample(texts, 200) if len(" ".join(t).split()) >= 40]
    for name in KINDS.keys() - {"first paragraph cut", "last third cut"}:
        edited = [KINDS[name](chance, story, chance.choice(stories)) for story in stories]
        assert share(cut([s.text], [e.text]) for s, e in zip(stories, edited, strict=True)) == 0, name


def cut(before: list[str], after: list[str]) -> bool:
    found = cut_between(state(*before), state(*after))
    return found is not None and found.left <= LEFT_MAX


def share(answers: Iterable[bool]) -> float:
    found = list(answers)
    return sum(found) / len(found)
