"""Lines that are a byline and nothing else: «حوار: فلان», «كتبت فلانة الفلانية»."""

from __future__ import annotations

import re
from typing import Final

LINE_MAX: Final = 80
"""Characters of a line that is a byline; a longer one is a sentence."""

NAMES_MAX: Final = 8
"""Words that may follow a label and a colon: two long names."""

_LABEL: Final = (
    r"(?:author|by|written by|posted by|par|بقلم(?: الكاتب(?:ة)?)?|"
    r"(?:مرسلة|نشر|نُشر|أضيف|كتب|حرر|تحرير) (?:من قبل|من طرف|"
    r"بواسطة)|بواسطة|الكاتبة?|"
    r"المؤلف|المحررة?|اسم الكاتب|كاتب المقال|كتب(?:ت|ها|ه)?|[إا]عداد(?: وتقديم| وتحرير)?|[أا]عد(?:ه|ها|ت)?|"
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
_PREFIX: Final = re.compile(rf"^\W*{_LABEL}(?:\s*[:،,/|\-–—]+\s*|\s+)", re.IGNORECASE)


def strip_byline(line: str) -> str | None:
    """The names of a line that is nothing but a byline. None: it is something else."""
    if len(line) > LINE_MAX or line.rstrip().endswith((".", "؟", "?", "!")):
        return None
    match = _LABELLED.match(line) or _UNMARKED.match(line)
    return match[1] if match and len(match[1].split()) <= NAMES_MAX else None


def without_label(byline: str) -> str:
    """A byline's text without «كتب» or «بقلم:» before the name."""
    return _PREFIX.sub("", byline)
