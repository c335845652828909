"""TopicModel: the topic of an article by its words; linear, trained on the user's own archive, kept as JSON."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from newscrawler.text.clitics import without_article
from newscrawler.text.normalise import fold, words
from newscrawler.text.tags import Tag

TERMS: Final = "folded-1/article-1"
"""How words become terms. A model of other terms is refused."""

FORMAT: Final = 1
"""Of the file. A file of another one is refused."""

BELIEF_MIN: Final = 0.8
"""Probability from which a topic is believed. Trained on 4,085 articles of a broadcaster with nine sections, the model
named the topic of 44 % of 975 others and was right in 93 %; from 0.6 on of 75 %, right in 86 %."""


class BadModel(ValueError):
    """A file that is no usable topic model; the message names it and says why."""


def terms_of(title: str, text: str) -> list[str]:
    """The terms a topic is told by: folded words without article, the headline's counted three times."""
    head = [without_article(word) for word in words(fold(title))]
    return [*head * 3, *(without_article(word) for word in words(fold(text)))]


@dataclass(frozen=True, slots=True)
class TopicModel:
    """Weights of a linear classifier on TF-IDF of terms."""

    topics: Sequence[tuple[str, str | None]]
    """Name and English name, in the order of the weights."""
    intercepts: Sequence[float]
    """One for each topic."""
    idf: Mapping[str, float]
    """Term → inverse document frequency."""
    weights: Mapping[str, Sequence[float]]
    """Term → weight for each topic."""
    digest: str
    """Tells one model from another: 12 hexadecimal digits."""

    def topic_of(self, title: str, text: str) -> Tag | None:
        """The topic of an article. None: not sure enough."""
        probabilities = self.probabilities(terms_of(title, text))
        best = max(range(len(probabilities)), key=probabilities.__getitem__)
        if probabilities[best] < BELIEF_MIN:
            return None
        name, name_en = self.topics[best]
        return Tag("topic", name, "model", round(probabilities[best], 2), 0, name_en)

    def probabilities(self, terms: Sequence[str]) -> list[float]:
        """How likely each topic is, 0 to 1, together 1."""
        counts = Counter(found for found in terms if found in self.idf)
        values = {found: (1 + math.log(count)) * self.idf[found] for found, count in counts.items()}
        norm = math.sqrt(sum(value * value for value in values.values())) or 1.0
        scores = list(self.intercepts)
        for found, value in values.items():
            for at, weight in enumerate(self.weights[found]):
                scores[at] += value / norm * weight
        top = max(scores)
        raised = [math.exp(score - top) for score in scores]
        return [each / sum(raised) for each in raised]


def save_model(path: Path, data: Mapping[str, Any]) -> None:
    """Write what `load_model` reads: topics, intercepts, idf, weights. Replaces the file in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"format": FORMAT, "terms": TERMS, **data}, ensure_ascii=False, separators=(",", ":"))
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def load_model(path: Path) -> TopicModel | None:
    """The model in a file; None if there is no file.

    JSON, not pickle: reading a file must not run what is in it. Raises BadModel for anything else than a model of
    this version, with finite numbers and as many weights as topics.
    """
    if not path.exists():
        return None
    try:
        raw = path.read_bytes()
        return _checked(json.loads(raw), hashlib.sha256(raw).hexdigest()[:12])
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as why:
        raise BadModel(f"{path}: no usable topic model: {why}; `scrapy tags train` makes one") from why


def _checked(data: dict[str, Any], digest: str) -> TopicModel:
    if data["format"] != FORMAT or data["terms"] != TERMS:
        raise ValueError("made by another version of the program")
    topics = [(str(name), None if english is None else str(english)) for name, english in data["topics"]]
    intercepts = _numbers(data["intercepts"], len(topics))
    idf = {str(found): _numbers([value], 1)[0] for found, value in data["idf"].items()}
    weights = {str(found): _numbers(values, len(topics)) for found, values in data["weights"].items()}
    if not topics or idf.keys() != weights.keys():
        raise ValueError("topics or terms are missing")
    return TopicModel(topics, intercepts, idf, weights, digest)


def _numbers(values: Any, count: int) -> tuple[float, ...]:
    found = tuple(float(value) for value in values)
    if len(found) != count or not all(map(math.isfinite, found)):
        raise ValueError(f"{count} finite numbers are needed")
    return found
