"""What is indexed, and what a reader typed as a query on it: both are made of terms()."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from newscrawler.text.clitics import with_clitics, without_article
from newscrawler.text.dictionary import arabic, dictionary_version
from newscrawler.text.inflection import stem
from newscrawler.text.lemmas import is_listed, lemma_of
from newscrawler.text.normalise import Folded, clean
from newscrawler.text.terms import Word, terms, words_of

MATCHES_NOTHING: Final = '""'
"""A valid FTS5 query without a result."""

_RULES: Final = "lemma-2"
"""Raised when the same text would be indexed differently, by fold(), terms() or search_text()."""

_HEADLINE_TIMES: Final = 3
"""How often a headline's terms stand in the index: bm25 counts them, so a word of the headline weighs more."""

_BORDER: Final = "\ue000"
"""Stands between the parts of an article, so that no phrase reaches from one into the next. FTS5 takes it for a
word, and no query has it, because folding drops it."""

_ITEMS_MAX: Final = 40
"""Words and phrases in a query, and words in a phrase; the rest of a pasted page is left out."""

_PREFIX_MIN: Final = 3
"""Letters of a beginning, from which the dictionary is asked which words have forms that begin so."""

_PREFIX_LEMMAS_MAX: Final = 50
"""Lemmas that may be added for a beginning. More are those of a verb's prefix (يست…), which says nothing."""

_UNCLEAR_MAX: Final = 3
"""Words of one phrase that are asked for with ة and as «his …»."""

_QUOTES: Final = '"“”„‟«»″'
_ITEM: Final = re.compile(
    rf"(?P<minus>(?<!\S)[-\u2013\u2014\u2212])?"
    rf"(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<bare>[^\s{_QUOTES}]+))"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A word or phrase of a query."""

    phrases: tuple[tuple[str, ...], ...]
    """Terms that stand side by side; any one of these will do."""
    begins: tuple[tuple[str, ...], ...] = ()
    """As `phrases`, but the last term may go on."""
    excluded: bool = False
    """Whether what has it is not wanted."""
    joined: bool = False
    """Whether OR stands before it."""


def search_version() -> str:
    """How `search_text` is made: by which rules and with which dictionary. Another one needs another index."""
    return f"{_RULES}/{dictionary_version()}"


def search_text(headline: str, *parts: str) -> str:
    """The terms of an article for FTS5: those of the headline several times, then those of standfirst, body …"""
    found = [" ".join(terms(part)) for part in (headline, *parts)]
    found[1:1] = found[:1] * (_HEADLINE_TIMES - 1)
    return f" {_BORDER} ".join(part for part in found if part)


def match_query(typed: str) -> str:
    """What a reader typed, as an FTS5 query on `search_text`; valid for any input.

    All words must occur, in whatever form. «…», "…" and curly quotes make a phrase, `word*` a beginning, `-word` or
    `NOT word` an exclusion, `OR` an alternative to the item before it. Words joined by signs (2026-11-22, #غزة_الآن)
    are phrases. Everything else, FTS5's own syntax included, is punctuation. Without any word to find: a query that
    matches nothing.
    """
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    for item in asked(typed):
        if item.excluded:
            unwanted += _expressions(item)
        elif item.joined and wanted:
            wanted[-1] += _expressions(item)
        else:
            wanted.append(list(_expressions(item)))
    if not wanted:
        return MATCHES_NOTHING
    query = " AND ".join(f"({' OR '.join(choices)})" for choices in wanted)
    return f"({query}) NOT ({' OR '.join(unwanted)})" if unwanted else query


def asked(typed: str) -> Iterator[Asked]:
    """The words and phrases of what a reader typed, in order."""
    typed = clean(typed)
    knows_ta = "ة" in typed
    operator, items = "AND", 0
    for match in _ITEM.finditer(typed):
        text = match["bare"] or match["phrase"] or ""
        if match["bare"] in ("AND", "OR", "NOT"):
            operator = text
            continue
        if not (words := words_of(text, knows_ta=knows_ta)[:_ITEMS_MAX]):
            continue
        excluded, joined = bool(match["minus"]) or operator == "NOT", operator == "OR"
        if match["bare"] is not None and text.endswith("*"):
            yield _beginning(words, excluded=excluded, joined=joined)
        else:
            phrases = dict.fromkeys(_phrases(words, both=not knows_ta))
            yield Asked(tuple(phrases), excluded=excluded, joined=joined)
        operator, items = "AND", items + 1
        if items == _ITEMS_MAX:
            return


def _expressions(item: Asked) -> Iterator[str]:
    yield from (f'"{" ".join(phrase)}"' for phrase in item.phrases)
    yield from (f'"{" ".join(phrase)}" *' for phrase in item.begins)


def _phrases(words: list[Word], *, both: bool) -> Iterator[tuple[str, ...]]:
    """The terms of words side by side; several where the first may have particles before it in the text.

    `both`: what ends in ه may be meant with ة or be «his …»; nothing typed shows which, and both are typed.
    """
    first, *rest = ([lemma_of(word, his=his)] for word, his in words)
    if not is_listed(words[0].folded):
        first += _with_particles(words[0].folded)
    if both:
        unclear = [number for number, word in enumerate(words) if word.folded[-1] == "ه"][:_UNCLEAR_MAX]
        for number in unclear:
            ((first, *rest)[number]).append(lemma_of(words[number].folded, his=True))
    yield from product(first, *rest)


def _with_particles(word: Folded) -> Iterator[str]:
    """How a word that no dictionary has stands in the index after و ف ب ل ك, and without a و it was typed with."""
    forms = (Folded(form) for form in with_clitics(without_article(word)))
    yield from (lemma_of(form) for form in forms if not is_listed(form))
    if word[0] == "و" and len(word) > _PREFIX_MIN + 1:
        yield stem(word[1:])


def _beginning(words: list[Word], *, excluded: bool, joined: bool) -> Asked:
    """All that goes on as the last word begins; also the words of which only some form does: «صوار» of صاروخ."""
    *before, last = words
    if before:
        phrase = (*(lemma_of(word, his=his) for word, his in before), last.folded)
        return Asked((), (phrase,), excluded, joined)
    begin = without_article(last.folded)
    forms = with_clitics(begin) if len(begin) > _PREFIX_MIN else (begin,)
    lemmas = {lemma_of(Folded(form)) for form in arabic().beginning(begin)} if len(begin) >= _PREFIX_MIN else set()
    others = sorted(lemma for lemma in lemmas if not lemma.startswith(begin))
    phrases = tuple((lemma,) for lemma in others) if len(others) <= _PREFIX_LEMMAS_MAX else ()
    return Asked(phrases, tuple((form,) for form in forms), excluded, joined)
