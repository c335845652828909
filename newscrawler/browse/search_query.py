"""SearchQuery: what a search address asks for, and that as SQL conditions and as an address again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, NamedTuple, Self

from newscrawler.browse.dates import day_of
from newscrawler.browse.search_conditions import FACETS, Condition, Facet, any_of, between, read_value
from newscrawler.text.search import match_query

VALUES_MAX: Final = 50
"""Values of one facet that are taken from an address: more would only be an attack on the parser."""

PAGE_MAX: Final = 500
"""The last page of results that can be asked for: an offset costs as much as reading up to it."""

_NONE: Final = "-"
"""How an address says "without a section": an empty value would look like a mistake."""


class Ignored(NamedTuple):
    """A part of an address that made no sense and was left out; the page says so."""

    name: str
    """The parameter; "period" where each day makes sense and the first is after the last."""
    value: str
    """What stood there."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One search. Equal to what `SearchQuery.read` makes of its own address."""

    typed: str = ""
    """What stands in the search box. Empty: all articles."""
    chosen: tuple[tuple[Facet, str], ...] = ()
    """Facet and value, in the order of the address. An empty section: articles without one."""
    first: str = ""
    """The newsroom's day, YYYY-MM-DD, from which on articles are wanted. Empty: from the oldest; those without a date
    only if `last` is empty, too."""
    last: str = ""
    """The last day, itself included. Empty: to the newest."""
    order: Literal["rank", "new"] = "rank"
    """Best match first, or newest first. Without typed words always newest first."""
    page: int = 1
    """1 to PAGE_MAX."""
    ignored: tuple[Ignored, ...] = field(default=(), compare=False)
    """What the address had besides, and what made no sense. No part of the search."""

    @classmethod
    def read(cls, args: Any) -> Self:
        """From the parameters of a request; what makes no sense is left out and told in `ignored`."""
        chosen, ignored = _facets(args)
        first, last, wrong = _period((args.get("from") or "").strip(), (args.get("to") or "").strip())
        return cls(
            typed=(args.get("q") or "").strip(),
            chosen=tuple(chosen),
            first=first,
            last=last,
            order="new" if args.get("order") == "new" else "rank",
            page=_page(args.get("page") or ""),
            ignored=(*ignored, *wrong),
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of its address, defaults left out."""
        pairs: list[tuple[str, str]] = [("q", self.typed)] if self.typed else []
        pairs += [(facet, value or _NONE) for facet, value in self.chosen]
        pairs += [(name, day) for name, day in (("from", self.first), ("to", self.last)) if day]
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

    def dated(self, first: str = "", last: str = "") -> SearchQuery:
        """The same search in that period; without arguments in any. Its first page."""
        return replace(self, first=first, last=last, page=1)

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
        """The conditions of facets and period; `without` leaves one facet out, for counting its own values."""
        wanted = [(facet, self.values(facet)) for facet in FACETS if facet != without]
        conditions = [any_of(facet, values) for facet, values in wanted if values]
        if self.first or self.last:
            conditions.append(between(self.first, self.last))
        params = {name: value for _, more in conditions for name, value in more.items()}
        return " AND ".join(sql for sql, _ in conditions) or "1", params


def _facets(args: Any) -> tuple[list[tuple[Facet, str]], list[Ignored]]:
    chosen: list[tuple[Facet, str]] = []
    ignored = []
    for facet in FACETS:
        for typed in dict.fromkeys(args.getlist(facet)[:VALUES_MAX]):
            value = "" if facet == "section" and typed == _NONE else read_value(facet, typed)
            if value is None and typed.strip():
                ignored.append(Ignored(facet, typed))
            elif value is not None and (facet, value) not in chosen:
                chosen.append((facet, value))
    return chosen, ignored


def _period(first: str, last: str) -> tuple[str, str, list[Ignored]]:
    """Days that are none are left out; of a period that ends before it begins nobody knows which end is wrong."""
    ignored = [Ignored(name, day) for name, day in (("from", first), ("to", last)) if day and not day_of(day)]
    first, last = (day if day_of(day) else "" for day in (first, last))
    if first and last and first > last:
        return "", "", [Ignored("period", f"{first} – {last}")]
    return first, last, ignored


def _page(typed: str) -> int:
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 1
    return min(max(number, 1), PAGE_MAX)
