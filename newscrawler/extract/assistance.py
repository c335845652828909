"""Who edited, filmed or translated what another person wrote: labels in a byline that name no author."""

from __future__ import annotations

import re
from typing import Final

_ASSISTING: Final = r"(?:تحرير|تدقيق|مراجعة|تصوير|عدسة|ترجمة|تعريب|مونتاج|[إا]خراج|رسوم|كاريكاتير|تصميم)"
_ASSISTS: Final = re.compile(rf"^\W*{_ASSISTING}(?:\s[^\W\d]+)?\s*[:/|\-–—]")
_ASSISTED: Final = re.compile(rf"(?<=\w)\s*[-–—|،,/(]*\s+{_ASSISTING}\s*[:/].*$")


def is_assistance(line: str) -> bool:
    """Whether a labelled line names somebody who edited, filmed or translated what another person wrote."""
    return _ASSISTS.match(line) is not None


def without_assistance(byline: str) -> str:
    """A byline up to the photographer's or the translator's label: «فلان الفلاني - تصوير / فلان»."""
    return _ASSISTED.sub("", byline)
