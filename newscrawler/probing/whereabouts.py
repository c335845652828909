"""Country, zone and months of a newsroom, guessed from what its pages say; each guess with its evidence."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from newscrawler.countries import ARAB_COUNTRIES
from newscrawler.extract.document import Document
from newscrawler.probing.home import title_of
from newscrawler.probing.places import PLACES
from newscrawler.site import Months
from newscrawler.text.normalise import fold
from newscrawler.urls import host_of

_OFFSET: Final = re.compile(r"\d([+-])(\d\d):?(\d\d)$|\s([+-])(\d\d):?(\d\d)$")
_LANG: Final = re.compile(r"(?i)ar[-_]([a-z]{2})")
_DEFAULTS: Final = frozenset({"SA", "AR"})
"""Regions that templates carry everywhere: «ar-SA», «ar_AR»."""
_AMBIGUOUS: Final = frozenset({"OM"})
"""Countries whose name in Arabic letters is also a city of another: عمان."""
_PHONE: Final = re.compile(r"(?:\+|\b00)\s?(\d{3}|20)(?=[\s()./-]?\d)")

_FAMILIES: Final = (
    ("levant", "كانون الثاني|شباط|اذار|نيسان|ايار|حزيران|تموز|اب|ايلول|تشرين (?:الاول|الثاني)|كانون الاول"),
    ("maghreb", "جانفي|فيفري|افريل|جوان|جويليه|اوت"),
    ("morocco", "يوليوز|غشت|شتنبر|نونبر|دجنبر"),
    ("mauritania", "اغشت|شتمبر|دجمبر"),
    ("gulf", "يناير|فبراير|ابريل|مايو|يونيو|يونيه|يوليو|يوليه|اغسطس|ديسمبر"),
)
"""Family → its own month names, folded. What several families share («نوفمبر») tells nothing."""
_COMPILED: Final = tuple(
    (name, re.compile(rf"\d ?(?:{names})(?!\w)|(?<!\w)(?:{names}) ?\d")) for name, names in _FAMILIES
)


@dataclass(frozen=True, slots=True)
class Guess:
    """One guessed value."""

    value: str | None
    """What it probably is. None: nothing tells."""
    evidence: str
    """What speaks for it, or what was looked for in vain."""
    is_sure: bool = False
    """Whether two independent things agree."""


def guess_country(url: str, documents: Sequence[Document], *, seen: str) -> Guess:
    """By top-level domain, addresses in JSON-LD, language regions, the outlet's name and telephone numbers.

    `documents`: the home page first. `seen`: its visible text. A country is named only if more speaks for it than
    one telephone number, and more than for any other.
    """
    score: Counter[str] = Counter()
    told: defaultdict[str, list[str]] = defaultdict(list)

    def note(code: str, weight: int, evidence: str) -> None:
        if code in PLACES and evidence not in told[code]:
            score[code] += weight
            told[code].append(evidence)

    name = host_of(url).partition(":")[0]
    note(name.rsplit(".", 1)[-1].upper(), 3, f".{name.rsplit('.', 1)[-1]} domain")
    for document in documents:
        for code in _addresses(document):
            note(code, 3, "the address in its JSON-LD")
        for raw in (document.root.get("lang") or "", *document.metas.get("og:locale", ())):
            region = (_LANG.match(raw) or ["", ""])[1].upper()
            note(region, 1 if region in _DEFAULTS else 2, f"language {raw}")
    if documents:
        names = fold(
            " ".join((*documents[0].outlet_names, *documents[0].metas.get("og:title", ()), title_of(documents[0])))
        )
        for code, words in ARAB_COUNTRIES.items():
            arabic = fold(" ".join(word for word in words.split() if re.search("[\u0621-\u064a]", word)))
            if code not in _AMBIGUOUS and re.search(rf"(?:^|\W)و?(?:ال)?{arabic}(?:ي|يه)?(?:$|\W)", names):
                note(code, 2, "its name")
    calling = {place.calling: code for code, place in PLACES.items()}
    for number in _PHONE.findall(seen):
        if number in calling:
            note(calling[number], 1, f"a telephone number with +{number}")
    ranked = score.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        against = "; ".join(f"{code}: {', '.join(told[code])}" for code, _ in ranked)
        return Guess(None, f"not clear ({against})" if against else "neither domain nor pages name one")
    code = ranked[0][0]
    return Guess(code, " and ".join(told[code]), is_sure=len(told[code]) > 1)


def guess_zone(
    country: str | None, said: Iterable[tuple[str, str]], *, months: str | None = None, now: datetime
) -> Guess:
    """By the country, held against the offsets that dates carry. None: neither is known.

    `said`: (place, raw date). `months`: the family of month names; it narrows down what is only suggested. «Z» and
    +00:00 count for nothing unless nothing else is there: programs write them whatever the clock says.
    """
    places: defaultdict[timedelta, list[str]] = defaultdict(list)
    zulu = 0
    for place, raw in said:
        offset = _offset(raw)
        if offset:
            places[offset].append(place)
        elif offset is not None:
            zulu += 1
    zones = PLACES[country].zones if country else ()
    if not places:
        seen = f"no date on its pages names an offset{f', {zulu} say UTC' if zulu else ''}"
        return Guess(zones[0], f"the usual one of {country}; {seen}") if zones else Guess(None, seen)
    offset, named = max(places.items(), key=lambda entry: len(entry[1]))
    total = sum(map(len, places.values()))
    seen = f"{len(named)} of {total} dates with an offset say {_written(offset)} ({', '.join(dict.fromkeys(named))})"
    fitting = [zone for zone in zones if _may_have(ZoneInfo(zone), offset, now)]
    if fitting:
        return Guess(fitting[0], f"the usual one of {country}; {seen}", is_sure=True)
    if zones:
        return Guess(zones[0], f"the usual one of {country}, BUT {seen}: look at a date yourself")
    fits = [
        zone
        for place in PLACES.values()
        for zone in place.zones
        if _offset_at(zone, now) == offset and (months is None or place.months == months)
    ]
    hours = offset / timedelta(hours=1)
    if not hours.is_integer():
        return Guess(None, seen)
    where = f" and in the months of {months}" if months else ""
    others = f"; now the same{where}: {', '.join(fits)}" if fits else ""
    return Guess(f"Etc/GMT{-int(hours):+d}", f"{seen}{others}. Put the newsroom's own zone here")


def guess_months(country: str | None, texts: Iterable[str]) -> Guess:
    """By the country; without one by the month names that stand beside numbers in the pages."""
    counts: Counter[str] = Counter()
    for text in texts:
        folded = fold(text)
        counts.update({family: len(pattern.findall(folded)) for family, pattern in _COMPILED})
    seen = ", ".join(f"{family} {n}" for family, n in counts.most_common() if n)
    evidence = f"month names seen: {seen}" if seen else "no month name seen on its pages"
    usual: Months | None = PLACES[country].months if country else None
    if usual:
        return Guess(usual, f"the usual one of {country}; {evidence}")
    best = counts.most_common(1)
    if best and best[0][1] >= 3:
        return Guess(best[0][0], evidence)
    return Guess(None, evidence)


def _offset(raw: str) -> timedelta | None:
    """The offset a date carries; zero for UTC. None: it carries none."""
    text = raw.strip()
    if text.upper().endswith(("Z", "GMT", "UTC")):
        return timedelta(0)
    match = _OFFSET.search(text)
    if match is None:
        return None
    sign, hours, minutes = (part for part in match.groups() if part is not None)
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return -offset if sign == "-" else offset


def _offset_at(zone: str, now: datetime) -> timedelta | None:
    return now.astimezone(ZoneInfo(zone)).utcoffset()


def _may_have(zone: ZoneInfo, offset: timedelta, now: datetime) -> bool:
    """Whether the zone has this offset at some time of the year."""
    return any((now + timedelta(days=days)).astimezone(zone).utcoffset() == offset for days in (0, 91, 182, 273))


def _written(offset: timedelta) -> str:
    minutes = round(offset / timedelta(minutes=1))
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _addresses(document: Document) -> Iterable[str]:
    """Country codes in the postal addresses of its JSON-LD."""
    waiting: list[Any] = list(document.linked)
    for _ in range(200):
        if not waiting:
            break
        value = waiting.pop()
        if isinstance(value, dict):
            country = value.get("addressCountry")
            country = country.get("name") if isinstance(country, dict) else country
            if isinstance(country, str) and re.fullmatch(r"[A-Za-z]{2}", country.strip()):
                yield country.strip().upper()
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
