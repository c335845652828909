"""Look-up and insert at several sizes of the archive, and what the tables weigh."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.benchmarks.prose import perturbed
from tests.benchmarks.twins_archive import Press, a_press, printed
from tests.support.rewrites import Story

WINDOW = 500
"""Articles that are timed, before and at each size."""

_TABLES = ("articles", "signatures", "bands", "related")


def measure(sources: Sequence[Story], folder: Path, sizes: Sequence[int]) -> dict[str, Any]:
    """Milliseconds at each size, and bytes for each article at the largest."""
    results: dict[str, Any] = {}
    start = datetime(2024, 1, 1, tzinfo=UTC)
    with a_press(folder / "speed.db") as press:
        for number, story in enumerate(perturbed(sources, max(sizes)), 1):
            article = printed(story, number, start + timedelta(minutes=number))
            if number + WINDOW in sizes:
                press.forget_times()
            press.put(article)
            if number in sizes:
                results[str(number)] = press.milliseconds()
                print(f"ms for an article at {number}:", results[str(number)], flush=True)
        results["bytes_per_article"] = _weights(press, max(sizes))
        print("bytes for each article:", results["bytes_per_article"], flush=True)
    return results


def _weights(press: Press, number: int) -> dict[str, float]:
    conn = press.archive.conn
    sizes = {
        table: conn.execute("SELECT sum(pgsize) FROM dbstat WHERE name = ?", [table]).fetchone()[0] for table in _TABLES
    }
    indexes = conn.execute(
        "SELECT sum(pgsize) FROM dbstat WHERE name IN ('articles_content_hash', 'articles_original', 'related_other')"
    ).fetchone()[0]
    return {name: round((size or 0) / number, 1) for name, size in {**sizes, "indexes": indexes}.items()}
