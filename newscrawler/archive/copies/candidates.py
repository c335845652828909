"""Which archived articles may share text with another one: those with a MinHash band in common, the likeliest first.

A series (weather, prices, timetables) fills some bands with thousands of articles. Such a crowded band says little,
so it is read to `BUCKET_MAX` and counts the less the fuller it is. What a text shares with its copy and not with the
whole series, above all its figures, lies in other bands with hardly anybody in them: they decide who is looked at.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from functools import lru_cache
from typing import Final

from newscrawler.text.fingerprint import ALGORITHM, Signature, bands

BUCKET_MAX: Final = 50
"""Articles read per band, the newest: copies come within days."""

CANDIDATES_MAX: Final = 200
"""Articles whose signatures are read. The larger the archive, the more share a band by chance, as those do that are
.4 similar and share one or two. With 50 and 200, 93 of 100 reprints among a thousand weather reports are filed under
their day, with 30 and 150 87, with 50 and 100 90; it takes 5.9, 4.8 and 4.8 ms CPU."""

COMPARED_MAX: Final = 20
"""Articles whose texts are read."""

ESTIMATE_SLACK: Final = 0.13
"""How far below the threshold an estimate from two signatures may be and the texts are still compared exactly:
three standard deviations of a MinHash of 128 at a similarity of .35. Reading and comparing the texts of all
candidates took half of the crawl's own time."""

_OF_A_BAND: Final = (
    f"SELECT * FROM (SELECT key, article_id FROM bands WHERE key = ? ORDER BY article_id DESC LIMIT {BUCKET_MAX})"  # noqa: S608
)

_SIGNATURES: Final = """
SELECT article_id, signature FROM signatures
WHERE algorithm = ? AND article_id IN (SELECT value FROM json_each(?))
"""


def candidates(
    conn: sqlite3.Connection, signature: Signature, *, similarity_min: float, besides: int | None
) -> list[int]:
    """Articles that may be at least this similar, the likeliest first, at most `COMPARED_MAX`.

    `besides` is the article itself if it is archived. Signatures of another algorithm are passed over.
    """
    found = [article_id for article_id in _sharing(conn, signature) if article_id != besides][:CANDIDATES_MAX]
    if not found:
        return []
    estimates = {
        article_id: signature.similarity(Signature.from_bytes(stored))
        for article_id, stored in conn.execute(_SIGNATURES, (ALGORITHM, json.dumps(found)))
    }
    likely = [article_id for article_id in found if estimates.get(article_id, 0) >= similarity_min - ESTIMATE_SLACK]
    return sorted(likely, key=lambda article_id: -estimates[article_id])[:COMPARED_MAX]


def _sharing(conn: sqlite3.Connection, signature: Signature) -> list[int]:
    keys = bands(signature)
    if not keys:
        return []
    buckets: dict[int, list[int]] = defaultdict(list)
    for key, article_id in conn.execute(_of_bands(len(keys)), keys):
        buckets[key].append(article_id)
    weights: dict[int, float] = defaultdict(float)
    for bucket in buckets.values():
        for article_id in bucket:
            weights[article_id] += 1 / len(bucket)
    return sorted(weights, key=lambda article_id: -weights[article_id])


@lru_cache
def _of_bands(number: int) -> str:
    """One statement for all: half the time of as many."""
    return " UNION ALL ".join([_OF_A_BAND] * number)
