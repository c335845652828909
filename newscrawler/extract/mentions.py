"""read_mentions(): what the page's JSON-LD says the article is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from newscrawler.extract.document import Document
from newscrawler.text.names import PageMention
from newscrawler.text.normalise import Folded, clean, fold, words

COUNT_MAX: Final = 40
"""Mentions. A page with more lists the site's tag cloud."""

LENGTH_MAX: Final = 60
"""Characters of a name; a longer one is a sentence."""

_KINDS: Final[Mapping[str, Literal["person", "organisation", "place"]]] = {
    "person": "person",
    "organization": "organisation",
    "newsmediaorganization": "organisation",
    "governmentorganization": "organisation",
    "ngo": "organisation",
    "corporation": "organisation",
    "politicalparty": "organisation",
    "sportsorganization": "organisation",
    "sportsteam": "organisation",
    "educationalorganization": "organisation",
    "collegeoruniversity": "organisation",
    "place": "place",
    "country": "place",
    "city": "place",
    "state": "place",
    "administrativearea": "place",
    "landform": "place",
    "airport": "place",
}
"""Types of schema.org → kind of tag."""


def read_mentions(document: Document) -> tuple[PageMention, ...]:
    """`about` and `mentions` of the article's data, in order, each name once; none if there are too many."""
    data = document.article_data()
    found: dict[Folded, PageMention] = {}
    for key in ("about", "mentions"):
        for mention in _named(data.get(key)):
            folded = fold(mention.name)
            if words(folded) and len(mention.name) <= LENGTH_MAX:
                found.setdefault(folded, mention)
    return tuple(found.values()) if len(found) <= COUNT_MAX else ()


def _named(value: Any) -> Iterator[PageMention]:
    if isinstance(value, str):
        yield PageMention(_tidy(value))
    elif isinstance(value, list):
        for entry in value:
            yield from _named(entry)
    elif isinstance(value, dict) and isinstance(value.get("name"), str):
        yield PageMention(_tidy(value["name"]), _kind(value.get("@type")))


def _tidy(name: str) -> str:
    return clean(name.replace("_", " ")).strip(" #،,;؛.")


def _kind(types: Any) -> Literal["person", "organisation", "place"] | None:
    for each in types if isinstance(types, list) else [types]:
        kind = _KINDS.get(str(each).rpartition("/")[2].lower())
        if kind:
            return kind
    return None
