"""Dates as Arab newspapers print them: month names by region, Western or Eastern digits."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal

MonthNames = Literal["levant", "egypt", "maghreb"]

_EGYPT: Final = (
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
)
_MAGHREB: Final = (
    "جانفي",
    "فيفري",
    "مارس",
    "أفريل",
    "ماي",
    "جوان",
    "جويلية",
    "أوت",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
)
_LEVANT: Final = (
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
)
_NAMES: Final[dict[MonthNames, tuple[str, ...]]] = {
    "levant": tuple(f"{levant}/ {common}" for levant, common in zip(_LEVANT, _EGYPT, strict=True)),
    "egypt": _EGYPT,
    "maghreb": _MAGHREB,
}
_WEEKDAYS: Final = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
_EASTERN: Final = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def eastern(text: str) -> str:
    """The same with Eastern Arabic digits."""
    return text.translate(_EASTERN)


def long_date(day: date, *, months: MonthNames) -> str:
    """«الخميس 19 تشرين الثاني/ نوفمبر 2026»."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_NAMES[months][day.month - 1]} {day.year}"


def date_and_clock(moment: datetime, *, months: MonthNames) -> str:
    """A date line in the habit of the region.

    Levant «الخميس 19 تشرين الثاني/ نوفمبر 2026، 09:30» · Egypt «الخميس ١٩ نوفمبر ٢٠٢٦ - ٠٩:٣٠ ص» ·
    Maghreb «19 نوفمبر 2026 على الساعة 09:30».
    """
    if months == "egypt":
        clock = f"{moment:%I:%M} {'ص' if moment.hour < 12 else 'م'}"
        return eastern(f"{long_date(moment, months=months)} - {clock}")
    if months == "maghreb":
        return f"{moment.day} {_NAMES[months][moment.month - 1]} {moment.year} على الساعة {moment:%H:%M}"
    return f"{long_date(moment, months=months)}، {moment:%H:%M}"
