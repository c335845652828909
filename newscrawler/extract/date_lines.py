"""Lines that hold a date and nothing else."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from newscrawler.extract.calendar_names import HIJRI_MONTHS, MONTHS, WEEKDAYS
from newscrawler.extract.tables import folded_list
from newscrawler.text.normalise import Folded, fold

_DATE: Final = re.compile(
    r"\d{1,4}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{1,4}|"
    r"\d{1,2}(?:\s+|\s*[/-]\s*)[^\W\d]+(?:\s+[^\W\d]+)?(?:\s*/\s*[^\W\d]+)?(?:,?\s+|\s*[/-]\s*)(?:19|20|14)\d\d|"
    r"[^\W\d]+\s+\d{1,2},?\s+(?:19|20)\d\d"
)
_DIGIT: Final = re.compile(r"\d")
_REST: Final = 30
"""Characters that may stand beside a date on a line that is one: weekday, time, «نشر في»."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_BESIDE: Final = folded_list(
    "م ه هـ ميلادي هجري ميلادية هجرية الموافق ص صباحا مساء ظهرا الساعة بتوقيت غرينتش جرينتش نشر نشرت تاريخ النشر في "
    "بتاريخ يوم آخر تحديث التحديث كتب أضيف وقت التوقيت المحلي تم نشره منذ عند على gmt utc am pm updated published at on"
)


def is_date_line(line: Folded) -> bool:
    """Whether the line is a date, or one in two calendars, with little around it."""
    date = _date_in(line)
    if date is None:
        return False
    if len(line) - (date.end() - date.start()) <= _REST:
        return True
    return all(is_label_word(word) for word in _WORD.findall(line))


def is_label_word(word: str) -> bool:
    """Whether a folded word stands beside dates by its nature: «نشر», «الساعة», the name of a month."""
    return word in _BESIDE or word in _calendar()


def has_date(line: Folded) -> bool:
    """Whether a day with its year stands in the line."""
    return _date_in(line) is not None


def is_date_word(word: str) -> bool:
    """Whether a folded word is a number, or names a month or a day of the week."""
    return word.isdigit() or word in _calendar()


def _date_in(line: Folded) -> re.Match[str] | None:
    # The pattern may begin with any word and tries each: 20 µs for a paragraph. No date is without a digit.
    return _DATE.search(line) if _DIGIT.search(line) else None


@cache
def _calendar() -> frozenset[str]:
    names = [*MONTHS.values(), *HIJRI_MONTHS.values(), *WEEKDAYS.values()]
    return frozenset(word for spelt in names for word in _WORD.findall(fold(spelt)))
