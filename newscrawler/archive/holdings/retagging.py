"""Which archived articles were tagged by other rules or lists than today's, and what tagging them anew changes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from newscrawler.archive.holdings import articles
from newscrawler.text.names import PageMention
from newscrawler.text.tags import Tag

_STALE = """FROM articles WHERE tagged_with IS NOT :version
    AND (:sites = '[]' OR site IN (SELECT value FROM json_each(:sites)))
    AND (:since IS NULL OR coalesce(published_at, first_seen_at) >= :since)"""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which articles to tag anew."""

    version: str
    """`Tagger.version` of today; articles that were tagged with it are done."""
    sites: Sequence[str] = ()
    """Only of these. Empty: of all."""
    since: str | None = None
    """Only those published then or later, or first seen if they have no date; `YYYY-MM-DD`. None: all."""

    def values(self) -> dict[str, object]:
        """For the SQL of this module."""
        return {"version": self.version, "sites": json.dumps(list(self.sites)), "since": self.since}


@dataclass(frozen=True, slots=True)
class Untagged:
    """An article as the tagger reads it."""

    id: int
    """Row of `articles`."""
    title: str
    """Headline."""
    standfirst: str | None
    """None: it has none."""
    text: str
    """The body."""
    section: str | None
    """None: the page showed none."""
    keywords: tuple[str, ...]
    """The page's own tags."""
    mentions: tuple[PageMention, ...]
    """What the page's data says it is about."""


def count_stale(conn: sqlite3.Connection, choice: Choice) -> int:
    """How many articles are to be tagged anew."""
    count: int = conn.execute(f"SELECT count(*) {_STALE}", choice.values()).fetchone()[0]
    return count


def stale(conn: sqlite3.Connection, choice: Choice, *, after: int, limit: int) -> list[Untagged]:
    """The next articles to be tagged anew, by id."""
    rows = conn.execute(
        f"""SELECT id, title, standfirst, text, section, keywords, mentions {_STALE}
            AND id > :after ORDER BY id LIMIT :limit""",
        choice.values() | {"after": after, "limit": limit},
    )
    return [_untagged(row) for row in rows]


def compare(
    conn: sqlite3.Connection, article_id: int, tags: Sequence[Tag]
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Kind and name of the tags that would come to an article, and of those that would go."""
    rows = conn.execute(
        "SELECT kind, name FROM article_tags JOIN tags ON tags.id = tag_id WHERE article_id = ?", [article_id]
    )
    before: set[tuple[str, str]] = {(row["kind"], row["name"]) for row in rows}
    after: set[tuple[str, str]] = {(tag.kind, tag.name) for tag in tags}
    return after - before, before - after


def retag(conn: sqlite3.Connection, article_id: int, tags: Sequence[Tag], *, version: str) -> None:
    """Set an article's tags, and note with what they were found."""
    articles.tag(conn, article_id, tags)
    conn.execute("UPDATE articles SET tagged_with = ? WHERE id = ?", (version, article_id))


def _untagged(row: sqlite3.Row) -> Untagged:
    mentions = tuple(PageMention(entry["name"], entry["kind"]) for entry in json.loads(row["mentions"]))
    return Untagged(
        id=row["id"],
        title=row["title"],
        standfirst=row["standfirst"],
        text=row["text"],
        section=row["section"],
        keywords=tuple(json.loads(row["keywords"])),
        mentions=mentions,
    )
