"""The search finds what it found when the floors were pinned, on real articles and on our own."""

from __future__ import annotations

from functools import cache
from typing import Final

import pytest

from quality import search
from quality.search import Collection, Document, Score

FLOORS: Final = {"dev": 0.99, "test": 0.975, "drawn": 0.985}
"""Least mean F1 of each set of queries on 5,060 articles of a broadcaster. Plain Datasette: 0.51, 0.43, 0.51."""


@cache
def _articles() -> Collection | None:
    return search.corpus()


@pytest.mark.parametrize("split", FLOORS)
def test_no_set_of_queries_falls_below_its_floor(split: str) -> None:
    """All forms of a word are found, and other words aren't."""
    collection = _articles()
    if collection is None:
        pytest.skip("NEWS_CORPUS names no folder with the collection")
    scores = search.ours(collection, split)
    worst = sorted(scores, key=lambda score: score.f1)[:5]
    f1 = search.mean(scores)[2]
    assert f1 >= FLOORS[split], f"{f1:.4f}; worst: {', '.join(f'{score.typed} {score.f1:.3f}' for score in worst)}"


OWN: Final = Collection(
    [
        Document("مدن الساحل", "زار الوفد مدينة صغيرة"),
        Document("بلا عنوان", "المدينة والقرية"),
        Document("مدني يروي", "قال المدني إن المدن بعيدة"),
        Document("رئيس الوفد", "حضر رؤساء البلديات"),
        Document("رئيسة الوفد", "حضرت وحدها"),
    ]
)


def test_an_article_answers_by_any_form_of_the_word() -> None:
    """A form with particles counts, another word of the same letters doesn't."""
    query = {"typed": "مدن", "words": ["F:مدين B:مدن"]}
    assert OWN.answers(query) == ({0, 1, 2}, set())


def test_what_is_neither_right_nor_wrong_isnt_counted() -> None:
    """An article that is only there by a doubtful form is taken out of both sides."""
    query = {"typed": "رئيس", "words": ["M:رءيس B:رءساء"], "either": "G:رءيس"}
    assert OWN.answers(query) == ({3}, {4})


def test_a_phrase_needs_its_words_side_by_side() -> None:
    """And in the same part of the article; what is excluded takes an article out."""
    assert OWN.answers({"words": ["M:رءيس B:رءساء", "M:وفد"], "phrase": True}) == ({3}, set())
    assert OWN.answers({"words": ["M:وفد"], "without": "N:مدينة"}) == ({3, 4}, set())


def test_precision_and_recall() -> None:
    """Of four right articles three are found, among six."""
    score = Score("مدن", right=4, found=6, hits=3)
    assert (score.precision, score.recall) == (0.5, 0.75)
    assert score.f1 == pytest.approx(0.6)
    assert Score("لا شيء", right=0, found=0, hits=0).f1 == 1


def test_every_query_can_be_read() -> None:
    """Each has words, and names what stands in the table of patterns."""
    assert len({query["typed"] for split in FLOORS for query in search.queries(split)}) >= 100
    for split in FLOORS:
        for query in search.queries(split):
            OWN.answers(query)
