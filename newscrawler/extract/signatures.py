"""Lines that are a byline and nothing else: «حوار: فلان», «كتبت فلانة الفلانية»."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

LINE_MAX: Final = 80
"""Characters of a line that is a byline; a longer one is a sentence."""

NAMES_MAX: Final = 8
"""Words that may follow a label and a colon: two long names."""

_REMEMBERED: Final = 1024
"""Lines whose names are kept: each of a page's short ones is asked about by three readers."""

_LABEL: Final = (
    r"(?:author|by|written by|posted by|par|بقلم(?: الكاتب(?:ة)?)?|"
    r"(?:مرسلة|نشر|نُشر|أضيف|كتب|حرر|تحرير) (?:من قبل|من طرف|"
    r"بواسطة)|بواسطة|الكاتبة?|"
    r"المؤلف|المحررة?|اسم الكاتب|كاتب المقال|كتب(?:ت|ها|ه)?|نص|[إا]عداد(?: وتقديم| وتحرير)?|[أا]عد(?:ه|ها|ت)?|"
    r"تحرير|حوار|"
    r"حاور(?:ه|ته|ها|تها)?|[أا]جر[ىت] (?:الحوار|المقابلة)|تقرير|تحقيق|متابعة|ترجمة|تغطية|مراسل(?:ة|نا|"
    r"تنا)?|الصحفية?|الزميلة?|تصوير)"
)
_LABELLED: Final = re.compile(rf"^\W*{_LABEL}(?:\s[^\W\d]+)?\s*[:،,/|\-–—]+\s*(\S.{{2,70}})$", re.IGNORECASE)
_UNMARKED: Final = re.compile(
    r"^\W*(?:author|by|written by|posted by|(?:مرسلة|نشر|نُشر|أضيف|كتب|حرر|تحرير) "
    r"(?:من قبل|من طرف|بواسطة)|بواسطة|بقلم(?: "
    r"الكاتبة?)?|كتبت?|حاورته?|حاورتها|حاورها)"
    r"\s+([^\W\d]+(?:\s[^\W\d]+){1,3})\W*$",
    re.IGNORECASE,
)
_PREFIX: Final = re.compile(rf"^\W*(?:من|{_LABEL})(?:\s*[:،,/|\-–—]+\s*|\s+)", re.IGNORECASE)

_INITIALS: Final = r"(?:[ء-ي]{1,2}(?:[\s./،*-]+|(?=[(])|$)){1,8}"
_ENDED: Final = r"[(/*\s\[-]*(?:النهاية|انتهى|انتهت|يتبع)[)/*\s\].-]*"
_DESK: Final = re.compile(rf"^\W*(?:{_ENDED}(?:{_INITIALS})?|{_INITIALS}(?:\([^()]*\))?)\W*$|^\d\d:\d\d\s*ت\s?م\W*$")
_OVER: Final = re.compile(r"^[^\w]*(?:النهاية|انتهى|انتهت)[^\w]*$")
_TAIL: Final = re.compile(rf"\s*\((?:النهاية|انتهى)\)\s*(?:{_INITIALS})?\W*$")


def is_desk_mark(line: str) -> bool:
    """Whether the line is an agency's mark below a story: «(النهاية) ع ب / م ج», «م.ل», «// انتهى //», «14:22ت م»."""
    if not _DESK.match(line):
        return False
    # «من هو» is no mark: initials are single letters, or have a full stop or a stroke between them.
    return any(mark in line for mark in "./*()=:") or all(len(word) == 1 for word in line.split())


def ends_story(line: str) -> bool:
    """Whether the line ends with an agency's word for the end: «… ستة أقدام. (النهاية)»."""
    return bool(_TAIL.search(line)) or bool(_OVER.match(line))


def without_desk_mark(text: str) -> str:
    """A story's last paragraph without the same mark behind it."""
    return _TAIL.sub("", text) or text


def strip_byline(line: str) -> str | None:
    """The names of a line that is nothing but a byline. None: it is something else."""
    return _names_in(line) if len(line) <= LINE_MAX else None


@lru_cache(maxsize=_REMEMBERED)
def _names_in(line: str) -> str | None:
    if line.rstrip().endswith((".", "؟", "?", "!")):
        return None
    match = _LABELLED.match(line) or _UNMARKED.match(line)
    return match[1] if match and len(match[1].split()) <= NAMES_MAX else None


def without_label(byline: str) -> str:
    """A byline's text without «كتب» or «بقلم:» before the name."""
    return _PREFIX.sub("", byline)
