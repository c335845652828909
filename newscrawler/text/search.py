"""What is indexed, and what a reader typed as a query on it: both go through fold() and term().

Only the article «ال», with what can stand before it, is cut off words: that is nearly always right. A single
particle stays in the index, and the query asks for the word with and without each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from newscrawler.text.clitics import with_clitics, without_article
from newscrawler.text.normalise import Folded, clean, fold, words

SEARCH_VERSION: Final = "fold-1/article-1"
"""Changes when the same text would be indexed differently: then `search_text` must be made anew."""

MATCHES_NOTHING: Final = '""'
"""A valid FTS5 query without a result."""

_ONE_CLITIC: Final = frozenset("وفبلك")
_STEM_MIN: Final = 4
"""Letters that must follow what may be a clitic in a typed word: «ورقة» is not searched as «رقة»."""

_ITEMS_MAX: Final = 40
"""Words and phrases in a query, and words in a phrase; the rest of a pasted page is left out, because each
becomes some twenty terms of the query."""

_QUOTES: Final = '"“”„‟«»″'
_ITEM: Final = re.compile(
    rf"(?P<minus>(?<!\S)[-\u2013\u2014\u2212])?"
    rf"(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<bare>[^\s{_QUOTES}]+))"
)


@dataclass(frozen=True, slots=True)
class _Item:
    words: list[Folded]
    excluded: bool
    prefix: bool
    joined: bool
    """Whether OR stands before it."""


def term(word: Folded) -> str:
    """What a word is indexed and searched as: without the article. The place for a lemmatiser."""
    return without_article(word)


def search_text(*parts: str) -> str:
    """The terms of an article's parts (headline, standfirst, body …) in order: what FTS5 indexes."""
    return " ".join(term(word) for part in parts for word in words(fold(part)))


def match_query(typed: str) -> str:
    """What a reader typed, as an FTS5 query on `search_text`; valid for any input.

    All words must occur. «…», "…" and curly quotes make a phrase, `word*` a prefix, `-word` or `NOT word`
    an exclusion, `OR` an alternative to the item before it. Words joined by signs (2026-11-22, #غزة_الآن)
    are phrases. Everything else, FTS5's own syntax included, is punctuation. Without any word to find:
    a query that matches nothing.
    """
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    for item in _items(clean(typed)):
        if item.excluded:
            unwanted.append(_any_of(item, lenient=False))
        elif item.joined and wanted:
            wanted[-1].append(_any_of(item, lenient=True))
        else:
            wanted.append([_any_of(item, lenient=True)])
    if not wanted:
        return MATCHES_NOTHING
    query = " AND ".join(f"({' OR '.join(choices)})" for choices in wanted)
    return f"({query}) NOT ({' OR '.join(unwanted)})" if unwanted else query


def _items(typed: str) -> Iterator[_Item]:
    operator, items = "AND", 0
    for match in _ITEM.finditer(typed):
        text = match["bare"] or match["phrase"] or ""
        if match["bare"] in ("AND", "OR", "NOT"):
            operator = text
            continue
        found = words(fold(text))[:_ITEMS_MAX]
        if not found:
            continue
        bare_star = match["bare"] is not None and text.endswith("*")
        yield _Item(found, bool(match["minus"]) or operator == "NOT", bare_star, operator == "OR")
        operator, items = "AND", items + 1
        if items == _ITEMS_MAX:
            return


def _any_of(item: _Item, *, lenient: bool) -> str:
    """The item's phrase with every form of its first word. `lenient`: also without what may be a clitic."""
    first, *rest = (term(word) for word in item.words)
    bases = [first, item.words[0]]  # «والده» may be و + ال + ده, or a word that لـ can stand before
    if lenient and first[0] in _ONE_CLITIC and len(first) > _STEM_MIN:
        bases.append(first[1:])
    star = " *" if item.prefix else ""
    return " OR ".join(f'"{" ".join([form, *rest])}"{star}' for form in dict.fromkeys(_forms(bases)))


def _forms(bases: Iterable[str]) -> Iterator[str]:
    for base in bases:
        yield from (term(Folded(form)) for form in with_clitics(base)) if _is_arabic(base) else (base,)


def _is_arabic(word: str) -> bool:
    return "\u0621" <= word[0] <= "\u064a"
