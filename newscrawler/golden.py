"""Golden folders: a page as served, where it came from, and what a careful editor would archive of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from newscrawler.article import Article
from newscrawler.extract import extract
from newscrawler.outcome import Outcome
from newscrawler.page import Page
from newscrawler.site import Site


def save_golden(folder: Path, page: Page, site: Site) -> Mapping[str, Any]:
    """Write `page.html`, `context.json` and a draft of `expected.json`; returns the draft.

    The draft is what the extractor reads today: a person corrects it, and the page is a test from then on.
    Raises FileExistsError rather than overwrite what somebody has corrected.
    """
    folder.mkdir(parents=True)
    draft = draft_of(page, site)
    (folder / "page.html").write_bytes(page.body)
    _write(folder / "context.json", context_of(page, site))
    _write(folder / "expected.json", draft)
    return draft


def context_of(page: Page, site: Site) -> dict[str, Any]:
    """What the extractor was told beside the bytes."""
    context = {
        "url": page.url,
        "fetched_at": page.fetched_at.astimezone(UTC).isoformat(timespec="seconds"),
        "content_type": page.content_type,
        "site": site.model_dump(mode="json", include={"id", "home", "timezone"} | site.model_fields_set - _NOT_READ),
    }
    if page.requested_url != page.url:
        context["requested_url"] = page.requested_url
    return context


def draft_of(page: Page, site: Site) -> dict[str, Any]:
    """What the extractor reads of the page, in the form of `expected.json`; times in the newsroom's zone."""
    try:
        article = extract(page, site)
    except Outcome as outcome:
        return {"outcome": outcome.name}
    if article.language is not None and not article.language.is_arabic:
        return {"outcome": "NotArabic"}
    return _expected(article, ZoneInfo(site.timezone))


_NOT_READ = frozenset({"source", "articles", "expect", "delay_s", "concurrency", "checked", "evidence", "status_note"})
"""Keys of a seed file that say how to crawl, not how to read."""


def _expected(article: Article, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "title": article.title,
        "section": article.section,
        "subtitle": article.standfirst,
        "authors": list(article.authors),
        "agency": article.agency,
        "published_at": _local(article.published_at, zone),
        "modified_at": _local(article.modified_at, zone),
        "image_url": article.image_url,
        "keywords": list(article.keywords),
        "paragraphs": list(article.paragraphs),
        "traps": [],
    }


def _local(at: datetime | None, zone: ZoneInfo) -> str | None:
    return at.astimezone(zone).isoformat() if at else None


def _write(path: Path, value: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
