"""lemma_of(): one word of a text as the search knows it; all forms of a word meet there.

Our own list and the dictionary come first, then the same after particles, article, pronouns and endings are taken
away; what stays unknown (names, above all) keeps its letters but for a few safe endings.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from threading import Thread
from typing import Final

from newscrawler.text.clitics import without_article
from newscrawler.text.dictionary import arabic
from newscrawler.text.inflection import Head, heads, owned, stem, tails
from newscrawler.text.lemma_words import BEGIN_WITH_LAM, OWN, PARTICLES
from newscrawler.text.normalise import Folded
from newscrawler.text.readings import Readings

_REMEMBERED: Final = 1 << 16
"""Words whose lemma is kept, 250 bytes each. A new one costs 20 µs, and of a newspaper's words 8 in 100 are new."""

TA_SIGN: Final = "_"
"""Stands behind a folded word that was printed with ة at its end."""

_OWNED_MIN: Final = 3
"""Letters of a noun that a pronoun is taken from."""


def lemma_of(word: Folded, *, his: bool = False) -> str:
    """The lemma of a folded word, or its stem where no dictionary has it; what isn't Arabic comes back as it is.

    `his`: the word was printed with ه at its end, not with ة, by someone who knows the difference: «كتابه» is his
    book and not كتابة, writing. The first call loads the dictionary, most of a second; `warm_up` does it ahead.
    """
    return lemma_of_signed(word if his or word[-1:] != "ه" else word + TA_SIGN)


@lru_cache(maxsize=_REMEMBERED)
def lemma_of_signed(signed: str) -> str:
    """As `lemma_of`, for a word of a text that knows ة: what ends in ه, with no `TA_SIGN` behind it, may be «his»."""
    his = signed[-1:] == "ه"
    return _analysed(Folded(signed.removesuffix(TA_SIGN)), his=his)[0]


def is_listed(word: Folded) -> bool:
    """Whether our list or the dictionary explains the word.

    If not, it is a name, mostly, and what may be particles before it is still there in what `lemma_of` gives.
    """
    return _analysed(word, his=False)[1]


def warm_up() -> Thread:
    """Loads the dictionary in the background, where a search or a crawl will need it soon; done when it ends."""
    loading = Thread(target=arabic, name="dictionary", daemon=True)
    loading.start()
    return loading


def _analysed(word: Folded, *, his: bool) -> tuple[str, bool]:
    """Lemma or stem, and whether it is a lemma."""
    if len(word) < 2 or not "\u0621" <= word[0] <= "\u064a" or word in PARTICLES:
        return word, True
    if word in OWN and not his:
        return OWN[word], True
    if word[0] in "وفبلك" and (particle := _particle(word)):
        return particle, True
    known, rest = _readings(), without_article(word)
    if rest != word and not known.begins_like_article(word):
        lemma = _after_article(rest, known, lam=word[: -len(rest)].endswith("لل"))
        return lemma or stem(rest), lemma is not None
    lemma = next(_found(word, known, his=his), None)
    return lemma or stem(word), lemma is not None


@cache
def _readings() -> Readings:
    return Readings(arabic())


def _particle(word: str) -> str | None:
    """«من» of «ومن», «كل» of «ولكل»: short words are taken apart only for these."""
    if word[1:] in PARTICLES:
        return word[1:]
    return word[2:] if word[0] in "وف" and word[1] in "بلك" and word[2:] in PARTICLES else None


def _after_article(rest: str, known: Readings, *, lam: bool) -> str | None:
    """The lemma of what stands after the article: a noun."""
    if lam:
        with_lam = f"ل{rest}"
        found = next((noun for form in (with_lam, *tails(with_lam)) if (noun := known.noun(form))), None)
        if found and (found in BEGIN_WITH_LAM or known.noun(rest) is None):
            return found
    if (noun := known.noun(rest)) or known.is_noun(rest):
        return noun or rest
    return next((noun for tail in tails(rest) if tail not in PARTICLES and (noun := known.noun(tail))), None)


def _found(word: str, known: Readings, *, his: bool) -> Iterator[str]:
    """The lemmas of what the word may be, likeliest first."""
    every = list(heads(word))
    if his:
        yield from (noun for head in every for tail in owned(head.word) if (noun := _owned_noun(tail, known)))
    if len(every) > 1 and not known.is_noun(word):
        yield from (OWN[head.word] for head in every if head.taken == 1 and head.word in OWN)
    for head in every:
        if head.word[-1] != "ه" or (head.word[-2:] == "ته" and not known.is_noun(head.word)):
            yield from (noun for tail in owned(head.word) if (noun := _owned_noun(tail, known)))
        if lemma := _whole(head, known):
            yield lemma
    for head in every:
        yield from _inflected(head, known)


def _whole(head: Head, known: Readings) -> str | None:
    """The lemma of the word without its particles. After ب and ك stands a noun, and news has no «and I do»."""
    found = known.lemma(head.word)
    if found and head.taken and (head.last in "بك" or head.word[0] == "ا" != found[0]):
        return known.noun(head.word)
    return found


def _owned_noun(word: str, known: Readings) -> str | None:
    """The lemma of what is said to be his or hers, where the dictionary knows such a noun."""
    if len(word) < _OWNED_MIN or not (known.is_noun(word) or (word[-1] == "ه" and known.lemma(word) == word)):
        return None
    return known.noun(word)


def _inflected(head: Head, known: Readings) -> Iterator[str]:
    """The lemmas of what the word may be without its ending, the more careful the more was taken off before it."""
    least = _OWNED_MIN + bool(head.taken)
    forms = [tail for tail in tails(head.word) if len(tail) >= least and tail not in PARTICLES]
    yield from (OWN[form] for form in forms if form in OWN)
    if head.taken and head.word.endswith(("ين", "ون", "ان")):  # كلينتون is not «as two …»
        forms = [form for form in forms if known.is_noun(form) or known.lemma(form) == form]
    only_nouns = head.last in "بك" or (head.taken and head.word[-1] not in "هام")
    for form in forms:
        if lemma := known.noun(form) if only_nouns else known.lemma(form):
            yield lemma
