"""Where a news agency's credit stands: byline, dateline, the end of the text, a source line below it.

An agency that is only quoted («قال لرويترز», «ذكرت وكالة الأنباء الألمانية (د ب أ)») isn't credited.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from newscrawler.extract.date_lines import is_date_word
from newscrawler.extract.tables import folded_list
from newscrawler.text.agency_names import agencies_named, agency_named, as_credit
from newscrawler.text.normalise import TATWEEL, fold

__all__ = ["agency_credited", "agency_named"]

_OPENING: Final = 90
"""Characters at the beginning of a paragraph in which a dateline stands."""
_CREDIT_MAX: Final = 40
"""Characters of a line below the text that is a credit."""
_CLOSING_MAX: Final = 60
"""Characters of a last paragraph that is a credit or an editor's mark."""
_CODES_MAX: Final = 3
"""Short lines that may stand before an agency's first sentence, and after its last."""
_PLACE_WORDS: Final = 5
"""Words of a part of a dateline beside those of its date: «القاهرة في 12 آذار»."""
_UNDASHED_WORDS: Final = 3
"""Words before an agency in brackets that no dash follows, those of a date apart: «أبو ظبي (وام) أعلنت …»."""
_TAIL: Final = 90

_TOKEN: Final = re.compile(r"\(([^()]*)\)|([^-/:,()\"|]+)|[-/:,()\"|]+")
_DASHED: Final = re.compile(rf"(?<!\w){TATWEEL}+|{TATWEEL}+(?!\w)|[-–—―−]")
_QUOTED: Final = re.compile(r"[«\"“\[]([^«»\"“”\[\]]{2,40})[»\"”\]]")
_DATED_CREDIT: Final = re.compile(r"(?:19|20|14)\d\d\s*(?:م|هـ)?\s+([^\W\d]+)\W*$")
"""«… الموافق 23 يناير 2018 م واس»."""
_SOURCE: Final = re.compile(
    r"^\W*(?:المصدر|المصادر|مصدر الخبر|نقلا عن|عن|بالاتفاق مع|وكالة|source)\s*[:/|-]?\s*(.{2,60})$", re.IGNORECASE
)
_PICTURE: Final = "©"
"""Above the text it marks the picture's owner."""
_SOURCE_BEHIND: Final = re.compile(r"(?:المصدر|المصادر|نقلا عن)\s*[:/|]\s*([^:.]{2,60})\.?\s*$")
_BRACKET_BEHIND: Final = re.compile(
    r"^(.*?)\s*\(([^()]{2,60})\)[\s.\"]*(?:(?:\w{1,3}[./\s]+){0,4}\w{0,3})[\s.]*$", re.DOTALL
)
"""A last bracket; an editor's initials may follow it."""
_DASH_BEHIND: Final = re.compile(r"(?:[-/]\s*|[.!?؟]\s+)([^-/.()!?؟]{2,40}?)\s*[-/.\s]*$")
_REUTERS_DESK: Final = re.compile(r"\([^()]*(?:اعداد|تغطيه|تحرير)[^()]*للنشره العربيه[^()]*\)\W*$")
"""Reuters signs its Arabic file so, and names itself nowhere else in the text."""

_SAID: Final = folded_list(
    "قال قالت ذكر ذكرت أفاد أفادت نقل نقلت أورد أوردت بث بثت نشر نشرت بحسب حسب وفق وفقا نقلا عن لدى كشف كشفت "
    "أعلن أعلنت "
    "أكد أكدت صرح صرحت أبلغ أبلغت وكالة الوكالة لوكالة وكالتي وكالتا لوكالتي أضاف أضافت مراسل مراسلة لمراسل "
    "تصريح تصريحات "
    "أنباء للأنباء الأنباء"
)
"""Words that make an agency a source that is quoted."""
_PLACES: Final = folded_list("قنا سبأ")
"""Agencies that are places, too: at the very beginning of a text they are the place."""
_AFTER_NAME: Final = folded_list("إن أن بأن عن التي الذي")


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a dateline."""

    text: str
    bracketed: bool
    before: str
    """The separators in front of it."""
    after: str
    """Those behind it; "" where a word follows at once, "$" at the end of the paragraph."""


def agency_credited(bylines: Iterable[str], paragraphs: Sequence[str], below: Iterable[str] = ()) -> str | None:
    """The agencies credited in a byline, the dateline, the last line or a source line: «أ ف ب» or «أ ف ب، رويترز».

    `below`: the lines under the text. None: no credit.
    """
    lines = list(below)
    found: list[str] = []
    for line in bylines:
        if _PICTURE not in line:
            found += agencies_named(_labelled(line) or line)
    for paragraph in _openings(paragraphs):
        found += _dateline(paragraph)
    found += _ending(paragraphs)
    for line in lines:
        labelled = _labelled(line)
        found += agencies_named(labelled, sure=True) if labelled else ()
        found += agencies_named(line) if len(line) <= _CREDIT_MAX else ()
    return as_credit(found)


def _labelled(line: str) -> str | None:
    match = _SOURCE.match(line)
    return match[1] if match else None


def _openings(paragraphs: Sequence[str]) -> Sequence[str]:
    """The first paragraph, and those after a line that is no sentence: an agency's code, a dateline of its own."""
    long = next((i for i, paragraph in enumerate(paragraphs[:_CODES_MAX]) if len(paragraph) > _OPENING), _CODES_MAX)
    return paragraphs[: long + 1]


def _dateline(paragraph: str) -> list[str]:
    """The agencies before the first sentence: «دمشق-سانا», «واشنطن - (أ ف ب) -», «بيروت، رويترز:»."""
    found: list[str] = []
    words = 0
    for part in _parts_of(paragraph):
        named = agencies_named(part.text.strip("0123456789 "), sure=bool(part.before))
        if named and _is_credit(part, words):
            found += named
            continue
        if part.before and not found and (glued := _glued(part)):
            return [*found, *glued]
        size = sum(not is_date_word(word) for word in part.text.split())
        if size > _PLACE_WORDS or _is_said(part.text):
            break
        words += size
    if len(paragraph) <= _OPENING and (match := _DATED_CREDIT.search(paragraph)):
        found += agencies_named(match[1], sure=True)
    return found


def _parts_of(paragraph: str) -> Iterator[_Part]:
    cut = paragraph[:_OPENING]
    opening = fold(_DASHED.sub("-", _QUOTED.sub(r"(\1)", cut)))
    before, waiting = "", None
    for token in _TOKEN.finditer(opening):
        text = token[1] if token[1] is not None else token[2]
        if text is None or not text.strip():
            before += token[0].strip() if text is None else ""
            continue
        if waiting is not None:
            yield _Part(*waiting, after=before)
        waiting = (text.strip(), token[1] is not None, before)
        before = ""
    if waiting is not None:
        yield _Part(*waiting, after="$" if len(cut) == len(paragraph) and not before else before)


def _is_credit(part: _Part, words: int) -> bool:
    """Whether an agency in this part is credited; `words` stand before it."""
    closed = part.after == "$" or any(mark in part.after for mark in "-/:|")
    if part.bracketed:
        return closed or words <= _UNDASHED_WORDS
    if not part.before:
        return closed and part.text not in _PLACES
    return closed or part.before[-1] in "-/|"


def _glued(part: _Part) -> tuple[str, ...]:
    """«حلب-سانا أعادت المؤسسة …»: the agency is the beginning of a part whose words are the sentence's."""
    words = part.text.split()
    if part.before[-1] not in "-/" or part.bracketed:
        return ()
    for size in (3, 2, 1):
        named = agencies_named(" ".join(words[:size])) if len(words) > size else ()
        if named and words[size] not in _AFTER_NAME:
            return named
    return ()


def _is_said(text: str) -> bool:
    words = text.split()
    return any(word in _SAID or word[1:] in _SAID for word in words)


def _ending(paragraphs: Sequence[str]) -> list[str]:
    """The agencies of the last lines and of the end of the last sentence."""
    for paragraph in reversed(paragraphs[-_CODES_MAX:]):
        plain = fold(_DASHED.sub("-", _QUOTED.sub(r"(\1)", paragraph)))
        if _REUTERS_DESK.search(plain):
            return ["رويترز"]
        named: tuple[str, ...] = ()
        if len(paragraph) <= _CLOSING_MAX:
            labelled = _labelled(paragraph)
            named = agencies_named(labelled or plain, sure=labelled is not None or plain.startswith("("))
        named = named or _behind(plain[-_TAIL:])
        if named or len(paragraph) > _CLOSING_MAX:
            return list(named)
    return []


def _behind(tail: str) -> tuple[str, ...]:
    if match := _SOURCE_BEHIND.search(tail):
        return agencies_named(match[1], sure=True)
    if match := _BRACKET_BEHIND.match(tail):
        sentence = re.split(r"[.!?؟]\s*$", match[1])[-1] if match[1].rstrip().endswith((".", "!", "?")) else match[1]
        return () if _is_said(" ".join(sentence.split()[-6:])) else agencies_named(match[2], sure=True)
    match = _DASH_BEHIND.search(tail)
    return agencies_named(match[1]) if match else ()
