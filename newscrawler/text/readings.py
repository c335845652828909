"""Of what a folded form may be a form of, the likeliest; the dictionary's mistakes are weighed, not believed.

The dictionary was gathered from conjugation tables. It calls nouns of action forms of their verb (تعليم of علم), takes
one word's plural for another word (السنة of لسان) and, once hamza is folded, offers several lemmas for a form.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from newscrawler.text.dictionary import Dictionary
from newscrawler.text.inflection import finite
from newscrawler.text.lemma_words import OWN

_CHAIN_MAX: Final = 4
"""Steps from a form to its lemma, that lemma's lemma and so on. Longer ones are circles."""

_REMEMBERED: Final = 1 << 13
"""Choices that are kept: the same word is behind many forms, and is asked for with each of them."""


class Readings:
    """The dictionary and our own list, asked together. Words come without article and particles."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._chosen = lru_cache(maxsize=_REMEMBERED)(self._choose)

    def lemma(self, word: str) -> str | None:
        """The lemma of a form; the same for every form of a word. None: neither list nor dictionary knows it."""
        found = self._followed(word)
        if found is None:
            return self._verb(word, listed=False)
        if found == word and not self.is_noun(word):
            found = self._verb(word, listed=True) or word
        if len(found) == 3 and found[1] == "ا" and not self.is_noun(found) and self.is_noun(f"{found}ي"):
            return f"{found}ي"  # قاض, ناد
        return found

    def noun(self, word: str) -> str | None:
        """As `lemma`, for what stands after the article, ب or ك, or before a pronoun: no verb's form does."""
        found = self.lemma(word)
        if found is None or found == word or self.is_noun(word) or _is_broken_plural(word, found):
            return found
        return None if self._is_only_verb(found) else found

    def is_noun(self, word: str) -> bool:
        """Whether it is listed, or the dictionary has it with the article, which only nouns and adjectives take."""
        return word in OWN or f"ال{word}" in self._dictionary

    def begins_like_article(self, word: str) -> bool:
        """Whether «ال» is the word's own beginning: «التزام», «والده», «بالغ»; but not «البحرين»."""
        if not word.startswith("ال"):
            return word in self._dictionary or (word[0] in "وفبك" and self.begins_like_article(word[1:]))
        lemmas = self._dictionary.lemmas(word)
        if word in OWN or not lemmas or not all(lemma.startswith("ال") for lemma in lemmas):
            return word in OWN
        return self.is_noun(word) or any(lemma != word for lemma in lemmas)

    def _is_only_verb(self, lemma: str) -> bool:
        return self._dictionary.is_verb(lemma) and not self.is_noun(lemma)

    def _followed(self, word: str) -> str | None:
        lemma = self._chosen(word)
        if lemma is None or lemma == word:
            return lemma
        seen: list[str] = []
        while word not in seen and len(seen) < _CHAIN_MAX:
            seen.append(word)
            lemma = self._chosen(word)
            if lemma is None:
                return None if len(seen) == 1 else word
            if lemma != word and self._dictionary.is_verb(lemma) and not self.is_noun(word):
                return lemma
            word = lemma
        return min(seen[seen.index(word) :]) if word in seen else word

    def _choose(self, word: str) -> str | None:
        if word in OWN:
            return OWN[word]
        bare = self._dictionary.lemmas(word)
        said = bare + self._with_article(word, alone=not bare)
        if not said:
            return None
        votes = {lemma: said.count(lemma) for lemma in said if self._plausible(word, lemma)}
        if len(votes) < 2:
            return next(iter(votes), word)
        return self._regular(word, votes) or self._most(word, votes, bare)

    def _with_article(self, word: str, *, alone: bool) -> list[str]:
        """What the dictionary says of the word with its article, without the article."""
        lemmas = self._dictionary.lemmas(f"ال{word}")
        if not lemmas:
            return lemmas
        own = [lemma for lemma in lemmas if alone or not lemma.startswith("ال") or lemma == f"ال{word}"]
        return [lemma[2:] if lemma.startswith("ال") and len(lemma) > 4 else lemma for lemma in own]

    def _plausible(self, word: str, lemma: str) -> bool:
        if word == lemma:
            return True
        if len(lemma) < 2:
            return False
        if word[-1] == "ي" and lemma == word[:-1]:  # لاعبي of لاعبون; but صاروخي is an adjective
            return f"{lemma}ون" in self._dictionary
        verb = self._dictionary.is_verb(lemma)
        if word[0] == "م" and lemma[0] != "م" and (verb or (lemma[0] == "ا" and len(lemma) > 3)):
            return False  # participles and nouns of place are words of their own
        if _is_action(word, lemma) and (verb or len(lemma) > 3):
            return lemma in self._dictionary.lemmas(f"ال{word}")
        return not verb or self._plausible_verb(word, lemma)

    def _plausible_verb(self, word: str, lemma: str) -> bool:
        if lemma in self._dictionary.lemmas(f"ال{word}"):  # no verb takes the article: طلبة of طالب
            return True
        if word[-1] == "ه" and lemma[-1] != "ه":  # كرامة is none of كرم
            return False
        if word[-1] == "ي" and self.is_noun(word):
            return False
        return self.is_noun(lemma) or not (self.is_noun(word) or _is_simple_action(word, lemma))

    @staticmethod
    def _regular(word: str, votes: Mapping[str, int]) -> str | None:
        """A lemma that the word is a regular form of goes before others."""
        if word.endswith("يه") and word[:-1] in votes:
            return word[:-1]
        if word.endswith("ات") and f"{word[:-2]}ه" in votes:
            return f"{word[:-2]}ه"
        if word.endswith("ا") and word[:-1] in votes:
            return word[:-1]
        if word.endswith(("ان", "ين")) and word[:-2] in votes and word not in votes:
            return word[:-2]
        return None

    def _most(self, word: str, votes: Mapping[str, int], bare: list[str]) -> str:
        most = max(votes.values())
        first = [lemma for lemma, number in votes.items() if number == most]
        if word in first:
            plural_of = [lemma for lemma in first if lemma != word and _is_broken_plural(word, lemma)]
            return min(plural_of, default=word)
        return min(first, key=lambda lemma: (lemma not in bare, self._is_only_verb(lemma), lemma))

    def _verb(self, word: str, *, listed: bool) -> str | None:
        """The verb whose form a word is that the dictionary doesn't explain."""
        if word[0] in "يت" and len(word) > 5 and word.endswith(("ون", "وا", "ان")):
            singular = self._followed(word[:-2])
            if singular is not None and self._dictionary.is_verb(singular):
                return singular  # يعلنون goes with يعلن, which the dictionary knows
        return next((past for past in finite(word, listed=listed) if self._dictionary.is_verb(past)), None)


def _is_action(word: str, verb: str) -> bool:
    """Whether the word is the noun of the verb's action: إعلام of أعلم, اختيار of اختار, تعليم of علم."""
    if word[0] == verb[0] == "ا" and word[-2] == "ا" and (word[-1] != "ت" or len(word) == 5):
        return len(word) <= len(verb) + 2 and not (verb[-2] == "ا" and len(word) <= len(verb))
    return word[0] == "ت" and word[-2] == "ي" and len(word) == 5 and len(verb) == 3


def _is_simple_action(word: str, verb: str) -> bool:
    """Whether the word is the noun of a simple verb's action or who does it: هروب and هارب of هرب."""
    if len(word) != 4 or len(verb) != 3:
        return False
    return (word[2] in "او" and word[:2] + word[3] == verb) or (word[1] == "ا" and word[0] + word[2:] == verb)


def _is_broken_plural(word: str, lemma: str) -> bool:
    """أفعال: أسباب of سبب."""
    return (
        len(word) in (5, 6)
        and word[0] == "ا"
        and word[-2] == "ا"
        and all(letter in word for letter in lemma if letter not in "اويء")
    )
