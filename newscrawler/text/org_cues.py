"""cued_organisations(): organisations that no list has, by their first word: «نقابة X», «الحكومة التركية»."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from newscrawler.text.org_extent import (
    after_a_person,
    complement_end,
    construct_end,
    located_end,
    quoted_end,
    second_adjective_end,
)
from newscrawler.text.roles import HEADS, Role, Word
from newscrawler.text.spans import Reading, Span

_NATIONAL: Final = 0.75
_NAMED: Final = 0.65
_QUOTED: Final = 0.75
_WORDS_MAX: Final = 7

_PRESIDENCY: Final = "رءاسه"
_PRESIDED: Final = frozenset({"الجمهوريه", "الوزراء", "النيابه"})
_UNIQUE: Final = frozenset({"المحكمه", "الحزب"})
"""With one adjective these are names: «المحكمة الدستورية», «الحزب الاشتراكي»."""
_SITE: Final = "موقع"
_OF_SITES: Final = frozenset({"الاثري", "التاريخي", "السياحي", "العسكري", "الجغرافي"})
_UNDER: Final = ("تحت", "لواء")
"""«تحت لواء …»: under somebody's flag; no brigade."""
_CUES: Final = HEADS | Role.MEDIA_HEAD | Role.INSTITUTION
_UNNAMED: Final = (
    Role.FUNCTION | Role.SAYING | Role.AFTER_NAME | Role.NOT_A_HEAD | Role.NUMBER | Role.COMMON | Role.DEMONYM
    | Role.ORG_ADJECTIVE | Role.TITLE | Role.PLACE_CUE
)  # fmt: skip


def cued_organisations(reading: Reading, listed: Mapping[int, Span]) -> Iterator[Span]:
    """Organisations by cue. `listed`: what the lists found, by first word."""
    for at, word in enumerate(reading.words):
        roles = word.roles
        if not roles & _CUES:
            continue
        if at in listed and listed[at].kind == "organisation":
            continue
        if (reading.tokens.words[at - 1] if at else "", word.text) == _UNDER:
            continue
        if roles & Role.MEDIA_HEAD and not roles & Role.DEFINITE:
            yield from _media(reading, at, listed)
        if not roles & (HEADS | Role.INSTITUTION):
            continue
        span = _definite(reading, at, listed) if roles & Role.DEFINITE else _construct(reading, at, listed)
        if span is not None:
            yield span


def _definite(reading: Reading, at: int, listed: Mapping[int, Span]) -> Span | None:
    """«الحكومة التركية», «المحكمة الابتدائية بتونس», «الاتحاد العام التونسي للشغل»."""
    end, country, adjectives = at + 1, False, 0
    while end < len(reading.words) and reading.joined(end) and end not in listed:
        roles = reading.words[end].roles
        if reading.words[end].clitic or not roles & Role.DEFINITE or not roles & (Role.DEMONYM | Role.ORG_ADJECTIVE):
            break
        if roles & Role.DEMONYM and not _agree(reading.words[at].bare, reading.words[end].text):
            break
        country |= bool(roles & Role.DEMONYM)
        adjectives += 1
        end += 1
    named = adjectives and reading.words[at].roles & HEADS
    full = _described_end(reading, end, listed) if named else end
    if named and full == end and reading.words[at].roles & Role.LOCATED_HEAD:
        full = after_a_person(reading, end)  # «المستشفى الجامعي فطومة بورقيبة»
    if country and reading.words[at].roles & Role.INSTITUTION:
        return _span(reading, at, full, _NATIONAL)
    unique = reading.words[at].bare in _UNIQUE
    if named and (full > end or (adjectives > 1 and country) or unique):
        return _span(reading, at, full, _NATIONAL if country else _NAMED)
    return None


def _described_end(reading: Reading, end: int, listed: Mapping[int, Span]) -> int:
    """Where second adjective, purpose and place end; «الحركة الاقتصادية والتجارية» alone is no name."""
    second = second_adjective_end(reading, end)
    full = complement_end(reading, second, listed)
    return end if full == second else full


def _is_national_force(reading: Reading, start: int) -> bool:
    """«قوات الأمن التركية», «جيش الاحتلال الإسرائيلي»."""
    if start + 1 >= len(reading.words) or not (reading.joined(start) and reading.joined(start + 1)):
        return False
    first, country = reading.words[start], reading.words[start + 1]
    national = country.roles & Role.DEMONYM and country.roles & Role.DEFINITE and not country.clitic
    return bool(national) and first.text.startswith("ال") and not first.roles & (Role.TITLE | Role.FUNCTION)


def _agree(head: str, adjective: str) -> bool:
    """Whether both are feminine or both masculine: in «مكتب الخارجية الأسترالي» they belong to different words."""
    return head.endswith(("ه", "ات")) == adjective.endswith("ه")


def _construct(reading: Reading, at: int, listed: Mapping[int, Span]) -> Span | None:
    """«نقابة أطباء الأسنان», «جامعة القاهرة», «حزب X»: a head without article, and what belongs to it."""
    word, start = reading.words[at], at + 1
    if word.roles & Role.INSTITUTION and _is_national_force(reading, start):
        return _span(reading, at, start + 2, _NATIONAL)
    if not word.roles & HEADS or start >= len(reading.words) or not reading.joined(start):
        return None
    inside = listed.get(start)
    if inside is not None and inside.kind != "person":
        is_in = located_end(reading, start, listed) > start  # «مدرسة ببيروت» is any school there
        located = word.roles & Role.LOCATED_HEAD and inside.kind == "place" and not is_in
        return _span(reading, at, _described(reading, inside.end), _NAMED) if located else None
    end = construct_end(reading, start, listed)
    if end == start or not _is_enough(reading, at, end):
        return None
    placed = located_end(reading, end, listed) if word.roles & Role.LOCATED_HEAD else end
    return _span(reading, at, placed, _NAMED)


def _described(reading: Reading, end: int) -> int:
    """«مستشفى العريش العسكري»: with the adjective."""
    follows = end < len(reading.words) and reading.joined(end) and reading.words[end].roles & Role.DEFINITE
    return end + 1 if follows and reading.words[end].roles & Role.ORG_ADJECTIVE else end


def _is_enough(reading: Reading, at: int, end: int) -> bool:
    """Whether what follows a head makes it a name. «رئاسة الحكومة» does, «إدارة الشركة» doesn't."""
    word, start = reading.words[at], at + 1
    if word.bare == _PRESIDENCY:
        return reading.words[start].text in _PRESIDED or bool(reading.words[start].roles & Role.INSTITUTION)
    if end - start == 1 and reading.words[start].roles & Role.INSTITUTION:
        return True
    return not word.roles & Role.WEAK_HEAD or (end - start > 1 and _is_telling(reading, start, end))


def _is_telling(reading: Reading, start: int, end: int) -> bool:
    """Whether one of the words is more than an ordinary one: «فرقة الشرطة العدلية», not «إدارة شؤون العاملين»."""
    return any(
        not word.roles or word.roles & (Role.ORG_ADJECTIVE | Role.DEMONYM | Role.ORG_HEAD)
        for word in reading.words[start:end]
    )


def _media(reading: Reading, at: int, listed: Mapping[int, Span]) -> Iterator[Span]:
    """«صحيفة "الشروق"»: the name is what follows."""
    start = at + 1
    if start >= len(reading.words) or (start in listed and listed[start].kind == "organisation"):
        return
    end = quoted_end(reading, start)
    if end:
        yield Span(start, end, "organisation", reading.tokens.spelling(start, end), "cue", _QUOTED)
        return
    if not reading.joined(start) or not _may_be_named(reading.words[start]) or _is_described(reading, start):
        return
    end = start + 1
    while end < start + 4 and end < len(reading.words) and reading.joined(end):
        if reading.words[end].roles & ~Role.FOREIGN:
            break
        end += 1
    yield Span(start, end, "organisation", reading.tokens.spelling(start, end), "cue", _NAMED)


def _is_described(reading: Reading, start: int) -> bool:
    """«قناة مؤيدة للحكومة», «موقع أوذنة الأثري»: a participle that describes it, and a site that is no website."""
    word, after = reading.words[start], start + 1
    participle = not word.roles and word.text.startswith("م") and word.text.endswith("ه")
    site = reading.words[start - 1].bare == _SITE and after < len(reading.words) and reading.joined(after)
    return participle or (site and reading.words[after].text in _OF_SITES)


def _may_be_named(word: Word) -> bool:
    return not word.roles & _UNNAMED and not (word.clitic and word.roles)


def _span(reading: Reading, start: int, end: int, confidence: float) -> Span | None:
    if end - start > _WORDS_MAX:
        return None
    name = reading.tokens.spelling(start, end, clitic=reading.words[start].clitic)
    return Span(start, end, "organisation", name, "cue", confidence, holds_places=True)
