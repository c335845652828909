"""Time zones as newspapers print them: «(GMT+0400)», «+03:00», «بتوقيت مكة المكرمة», «ت.غ», EET, AST."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from newscrawler.extract.dates_text import Bad, Lexicon, Token, skip

_ABBREVIATIONS: Final[Mapping[tuple[int, ...], str]] = {
    (0,): "z|gmt|utc|ut|wet|غرينتش|جرينتش|جرينيتش|غرينيتش|غرينتيش|جرنتش|غرنتش|تغ|ت غ",
    (60,): "west|cet|bst",
    (120,): "cest|eet",
    (180,): "eest|trt|msk|idt|ksa",
    (180, -240): "ast",
    (240, -180): "adt",
    (240, -120): "gst",
    (120, 330, 60): "ist",
    (-300,): "est",
    (-240,): "edt",
    (-300, 480): "cdt",
    (-360, 480): "cst",
    (-480,): "pst",
    (-420,): "pdt",
}  # fmt: skip
"""Minutes east of Greenwich → abbreviations, folded. Several offsets: several zones share the name, and the
newsroom means the one nearest to its own clock (AST is Arabia in Riyadh, Atlantic in Halifax)."""

_PLACES: Final[Mapping[tuple[str, ...], str]] = {
    ("Asia/Riyadh",): "مكة|مكة المكرمة|السعودية|الرياض|المدينة المنورة|جدة|المملكة|makkah|mecca|riyadh",
    ("Africa/Cairo",): "القاهرة|مصر|المحروسة|cairo",
    ("Asia/Baghdad",): "بغداد|العراق|baghdad",
    ("Asia/Dubai",): "أبوظبي|أبو ظبي|الإمارات|دبي|دولة الإمارات|dubai",
    ("Asia/Qatar",): "الدوحة|قطر|qatar|doha",
    ("Asia/Kuwait",): "الكويت|kuwait",
    ("Asia/Bahrain",): "المنامة|البحرين|bahrain",
    ("Asia/Muscat",): "مسقط|سلطنة عمان|muscat",
    ("Asia/Amman", "Asia/Muscat"): "عمان",
    ("Asia/Amman",): "الأردن|amman",
    ("Asia/Beirut",): "بيروت|لبنان|beirut",
    ("Asia/Damascus",): "دمشق|سوريا|سورية|damascus",
    ("Asia/Jerusalem",): "القدس|القدس المحتلة|القدس الشريف|تل أبيب|إسرائيل|jerusalem",
    ("Asia/Gaza",): "غزة|gaza",
    ("Asia/Hebron",): "فلسطين|رام الله|hebron",
    ("Asia/Aden",): "صنعاء|اليمن|عدن|aden",
    ("Africa/Tunis",): "تونس|tunis",
    ("Africa/Algiers",): "الجزائر|algiers",
    ("Africa/Casablanca",): "المغرب|الرباط|الدار البيضاء|casablanca",
    ("Africa/Tripoli", "Asia/Beirut"): "طرابلس",
    ("Africa/Tripoli",): "ليبيا|tripoli",
    ("Africa/Khartoum",): "الخرطوم|السودان|khartoum",
    ("Africa/Nouakchott",): "نواكشوط|موريتانيا|nouakchott",
    ("Africa/Mogadishu",): "مقديشو|الصومال|mogadishu",
    ("Africa/Djibouti",): "جيبوتي|djibouti",
    ("Europe/Istanbul",): "إسطنبول|اسطنبول|أنقرة|تركيا|istanbul",
    ("Europe/Moscow",): "موسكو|moscow",
    ("Europe/London",): "لندن|london",
    ("Europe/Paris",): "باريس|paris",
    ("Europe/Berlin",): "برلين|berlin",
    ("America/New_York",): "نيويورك|واشنطن",
    ("Asia/Tehran",): "طهران|tehran",
}
"""IANA zones → the places whose clock newspapers quote. Two zones: two places share the spelling, and the
newsroom means its own; if it is in neither, the zone is not read."""

_CLOCK_OF: Final = frozenset({"بتوقيت", "توقيت", "بالتوقيت", "التوقيت"})
_LOCAL: Final = frozenset({"المحلي", "محلي", "الصيفي", "الشتوي"})
_GREENWICH: Final = frozenset({"gmt", "utc", "غرينتش", "جرينتش", "جرينيتش", "غرينيتش"})
_REGIONS: Final = frozenset({"asia", "africa", "europe", "america"})


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone as printed, not yet brought together with a day."""

    offsets: tuple[int, ...] = ()
    """Minutes east of Greenwich it may mean. Empty: see `names`."""
    names: tuple[str, ...] = ()
    """IANA zones it may mean. Empty as well: «بالتوقيت المحلي», the newsroom's own."""

    @property
    def explicit(self) -> bool:
        """Whether it says more than "here"."""
        return bool(self.offsets or self.names)

    def at(self, local: datetime, *, newsroom: ZoneInfo) -> tzinfo | None:
        """The zone meant beside this naive local time. None: it could be two, and the newsroom is in neither."""
        if self.offsets:
            own = newsroom.utcoffset(local) or timedelta()
            return timezone(min((timedelta(minutes=m) for m in self.offsets), key=lambda offset: abs(offset - own)))
        if not self.names:
            return newsroom
        if len(self.names) > 1:
            return newsroom if newsroom.key in self.names else None
        return ZoneInfo(self.names[0])


@cache
def _abbreviations() -> Lexicon[tuple[int, ...]]:
    return Lexicon(_ABBREVIATIONS)


@cache
def _places() -> Lexicon[tuple[str, ...]]:
    return Lexicon(_PLACES)


def zone_heads() -> frozenset[str]:
    """Folded words with which `read_zone` can find a zone."""
    return _abbreviations().heads | _places().heads | _CLOCK_OF | _GREENWICH | _REGIONS


def read_zone(tokens: list[Token], i: int, *, after_clock: bool, exact: bool) -> tuple[Zone | Bad, int] | None:
    """The zone named at token i; None: none is.

    `after_clock`: a time ends just before i, so a bare offset or a Z may follow. `exact`: that time
    has seconds or an ISO date, so that −HH:MM is an offset and not the end of a span of time.
    """
    if tokens[i].text in _CLOCK_OF:
        return _of_place(tokens, i + 1)
    found = _greenwich(tokens, i) or _in_region(tokens, i)
    if found is None and after_clock:
        found = _in_brackets(tokens, i) or _signed(tokens, i, exact=exact)
    if found is None and (after_clock or tokens[i].text != "z"):
        found = _abbreviation(tokens, i)
    return found


def _abbreviation(tokens: list[Token], i: int) -> tuple[Zone, int] | None:
    found = _abbreviations().at(tokens, i)
    return None if found is None else (Zone(offsets=found[0]), found[1])


def _in_region(tokens: list[Token], i: int) -> tuple[Zone, int] | None:
    """Asia/Riyadh."""
    if tokens[i].text not in _REGIONS or tokens[i + 1].text != "/":
        return None
    place = _places().at(tokens, i + 2)
    return None if place is None else (Zone(names=place[0]), place[1])


def _in_brackets(tokens: list[Token], i: int) -> tuple[Zone, int] | None:
    """A place alone in brackets behind a time: «14:30 (مكة المكرمة)»."""
    place = _places().at(tokens, i) if tokens[i - 1].text == "(" else None
    return None if place is None or tokens[place[1]].text != ")" else (Zone(names=place[0]), place[1])


def _signed(tokens: list[Token], i: int, *, exact: bool) -> tuple[Zone, int] | None:
    """+03:00 behind a time, or behind an ISO date without one."""
    offset = _offset(tokens, i, bare=exact or tokens[i].glued, span=not exact)
    if offset is None:
        return None
    return Zone(offsets=(offset[0],)), offset[1] + (tokens[offset[1]].text in _GREENWICH)


def _greenwich(tokens: list[Token], i: int) -> tuple[Zone, int] | None:
    """GMT with what follows («GMT+3»), or with the offset before it as right-to-left text turns it («3+ GMT»)."""
    token, behind = tokens[i], tokens[i + 1]
    if token.text in _GREENWICH:
        offset = _offset(tokens, i + 1, bare=True, span=False)
        return (Zone(offsets=(offset[0],)), offset[1]) if offset else (Zone(offsets=(0,)), i + 1)
    if token.text == "ت" and behind.text == "." and tokens[i + 2].text == "غ":
        return Zone(offsets=(0,)), i + 3
    turned = token.kind == "digits" and len(token.text) <= 2 and behind.text in ("+", "-") and behind.glued
    if turned and tokens[i + 2].text in _GREENWICH and int(token.text) <= 14:
        return Zone(offsets=(int(behind.text + token.text) * 60,)), i + 3
    return None


def _offset(tokens: list[Token], i: int, *, bare: bool, span: bool) -> tuple[int, int] | None:
    """Minutes east of Greenwich of «+03:00», «+0300», «+3». `bare`: hours alone are enough. `span`: −HH:MM is none."""
    sign, digits = tokens[i], tokens[i + 1]
    if sign.text not in ("+", "-") or digits.kind != "digits" or not digits.glued or len(digits.text) > 4:
        return None
    hours, minutes, stop = int(digits.text), 0, i + 2
    if len(digits.text) >= 3:
        hours, minutes = divmod(hours, 100)
    elif tokens[stop].text == ":" and tokens[stop + 1].kind == "digits" and len(tokens[stop + 1].text) == 2:
        if span and sign.text == "-":
            return None
        minutes, stop = int(tokens[stop + 1].text), stop + 2
    elif not bare:
        return None
    goes_on = tokens[stop].text in ("/", "-", ".") and tokens[stop + 1].kind == "digits" and tokens[stop].glued
    if goes_on or hours > 14 or minutes not in (0, 15, 30, 45):
        return None
    total = hours * 60 + minutes
    return (total if sign.text == "+" else -total), stop


def _of_place(tokens: list[Token], i: int) -> tuple[Zone | Bad, int] | None:
    if tokens[i].text in _LOCAL:
        return Zone(), skip(tokens, i, over=_LOCAL | _CLOCK_OF)
    found = _greenwich(tokens, i)
    if found is None:
        found = _abbreviation(tokens, i)
    place = _places().at(tokens, i)
    if place is not None:
        found = Zone(names=place[0]), place[1]
    if found is not None:
        return found[0], skip(tokens, found[1], over=_LOCAL | _CLOCK_OF)
    if tokens[i].kind != "word":
        return None
    return Bad(f"the time zone of «{tokens[i].text}» is not known"), i + 1
