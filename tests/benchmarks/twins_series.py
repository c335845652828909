"""Series: their instalments are no copies of each other, cost little, and hide nobody's copy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from newscrawler.text.fingerprint import jaccard, pairs
from newscrawler.text.normalise import fold
from tests.benchmarks.twins_archive import Press, a_press, printed
from tests.support.rewrites import KINDS, Story
from tests.support.series import SERIES, Instalment, day_of

COPIED_AS = (
    "boilerplate added",
    "5 % synonyms",
    "10 % synonyms",
    "own lead",
    "paragraph put in",
    "sentences reordered",
)
"""How others reprint an instalment."""

OTHER = Story(
    "عنوان", ("وقد أُلحقت بهذا النص جملة من نص آخر لا صلة له بموضوعه، كتبت لغرض القياس وحده ولا خبر فيها لأحد.",)
)


def measure(folder: Path, *, instalments: int) -> dict[str, Any]:
    """For each series: cost, clusters, relations; and reprints of a hundred of its instalments."""
    results = {}
    for name, make in SERIES.items():
        with a_press(folder / f"{name}.db") as press:
            results[name] = _one(press, make, instalments)
            print(f"series {name:15}", results[name], flush=True)
    return results


def _one(press: Press, make: Callable[[int], Instalment], instalments: int) -> dict[str, Any]:
    last = max(1, instalments // 10)
    keys = []
    for number in range(instalments):
        article = printed(Story(*make(number)), number, day_of(number))
        if number == instalments - last:
            press.forget_times()
        keys.append(press.put(article))
    cost = press.milliseconds()
    conn = press.archive.conn
    members = conn.execute("SELECT count(*) FROM articles WHERE original_id IS NOT NULL").fetchone()[0]
    largest = conn.execute(
        "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM articles WHERE original_id > 0 GROUP BY "
        "original_id)"
    ).fetchone()[0]
    related = conn.execute("SELECT count(*) FROM related").fetchone()[0]
    return {
        "ms": cost,
        "filed_as_near_copies": members,
        "largest_cluster": largest + 1,
        "related_per_article": round(related / instalments, 1),
        **_reprinted(press, make, keys),
    }


def _reprinted(press: Press, make: Callable[[int], Instalment], keys: list[int | None]) -> dict[str, Any]:
    chance = Random(8)
    copies = right = wrong = 0
    for kind in COPIED_AS:
        for number in chance.sample(range(len(keys)), min(17, len(keys))):
            source = Story(*make(number))
            rewritten = KINDS[kind](chance, source, OTHER)
            if jaccard(pairs(fold(source.text)), pairs(fold(rewritten.text))) < 0.6:
                continue
            placed = press.decide(printed(rewritten, 9_000_000, day_of(number) + timedelta(hours=3), site="two"))
            key = keys[number]
            assert key is not None
            root = press.root_of(key)
            copies += 1
            found = placed.original_id if placed else root
            right += found == root
            wrong += found not in (root, None)
    return {"reprints": copies, "filed_rightly": right, "filed_wrongly": wrong}
