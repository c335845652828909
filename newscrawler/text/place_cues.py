"""cued_places(): places that no list has, by the word before them: «معتمدية X», «مطار X الدولي»."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from newscrawler.text.name_parts import GIVEN, has_article
from newscrawler.text.roles import Role, Word
from newscrawler.text.spans import Reading, Span

_CUED: Final = 0.65
_HEADED: Final = 0.7
_HEADED_LISTED: Final = 0.75
"""«مطار بغداد»: the cue and a listed place."""

_PAIRS: Final = frozenset({"مدينتي", "بلدتي", "قريتي", "ولايتي", "محافظتي", "معتمديتي", "منطقتي", "جهتي", "بلديتي"})
_ALONE: Final = frozenset({"سيدي", "بءر", "بير", "وادي", "هنشير", "دوار"})
"""With the next word these are a place, wherever they stand."""
_QUARTERS: Final = frozenset({"حي", "شارع", "نهج", "مخيم"})
"""After these an ordinary word is a name: «حي الرياض»."""
_SIDES: Final = frozenset({"ناحيه", "جهه"})
_FROM: Final = frozenset({"من", "عن", "ومن"})
_PROVINCE: Final = "مقاطعه"
_IN: Final = frozenset("بو")
_WHERE: Final = frozenset({"في", "من", "الي", "ومن", "وفي"})
"""Before «مقاطعة»: then it is a province, else rather a boycott."""
_VERBS_FIRST: Final = frozenset("يت")
_VERB_LETTERS: Final = 4
"""«منطقة تمتد»: unknown words of so many letters that begin like a verb are rather one than a place."""
_CUES: Final = Role.PLACE_CUE | Role.PLACE_HEAD | Role.PLACE_FIRST
_NO_NAME: Final = (
    Role.FUNCTION | Role.COMMON | Role.SAYING | Role.TITLE | Role.DEMONYM | Role.ORG_ADJECTIVE | Role.ORG_HEAD
    | Role.WEAK_HEAD | Role.MEDIA_HEAD | Role.INSTITUTION | Role.PLACE_CUE | Role.PLACE_TAIL | Role.NUMBER
    | Role.FOREIGN
)  # fmt: skip


def cued_places(reading: Reading, listed: Mapping[int, Span]) -> Iterator[Span]:
    """Places after a cue. `listed`: what the lists found, by first word."""
    for at, word in enumerate(reading.words):
        if not word.roles & _CUES or _is_named(listed.get(at)):
            continue
        if word.bare in _ALONE and at not in listed:
            yield from _two_words(reading, at)
        elif word.roles & Role.PLACE_HEAD and not word.roles & Role.DEFINITE:
            yield from _headed(reading, at, listed)
        if word.roles & Role.PLACE_CUE and not word.roles & Role.DEFINITE:
            yield from _after_cue(reading, at, listed)


def _two_words(reading: Reading, at: int) -> Iterator[Span]:
    """«بئر القصعة», «سيدي سهيل»: no cue is needed."""
    after = at + 1
    if after >= len(reading.words) or not reading.joined(after):
        return
    word = reading.words[after]
    if len(word.text) > 2 and not word.roles & _NO_NAME and not (word.clitic and word.roles):
        yield _place(reading, at, after + 1, _HEADED)


def _is_named(span: Span | None) -> bool:
    """Whether the lists have the cue as the beginning of a longer name: «قصر هلال»."""
    return span is not None and span.length > 1 and span.kind != "nothing"


def _after_cue(reading: Reading, at: int, listed: Mapping[int, Span]) -> Iterator[Span]:
    start = at + 1
    if _is_no_cue(reading, at):
        return
    end = _name_end(reading, start)
    if end and start not in listed:
        yield _place(reading, start, end, _CUED)
    if reading.words[at].bare in _PAIRS:
        second = end or (listed[start].end if start in listed else 0)
        if second and second < len(reading.words) and second not in listed and reading.joined(second):
            text = reading.tokens.words[second]
            if text.startswith("و") and len(text) > 3:
                yield Span(
                    second, second + 1, "place", reading.tokens.spelling(second, second + 1, clitic=1), "cue", _CUED
                )


def _is_no_cue(reading: Reading, at: int) -> bool:
    """«من ناحية التصميم», «دعوات لمقاطعة الشركة»: an aspect, a boycott."""
    word, before = reading.words[at], reading.tokens.words[at - 1] if at else ""
    if word.bare in _SIDES:
        return before in _FROM
    return word.bare == _PROVINCE and word.text[0] not in _IN and before not in _WHERE


def _headed(reading: Reading, at: int, listed: Mapping[int, Span]) -> Iterator[Span]:
    start = at + 1
    if start >= len(reading.words) or not reading.joined(start):
        return
    inside = listed.get(start)
    if inside is not None and reading.words[start].roles & Role.PLACE_CUE:
        return  # «صحراء مدينة الميادين»
    if inside is not None and inside.kind != "organisation":
        yield _place(reading, at, _tail(reading, inside.end), _HEADED_LISTED, holds_places=True)
        return
    if reading.words[start].roles & Role.HONORIFIC and reading.words[start].roles & Role.DEFINITE:
        end = _name_end(reading, start + 1, people=True)  # «مطار الملك خالد»
    elif _is_called_after(reading, at):
        end = 0 if reading.words[start].roles & (_NO_NAME & ~Role.COMMON) else start + 1
    else:
        end = _name_end(reading, start, people=True)
    if end:
        yield _place(reading, at, _tail(reading, end), _HEADED)


def _is_called_after(reading: Reading, at: int) -> bool:
    """Whether a quarter or a street is called after a thing («حي الرياض»), not after a person («نهج الحبيب ثامر»)."""
    word = reading.words[at + 1]
    return reading.words[at].bare in _QUARTERS and word.text.startswith("ال") and not word.roles & GIVEN


def _place(reading: Reading, start: int, end: int, confidence: float, *, holds_places: bool = False) -> Span:
    clitic = reading.words[start].clitic if reading.words[start].roles else 0
    name = reading.tokens.spelling(start, end, clitic=clitic)
    return Span(start, end, "place", name, "cue", confidence, holds_places=holds_places)


def _roles_at(reading: Reading, at: int) -> int:
    return reading.words[at].roles if at < len(reading.words) and reading.joined(at) else 0


def _name_end(reading: Reading, start: int, *, people: bool = False) -> int:
    """Where a place's name that begins here ends. 0: none begins."""
    if start >= len(reading.words) or not reading.joined(start):
        return 0
    first = reading.words[start]
    after = reading.words[start + 1] if start + 1 < len(reading.words) and reading.joined(start + 1) else None
    if first.roles & (Role.PLACE_FIRST | Role.PARTICLE) and not first.clitic:
        named = after is not None and not after.roles & (_NO_NAME & ~Role.COMMON)
        return start + 2 if named and not (first.text == "لا" and after and after.text[0] in _VERBS_FIRST) else 0
    if (first.clitic and first.roles) or first.roles & _NO_NAME or _is_no_name(first):
        return 0
    if first.roles & GIVEN:
        return _persons_name(reading, start) if people else 0
    unknown = after is not None and not after.roles and len(after.text) > 2 and after.text[0] not in "وفبل"
    return start + 2 if unknown and not first.text.startswith("ال") else start + 1  # «سان لوي»


def _is_no_name(word: Word) -> bool:
    """By its letters: «منطقة تمتد», «ملعب للغولف»."""
    verb = not word.roles and len(word.text) == _VERB_LETTERS and word.text[0] in _VERBS_FIRST
    bound = has_article(word.text) and not word.text.startswith("ال")
    return verb or bound or len(word.text) < 3


def _persons_name(reading: Reading, start: int) -> int:
    """«جبل عبد الحميد», «حي خالد بن الوليد»: places that are called after people."""
    end = start + 1
    while end < len(reading.words) and end < start + 4 and reading.joined(end):
        word = reading.words[end]
        if word.roles & (_NO_NAME & ~Role.COMMON) or (word.clitic and word.roles):
            break
        end += 1
        if not word.roles & Role.PARTICLE and (end - start > 1 or not word.roles & GIVEN):
            break
    return end


def _tail(reading: Reading, end: int) -> int:
    while _roles_at(reading, end) & Role.PLACE_TAIL:
        end += 1
    return end
