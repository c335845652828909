"""train(): a linear topic model on TF-IDF of terms, and how well it does on articles it has not seen."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from newscrawler.text.topic_model import BELIEF_MIN, TopicModel, terms_of

ARTICLES_MIN: Final = 300
"""Articles with a topic that are needed. With 469 of a broadcaster's the model was right in 78 %, with 4,085 in 81 %;
with fewer than some hundred it knows three or four topics and puts everything into them."""

TOPIC_MIN: Final = 30
"""Articles that a topic needs to be learnt."""

TERMS_MAX: Final = 20_000
"""Terms that are kept, the most frequent ones: a file of some megabytes."""

HELD_OUT: Final = 5
"""Every fifth article is held back to measure with."""

_NUMBERS_KEPT: Final = 4
"""Digits behind the point; with more the file is larger and no answer different."""


class CannotTrain(Exception):
    """There is too little to learn from, or scikit-learn is missing; the message says which."""


@dataclass(frozen=True, slots=True)
class Example:
    """An article whose section names its topic."""

    id: int
    """Decides whether it is held back."""
    topic: tuple[str, str | None]
    """Name and English name."""
    title: str
    """Headline."""
    text: str
    """Body."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A model, and what it is worth."""

    data: Mapping[str, Any]
    """What `save_model` writes. Trained on all articles; measured with those held back left out."""
    used: int
    """Articles it was measured with."""
    held_out: int
    """Articles held back."""
    accuracy: float
    """Share of those held back whose topic was the likeliest one, 0 to 1."""
    sure_share: float
    """Share of those held back that would have got a topic, 0 to 1."""
    sure_accuracy: float
    """Share of these whose topic is right, 0 to 1."""
    by_topic: Sequence[tuple[str, int, float]]
    """Topic, articles held back, share of them that was right."""
    left_out: Sequence[str]
    """Topics with too few articles."""


def train(examples: Sequence[Example]) -> Trained:
    """Train and measure. Raises CannotTrain. The same examples give the same model."""
    counts = Counter(example.topic for example in examples)
    topics = sorted((topic for topic, count in counts.items() if count >= TOPIC_MIN), key=lambda topic: topic[0])
    usable = [example for example in examples if example.topic in topics]
    if len(usable) < ARTICLES_MIN or len(topics) < 2:
        raise CannotTrain(
            f"{len(usable)} articles of {len(topics)} topics have a section that names their topic and "
            f"{TOPIC_MIN} or more of its kind; {ARTICLES_MIN} articles of 2 topics are needed. "
            "seeds/tags/topics.toml says which section means which topic"
        )
    held = [example for example in usable if zlib.crc32(str(example.id).encode()) % HELD_OUT == 0]
    kept = [example for example in usable if zlib.crc32(str(example.id).encode()) % HELD_OUT]
    model = _model(_fitted(kept, topics))
    results = [(example.topic, model.probabilities(terms_of(example.title, example.text))) for example in held]
    right = [topics[max(range(len(p)), key=p.__getitem__)] == topic for topic, p in results]
    sure = [is_right for is_right, (_, p) in zip(right, results, strict=True) if max(p) >= BELIEF_MIN]
    by_topic = []
    for topic in topics:
        mine = [is_right for is_right, (each, _) in zip(right, results, strict=True) if each == topic]
        by_topic.append((topic[0], len(mine), _share(mine)))
    return Trained(
        data=_fitted(usable, topics),
        used=len(kept),
        held_out=len(held),
        accuracy=_share(right),
        sure_share=len(sure) / max(1, len(held)),
        sure_accuracy=_share(sure),
        by_topic=by_topic,
        left_out=sorted(topic[0] for topic in counts.keys() - set(topics)),
    )


def _share(right: Sequence[bool]) -> float:
    return sum(right) / max(1, len(right))


def _fitted(examples: Sequence[Example], topics: Sequence[tuple[str, str | None]]) -> dict[str, Any]:
    """The weights that scikit-learn finds, as plain numbers."""
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer  # the extra `train`: 100 MB that a crawl needs not
        from sklearn.linear_model import LogisticRegression
    except ImportError as why:
        raise CannotTrain("scikit-learn is missing: pip install 'newscrawler[train]'") from why
    vectorizer = TfidfVectorizer(analyzer=_terms, sublinear_tf=True, min_df=3, max_features=TERMS_MAX)
    values = vectorizer.fit_transform([(example.title, example.text) for example in examples])
    classifier = LogisticRegression(C=10.0, class_weight="balanced", max_iter=1000)
    classifier.fit(values, [topics.index(example.topic) for example in examples])
    coefficients, intercepts = classifier.coef_.tolist(), classifier.intercept_.tolist()
    if len(topics) == 2:  # of two classes scikit-learn keeps the difference only
        coefficients, intercepts = [[-x for x in coefficients[0]], coefficients[0]], [-intercepts[0], intercepts[0]]
        coefficients = [[x / 2 for x in row] for row in coefficients]
        intercepts = [x / 2 for x in intercepts]
    terms = vectorizer.get_feature_names_out().tolist()
    return {
        "topics": [list(topic) for topic in topics],
        "intercepts": [round(value, _NUMBERS_KEPT) for value in intercepts],
        "idf": {found: round(float(idf), _NUMBERS_KEPT) for found, idf in zip(terms, vectorizer.idf_, strict=True)},
        "weights": {found: [round(row[at], _NUMBERS_KEPT) for row in coefficients] for at, found in enumerate(terms)},
        "articles": len(examples),
    }


def _terms(article: tuple[str, str]) -> list[str]:
    return terms_of(*article)


def _model(data: Mapping[str, Any]) -> TopicModel:
    topics = [(name, english) for name, english in data["topics"]]
    return TopicModel(topics, data["intercepts"], data["idf"], data["weights"], digest="")
