"""Writers who are named beside a place, an agency or the outlet, with nothing to say that they wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from newscrawler.extract.agencies import agency_named
from newscrawler.extract.given_names import begins_with_given_name
from newscrawler.extract.names import is_credit, is_job
from newscrawler.extract.places import has_articles, is_city, is_place
from newscrawler.extract.signatures import LINE_MAX
from newscrawler.text.normalise import fold

PARTS_MAX: Final = 4
"""Parts of such a line: outlet, place, writer, agency."""

PLACE_WORDS: Final = 3
"""Words of a place that no list has."""

_EXCLUSIVE: Final = "خاص"
_WITH_JOB: Final = re.compile(r"^\W*(?P<name>[^\W\d_]+(?:\s[^\W\d_]+){1,3})\s*[-–—،,|/:(]+\s*(?P<job>[^\W\d_].*)$")
_SIDES: Final = re.compile(r"\s*[-–—/|،]\s*")
_MARK: Final = re.compile(r"[-–—/|،:]")
_SOURCE: Final = re.compile(r"^\W*(?:المصدر|المصادر)\s*[:/|]?\s*(\S.*)$")
_NAME: Final = re.compile(r"^[^\W\d_]+(?:\s[^\W\d_]+){1,3}$")
_DATELINE: Final = re.compile(
    r"^\W*(?:(?P<label>كتبت?|بقلم)|(?P<place>[^-–—/:،,.()\"«»]{2,30}?))\s*[-–—/:]\s*"
    r"(?P<name>[^\W\d_]+(?:\s[^\W\d_]+){1,3}?)\s*(?:[:–—]|-(?=\s)|(?<=\s)-)\s*\S"
)
"""«كتبت - فلانة الفلانية: تنطلق …», «الدوحة - فلان الفلاني: قال …»."""


def opening_byline(line: str, outlets: frozenset[str], *, city: bool = False) -> list[str]:
    """The writers of a first line such as «الجريدة - فلان الفلاني:», «عمّان / فلان الفلاني / الأناضول» or
    (`city`: for lines of the text only) «الرياض - فلان الفلاني»: names beside the outlet's own, an agency's or a
    city's. Empty: it is another line.
    """
    if len(line) > LINE_MAX or not _MARK.search(line) or line.rstrip().endswith((".", "!", "؟", "…")):
        return []
    parts = [part.strip(" :.()[]*") for part in _SIDES.split(line) if part.strip(" :.()[]*")]
    if city and len(parts) == 1 and len(sides := [part.strip() for part in line.split(":") if part.strip()]) == 2:
        parts = sides if begins_with_given_name(sides[1]) else parts  # «الشارقة: فلانة الفلانية»
    if not 2 <= len(parts) <= PARTS_MAX:
        return []
    ours = [part for part in parts if is_ours(fold(part), outlets) or agency_named(part)]
    if not ours and len(parts) == 2 and fold(parts[0]) == _EXCLUSIVE and begins_with_given_name(parts[1]):
        ours = parts[:1]  # «خاص - فلان الفلاني»
    if not ours and len(parts) > 2 and any(map(begins_with_given_name, parts)):
        ours = [part for part in parts if is_city(part)]  # «24 - أبوظبي - فلانة الفلانية»
    if city and not ours and len(parts) == 2 and is_city(parts[1]) and begins_with_given_name(parts[0]):
        parts.reverse()  # «فلان الفلاني - دمشق»
    if city and not ours and len(parts) == 2 and _is_from(parts[0], parts[1]) and 2 <= len(parts[1].split()) <= 4:
        return [parts[1]] if is_credit(parts[1], outlets) else []
    if not ours:
        return []
    people = [part for part in parts if part not in ours and 2 <= len(part.split()) <= 4 and not is_place(part)]
    people = [part for part in people if not has_articles(part)]  # «السهل الغربي - القناة»: a place
    return [part for part in people if is_credit(part, outlets)] if len(people) == 1 else []


def lone_name(paragraphs: Sequence[str], outlets: frozenset[str]) -> list[str]:
    """The writer whose name is the first line, alone. Empty: no name, or one that the text then speaks of."""
    line = paragraphs[0] if len(paragraphs) > 1 else ""
    if not _NAME.match(line) or not begins_with_given_name(line) or not is_credit(line, outlets):
        return []
    family = fold(line).split()[-1]
    return [] if any(family in fold(paragraph) for paragraph in paragraphs[1:]) else [line]


def signing_name(paragraphs: Sequence[str], outlets: frozenset[str]) -> list[str]:
    """The writer whose name is the last line, alone after a sentence that has ended, or with a profession. Empty: it
    is another line, or the text speaks of a person of that name, or it is a list of names.
    """
    introduced = _WITH_JOB.match(paragraphs[-1]) if paragraphs and len(paragraphs[-1]) <= LINE_MAX else None
    if introduced and is_job(introduced["job"]) and is_credit(introduced["name"], outlets):
        return [introduced["name"]]  # «* فلان الفلاني، كاتب من الأردن»
    if len(paragraphs) < 2 or not paragraphs[-2].rstrip(" \"'»”)").endswith((".", "!", "؟", "…")):
        return []
    return lone_name(paragraphs[::-1], outlets)


def sourced_writer(line: str, outlets: frozenset[str]) -> list[str]:
    """The writer of a source line that names his city, too: «المصدر: دبي - فلان الفلاني». Empty: it names an outlet."""
    match = _SOURCE.match(line) if len(line) <= LINE_MAX else None
    return opening_byline(match[1], outlets, city=True) if match else []


def dateline_writer(paragraph: str, outlets: frozenset[str]) -> list[str]:
    """The writer in the dateline of a first sentence, where a label or the given name shows that it is one."""
    match = _DATELINE.match(paragraph)
    if match is None or not is_credit(match["name"], outlets) or is_place(match["name"]):
        return []
    place = match["place"]
    if place is None:
        return [match["name"]]
    known = is_city(place) or is_place(place) or is_ours(fold(place), outlets)
    return [match["name"]] if known and begins_with_given_name(match["name"]) else []


def _is_from(place: str, name: str) -> bool:
    """Whether a line of two parts is a place and a writer: one of them has to be known."""
    return is_city(place) or (len(place.split()) <= PLACE_WORDS and begins_with_given_name(name))


def is_ours(name: str, outlets: frozenset[str]) -> bool:
    """Whether the name is the outlet's, with or without «صحيفة» before it."""
    return name in outlets or any(outlet.partition(" ")[2] == name for outlet in outlets)
