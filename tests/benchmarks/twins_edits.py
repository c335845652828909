"""What becomes of rewritten articles, and of a whole corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from newscrawler.archive.copies.candidates import candidates
from newscrawler.archive.copies.limits import DEFAULT_LIMITS
from newscrawler.text.fingerprint import jaccard, pairs
from newscrawler.text.normalise import fold
from tests.benchmarks.twins_archive import Press, a_press, printed
from tests.support.rewrites import KINDS, Story

_LARGE = "SELECT original_id FROM articles WHERE original_id > 0 GROUP BY original_id HAVING count(*) > 4"

DETECTED_MIN = 0.4
"""Similarity from which a rewritten article should be found."""


@dataclass
class Tally:
    """What became of the articles rewritten in one way."""

    similarities: list[float] = field(default_factory=list)
    """Of each to what it was made of."""
    became: Counter[str] = field(default_factory=Counter)
    """What they were taken for: copy, near, related, nothing."""
    should: Counter[str] = field(default_factory=Counter)
    """What they are by their similarity."""
    right: Counter[str] = field(default_factory=Counter)
    """Of those taken for it, how many are, and of the right article."""
    candidates: int = 0
    """Of those that are .4 similar or more: how often what they were made of was a candidate."""
    detectable: int = 0
    """How many are .4 similar or more."""
    reported: int = 0
    """Articles reported as .4 similar or more."""
    reported_right: int = 0
    """Of these: what it was made of, or a text that shares as much with that."""

    def add(self, other: Tally) -> None:
        """Sum up."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    def figures(self) -> dict[str, Any]:
        """Precision and recall."""
        share = lambda part, whole: round(part / whole, 4) if whole else None  # noqa: E731
        kinds = {
            kind: {
                "are": self.should[kind],
                "taken": self.became[kind],
                "precision": share(self.right[kind], self.became[kind]),
                "recall": share(self.right[kind], self.should[kind]),
            }
            for kind in ("copy", "near", "related")
        }
        return {
            "number": len(self.similarities),
            "similarity": round(median(self.similarities), 3),
            **kinds,
            "candidate_recall": share(self.candidates, self.detectable),
            "from_.4_precision": share(self.reported_right, self.reported),
            "from_.4_recall": share(self.candidates_found(), self.detectable),
            "of_all_rewritten": share(self.detectable, len(self.similarities)),
        }

    def candidates_found(self) -> int:
        """How many of the detectable ones were reported."""
        return self.right["detected"]


def measure(texts: Sequence[tuple[Story, datetime]], folder: Path, *, edited: int) -> tuple[Any, Any]:
    """The corpus through the doors, and rewritten articles against it."""
    with a_press(folder / "corpus.db") as press:
        keys = [press.put(printed(story, number, at)) for number, (story, at) in enumerate(texts)]
        corpus = _clusters(press)
        print("corpus:", corpus, flush=True)
        chance = Random(4)
        archived = [place for place, key in enumerate(keys) if key is not None]
        chosen = chance.sample(archived, min(edited, len(archived)))
        every, by_kind = Tally(), {}
        for kind in KINDS:
            tally = Tally()
            for place in chosen:
                other = texts[chance.choice(archived)][0]
                _rewrite(press, tally, kind, chance, texts[place], other, keys[place] or 0)
            by_kind[kind] = tally.figures()
            every.add(tally)
            print(f"  {kind:20}", _short(by_kind[kind]), flush=True)
        by_kind["all"] = every.figures()
        print(f"  {'all':20}", by_kind["all"], flush=True)
    return corpus, by_kind


def _rewrite(  # noqa: PLR0917 (a step of the loop above)
    press: Press, tally: Tally, kind: str, chance: Random, source: tuple[Story, datetime], other: Story, key: int
) -> None:
    story, at = source
    rewritten = KINDS[kind](chance, story, other)
    article = printed(rewritten, 9_000_000, at + timedelta(hours=chance.randint(1, 30)), site="two")
    mine, theirs = pairs(fold(story.text)), pairs(fold(rewritten.text))
    similarity = jaccard(mine, theirs)
    same = article.content_hash == printed(story, 0, at).content_hash
    should = "copy" if same else _by_similarity(similarity)
    placed = press.decide(article)
    root = press.root_of(key)
    alike = {each.article_id: each for each in (placed.alike or ())} if placed else {}
    if placed is None:
        became, right = "copy", same
    elif placed.original_id is not None:
        became, right = "near", placed.original_id in (root, key)
    else:
        became, right = ("related", key in alike) if alike else ("nothing", True)
    tally.similarities.append(similarity)
    tally.became[became] += 1
    tally.should[should] += 1
    tally.right[became] += right and became == should
    if similarity < DETECTED_MIN:
        return
    tally.detectable += 1
    assert article.signature is not None
    near = candidates(press.archive.conn, article.signature, similarity_min=DEFAULT_LIMITS.related_min, besides=None)
    tally.candidates += key in near
    tally.right["detected"] += placed is None or key in alike
    reported = [each for each in alike.values() if each.similarity >= DETECTED_MIN]
    tally.reported += len(reported) + (placed is None)
    tally.reported_right += (placed is None) + sum(_akin(press, each.article_id, story) for each in reported)


def _by_similarity(similarity: float) -> str:
    if similarity >= DEFAULT_LIMITS.duplicate_min:
        return "near"
    return "related" if similarity >= DEFAULT_LIMITS.related_min else "nothing"


def _akin(press: Press, key: int, story: Story) -> bool:
    row = press.archive.conn.execute("SELECT text FROM articles WHERE id = ?", [key]).fetchone()
    return jaccard(pairs(fold(row["text"])), pairs(fold(story.text))) >= DEFAULT_LIMITS.related_min


def _clusters(press: Press) -> dict[str, Any]:
    conn = press.archive.conn
    sizes = Counter(
        row[0] for row in conn.execute("SELECT 1 + count(*) FROM articles WHERE original_id > 0 GROUP BY original_id")
    )
    members = conn.execute(
        """SELECT a.text, o.text, o.original_id FROM articles AS a JOIN articles AS o ON o.id = a.original_id"""
    ).fetchall()
    chained = sum(
        original is not None or jaccard(pairs(fold(one)), pairs(fold(other))) < DEFAULT_LIMITS.duplicate_min
        for one, other, original in members
    )
    return {
        "copies": press.copies,
        "near_copies": len(members),
        "related_pairs": conn.execute("SELECT count(*) FROM related").fetchone()[0],
        "clusters_by_size": dict(sorted(sizes.items())),
        "larger_than_five": [_titles(press, root) for (root,) in conn.execute(_LARGE).fetchall()],
        "chained": chained,
    }


def _titles(press: Press, root: int) -> list[str]:
    rows = press.archive.conn.execute("SELECT title FROM articles WHERE ? IN (id, original_id) ORDER BY id", [root])
    return [row["title"] for row in rows]


def _short(figures: dict[str, Any]) -> str:
    kinds = "  ".join(
        f"{kind} {figures[kind]['are']}: P {figures[kind]['precision']} R {figures[kind]['recall']}"
        for kind in ("copy", "near", "related")
        if figures[kind]["are"] or figures[kind]["taken"]
    )
    return f"similarity {figures['similarity']}  {kinds}  candidates {figures['candidate_recall']}"
