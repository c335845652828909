"""Precision and recall of the search on real articles: `python -m tests.quality.search`, with NEWS_CORPUS.

Beside it the same for plain Datasette: FTS5's unicode61 over the articles as they are, asked by Datasette's own
`escape_fts`.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sqlite3
import statistics
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from datasette.utils import escape_fts

from newscrawler.text.normalise import fold, words
from newscrawler.text.search import match_query, search_text

QUERIES: Final = Path(__file__).with_name("search_queries.toml")
"""The queries, and which words answer them; says at its top how to read it."""

ARTICLES: Final = "ant-half.jsonl.gz"
"""The collection below NEWS_CORPUS: 5,060 articles of a broadcaster."""

_BEFORE: Final = "[وف]?(?:[بك]?ال|لل|[بلكس])?"
_HIS: Final = "ه|ها|هم|هن|هما|نا|ك|كم"
_FEMININE: Final = f"ت(?:ان|ين|ا|ي|(?:ا|ي)?(?:{_HIS}))|ات(?:{_HIS})?"
_PATTERNS: Final = {
    "M": f"{{}}(?:ا|ان|ين|(?:{_HIS})|[اي](?:ه|ها|هم|هن|هما|نا))?",
    "F": f"{{}}(?:ة|ه|{_FEMININE})",
    "G": f"{{}}(?:ة|{_FEMININE})",
    "B": f"{{}}ا?(?:{_HIS})?",
    "S": f"{{}}(?:ون|ين|و|ي)(?:{_HIS})?",
    "A": "{}(?:ة|ه|ا|ان|ين|ون|ي|و|ات|تان|تين|تا|تي)?",
    "N": "{}",
}


@dataclass(frozen=True, slots=True)
class Document:
    """An article."""

    title: str
    """Its headline."""
    text: str
    """Its body."""

    def parts(self) -> list[list[str]]:
        """The words of both, folded, but with ة and ى."""
        return [_words(self.title), _words(self.text)]


@dataclass(frozen=True, slots=True)
class Score:
    """What a search did with one query."""

    typed: str
    """What was searched."""
    right: int
    """Articles that answer the query."""
    found: int
    """Articles the search gave, without those that aren't counted."""
    hits: int
    """Those that are both."""

    @property
    def precision(self) -> float:
        """Share of the found that are right. Nothing found where there is nothing: 1."""
        return self.hits / self.found if self.found else float(not self.right)

    @property
    def recall(self) -> float:
        """Share of the right that are found. Where there are none: 1."""
        return self.hits / self.right if self.right else 1.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class Collection:
    """Articles, and for every word the articles it is in."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = list(documents)
        self._parts = [document.parts() for document in self.documents]
        self._where: dict[str, set[int]] = defaultdict(set)
        for number, parts in enumerate(self._parts):
            for part in parts:
                for word in part:
                    self._where[word].add(number)

    def answers(self, query: dict[str, Any]) -> tuple[set[int], set[int]]:
        """Numbers of the articles that answer a query, and of those that aren't counted."""
        either = self._forms(query.get("either", ""))
        lines = [self._forms(line) for line in query["words"]]
        strict = self._holding([line - either for line in lines], phrase=query.get("phrase", False))
        loose = self._holding([line | either for line in lines], phrase=query.get("phrase", False))
        unwanted = self._with(self._forms(query.get("without", "")))
        return strict - unwanted, loose - strict - unwanted

    def _forms(self, line: str) -> frozenset[str]:
        pattern = _pattern(line)
        return frozenset(word for word in self._where if pattern.fullmatch(word)) if line else frozenset()

    def _with(self, forms: Iterable[str]) -> set[int]:
        return set().union(*(self._where[form] for form in forms))

    def _holding(self, lines: list[frozenset[str]], *, phrase: bool) -> set[int]:
        found = set.intersection(*(self._with(line) for line in lines))
        return {number for number in found if self._side_by_side(number, lines)} if phrase else found

    def _side_by_side(self, number: int, lines: list[frozenset[str]]) -> bool:
        return any(
            all(word in line for word, line in zip(part[at:], lines, strict=False))
            for part in self._parts[number]
            for at in range(len(part) - len(lines) + 1)
        )


def queries(split: str) -> list[dict[str, Any]]:
    """The queries of "dev", "test" or "drawn"."""
    every: list[dict[str, Any]] = tomllib.loads(QUERIES.read_text(encoding="utf-8"))["query"]
    return [query for query in every if query["split"] == split]


def corpus() -> Collection | None:
    """The real articles. None: NEWS_CORPUS names no folder that has them."""
    folder = os.environ.get("NEWS_CORPUS")
    path = Path(folder or ".") / ARTICLES
    if not folder or not path.exists():
        return None
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return Collection(Document(row["title"], row["text"]) for row in rows)


def ours(collection: Collection, split: str) -> list[Score]:
    """How this project's search answers."""
    return _scores(collection, split, lambda document: search_text(document.title, document.text), match_query)


def plain(collection: Collection, split: str) -> list[Score]:
    """How plain Datasette does."""
    return _scores(collection, split, lambda document: f"{document.title}\n{document.text}", escape_fts)


def mean(scores: Iterable[Score]) -> tuple[float, float, float]:
    """Precision, recall and F1, each query counting alike."""
    rows = [(score.precision, score.recall, score.f1) for score in scores]
    precision, recall, f1 = (statistics.mean(column) for column in zip(*rows, strict=True))
    return precision, recall, f1


def _scores(
    collection: Collection, split: str, indexed: Callable[[Document], str], asked: Callable[[str], str]
) -> list[Score]:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE fts USING fts5 (text, tokenize = 'unicode61')")
    rows = ((number, indexed(document)) for number, document in enumerate(collection.documents))
    db.executemany("INSERT INTO fts (rowid, text) VALUES (?, ?)", rows)
    scores = []
    for query in queries(split):
        right, uncounted = collection.answers(query)
        found = {row for (row,) in db.execute("SELECT rowid FROM fts WHERE fts MATCH ?", [asked(query["typed"])])}
        found -= uncounted
        scores.append(Score(query["typed"], len(right), len(found), len(found & right)))
    db.close()
    return scores


@cache
def _pattern(line: str) -> re.Pattern[str]:
    forms = (_PATTERNS[kind].format(x) for kind, _, x in (spec.partition(":") for spec in line.split()))
    return re.compile(f"{_BEFORE}(?:{'|'.join(f'(?:{form})' for form in forms)})")


def _words(text: str) -> list[str]:
    """Folded words that keep ة and ى: two letters of another script stand for them while fold() works."""
    kept = fold(text.replace("ة", "þ").replace("ى", "ð"))
    return [word.replace("þ", "ة").replace("ð", "ى") for word in words(kept)]


def main() -> int:
    """Print every query with both searches, and the means."""
    collection = corpus()
    if collection is None:
        sys.stderr.write(f"NEWS_CORPUS names no folder with {ARTICLES}\n")
        return 1
    for split in ("dev", "test", "drawn"):
        both = list(zip(ours(collection, split), plain(collection, split), strict=True))
        print(f"{split:30} right   found     P     R    F1 | plain    P     R    F1")
        for score, bare in both:
            figures = f"{score.precision:6.3f}{score.recall:6.3f}{score.f1:6.3f}"
            beside = f"{bare.precision:6.3f}{bare.recall:6.3f}{bare.f1:6.3f}"
            print(f"{score.typed:30} {score.right:5} {score.found:7} {figures} | {bare.found:5}{beside}")
        for name, column in (("this search", 0), ("plain Datasette", 1)):
            precision, recall, f1 = mean(pair[column] for pair in both)
            print(f"{split}, {len(both)} queries, {name}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
