"""News agencies as Arabic pages credit them, and where such a credit stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from newscrawler.text.normalise import fold

AGENCIES: Final[dict[str, tuple[str, ...]]] = {
    "أ ف ب": ("أ ف ب", "أ.ف.ب", "أ. ف. ب", "أف ب", "ا ف ب", "فرانس برس", "وكالة فرانس برس", "الصحافة الفرنسية", "AFP"),
    "رويترز": ("رويترز", "وكالة رويترز", "Reuters"),
    "أ ب": ("أ ب", "أ.ب", "أسوشيتد برس", "اسوشيتد برس", "أسوشييتد برس", "أسوشيتدبرس", "Associated Press", "AP"),
    "د ب أ": ("د ب أ", "د.ب.أ", "د ب ا", "الألمانية", "وكالة الأنباء الألمانية", "DPA"),
    "الأناضول": ("الأناضول", "وكالة الأناضول", "الاناضول", "Anadolu", "AA"),
    "سانا": ("سانا", "وكالة سانا", "SANA"),
    "أ ش أ": ("أ ش أ", "أ.ش.أ", "أش أ", "وكالة أنباء الشرق الأوسط", "MENA"),
    "واس": ("واس", "وكالة الأنباء السعودية", "SPA"),
    "وام": ("وام", "وكالة أنباء الإمارات", "WAM"),
    "بترا": ("بترا", "وكالة الأنباء الأردنية", "Petra"),
    "كونا": ("كونا", "وكالة الأنباء الكويتية", "KUNA"),
    "قنا": ("قنا", "وكالة الأنباء القطرية", "QNA"),
    "بنا": ("بنا", "وكالة أنباء البحرين", "BNA"),
    "العمانية": ("العمانية", "وكالة الأنباء العمانية", "ONA"),
    "واج": ("واج", "وأج", "وكالة الأنباء الجزائرية", "APS"),
    "وات": ("وات", "وكالة تونس إفريقيا للأنباء", "TAP"),
    "و م ع": ("و م ع", "و.م.ع", "ومع", "وكالة المغرب العربي للأنباء", "لاماب", "MAP"),
    "وال": ("وال", "وكالة الأنباء الليبية", "LANA"),
    "سونا": ("سونا", "وكالة السودان للأنباء", "SUNA"),
    "سبأ": ("سبأ", "سبأنت", "وكالة سبأ", "وكالة الأنباء اليمنية", "Saba"),
    "واع": ("واع", "وكالة الأنباء العراقية", "INA"),
    "وفا": ("وفا", "وكالة وفا", "WAFA"),
    "الوطنية للإعلام": ("الوكالة الوطنية للإعلام", "الوطنية للإعلام", "NNA"),
    "الوكالة الموريتانية للأنباء": ("الوكالة الموريتانية للأنباء", "وما", "AMI"),
    "شينخوا": ("شينخوا", "وكالة شينخوا", "Xinhua"),
    "سبوتنيك": ("سبوتنيك", "وكالة سبوتنيك", "Sputnik"),
    "تاس": ("تاس", "وكالة تاس", "TASS"),
    "نوفوستي": ("نوفوستي", "RIA"),
    "إفي": ("إفي", "EFE"),
    "أنسا": ("أنسا", "ANSA"),
    "بلومبرغ": ("بلومبرغ", "بلومبيرغ", "Bloomberg"),
    "إرنا": ("إرنا", "IRNA"),
    "يو بي آي": ("يو بي آي", "UPI"),
    "وكالات": ("وكالات", "الوكالات", "وكالات الأنباء", "Agencies"),
}
"""Canonical name → the spellings of a credit. «وكالات» (agencies, unnamed) loses against a named one."""

_CANONICAL: Final = {str(fold(alias)): name for name, aliases in AGENCIES.items() for alias in aliases}
_SEPARATOR: Final = re.compile(r"\s*[+/|،,;؛*_]\s*|\s+[-–—]+\s+|[-–—]{2,}|\s*[()\[\]«»\"]\s*|\s+و\s*(?=ال?وكالات)")
_CLOSING: Final = re.compile(r"^\W*(?:[\(\[«\"-]+\s*)?([^()\[\]]{2,60}?)\s*[\)\]»\"-]*\W*$")
_IN_BRACKETS: Final = re.compile(r"[\(\[]\s*([^()\[\]]{2,40})\s*[\)\]]")
_OPENING: Final = 90
_PARTS_MAX: Final = 5
_CREDIT_MAX: Final = 40
"""Characters of a line below the text that is a credit."""
_CODES_MAX: Final = 3
"""Short lines that may stand before an agency's first sentence."""
_DATED_CREDIT: Final = re.compile(r"(?:19|20|14)\d\d\s*(?:م|هـ)?\s+([^\W\d]+)\W*$")
"""«… الموافق 23 يناير 2018 م واس»."""
_PLACE_WORDS: Final = 4
_MARKS: Final = re.compile(r"\s*[-–—/،,:()\[\]]+\s*")
_GLUED: Final = re.compile(r"[^\s-]+(?:\s[^\s-]+){0,2}\s?[-–—]\s?([^\s-]+)\s")
_SOURCE: Final = re.compile(r"^\W*(?:المصدر|المصادر|نقلا عن|وكالة|source)\s*[:/|-]?\s*(.{2,60})$", re.IGNORECASE)
_UNNAMED: Final = "وكالات"


def agency_named(text: str) -> str | None:
    """The agency's canonical name if the text is one's credit, alone or among others. None: it isn't."""
    whole = _CANONICAL.get(_bare(text))
    if whole:
        return whole
    hits = [_CANONICAL[bare] for part in _SEPARATOR.split(text) if (bare := _bare(part)) in _CANONICAL]
    return next((hit for hit in hits if hit != _UNNAMED), hits[0] if hits else None)


def agency_credited(bylines: Iterable[str], paragraphs: Sequence[str], below: Iterable[str] = ()) -> str | None:
    """The agency of a byline, of the first paragraph's dateline, of the last line, or of a source line.

    Agencies that are only quoted («قال لرويترز») aren't credited.
    """
    places: list[str] = list(bylines)
    if paragraphs:
        places += [place for paragraph in _openings(paragraphs) for place in _dateline(paragraph)]
        places += _ending(paragraphs[-1])
    places += [match[1] for line in below if (match := _SOURCE.match(line))]
    places += [line for line in below if len(line) <= _CREDIT_MAX]
    hits = [name for place in places if (name := agency_named(place))]
    return next((hit for hit in hits if hit != _UNNAMED), hits[0] if hits else None)


def _bare(text: str) -> str:
    return fold(text).strip(" .:-–—()[]«»\"'")


def _openings(paragraphs: Sequence[str]) -> Sequence[str]:
    """The first paragraph, and those after a line that is no sentence: an agency's code, a dateline of its own."""
    long = next((i for i, paragraph in enumerate(paragraphs[:_CODES_MAX]) if len(paragraph) > _OPENING), _CODES_MAX)
    return paragraphs[: long + 1]


def _dateline(paragraph: str) -> list[str]:
    """What stands before the first sentence: «دمشق-سانا», «واشنطن - (أ ف ب) -», «بيروت، رويترز:»."""
    opening = paragraph[:_OPENING]
    places: list[str] = []
    for part in _MARKS.split(opening)[:_PARTS_MAX]:
        if len(part.split()) > _PLACE_WORDS:
            break
        places.append(part.strip("0123456789 "))
    if len(paragraph) <= _OPENING and (match := _DATED_CREDIT.search(paragraph)):
        places.append(match[1])
    if match := _GLUED.match(opening):  # «حلب-سانا أعادت …»
        places.append(match[1])
    return places


def _ending(paragraph: str) -> list[str]:
    places = [match[1] for match in _IN_BRACKETS.finditer(paragraph[-60:])]
    if len(paragraph) <= 60 and (match := _CLOSING.match(paragraph)):
        places.append(match[1])
    if match := _SOURCE.match(paragraph):
        places.append(match[1])
    return places
