"""people(): persons that no list has, by title, given name, shape, and what the rest of the article says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from newscrawler.text.name_parts import GIVEN
from newscrawler.text.name_shape import ends_of_name
from newscrawler.text.roles import Role
from newscrawler.text.spans import Reading, Span
from newscrawler.text.titles import titled_starts

_SAID, _LISTED_ON, _QUOTED, _COLON, _REPEATED, _ALONE = 1.2, 1.0, 1.0, 0.8, 0.8, 1.0
_SPEAKS: Final = 1.4
_APPOSITION, _TITLE_NEXT, _GOES_ON, _PUNCTUATED = 1.6, 1.0, 0.4, 0.1
_FOR_UNKNOWN: Final = 1.4
"""Points that title, verb or apposition must give to a name whose first word is unknown."""
_SINGLE: Final = 3.2
"""Points of one word after «الملك», «البابا» …"""

_ORDINALS: Final = frozenset(
    {"الاول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"}
)
_AGED: Final = frozenset({"وعمره", "وعمرها", "البالغ", "البالغه", "والبالغ", "والبالغه"})
_LOOKED_AT: Final = 12
"""Places of a word that are searched for further mentions: one is evidence enough, and a text that says the same
four hundred times must not take a minute."""
_MAY_BEGIN: Final = GIVEN | Role.PARTICLE
_RATHER_A_PERSON: Final = Role.DEFINITE | Role.TITLE | GIVEN
_NO_PERSON_AFTER: Final = (
    Role.PLACE_HEAD | Role.PLACE_CUE | Role.PLACE_FIRST | Role.ORG_HEAD | Role.WEAK_HEAD | Role.MEDIA_HEAD
)


def people(reading: Reading, spans: Mapping[int, Span]) -> Iterator[Span]:
    """Names with two parts or more, and single ones after a title of honour; each with its confidence.

    `spans`: organisations and places by their first word; where one of several words stands, no person does.
    """
    covered = {at for span in spans.values() if span.kind != "person" for at in range(span.start, span.end)}
    known = {at for span in spans.values() if span.kind == "person" for at in range(span.start, span.end)}
    titled = titled_starts(reading, spans)
    last_end = -1
    for at, word in enumerate(reading.words):
        if word.roles and not word.roles & _MAY_BEGIN:
            continue
        if at < last_end or at in covered or at in known or _is_blocked(reading, at):
            continue
        found = _best(reading, at, titled.get(at, 0.0), follows=last_end == at, covered=covered)
        if found is not None:
            yield found
            last_end = found.end


def confidence_of(points: float) -> float:
    """Points as a confidence: 2.5, a sure given name with a family's name, is worth one half."""
    return round(max(0.0, min(0.95, 0.1 + 0.16 * points)), 2)


def _best(reading: Reading, at: int, titled: float, *, follows: bool, covered: set[int]) -> Span | None:
    before = titled + _points_before(reading, at, follows=follows)
    best_end, best = 0, 0.0
    unknown = not reading.words[at].roles
    if reading.words[at].roles & Role.SAYING and not titled and not follows:
        return None  # «طالب رونالدو …» is a verb
    if unknown and _given_follows(reading, at):
        return None
    for end, parts, shape in ends_of_name(reading, at):
        if any(i in covered for i in range(at, end)):
            break
        if parts == 1:
            if titled and _is_honorific(reading, at):
                best_end, best = _honoured(reading, at, end)
            continue
        after = _points_after(reading, at, end)
        elsewhere, said = _points_elsewhere(reading, at, end)
        if unknown and (before + after + said < _FOR_UNKNOWN or _is_half_quoted(reading, at, end)):
            continue
        points = shape + before + after + elsewhere + (said / 2 if unknown else 0.0)
        if points >= best:
            best_end, best = end, points
    if not best_end:
        return None
    source = "cue" if titled else "shape"
    return Span(at, best_end, "person", _name(reading, at, best_end), source, confidence_of(best))


def _given_follows(reading: Reading, at: int) -> bool:
    """Whether the name begins with the next word: «بقابس محمد …», where «بقابس» is a place that nobody listed."""
    after = at + 1
    if after + 1 >= len(reading.words) or not reading.joined(after) or reading.words[after].clitic:
        return False
    given = reading.words[after].roles
    return (
        bool(given & Role.GIVEN)
        and not given & (Role.GIVEN_COMMON | Role.COMMON)
        and any(parts > 1 for _, parts, _ in ends_of_name(reading, after))
    )


def _is_half_quoted(reading: Reading, start: int, end: int) -> bool:
    """Whether quotation marks open before it and don't close behind it: a title of a film, a slogan."""
    gaps = reading.tokens.gaps
    return gaps[start].endswith('"') and not (end < len(gaps) and '"' in gaps[end])


def _name(reading: Reading, start: int, end: int) -> str:
    """As the newspaper wrote it, given names spelt as the list spells them."""
    spellings = reading.lexicon.spellings
    first = reading.words[start]
    clitic = first.clitic if first.roles else 0
    parts = [spellings.get(first.bare) or reading.tokens.spelling(start, start + 1, clitic=clitic)]
    words, spelling = reading.tokens.words, reading.tokens.spelling
    parts += [spellings.get(words[at]) or spelling(at, at + 1) for at in range(start + 1, end)]
    return " ".join(parts)


def _is_blocked(reading: Reading, at: int) -> bool:
    """Whether the word before makes it the name of a street, a hospital, a school."""
    roles = reading.words[at - 1].roles
    if not at or not roles & _NO_PERSON_AFTER or not reading.joined(at):
        return False
    return not roles & _RATHER_A_PERSON


def _honoured(reading: Reading, at: int, end: int) -> tuple[int, float]:
    """Where a name of one part ends, with its points: «سلمان», «فيليبي السادس»."""
    if end < len(reading.words) and reading.joined(end) and reading.words[end].text in _ORDINALS:
        return end + 1, _SINGLE
    sure = reading.words[at].roles & Role.GIVEN or _points_after(reading, at, end) > 0
    return (end, _SINGLE) if sure else (0, 0.0)


def _is_honorific(reading: Reading, at: int) -> bool:
    return at > 0 and reading.joined(at) and bool(reading.words[at - 1].roles & Role.HONORIFIC)


def _points_before(reading: Reading, at: int, *, follows: bool) -> float:
    points = 0.0
    if at and reading.joined(at) and reading.words[at - 1].roles & Role.SAYING:
        points += _SAID
    if follows and (reading.words[at].clitic or reading.tokens.gaps[at]):
        points += _LISTED_ON
    return points


def _points_after(reading: Reading, start: int, end: int) -> float:
    if end >= len(reading.words):
        return _PUNCTUATED
    gap, roles = reading.tokens.gaps[end], reading.words[end].roles
    if reading.words[end].text in _AGED:
        return _APPOSITION
    if not gap:
        if roles & Role.TITLE and not roles & Role.DEFINITE:
            return _TITLE_NEXT
        return _GOES_ON if roles & (Role.AFTER_NAME | Role.SAYING) else 0.0
    opened = reading.tokens.gaps[start]
    given = reading.words[start].roles & (Role.GIVEN | Role.GIVEN_FOREIGN)
    claims = (
        (_QUOTED, gap.lstrip().startswith('"') and opened.endswith('"')),
        (_APPOSITION, "," in gap and roles & Role.TITLE),
        (_COLON, ":" in gap and "\n" in opened and given),
    )
    return next((points for points, holds in claims if holds), _PUNCTUATED)


def _points_elsewhere(reading: Reading, start: int, end: int) -> tuple[float, float]:
    """For the whole name again, or its last part alone; and those of the latter if somebody of that name speaks."""
    words = reading.tokens.words
    first = reading.words[start]
    whole = (first.bare, *words[start + 1 : end])
    again = reading.occurrences(whole, at_most=_LOOKED_AT)
    points = _REPEATED if len(again) > 1 else 0.0
    last = words[end - 1]
    if reading.words[end - 1].roles & (Role.COMMON | Role.FUNCTION):
        return points, 0.0
    alone = [
        at
        for at in reading.occurrences((last,), at_most=_LOOKED_AT)
        if not any(one < at < one + len(whole) for one in again)
    ]
    said = any(at and reading.joined(at) and reading.words[at - 1].roles & Role.SAYING for at in alone)
    return points + (_ALONE if alone else 0.0), _SPEAKS if said else 0.0
