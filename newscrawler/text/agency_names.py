"""News agencies and the spellings under which Arabic pages credit them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from newscrawler.text.normalise import Folded, fold

AGENCIES: Final[dict[str, str]] = {
    "أ ف ب": "أ ف ب|أف ب|ا ف ب|فرانس برس|الصحافة الفرنسية|الفرنسية|الأنباء الفرنسية|AFP",
    "رويترز": "رويترز|رويتر|رويترز عربي|طومسون رويترز|Reuters",
    "أ ب": "أ ب|أسوشيتد برس|أسوشييتد برس|أسوشيتدبرس|أسوشييتدبرس|الأسوشيتد برس|Associated Press|AP",
    "د ب أ": "د ب أ|د ب ا|دب أ|الألمانية|الأنباء الألمانية|DPA",
    "الأناضول": "الأناضول|الأناضول التركية|أنباء الأناضول|Anadolu|Anadolu Agency|AA",
    "سانا": "سانا|السورية سانا|الأنباء السورية|العربية السورية للأنباء|SANA",
    "أ ش أ": "أ ش أ|أش أ|أ ش ا|أنباء الشرق الأوسط|MENA",
    "واس": "واس|الأنباء السعودية|SPA",
    "وام": "وام|أنباء الإمارات|الأنباء الإماراتية|WAM",
    "بترا": "بترا|الأنباء الأردنية|Petra",
    "كونا": "كونا|الأنباء الكويتية|KUNA",
    "قنا": "قنا|الأنباء القطرية|QNA",
    "بنا": "بنا|أنباء البحرين|BNA",
    "العمانية": "العمانية|الأنباء العمانية|ONA",
    "واج": "واج|وأج|الأنباء الجزائرية|APS",
    "وات": "وات|تونس إفريقيا للأنباء|تونس افريقيا للأنباء|TAP",
    "و م ع": "و م ع|ومع|المغرب العربي للأنباء|لاماب|MAP",
    "وال": "وال|الأنباء الليبية|LANA",
    "سونا": "سونا|السودان للأنباء|SUNA",
    "سبأ": "سبأ|سبأنت|سبأ نت|الأنباء اليمنية|الأنباء اليمنية سبأ|Saba",
    "واع": "واع|الأنباء العراقية|INA",
    "وفا": "وفا|الأنباء الفلسطينية|الأنباء والمعلومات الفلسطينية|WAFA",
    "معا": "معا|معا الإخبارية",
    "صفا": "صفا|الصحافة الفلسطينية صفا",
    "قدس برس": "قدس برس|قدس برس إنترناشيونال",
    "شفق نيوز": "شفق نيوز|Shafaq News",
    "نورث برس": "نورث برس|North Press",
    "هاوار": "هاوار|ANHA",
    "الوطنية للإعلام": "الوكالة الوطنية للإعلام|الوطنية للإعلام|NNA",
    "الوكالة الموريتانية للأنباء": "الوكالة الموريتانية للأنباء|الموريتانية للأنباء|وما|AMI",
    "صونا": "صونا|الأنباء الصومالية|SONNA",
    "شينخوا": "شينخوا|شينخوا الصينية|Xinhua",
    "سبوتنيك": "سبوتنيك|سبوتنيك عربي|Sputnik",
    "تاس": "تاس|تاس الروسية|TASS",
    "نوفوستي": "نوفوستي|ريا نوفوستي|RIA|RIA Novosti",
    "إنترفاكس": "إنترفاكس|انترفاكس|Interfax",
    "إفي": "إفي|EFE",
    "أنسا": "أنسا|أنسا الإيطالية|ANSA",
    "آكي": "آكي|آكي الإيطالية|AKI",
    "بلومبرغ": "بلومبرغ|بلومبيرغ|بلومبرج|Bloomberg",
    "إرنا": "إرنا|إيرنا|IRNA",
    "إيسنا": "إيسنا|ISNA",
    "تسنيم": "تسنيم|Tasnim",
    "يونهاب": "يونهاب|يونهاب الكورية|Yonhap",
    "كيودو": "كيودو|كيودو اليابانية|Kyodo",
    "يو بي آي": "يو بي آي|يو بي أي|يونايتد برس|يونايتد برس إنترناشونال|UPI",
    "وكالات": "وكالات|الوكالات|وكالات الأنباء|وكالات أنباء|Agencies",
}
"""Canonical name → the spellings of a credit, without «وكالة» before them. «وكالات» are agencies, unnamed."""

UNNAMED: Final = "وكالات"
"""Agencies that aren't named: said only where no other is."""

BESIDE_MAX: Final = 4
"""Words of a name that stands beside an agency's in a credit; more are a sentence that mentions it."""

_REMEMBERED: Final = 512
"""Credits, bylines and names of which is kept what agencies they are: a page's are asked about by three readers."""

_JOINT: Final = "، "

_CANONICAL: Final = {fold(alias): name for name, aliases in AGENCIES.items() for alias in aliases.split("|")}
_LONGEST: Final = 2 * max(map(len, _CANONICAL))
"""Characters of a credit of one agency, with «نقلا عن وكالة» before it and full stops in it; a sentence has more."""

_ORDINARY: Final = frozenset(map(fold, ["بنا", "ومع", "وال", "وما", "معا", "صفا", "الفرنسية", "الألمانية", "العمانية"]))
"""Words of the language as well, places, names: they count where a credit stands and nowhere else."""

_SEPARATOR: Final = re.compile(r"\s*[+/|,;*_&()\[\]\"]\s*|\s+-+\s+|--+")
_AND: Final = re.compile(r"\s+و\s?")
_LETTERS: Final = re.compile(r"(?<![^\W_])([^\W\d_])(?:\.\s?|\s)(?=[^\W\d_](?:[.\s]|$|[^\w]))")
_AROUND: Final = " .:-'©"
_PREFIX: Final = re.compile(r"^(?:نقلا )?(?:عن )?وكال(?:ه|تي?) ")
_SUFFIX: Final = re.compile(r" (?:للانباء|الدوليه|الرسميه|بتصرف|العالميه)$")


@lru_cache(maxsize=_REMEMBERED)
def agencies_named(text: str, *, sure: bool = False) -> tuple[str, ...]:
    """Canonical names of the agencies in a text that is a credit, in order: «رويترز + أ ف ب»; others may stand beside
    them («الجريدة + وكالات»), but no sentence. Empty: it is no credit.

    `sure`: the text stands where a credit stands, so that «بنا» is the agency and not the word.
    """
    names: list[str] = []
    for part in _parts(text):
        found = _whole(part, sure=sure)
        if not found and len(part.split()) > BESIDE_MAX:
            return ()
        names += found
    return tuple(dict.fromkeys(names))


def agency_named(text: str) -> str | None:
    """The first agency of a credit, a named one if there is one. None: the text is no credit."""
    found = agencies_named(text)
    return next((name for name in found if name != UNNAMED), found[0] if found else None)


def as_credit(names: Iterable[str]) -> str | None:
    """Several agencies as one field: «أ ف ب، رويترز», each once, «وكالات» only alone. None: there is none."""
    every = list(dict.fromkeys(names))
    return _JOINT.join(name for name in every if name != UNNAMED) or (UNNAMED if every else None)


def agencies_in(field: str | None) -> tuple[str, ...]:
    """The agencies of a stored field, as `as_credit` wrote it."""
    return tuple(field.split(_JOINT)) if field else ()


def _parts(text: str) -> Iterator[Folded]:
    folded = fold(text)
    yield from (Folded(part) for part in _SEPARATOR.split(folded) if part)


def _whole(part: Folded, *, sure: bool) -> tuple[str, ...]:
    """The agency a part is, or the agencies it is a list of: «رويترز وأ ف ب»."""
    if (name := _one(part, sure=sure)) is not None:
        return (name,)
    listed = _AND.split(part)
    names = [name for each in listed if (name := _one(Folded(each), sure=True)) is not None] if len(listed) > 1 else []
    return tuple(names) if len(names) == len(listed) else ()


def _one(part: Folded, *, sure: bool) -> str | None:
    if len(part) > _LONGEST:
        return None
    bare = _LETTERS.sub(r"\1 ", part.strip(_AROUND)).strip(_AROUND)
    if bare in _ORDINARY and not sure:
        return None
    plain = _PREFIX.sub("", bare)
    forms = (bare, plain, plain.removeprefix("انباء "), _SUFFIX.sub("", plain))
    return next((_CANONICAL[form] for form in map(Folded, forms) if form in _CANONICAL), None)
