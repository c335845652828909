"""One older state of an article beside the state that followed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from newscrawler.browse.dates import Moment, moment
from newscrawler.browse.rows import Row, fetch_one
from newscrawler.browse.words import named
from newscrawler.text.diff import Paragraph, compare

_ARTICLE_SQL: Final = """
SELECT a.id, a.title, a.standfirst, a.text, a.changed_at AS seen_at, s.timezone, s.country, s.name AS site_name
FROM articles a LEFT JOIN sites s ON s.id = a.site WHERE a.id = :id
"""

_REVISION_SQL: Final = "SELECT * FROM revisions WHERE article_id = :id AND id = :revision"

_NEXT_SQL: Final = "SELECT * FROM revisions WHERE article_id = :id AND id > :revision ORDER BY id LIMIT 1"


@dataclass(frozen=True, slots=True)
class RevisionPage:
    """What changed from one state to the next."""

    article: Row
    """The article as it stands now."""
    seen: Moment | None
    """When the older state was first seen."""
    followed: Moment | None
    """When the state that followed was first seen."""
    what: str
    """The kind of edit, in words; empty where it was not judged."""
    words_changed: int | None
    """Words that went plus words that came. None: not counted."""
    latest: bool
    """Whether the state that followed is the one in the archive now."""
    title: list[Paragraph]
    """The two headlines compared."""
    standfirst: list[Paragraph]
    """The two standfirsts compared; empty if neither state has one."""
    text: list[Paragraph]
    """The two bodies compared."""


async def read_revision(database: Any, article_id: int, revision_id: int) -> RevisionPage | None:
    """The comparison of that revision with its successor; None: no such article or revision."""
    key = {"id": article_id, "revision": revision_id}
    article = await fetch_one(database, _ARTICLE_SQL, key)
    old = await fetch_one(database, _REVISION_SQL, key)
    if article is None or old is None:
        return None
    following = await fetch_one(database, _NEXT_SQL, key)
    new = following or article
    standfirsts = (old["standfirst"] or "", new["standfirst"] or "")

    def when(row: Row) -> Moment | None:
        return moment(row["seen_at"], zone=article["timezone"], country=article["country"])

    return RevisionPage(
        article=article,
        seen=when(old),
        followed=when(new),
        what=named("edit", old.get("kind")),
        words_changed=old.get("words_changed"),
        latest=following is None,
        title=compare(old["title"], new["title"]),
        standfirst=compare(*standfirsts) if any(standfirsts) else [],
        text=compare(old["text"], new["text"]),
    )
