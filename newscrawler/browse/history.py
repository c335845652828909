"""What happened to an article after it was archived: its edits, its absences, and pages that show less, in words."""

from __future__ import annotations

from typing import Any, Final

from newscrawler.browse.dates import moment
from newscrawler.browse.rows import Row, fetch, fetch_one
from newscrawler.browse.words import named

_REVISIONS_SQL: Final = """
SELECT id, seen_at, replaced_at, kind, words_changed, title, content_hash, capture_id
FROM revisions WHERE article_id = :id ORDER BY id DESC LIMIT 100
"""

_WITHDRAWALS_SQL: Final = """
SELECT id, withdrawn_at, reason, detail, capture_id, returned_at
FROM withdrawals WHERE article_id = :id ORDER BY id DESC LIMIT 100
"""


_SHORTENED_SQL: Final = """
SELECT ended_at FROM frontier WHERE article_id = :id AND outcome = 'Shortened' ORDER BY ended_at DESC LIMIT 1
"""


async def read_shortened(database: Any, article: Row) -> Any:
    """When the page was last seen to show only a part of the text, a Moment. None: at the last visit it showed all."""
    row = await fetch_one(database, _SHORTENED_SQL, {"id": article["id"]})
    return _when(row["ended_at"], article) if row else None


async def read_revisions(database: Any, article: Row) -> list[Row]:
    """Older states of an article, newest first, with `seen` and `replaced` as Moments and the kind in words."""
    rows = (await fetch(database, _REVISIONS_SQL, {"id": article["id"]})).rows
    return [
        row
        | {
            "seen": _when(row["seen_at"], article),
            "replaced": _when(row["replaced_at"], article),
            "what": named("edit", row["kind"]),
        }
        for row in rows
    ]


async def read_withdrawals(database: Any, article: Row) -> list[Row]:
    """Its absences, newest first, with `gone` and `back` as Moments and the reason in words."""
    rows = (await fetch(database, _WITHDRAWALS_SQL, {"id": article["id"]})).rows
    return [
        row
        | {
            "gone": _when(row["withdrawn_at"], article),
            "back": _when(row["returned_at"], article),
            "why": named("withdrawal", row["reason"]),
        }
        for row in rows
    ]


def _when(at: str | None, article: Row) -> Any:
    return moment(at, zone=article["timezone"], country=article["country"])
