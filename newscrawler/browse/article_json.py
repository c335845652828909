"""An article's page as one JSON record, for programs."""

from __future__ import annotations

import json
from typing import Any, Final

from newscrawler.browse.article_page import ArticlePage
from newscrawler.browse.rows import Row, json_object

_LEFT_OUT: Final = frozenset({"search_text", "site_name_en", "timezone", "country", "home", "site_name"})
"""Columns that are the index's or the outlet's own; the outlet stands in `outlet`."""

_MADE_HERE: Final = frozenset({"published", "seen", "replaced", "what", "gone", "back", "why", "timezone", "country"})
"""What was added to neighbouring rows for printing."""


def article_record(page: ArticlePage) -> Row:
    """The stored columns with their JSON decoded, and under their own keys what the archive knows around them."""
    row = page.article
    record: dict[str, Any] = {name: value for name, value in row.items() if name not in _LEFT_OUT}
    return record | {
        "outlet": {
            "id": row["site"],
            "name": row["site_name"],
            "name_en": row["site_name_en"],
            "country": row["country"],
            "timezone": row["timezone"],
            "home": row["home"],
        },
        "authors": page.authors,
        "keywords": page.keywords,
        "mentions": _mentions(row.get("mentions")),
        "provenance": json_object(row["provenance"]),
        "paragraphs": page.paragraphs,
        "original": _plain(page.original) if page.original else None,
        "near_copies": [_plain(other) for other in page.near],
        "copies": [_plain(other) for other in page.copies],
        "related": [_plain(other) for other in page.related],
        "tags": page.tags,
        "revisions": [_plain(other) for other in page.revisions],
        "withdrawals": [_plain(other) for other in page.withdrawals],
        "capture": page.capture,
    }


def _mentions(stored: str | None) -> list[Row]:
    """What the page's own data names; empty in an archive that is older than the column."""
    try:
        found = json.loads(stored or "[]")
    except (ValueError, RecursionError):
        return []
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _plain(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in _MADE_HERE}
