"""The tags of the archive by kind: those of the newest articles, and all of a kind in alphabetical order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from newscrawler.browse.rows import Row, fetch

KINDS: Final = ("topic", "person", "organisation", "place", "keyword")
"""In the order in which they are shown: `tags.kind`."""

_NEWEST: Final = 2000
"""Articles whose tags stand on the overview."""

_SHOWN: Final = 25
"""Tags of each kind on the overview."""

_PAGE: Final = 100
"""Tags on one page of a kind."""

_OVERVIEW_SQL: Final = """
SELECT t.id, t.kind, t.name, t.name_en, counted.articles
FROM (
    SELECT g.tag_id, count(*) AS articles
    FROM (SELECT id FROM articles ORDER BY id DESC LIMIT :newest) AS latest
    CROSS JOIN article_tags g ON g.article_id = latest.id GROUP BY g.tag_id
) AS counted CROSS JOIN tags t ON t.id = counted.tag_id
ORDER BY counted.articles DESC, t.name
"""

_KIND_SQL: Final = """
SELECT t.*, (SELECT count(*) FROM article_tags g WHERE g.tag_id = t.id) AS articles
FROM tags t WHERE t.kind = :kind AND t.name > :after AND t.name >= :begins AND t.name < :begins || char(1114111)
ORDER BY t.name LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """The tags of one kind on the overview."""

    kind: str
    """One of KINDS."""
    tags: list[Row]
    """id, name, name_en, articles; the most frequent first."""
    more: bool
    """Whether the newest articles have further ones."""


@dataclass(frozen=True, slots=True)
class KindPage:
    """One page of all the tags of a kind."""

    kind: str
    """One of KINDS."""
    begins: str
    """What their names begin with; empty for all."""
    tags: list[Row]
    """The columns of `tags`, and `articles`."""
    following: str
    """The name behind which the next page begins; empty if this is the last."""


async def read_tags(database: Any) -> list[Kind]:
    """What the newest articles are about; kinds without a tag are left out."""
    rows = (await fetch(database, _OVERVIEW_SQL, {"newest": _NEWEST})).rows
    by_kind = {kind: [row for row in rows if row["kind"] == kind] for kind in KINDS}
    return [Kind(kind, tags[:_SHOWN], len(tags) > _SHOWN) for kind, tags in by_kind.items() if tags]


async def read_kind(database: Any, kind: str, *, begins: str, after: str) -> KindPage | None:
    """Tags of a kind by name, behind `after`. None: there is no such kind."""
    if kind not in KINDS:
        return None
    key = {"kind": kind, "begins": begins, "after": after, "limit": _PAGE + 1}
    rows = (await fetch(database, _KIND_SQL, key)).rows
    following = rows[_PAGE - 1]["name"] if len(rows) > _PAGE else ""
    return KindPage(kind, begins, rows[:_PAGE], following)
