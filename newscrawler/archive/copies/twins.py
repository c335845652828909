"""Finding articles that share text: exact by content hash, near by MinHash bands and then by exact comparison."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from newscrawler.archive.copies.candidates import candidates
from newscrawler.archive.copies.limits import Limits
from newscrawler.archive.copies.precedence import COLUMNS, days_between, standing_of
from newscrawler.article import Related
from newscrawler.text.figures import figures_of, is_other_instalment
from newscrawler.text.fingerprint import Signature, jaccard, pairs
from newscrawler.text.normalise import fold

_REMEMBERED: Final = 512
"""Texts whose pairs are kept: what was compared last is what the next article of a story or a series resembles."""

_TEXTS: Final = f"""
SELECT a.text, a.original_id, {COLUMNS}
FROM articles AS a JOIN sites AS s ON s.id = a.site WHERE a.id IN (SELECT value FROM json_each(?))
"""  # noqa: S608 (a constant)


@dataclass(frozen=True, slots=True)
class Probe:
    """The text that others are compared with."""

    text: str
    """As stored."""
    signature: Signature
    """Of that text."""
    day: str
    """The calendar day of its appearance, as in `Standing`."""
    article_id: int | None
    """Its row of `articles`, which is passed over. None: it isn't archived yet."""


def same_text(conn: sqlite3.Connection, content_hash: str, *, not_url: str) -> int | None:
    """The first archived article with this text at another address. None: there is none."""
    row = conn.execute(
        "SELECT id FROM articles WHERE content_hash = ? AND url <> ? ORDER BY id LIMIT 1",
        (content_hash, not_url),
    ).fetchone()
    return row["id"] if row else None


def alike(conn: sqlite3.Connection, probe: Probe, *, limits: Limits) -> tuple[Related, ...]:
    """Archived articles that share `related_min` of their text or more with it, the most similar first.

    The originals of what is found are compared, too: they decide which cluster an article belongs to.
    """
    likely = candidates(conn, probe.signature, similarity_min=limits.related_min, besides=probe.article_id)
    rows = conn.execute(_TEXTS, [json.dumps(likely)]).fetchall() if likely else []
    roots = {row["original_id"] for row in rows}.difference(likely, (None, probe.article_id))
    if roots:
        rows += conn.execute(_TEXTS, [json.dumps(sorted(roots))]).fetchall()
    compared = (_compared(probe, row, limits) for row in rows)
    found = [each for each in compared if each.similarity >= limits.related_min]
    return tuple(sorted(found, key=lambda each: (-each.similarity, each.article_id)))


def similarity_to(conn: sqlite3.Connection, article_id: int, text: str) -> float:
    """Exact similarity of a text to an archived article, 0 to 1."""
    row = conn.execute("SELECT text FROM articles WHERE id = ?", [article_id]).fetchone()
    return jaccard(_pairs(text), _pairs(row["text"]))


def _compared(probe: Probe, row: sqlite3.Row, limits: Limits) -> Related:
    similarity = jaccard(_pairs(probe.text), _pairs(row["text"]))
    near = similarity >= limits.duplicate_min and not _is_other_instalment(probe, row)
    return Related(row["id"], similarity, near)


def _is_other_instalment(probe: Probe, row: sqlite3.Row) -> bool:
    mine, theirs = (figures_of(fold(text)) for text in (probe.text, row["text"]))
    return is_other_instalment(mine, theirs, days_apart=abs(days_between(probe.day, standing_of(row).day)))


@lru_cache(maxsize=_REMEMBERED)
def _pairs(text: str) -> frozenset[str]:
    return pairs(fold(text))
