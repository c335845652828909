"""ends_of_name(): how far a person's name may reach, with the points that its parts speak for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from newscrawler.text.name_parts import GIVEN, has_article, in_one, is_servants, may_follow, next_part
from newscrawler.text.roles import Role
from newscrawler.text.spans import Reading

_PARTS_MAX: Final = 6
"""Parts of a name; «بن علي», «عبد الفتاح» and «نور الدين» are one. Iraqi names have six."""

_SERVANT_OF, _FATHER_OF, _SURE, _COMPOUND, _ORDINARY, _UNKNOWN = 2.3, 1.2, 2.0, 1.6, 0.8, 0.2
"""Points of a first part. An unknown word takes a title or the like to make it a name."""

_STRONG: Final = _COMPOUND
"""Points of a first part after which an ordinary word may be the family's name: «يوسف الشاهد»."""

_NO_FIRST_PART: Final = Role.FUNCTION | Role.COMPOUND_TAIL
_DOUBTFUL: Final = Role.GIVEN_COMMON | Role.SAYING | Role.COMMON | Role.ORG_ADJECTIVE
"""A given name that is one of these may be meant as that."""

_TELLING: Final = 0.8
_WEAK_MADE_SURE: Final = 0.8
"""Further points where an ordinary word («مالك») is followed by what can only be a name («الجزيري», «بن …»)."""

_ON: Final = frozenset({"علي", "وعلي"})
"""«علي» is «على» as well, where a newspaper doesn't tell them apart."""
_FATHERS: Final = frozenset({"ابو", "ابي", "ام"})


def first_part(reading: Reading, at: int) -> tuple[int, float]:
    """Where the first part of a name ends that begins here, and its points. (0, 0): no name begins here."""
    word = reading.words[at]
    after = reading.words[at + 1] if at + 1 < len(reading.words) and in_one(reading, at + 1) else None
    if after is not None and word.bare == "عبد" and is_servants(after.text):
        return at + 2, _SERVANT_OF
    if after is not None and word.bare in _FATHERS and may_follow(reading, at + 1):
        return at + 2, _FATHER_OF
    addressed = word.roles & Role.TITLE and after is not None and after.roles & GIVEN  # «السيد عماد …»
    if word.roles & _NO_FIRST_PART or addressed or _describes(reading, at):
        return 0, 0.0
    if word.roles & GIVEN:
        doubtful = word.roles & _DOUBTFUL or word.text in _ON
        points = _ORDINARY if doubtful else _SURE
        if after is not None and after.roles & Role.COMPOUND_TAIL and not after.clitic:
            return at + 2, max(points, _COMPOUND)
        return at + 1, points
    fits = not word.roles and len(word.bare) > 2 and not has_article(word.bare) and word.bare[0] != "و"
    return (at + 1, _UNKNOWN) if fits else (0, 0.0)


def _describes(reading: Reading, at: int) -> bool:
    """«البحث العلمي التطبيقي»: an adjective of the definite noun before it, not the given name."""
    if not at or not reading.words[at].roles & Role.ORG_ADJECTIVE or not reading.joined(at):
        return False
    noun = reading.words[at - 1]
    return has_article(noun.text) and not noun.roles & (Role.TITLE | GIVEN)


def ends_of_name(reading: Reading, at: int) -> Iterator[tuple[int, int, float]]:
    """Each place where a name that begins here may end: end, number of parts, points."""
    end, points = first_part(reading, at)
    roles = reading.words[at].roles
    parts, strong = 1, points >= _STRONG
    arabic = not roles & Role.GIVEN_FOREIGN or bool(roles & Role.GIVEN)
    while end and parts <= _PARTS_MAX:
        yield end, parts, points
        if end >= len(reading.words) or not in_one(reading, end):
            return
        step, more = next_part(reading, end, parts, strong=strong, arabic=arabic)
        if not step:
            return
        if parts == 1 and not strong and more >= _TELLING and roles:
            more += _WEAK_MADE_SURE
        end, points, parts = end + step, points + more, parts + 1
