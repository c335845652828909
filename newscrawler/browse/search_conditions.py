"""The filters of a search as SQL: which values make sense, and what each is a condition on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

from newscrawler.browse.dates import day_of
from newscrawler.countries import COUNTRY_CODES

Facet = Literal[
    "originals", "site", "country", "topic", "person", "organisation", "place", "section", "language", "day", "tag"
]
FACETS: Final[tuple[Facet, ...]] = (
    "originals",
    "site",
    "country",
    "topic",
    "person",
    "organisation",
    "place",
    "section",
    "language",
    "day",
    "tag",
)
"""In the order of the page. Each is a repeatable parameter of its address; values of one facet widen the result,
different facets narrow it. Outlets go by id, countries by code, what an article is about by name, which stays the same
when an archive is built anew; `tag` is any tag by its number, as a tag's page links to its search.
"""

Condition = tuple[str, dict[str, Any]]
"""An SQL condition on `a` (articles) and `s` (sites) with its named parameters."""

_TAGGED: Final = (
    "a.id IN (SELECT article_id FROM article_tags"
    " WHERE tag_id = (SELECT id FROM tags WHERE kind = '{kind}' AND name = {{p}}))"
)

_VALUE_SQL: Final[dict[Facet, str]] = {
    "originals": "a.original_id IS NULL AND {p} = '1'",
    "site": "a.site = {p}",
    "country": "a.site IN (SELECT id FROM sites WHERE country = {p})",
    **{kind: _TAGGED.format(kind=kind) for kind in ("topic", "person", "organisation", "place")},
    "section": "coalesce(a.section, '') = {p}",
    "language": "a.language = {p}",
    # the range lets the index on published_at do the work; the function then decides at the newsroom's midnight
    "day": "(a.published_at >= date({p}, '-1 day') AND a.published_at < date({p}, '+2 days')"
    " AND newsroom_day(a.published_at, s.timezone) = {p})",
    "tag": "a.id IN (SELECT article_id FROM article_tags WHERE tag_id = {p})",
}

_FIRST_SQL: Final = (
    "a.published_at >= date(:first, '-1 day')"
    " AND (a.published_at >= date(:first, '+1 day') OR newsroom_day(a.published_at, s.timezone) >= :first)"
)
_LAST_SQL: Final = (
    "a.published_at < coalesce(date(:last, '+2 days'), '~')"
    " AND (a.published_at < :last OR newsroom_day(a.published_at, s.timezone) <= :last)"
)
"""No clock is a whole day ahead of UTC or behind it, so only articles about the two ends are asked for their day.
A day after the last that SQLite knows is NULL.
"""


def read_value(facet: Facet, typed: str) -> str | None:
    """The value that an address means; None: none makes sense. «lb» is LB, «-» no section.

    Whether the archive has anything of it is another question.
    """
    if facet == "originals":
        return "1" if typed == "1" else None
    if facet == "country":
        return "pan" if typed.lower() == "pan" else typed.upper() if typed.upper() in COUNTRY_CODES else None
    if facet == "day":
        return typed if day_of(typed) else None
    if facet == "tag":
        return typed if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
    return typed or None


def any_of(facet: Facet, values: Sequence[str]) -> Condition:
    """Articles with one of these values. They are bound, never part of the SQL; the parameters' names are ours."""
    params: dict[str, Any] = {f"{facet}_{i}": value for i, value in enumerate(values)}
    if facet == "tag":
        params = {name: int(value) for name, value in params.items()}
    sql = " OR ".join(_VALUE_SQL[facet].format(p=f":{name}") for name in params)
    return f"({sql})", params


def between(first: str, last: str) -> Condition:
    """Articles of the newsroom's days from `first` to `last`, both of them included; an empty one sets no bound."""
    parts = [sql for day, sql in ((first, _FIRST_SQL), (last, _LAST_SQL)) if day]
    return " AND ".join(parts), {name: day for name, day in (("first", first), ("last", last)) if day}
