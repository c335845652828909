"""next_part(): whether a word goes on with the person's name before it, and how much it speaks for one."""

from __future__ import annotations

from typing import Final

from newscrawler.text.noun_shapes import is_definite_noun, is_plural_verb
from newscrawler.text.roles import Role, Word
from newscrawler.text.spans import Reading

GIVEN: Final = Role.GIVEN | Role.GIVEN_FOREIGN | Role.GIVEN_COMMON
"""Any given name."""

_ENDED: Final = (0, 0.0)
_STOPS: Final = (
    Role.FUNCTION | Role.SAYING | Role.TITLE | Role.PLACE_CUE | Role.ORG_HEAD | Role.MEDIA_HEAD | Role.INSTITUTION
    | Role.NUMBER | Role.ORG_ADJECTIVE | Role.FOREIGN
)  # fmt: skip
_PLACE_WORDS: Final = Role.PLACE_FIRST | Role.PLACE_TAIL
_ENDINGS: Final = Role.FUNCTION | Role.SAYING | Role.AFTER_NAME | Role.NUMBER | Role.TITLE
_SERVANT: Final = frozenset({"عبد", "عبيد"})
_FATHER: Final = frozenset({"ابو", "ابي", "ابا", "ام", "ال", "ايت", "سيدي"})
_SON: Final = frozenset({"بن", "ابن", "بنت", "ولد", "بو"})

_GIVEN_AGAIN, _ORDINARY_GIVEN, _FAMILY_IN_I, _FAMILY, _PLAIN, _PLAIN_LATER = 0.8, 0.5, 1.1, 0.9, 0.7, 0.3
_SON_OF, _SON_OF_TWO, _SERVANT_OF, _FOREIGN_PARTICLE = 1.2, 1.3, 0.9, 0.7
_VERB_MIN: Final = {"ي": 3, "ت": 4}
"""Letters that an unknown word has no more than if it is a name: «سارة بسباس تنهزم», «رشدي قزقز يشار»."""
_GOD: Final = "الله"
_LIKE_PLURALS: Final = ("ون", "ان", "ين", "ات")
_LIKE_A_PLURAL, _COUNTRY, _SON_OF_THE, _ORDINARY = 0.4, 0.3, 0.2, -0.6
"""Points of a further part, by what it is: «المصري», «بالضياف», an ordinary word."""


def next_part(reading: Reading, at: int, parts: int, *, strong: bool, arabic: bool) -> tuple[int, float]:
    """How many words the next part of a name has, and its points. (0, 0): the name has ended.

    `parts`: how many it has so far. `strong`: whether the first one is surely a name; `arabic`: whether it may be an
    Arabic one.
    """
    word = reading.words[at]
    if word.roles & Role.PARTICLE and not word.clitic and not word.roles & Role.FUNCTION:
        return _bound(reading, at)
    if _is_no_part(reading, at, parts):
        return _ENDED
    if word.roles & GIVEN and not word.clitic:
        points = _GIVEN_AGAIN if word.roles & (Role.GIVEN | Role.GIVEN_FOREIGN) else _ORDINARY_GIVEN
        return _compounded(reading, at), points
    if word.roles & _STOPS and not word.clitic:
        return _ENDED
    if word.text.startswith("ال") and len(word.text) > 4:
        after_given = bool(reading.words[at - 1].roles & GIVEN) or (at > 1 and reading.words[at - 2].bare in _SERVANT)
        return _family(word, parts, strong=strong, arabic=arabic, after_given=after_given)
    return _plain(reading, at, parts, strong=strong)


def in_one(reading: Reading, at: int) -> bool:
    """Whether a word and the one before it may be of one person's name: not even quotation marks stand between."""
    return reading.joined(at) and '"' not in reading.tokens.gaps[at]


def has_article(text: str) -> bool:
    """Whether a folded word begins with «ال», with or without و، ب، ل before it; «فال…», «كال…» are rather foreign."""
    return text.startswith(("ال", "بال", "وال", "لل", "وبال", "ولل"))


def may_follow(reading: Reading, at: int) -> bool:
    """Whether a word may be what a particle binds."""
    word = reading.words[at]
    return not word.roles & (Role.FUNCTION | Role.SAYING | Role.NUMBER) and not (word.clitic and word.roles)


def is_servants(text: str) -> bool:
    """What makes a name of «عبد»: «الفتاح», «ربه»."""
    return text.startswith("ال") or text == "ربه"


def _is_no_part(reading: Reading, at: int, parts: int) -> bool:
    word, last = reading.words[at], reading.words[at - 1]
    if (word.clitic and word.roles and not _is_maghrebi(word)) or word.roles & Role.FUNCTION or len(word.text) < 2:
        return True
    of_servant = at > 1 and reading.words[at - 2].bare in _SERVANT
    if parts > 1 and last.text.startswith("ال") and not last.roles & (GIVEN | Role.COMPOUND_TAIL) and not of_servant:
        return not _is_tribe(last, word)  # a family's name ends a name: in a line-up the next player's begins
    office = Role.TITLE | Role.DEFINITE  # «الأمين العام»
    return word.roles & office == office and _describes(reading, at + 1)


def _is_tribe(last: Word, word: Word) -> bool:
    """«البدري السامرائي»: family and tribe."""
    return all(not each.roles and each.text.startswith("ال") and each.text.endswith("ي") for each in (last, word))


def _is_maghrebi(word: Word) -> bool:
    """«بوجدي», «لعماري»: written in one piece with بو or ل, and no «by», no «for»."""
    if word.text.startswith("بو"):
        return not word.roles & ~GIVEN
    return word.text.startswith("ل") and word.text.endswith("ي") and bool(word.roles & Role.BY_SHAPE)


def _describes(reading: Reading, at: int) -> bool:
    return at < len(reading.words) and reading.joined(at) and bool(reading.words[at].roles & Role.ORG_ADJECTIVE)


def _plain(reading: Reading, at: int, parts: int, *, strong: bool) -> tuple[int, float]:
    """A word without article."""
    word = reading.words[at]
    if parts == 1 and _is_gods(reading, at):
        return 2, _PLAIN
    ends = _at_boundary(reading, at + 1)
    if word.clitic and word.roles:  # see `_is_maghrebi`
        return (1, _PLAIN) if parts == 1 else _ENDED
    if word.roles & Role.COMMON:
        return _ordinary(word) if parts == 1 and (_is_like_plural(word) or (strong and ends)) else _ENDED
    if not word.roles and parts == 1 and word.text.startswith("بال"):
        return 1, _SON_OF_THE  # «نجيم بالضياف»; a place after ب as often
    verb = parts > 1 and not word.roles and word.text[0] in "يت" and len(word.text) > _VERB_MIN[word.text[0]]
    if (
        verb
        or is_plural_verb(word.text)
        or word.roles & ~_PLACE_WORDS
        or word.text.startswith("و")
        or has_article(word.text)
        or (parts > 1 and not ends)
    ):
        return _ENDED  # if it doesn't end: rather the verb that follows a name
    return 1, _PLAIN if parts == 1 else _PLAIN_LATER


def _is_gods(reading: Reading, at: int) -> bool:
    """«رزق الله», «جاب الله»: a family's name of two words; «حفظه الله» is a wish."""
    word, after = reading.words[at], at + 1
    if after >= len(reading.words) or reading.words[after].text != _GOD or not in_one(reading, after):
        return False
    wish = word.text.endswith("ه") or word.roles & (Role.FUNCTION | Role.SAYING)
    return not (wish or (word.clitic and word.roles))


def _ordinary(word: Word) -> tuple[int, float]:
    if _is_like_plural(word):
        return 1, _LIKE_A_PLURAL
    return _ENDED if word.roles & Role.DEFINITE else (1, _ORDINARY)


def _is_like_plural(word: Word) -> bool:
    """«حمدون», «بركات»: names that look like plurals; «يستحقون» is a verb."""
    return bool(word.roles & Role.BY_SHAPE) and word.text.endswith(_LIKE_PLURALS) and word.text[0] not in "يت"


def _at_boundary(reading: Reading, at: int) -> bool:
    """Whether a name may well have ended before this word."""
    if at >= len(reading.words) or reading.tokens.gaps[at]:
        return True
    word = reading.words[at]
    return word.text.startswith("ال") or bool(word.clitic and word.roles) or bool(word.roles & _ENDINGS)


def _family(word: Word, parts: int, *, strong: bool, arabic: bool, after_given: bool) -> tuple[int, float]:
    """A word with article."""
    if word.roles & (Role.DEMONYM | Role.COMMON):
        points = _COUNTRY if word.roles & Role.DEMONYM else 0.0
        return (1, points) if parts == 1 and strong else _ENDED
    if word.roles & ~_PLACE_WORDS or (not strong and is_definite_noun(word.text[2:])):
        return _ENDED
    if word.text.endswith("ي"):
        return (1, _FAMILY_IN_I) if parts == 1 or arabic else _ENDED
    return (1, _FAMILY) if parts == 1 or (arabic and after_given) else _ENDED


def _bound(reading: Reading, at: int) -> tuple[int, float]:
    text, after = reading.words[at].text, at + 1
    if after >= len(reading.words) or not in_one(reading, after):
        return _ENDED
    if text == "ال" and not reading.words[after].clitic:  # «آل ثاني»
        return 2, _SON_OF
    if not may_follow(reading, after):
        return _ENDED
    if text in _SERVANT:
        return (2, _SERVANT_OF) if is_servants(reading.tokens.words[after]) else _ENDED
    if text in _SON and _begins_two(reading, after):
        return 3, _SON_OF_TWO
    return 2, _SON_OF if text in _SON or text in _FATHER else _FOREIGN_PARTICLE


def _begins_two(reading: Reading, at: int) -> bool:
    """Whether «عبد …» or «أبو …» begins here."""
    text, after = reading.words[at].text, at + 1
    if after >= len(reading.words) or not in_one(reading, after):
        return False
    if text in _SERVANT:
        return is_servants(reading.tokens.words[after])
    return text in _FATHER and may_follow(reading, after)


def _compounded(reading: Reading, at: int) -> int:
    after = at + 1
    tail = after < len(reading.words) and in_one(reading, after) and not reading.words[after].clitic
    return 2 if tail and reading.words[after].roles & Role.COMPOUND_TAIL else 1
