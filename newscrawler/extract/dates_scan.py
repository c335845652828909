"""Tokens → pieces: days, times, zones, weekdays, labels, and the words between them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from newscrawler.extract.calendar_names import WEEKDAYS
from newscrawler.extract.dates_ago import Ago, ago_heads, read_ago
from newscrawler.extract.dates_clock import HOUR_WORDS, Clock, clock_heads, read_clock
from newscrawler.extract.dates_day import Day, day_heads, read_day
from newscrawler.extract.dates_pieces import Label, Mark, Number, Piece, Role, Weekday
from newscrawler.extract.dates_text import Bad, Lexicon, Token
from newscrawler.extract.dates_zone import Zone, read_zone, zone_heads
from newscrawler.site import Months

_LABELS: Final[Mapping[Role, str]] = {
    "published": "نشر|نشرت|نشره|نشرها|النشر|منشور|منشورة|أضيف|أضيفت|الإضافة|إضافة|أدرج|أدرجت|كتب في|صدر"
    "|published|posted|publie",
    "updated": "تحديث|التحديث|تحديثه|تحديثها|آخر تحديث|حدث|حدثت|محدث|محدثة|تعديل|التعديل|تعديله|آخر تعديل"
    "|عدل|عدلت|معدل|معدلة|updated|update|modified|edited",
}
"""What a date is the date of → the words that say so."""
_BYLINE: Final = (
    "كتب|كتبت|كتبه|كتبها|بقلم|بواسطة|إعداد|تحرير|ترجمة|تصوير|المصدر|مشاهدة|مشاهدات|المشاهدات|تعليق|تعليقات"
    "|التعليقات|قراءة|قراءات|القراءات|زيارة|زيارات|مشاركة|مشاركات|رقم العدد|العدد|عدد"
    "|by|author|views|view|comments|comment|reads|read"
)
"""Words that belong to a byline, and make the names and numbers beside them harmless."""
_GLUE: Final = (
    "في|تم|تمت|على|عند|من|يوم|ليوم|بيوم|الموافق|موافق|الموافقة|المصادف|المصادفة|ل|بتاريخ|تاريخ|التاريخ|وقت|الوقت"
    "|الساعة|ساعة|تمام|عام|سنة|شهر|آخر|أول|لأول|مرة|و|ال|حتى|منذ|at|on|the|of|date|time|last|is|t|le"
)
"""Words that stand around a date and say nothing about it."""


@cache
def _weekdays() -> Lexicon[int]:
    return Lexicon(WEEKDAYS)


@cache
def _others() -> Lexicon[Label | Mark]:
    labels: dict[Label | Mark, str] = {Label(role): names for role, names in _LABELS.items()}
    return Lexicon(labels | {Mark.BYLINE: _BYLINE, Mark.GLUE: _GLUE})


@cache
def _heads() -> frozenset[str]:
    """Words with which anything but a plain word can begin: nine of ten words of a line are none of them."""
    return frozenset().union(day_heads(), clock_heads(), zone_heads(), ago_heads(), _weekdays().heads, _others().heads)


def scan(tokens: list[Token], *, months: Months | None) -> list[Piece]:
    """Cut the tokens into pieces from left to right; every token is in exactly one."""
    pieces: list[Piece] = []
    i = 0
    while tokens[i].kind != "end":
        piece = _piece(tokens, i, pieces, months=months)
        if isinstance(piece.value, Clock) and _may_be_either_half(pieces, piece.value):
            piece = piece._replace(value=Mark.GLUE)
        pieces.append(piece)
        i = piece.stop
    return pieces


def _piece(tokens: list[Token], i: int, before: list[Piece], *, months: Months | None) -> Piece:
    if tokens[i].kind == "mark":
        zone = _zone(tokens, i, before) if tokens[i].text in ("+", "-") else None
        return Piece(zone[0], i, zone[1]) if zone else Piece(_mark(tokens[i]), i, i + 1)
    if tokens[i].kind == "word" and tokens[i].text not in _heads():
        return Piece(Mark.WORD, i, i + 1)
    found: tuple[Day | Clock | Zone | Ago | Bad, int] | None = read_day(tokens, i, months=months)
    if found is not None and _in_an_address(tokens, i):
        found = Bad("numbers of an address or a file's name", hard=False), found[1]
    elif found is None or isinstance(found[0], Bad):
        found = read_clock(tokens, i) or _zone(tokens, i, before) or found or read_ago(tokens, i)
    return _plain(tokens, i) if found is None else Piece(found[0], i, found[1])


def _plain(tokens: list[Token], i: int) -> Piece:
    """A weekday, a label, or what carries no part of a date."""
    token = tokens[i]
    if token.kind == "digits":
        return Piece(Number(token.text), i, i + 1)
    weekday = _weekdays().at(tokens, i)
    if weekday is not None:
        return Piece(Weekday(weekday[0]), i, weekday[1])
    if token.text in HOUR_WORDS and tokens[i + 1].kind == "digits" and len(tokens[i + 1].text) <= 2:
        return Piece(Mark.GLUE, i, i + 2)  # «الساعة 9», morning or evening: no time is better than a wrong one
    other = _others().at(tokens, i)
    return Piece(other[0], i, other[1]) if other else Piece(Mark.WORD, i, i + 1)


def _in_an_address(tokens: list[Token], i: int) -> bool:
    """example.com/2020/12/01/ and photo-2020-12-01.jpg hold numbers that look like a day."""
    if i < 2 or tokens[i].kind != "digits" or tokens[i - 1].text not in ("/", "-", "_", "="):
        return False
    return tokens[i].glued and tokens[i - 1].glued and tokens[i - 2].kind == "word" and tokens[i - 2].text.isascii()


def _zone(tokens: list[Token], i: int, before: list[Piece]) -> tuple[Zone | Bad, int] | None:
    open_bracket = bool(before) and tokens[i - 1].text == "("
    last = before[-1 - open_bracket].value if len(before) > open_bracket else None
    iso = any(isinstance(piece.value, Day) and piece.value.style == "iso" for piece in before[-3:])
    ready = isinstance(last, Clock) or (isinstance(last, Day) and last.style == "iso" and tokens[i].glued)
    exact = iso or (isinstance(last, Clock) and last.second is not None)
    found = read_zone(tokens, i, after_clock=ready, exact=exact)
    repeated = any(isinstance(piece.value, Zone) for piece in before[-2:])
    if repeated and found is not None and isinstance(found[0], Bad):
        return None  # «GMT+0200 (توقيت شرق أوروبا)»: the offset has said it
    return found


def _mark(token: Token) -> Mark:
    return Mark.JOINT if token.text in ("-", "/", ".", ":", "_", "=") else Mark.BREAK


def _may_be_either_half(before: list[Piece], clock: Clock) -> bool:
    """«2020 م 3:09»: the م may be the calendar's mark or the afternoon's, so the time is not known.

    Not so beside a Hijri date, where it tells the calendars apart.
    """
    last = before[-1].value if before else None
    if not isinstance(last, Day) or not last.loose_mark or clock.halved:
        return False
    return not any(isinstance(piece.value, Day) and piece.value.hijri for piece in before)
