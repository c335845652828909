"""SearchQuery: what a search address asks for, and that as SQL conditions and as an address again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, Self

from newscrawler.browse.dates import day_name
from newscrawler.text.search import match_query

Facet = Literal["site", "section", "language", "day", "tag"]
FACETS: Final[tuple[Facet, ...]] = ("site", "section", "language", "day", "tag")
"""The filters of the search page, each a repeatable parameter of its address. Values of one facet widen the
result, different facets narrow it."""

VALUES_MAX: Final = 50
"""Values of one facet that are taken from an address: more would only be an attack on the parser."""

PAGE_MAX: Final = 500
"""The last page of results that can be asked for: an offset costs as much as reading up to it."""

_NONE: Final = "-"
"""How an address says "without a section": an empty value would look like a mistake."""

Condition = tuple[str, dict[str, Any]]
"""An SQL condition on `a` (articles) and `s` (sites) with its named parameters."""

_VALUE_SQL: Final[dict[Facet, str]] = {
    "site": "a.site = {p}",
    "section": "coalesce(a.section, '') = {p}",
    "language": "a.language = {p}",
    # the range lets the index on published_at do the work; the function then decides at the newsroom's midnight
    "day": "(a.published_at >= date({p}, '-1 day') AND a.published_at < date({p}, '+2 days')"
    " AND newsroom_day(a.published_at, s.timezone) = {p})",
    "tag": "a.id IN (SELECT article_id FROM article_tags WHERE tag_id = {p})",
}


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One search. Equal to what `SearchQuery.read` makes of its own address."""

    typed: str = ""
    """What stands in the search box. Empty: all articles."""
    chosen: tuple[tuple[Facet, str], ...] = ()
    """Facet and value, in the order of the address. An empty section: articles without one."""
    order: Literal["rank", "new"] = "rank"
    """Best match first, or newest first. Without typed words always newest first."""
    page: int = 1
    """1 to PAGE_MAX."""

    @classmethod
    def read(cls, args: Any) -> Self:
        """From the parameters of a request; what makes no sense is left out."""
        chosen: list[tuple[Facet, str]] = []
        for facet in FACETS:
            values = dict.fromkeys(args.getlist(facet)[:VALUES_MAX])
            chosen += [(facet, "" if value == _NONE else value) for value in values if _sane(facet, value)]
        return cls(
            typed=(args.get("q") or "").strip(),
            chosen=tuple(chosen),
            order="new" if args.get("order") == "new" else "rank",
            page=_page(args.get("page") or ""),
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of its address, defaults left out."""
        pairs: list[tuple[str, str]] = [("q", self.typed)] if self.typed else []
        pairs += [(facet, value or _NONE) for facet, value in self.chosen]
        if self.order == "new" and self.typed:
            pairs.append(("order", "new"))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return pairs

    def toggled(self, facet: Facet, value: str) -> SearchQuery:
        """The same search with that value added, or taken away if it is chosen; its first page."""
        pair = (facet, value)
        rest = tuple(old for old in self.chosen if old != pair)
        return replace(self, chosen=rest if pair in self.chosen else (*rest, pair), page=1)

    def reordered(self, order: Literal["rank", "new"]) -> SearchQuery:
        """The same search in the other order; its first page."""
        return replace(self, order=order, page=1)

    def turned(self, page: int) -> SearchQuery:
        """Another page of the same results."""
        return replace(self, page=page)

    def values(self, facet: Facet) -> list[str]:
        """The chosen values of one facet."""
        return [value for name, value in self.chosen if name == facet]

    @property
    def match(self) -> str:
        """The FTS5 expression, made as the index is. If the typed text holds no word it finds nothing: somebody
        who typed «؟!» did not ask for everything.
        """
        return match_query(self.typed)

    def conditions(self) -> Condition:
        """All conditions as one, for any query on `articles a LEFT JOIN sites s`."""
        where, params = self.filters()
        if not self.typed:
            return where, params
        found = "a.id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match)"
        return f"{found} AND {where}", params | {"match": self.match}

    def filters(self, *, without: Facet | None = None) -> Condition:
        """The conditions of the facets; `without` leaves one out, for counting its own values."""
        parts: list[str] = []
        params: dict[str, Any] = {}
        for facet in FACETS:
            if facet != without and (values := self.values(facet)):
                sql, more = _any_of(facet, values)
                parts.append(sql)
                params |= more
        return " AND ".join(parts) or "1", params


def _page(typed: str) -> int:
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 1
    return min(max(number, 1), PAGE_MAX)


def _sane(facet: Facet, value: str) -> bool:
    if facet == "day":
        return len(value) == 10 and day_name(value) != value
    if facet == "tag":
        return value.isascii() and value.isdigit() and len(value) < 19
    return bool(value)


def _any_of(facet: Facet, values: Iterable[str]) -> Condition:
    """Values are bound, never part of the SQL; the names of the parameters are ours."""
    params: dict[str, Any] = {f"{facet}_{i}": value for i, value in enumerate(values)}
    if facet == "tag":
        params = {name: int(value) for name, value in params.items()}
    sql = " OR ".join(_VALUE_SQL[facet].format(p=f":{name}") for name in params)
    return f"({sql})", params
