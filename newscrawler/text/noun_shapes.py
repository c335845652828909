"""What the letters of an unlisted word tell: a verbal noun, a broken plural, a participle, a written-out number.

Arabic builds these on patterns that given names hardly use, so an unlisted word of such a shape begins no name:
«اجتذاب سفن», «بترحيل المقيمين», «كامل الأغراض», «ستمئة مشجع». Names that do have one of the shapes («توفيق»)
stand in seeds/tags, and the lists decide first. Everything here takes folded words without particles.
"""

from __future__ import annotations

import re
from typing import Final

_ROOT: Final = "[^ا]"
"""A consonant of the root: anything but a long a."""

_VERBAL_NOUN: Final = re.compile(
    rf"(?:ا(?:[^اوي]ت|[صض]ط|زد)|ان[^اوي]){_ROOT}ا{_ROOT}(?:ات)?\Z"  # اجتذاب, اصطدام, انقطاع
    rf"|است(?:{_ROOT}{_ROOT}ا{_ROOT}|{_ROOT}ا{_ROOT}ه)(?:ات)?\Z"  # استقدام, استعاده
    rf"|ت[^اويى]{_ROOT}ي[^اوي](?:ات)?\Z"  # ترحيل; with و or ي second it is as often a foreign name: «تورين»
)
_PARTICIPLE: Final = re.compile(rf"م(?:ت|ست){_ROOT}{{2}}[^اويه](?:ه|ين|ون|ات)?\Z")
"""«متحمس», «مستخدم»."""
_FIRST_LETTERS: Final = frozenset("اتم")
"""Those of both."""

_DEFINITE_NOUN: Final = re.compile(
    rf"ا{_ROOT}{_ROOT}(?:ا{_ROOT}|[^اوي]ه|يه)\Z"  # أغراض, أغذية
    rf"|ت{_ROOT}ا?{_ROOT}[^اويه]\Z"  # تميّز, تسامح
    r"|\w{3,}(?:ين|ون)\Z"  # منقذين; «ياسين» is a name as often, and no longer
)
"""Indefinite words of these letters are foreign names as often, and families have some of them: it takes the article,
and a given name before it that is an ordinary word, too."""

_PLURAL_VERB: Final = re.compile(r"(?:س[يت]|[يت])\w{2,}ون\Z")
_HUNDREDS: Final = re.compile(r"(?:(?:ثلاث|اربع|خمس|ست|سبع|ثمان|ثماني|تسع)ما?ء(?:ه|ات)|ما?ءت(?:ا|ي|ان|ين))\Z")
"""«ستمئة», «خمسمائة», «مئتان»: written in one piece, and in two ways."""


def is_hundreds(word: str) -> bool:
    """Whether the word is a number of hundreds."""
    return "ء" in word and _HUNDREDS.match(word) is not None


def is_noun_shaped(word: str) -> bool:
    """Whether the word, without its article, has the shape of a verbal noun or of a participle."""
    if word[:1] not in _FIRST_LETTERS:
        return False
    return _VERBAL_NOUN.match(word) is not None or _PARTICIPLE.match(word) is not None


def is_definite_noun(word: str) -> bool:
    """Whether what stood behind the article has the shape of a plural or a verbal noun: «الأغراض», «المنقذين»."""
    return _DEFINITE_NOUN.match(word) is not None


def is_plural_verb(word: str) -> bool:
    """Whether the word has the beginning and the ending of «they do», «they will»: «يغنّون», «سيحصلون»."""
    return word.endswith("ون") and _PLURAL_VERB.match(word) is not None
