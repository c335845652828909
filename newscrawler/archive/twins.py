"""Finding articles that share text: exact by content hash, near by MinHash bands and then by exact comparison."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from newscrawler.text.fingerprint import ALGORITHM, Signature, bands, jaccard, pairs
from newscrawler.text.normalise import fold

BUCKET_MAX: Final = 50
"""Articles read per band. A band of a template (weather, prices) holds thousands; the newest are enough."""

CANDIDATES_MAX: Final = 20
"""Candidates looked at, those with the most bands in common first."""

ESTIMATE_SLACK: Final = 0.13
"""How far below the threshold an estimate from two signatures may be and the texts are still compared exactly:
three standard deviations of a MinHash of 128 at a similarity of .35. Reading and comparing the texts of all
candidates took half of the crawl's own time."""


@dataclass(frozen=True, slots=True)
class Twin:
    """An archived article that shares text."""

    article_id: int
    """Row of `articles`."""
    root_id: int
    """The original of its cluster; itself if it is one."""
    similarity: float
    """Exact Jaccard similarity of the folded word pairs, 0 to 1."""


def same_text(conn: sqlite3.Connection, content_hash: str, *, not_url: str) -> int | None:
    """The first archived article with this text at another address. None: there is none."""
    row = conn.execute(
        "SELECT id FROM articles WHERE content_hash = ? AND url <> ? ORDER BY id LIMIT 1",
        (content_hash, not_url),
    ).fetchone()
    return row["id"] if row else None


def near(
    conn: sqlite3.Connection, signature: Signature, text: str, *, not_url: str, similarity_min: float
) -> list[Twin]:
    """Archived articles at least this similar to a text, most similar first."""
    likely = _likely(conn, signature, similarity_min - ESTIMATE_SLACK)
    if not likely:
        return []
    mine = pairs(fold(text))
    twins: dict[int, Twin] = {}
    for row in _articles(conn, likely):
        if row["url"] == not_url:
            continue
        similarity = jaccard(mine, pairs(fold(row["text"])))
        if similarity >= similarity_min:
            twins[row["id"]] = Twin(row["id"], row["original_id"] or row["id"], similarity)
    return sorted(twins.values(), key=lambda twin: (-twin.similarity, twin.article_id))


def original_among(
    conn: sqlite3.Connection, found: list[Twin], text: str, *, similarity_min: float, known: int | None
) -> int | None:
    """The root of the nearest cluster, if the text is like the root itself: templates must not chain.

    `known` is the article's own id if it is archived already. One that others are near copies of stays an
    original, whatever it is edited into. None: it is no near copy.
    """
    if known is not None and _has_near_copies(conn, known):
        return None
    for twin in found:
        if twin.similarity < similarity_min or twin.root_id == known or (known and known < twin.root_id):
            continue
        if twin.root_id == twin.article_id or similarity_to(conn, twin.root_id, text) >= similarity_min:
            return twin.root_id
    return None


def similarity_to(conn: sqlite3.Connection, article_id: int, text: str) -> float:
    """Exact similarity of a text to an archived article, 0 to 1."""
    row = conn.execute("SELECT text FROM articles WHERE id = ?", [article_id]).fetchone()
    return jaccard(pairs(fold(text)), pairs(fold(row["text"])))


def _has_near_copies(conn: sqlite3.Connection, article_id: int) -> bool:
    query = "SELECT EXISTS (SELECT 1 FROM articles WHERE original_id = ?)"
    return bool(conn.execute(query, [article_id]).fetchone()[0])


def _candidates(conn: sqlite3.Connection, keys: Iterable[int]) -> list[int]:
    shared: Counter[int] = Counter()
    for key in keys:
        rows = conn.execute(
            "SELECT article_id FROM bands WHERE key = ? ORDER BY article_id DESC LIMIT ?", (key, BUCKET_MAX)
        )
        shared.update(row[0] for row in rows)
    return [article_id for article_id, _ in shared.most_common(CANDIDATES_MAX)]


def _likely(conn: sqlite3.Connection, signature: Signature, estimate_min: float) -> list[int]:
    found = _candidates(conn, bands(signature))
    marks = ",".join("?" * len(found))
    rows = conn.execute(
        f"SELECT article_id, signature FROM signatures WHERE algorithm = ? AND article_id IN ({marks})",  # noqa: S608
        [ALGORITHM, *found],
    )
    return [
        article_id for article_id, stored in rows if signature.similarity(Signature.from_bytes(stored)) >= estimate_min
    ]


def _articles(conn: sqlite3.Connection, ids: list[int]) -> list[sqlite3.Row]:
    marks = ",".join("?" * len(ids))
    return conn.execute(f"SELECT id, url, text, original_id FROM articles WHERE id IN ({marks})", ids).fetchall()  # noqa: S608
