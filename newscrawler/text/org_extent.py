"""How far the name of an organisation reaches that begins with a known head: nouns, adjectives, purpose, place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from newscrawler.text.name_parts import has_article
from newscrawler.text.name_shape import ends_of_name
from newscrawler.text.roles import HEADS, Role, Word
from newscrawler.text.spans import Reading, Span

_NOT_INSIDE: Final = Role.FUNCTION | Role.SAYING | Role.AFTER_NAME | Role.NOT_A_HEAD | Role.NUMBER
"""Words that end one."""

_STRANGE: Final = Role.FOREIGN | Role.GIVEN_FOREIGN
_AIM: Final = ["من", "اجل"]
_FATHERS: Final = frozenset({"ابن", "ابو", "ابي", "ام"})
_QUOTED_MAX: Final = 4
"""Words between quotation marks that are a name."""


def construct_end(reading: Reading, start: int, listed: Mapping[int, Span]) -> int:
    """Where the name ends whose head has no article and stands before `start`; `start`: there is none."""
    located = reading.words[start - 1].roles & Role.LOCATED_HEAD
    end = _person_end(reading, start) if located else start
    end = _definite_chain(reading, start, listed) if end == start else end
    return _unknown_chain(reading, start, listed) if end == start else end


def complement_end(reading: Reading, at: int, listed: Mapping[int, Span]) -> int:
    """Where «للتعليم الثانوي», «لكرة القدم» and then «بسوسة» end; `at`: there is neither."""
    start = at
    purpose = _purpose_length(reading, at)
    if purpose:
        at = _coordinated(reading, at + purpose, listed)
        while at - start < 4 and _is_definite(reading, at, listed) and _is_adjective(reading.words[at]):
            at += 1
    return located_end(reading, at, listed)


def second_adjective_end(reading: Reading, at: int) -> int:
    """Where «والاجتماعي» after an adjective ends; `at`: there is no second one."""
    if at >= len(reading.words) or not reading.joined(at) or not reading.tokens.words[at].startswith("وال"):
        return at
    return at + 1 if reading.words[at].roles & Role.ORG_ADJECTIVE else at


def located_end(reading: Reading, at: int, listed: Mapping[int, Span]) -> int:
    """Where «بسوسة» after the name of an organisation ends; `at`: there is no place."""
    place = listed.get(at)
    if place is None or place.kind != "place" or not reading.joined(at):
        return at
    text = reading.tokens.words[at]
    is_in = text.startswith("ب") and text not in reading.lexicon.vocabulary.names
    return place.end if is_in else at


def quoted_end(reading: Reading, start: int) -> int:
    """Where quotation marks that open before a word close again. 0: they don't, or not soon."""
    gaps = reading.tokens.gaps
    if start >= len(gaps) or not gaps[start].endswith('"'):
        return 0
    for end in range(start + 1, min(start + _QUOTED_MAX + 1, len(gaps))):
        if '"' in gaps[end]:
            return end
    return 0


def after_a_person(reading: Reading, start: int) -> int:
    """Where the name of a person ends that an institution is called after; `start`: there is none."""
    if start >= len(reading.words) or not reading.joined(start):
        return start
    return _person_end(reading, start)


def _is_adjective(word: Word) -> bool:
    """Whether a definite word describes the one before it: by its list, or by the ending ـي, ـية."""
    return bool(word.roles & (Role.ORG_ADJECTIVE | Role.DEMONYM)) or word.text.endswith(("ي", "يه"))


def _person_end(reading: Reading, start: int) -> int:
    """«مستشفى الحبيب ثامر», «مستشفى ابن سينا»: called after people."""
    word = reading.words[start]
    if word.text in _FATHERS and start + 1 < len(reading.words):
        return start + 2
    if not word.roles & (Role.GIVEN | Role.GIVEN_FOREIGN) or word.clitic:
        return start
    return max((end for end, parts, _ in ends_of_name(reading, start) if parts > 1), default=start)


def _definite_chain(reading: Reading, start: int, listed: Mapping[int, Span]) -> int:
    """Up to two nouns without article, then definite words: «موظفي الشرطة البلدية»."""
    at = start
    if _is_an_office(reading, start):
        return start  # «حزب الرئيس التركي»
    while at < start + 2 and _in_name(reading, at, listed) and reading.words[at].roles & (Role.COMMON | Role.TITLE):
        if reading.tokens.words[at].startswith("ال") or _may_be_a_verb(reading.tokens.words[at]):
            break
        at += 1
    first = at
    while at < first + 4 and _is_definite(reading, at, listed):
        if at > first and not _is_adjective(reading.words[at]):
            break
        at += 1
    return _with_second(reading, at, listed) if at > first else start


def _with_second(reading: Reading, at: int, listed: Mapping[int, Span]) -> int:
    """«رابطة الشاي والمشروبات البريطانية»: an adjective behind shows that the second noun belongs to it."""
    if at >= len(reading.words) or not reading.joined(at) or not reading.tokens.words[at].startswith("وال"):
        return at
    if reading.words[at].roles & (HEADS | Role.INSTITUTION | Role.FUNCTION | Role.TITLE):
        return at
    if reading.words[at].roles & Role.PORTFOLIO:
        end = at + 1  # «وزارة الفلاحة والموارد المائية والصيد البحري»
        while _is_definite(reading, end, listed) and _is_adjective(reading.words[end]):
            end += 1
        return _with_second(reading, end, listed)
    described = _is_definite(reading, at + 1, listed) and reading.words[at + 1].roles & Role.DEMONYM
    return at + 2 if described else at


def _may_be_a_verb(text: str) -> bool:
    """«تضم», «يقود»: nouns with these first letters are longer («تجارة»)."""
    return len(text) <= 4 and text[0] in "يت"


def _is_an_office(reading: Reading, at: int) -> bool:
    word, after = reading.words[at], at + 1
    if not (word.roles & Role.TITLE and word.text.startswith("ال")) or word.text.endswith("ه"):
        return False
    described = Role.DEMONYM | Role.GIVEN | Role.GIVEN_FOREIGN
    return after < len(reading.words) and reading.joined(after) and bool(reading.words[after].roles & described)


def _unknown_chain(reading: Reading, start: int, listed: Mapping[int, Span]) -> int:
    """What stands in quotation marks, or words that nobody knows."""
    quoted = quoted_end(reading, start)
    if quoted:
        return quoted
    at = start
    while at < start + 3 and _in_name(reading, at, listed) and not reading.words[at].roles & ~_STRANGE:
        if has_article(reading.words[at].text):
            break
        at += 1
    return at


def _coordinated(reading: Reading, at: int, listed: Mapping[int, Span]) -> int:
    """«للفلاحة والصيد», «للاتصال السمعي والبصري»: the second half of a complement, adjectives before it included."""
    end = at
    while _is_definite(reading, end, listed) and _is_adjective(reading.words[end]):
        end += 1
    while end < len(reading.words) and reading.joined(end) and reading.tokens.words[end].startswith("وال"):
        if reading.words[end].roles & (HEADS | Role.INSTITUTION | Role.FUNCTION):
            break
        at = end = end + 1
    return at


def _purpose_length(reading: Reading, at: int) -> int:
    """Words of «للتعليم» (one), «لكرة القدم» (two), «من أجل الحريات» (three). 0: no such complement."""
    if at >= len(reading.words) or not reading.joined(at):
        return 0
    text, word, after = reading.tokens.words[at], reading.words[at], at + 1
    if reading.tokens.words[at : at + 2] == _AIM and _is_definite(reading, at + 2, {}):
        return 3
    if text.startswith("لل"):
        return int(len(text) > 3 and not word.roles & Role.ORG_HEAD)  # «للجامعة العامة للصحة» is one by itself
    if not text.startswith("ل") or len(text) < 4 or word.roles & (Role.FUNCTION | Role.SAYING) or not word.clitic:
        return 0
    definite = after < len(reading.words) and reading.joined(after) and reading.tokens.words[after].startswith("ال")
    return 2 if definite and not reading.words[after].roles & Role.FUNCTION else 0


def _is_definite(reading: Reading, at: int, listed: Mapping[int, Span]) -> bool:
    return _in_name(reading, at, listed) and reading.tokens.words[at].startswith("ال")


def _in_name(reading: Reading, at: int, listed: Mapping[int, Span]) -> bool:
    if at >= len(reading.words) or not reading.joined(at) or (at in listed and listed[at].kind != "place"):
        return False
    word = reading.words[at]
    return len(word.text) > 1 and not word.roles & _NOT_INSIDE and not (word.clitic and word.roles)
