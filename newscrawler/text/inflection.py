"""What Arabic adds to a word, by its letters alone: particles before it, endings and pronouns after it.

Everything here takes and gives folded words. Which of the possible beginnings and endings is the right one, the
dictionary decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_PRONOUNS: Final = ("هما", "هم", "هن", "ها", "ه", "نا")
"""Pronouns of the third person and «our», longest first. News rarely says «my» and «your»."""

_LAST_OF_PRONOUNS: Final = frozenset(pronoun[-1] for pronoun in _PRONOUNS)

_WORD_MIN: Final = 3
"""Letters a word must have left when something was taken from it."""

_ADJECTIVE: Final = re.compile(r"(?<=..ي)(?:ين|ون|ات|ه|ان|تين|تان)\Z")
"""Endings of an adjective in ي: «جهوية», «جهويين» of «جهوي»."""

_FEMININE: Final = re.compile(r"(?<=....)(?:ات|ته|تها|تهم|ه|ها|هم)\Z")
"""Endings of a feminine noun or a foreign plural, with pronouns or without: «ثكنات», «فيديوهات»."""


class Head(NamedTuple):
    """A word without particles before it."""

    word: str
    """What is left."""
    taken: int
    """How many particles were taken off."""
    last: str
    """The last of them, that next to the word; a blank where there is none."""


def heads(word: str) -> Iterator[Head]:
    """The word itself, then without what may be one of و ف ب ل ك س or two of them before it."""
    yield Head(word, 0, " ")
    if len(word) > _WORD_MIN and word[0] in "وفبلك":
        yield Head(word[1:], 1, word[0])
    if len(word) > _WORD_MIN + 1:
        if word[0] == "س" and word[1] in "يتنا":
            yield Head(word[1:], 1, word[0])
        if word[0] in "وف" and word[1] in "بلكس":
            yield Head(word[2:], 2, word[1])


def tails(word: str) -> list[str]:
    """What the word may be without its ending, likeliest first: «سيارات», «سيارته» → «سياره», «جنوده» → «جنود»."""
    found = [*_plurals(word), *_without_pronoun(word)]
    if word.endswith("ا"):
        found.append(word[:-1])
    if word.endswith("تي"):
        found.append(word[:-2] + "ه")
    if word.endswith("و"):
        found.append(word[:-1])
    return [tail for tail in dict.fromkeys(found) if len(tail) >= _WORD_MIN]


def owned(word: str) -> Iterator[str]:
    """What the word is if its end is «his», «her» or «their»: «منزلها» → «منزل», «حياته» → «حياه»."""
    if word[-1:] not in _LAST_OF_PRONOUNS:
        return
    for pronoun in _PRONOUNS[:-1]:
        if word.endswith(pronoun) and len(word) - len(pronoun) >= _WORD_MIN:
            rest = word[: -len(pronoun)]
            yield from ([rest[:-1] + "ه", rest] if rest[-1] == "ت" else [rest])
            return


def stem(word: str) -> str:
    """What stands for a word that no dictionary knows, so that its own forms meet: only what is hardly ever wrong.

    Foreign names end in ون, ين and ان as plurals do, so these stay.
    """
    bare = _ADJECTIVE.sub("", word)
    return bare if bare != word else _FEMININE.sub("", word)


def finite(verb: str, *, listed: bool) -> Iterator[str]:
    """What a verb in the present («يعلنون») or with an ending of the past («أعلنوا») may be in the dictionary.

    `listed`: the dictionary has it as a word of its own; then تقدم isn't «she offers».
    """
    for ending in ("وا", "تا", "ت", "نا"):
        if verb.endswith(ending) and len(verb) - len(ending) >= _WORD_MIN:
            yield verb[: -len(ending)]
    if verb[0] not in ("ي" if listed else "يتن") and not verb.startswith(("تست", "نست", "تت")):
        return
    for ending in ("ون", "وا", "ان", ""):
        if verb.endswith(ending) and len(verb) - len(ending) > _WORD_MIN:
            rest = verb[1 : len(verb) - len(ending)]
            yield from (rest, f"ا{rest}")
            if rest[-2:-1] in ("ي", "و"):  # يستقيل of استقال, يزور of زار
                hollow = f"{rest[:-2]}ا{rest[-1]}"
                yield from (f"ا{hollow}", hollow)


def _plurals(word: str) -> Iterator[str]:
    if word.endswith("ات"):
        yield from (word[:-2] + "ه", word[:-2])
    if word.endswith(("تين", "تان")):
        yield word[:-3] + "ه"
    if word.endswith(("ين", "ون", "ان")):
        yield word[:-2]


def _without_pronoun(word: str) -> Iterator[str]:
    for pronoun in _PRONOUNS:
        if not word.endswith(pronoun):
            continue
        rest = word[: -len(pronoun)]
        if rest.endswith("ات"):
            yield from (rest[:-2] + "ه", rest[:-2])
        if rest.endswith("ت"):
            yield rest[:-1] + "ه"
        if pronoun != "ه" and rest.endswith("ي"):  # «يه» is nearly always an adjective's feminine
            yield rest[:-1]
        yield rest
        if rest.endswith("ا"):
            yield rest[:-1] + "ي"
        if pronoun != "ه" and rest.endswith(("و", "ا")):
            yield rest[:-1]
