"""A byline's words as names: split, stripped of «كتب» and titles of office, and told from outlets and
machines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from newscrawler.extract.places import has_articles, is_city, is_place
from newscrawler.extract.signatures import without_label
from newscrawler.extract.tables import folded_list
from newscrawler.text.normalise import clean, fold

WORDS_MAX: Final = 6
"""Words of one name; «أبو عبد الرحمن بن عقيل الظاهري» has six."""

_BETWEEN: Final = re.compile(r"\s*[،,;؛|&+•]\s*|\s+and\s+")
_DASH: Final = re.compile(r"\s*[-–—(:/]\s*")
_AND: Final = re.compile(r"\s+و(?:\s+)?(?=[ء-ي])")
_STARTS_WITH_WAW: Final = folded_list(
    "وائل وليد وسام وسيم وفاء وداد وجدي وحيد وردة ورد وهبة وهبي وهيب وصفي ولاء واصف وديع وجيه وضاح وعد "
    "وئام واثق "
    "وسن وجدان ولي وليم ويليام وحيدة وفيق وفيقة وصال وهيبة والي والدة وهدان وردي واكيم ونوس ولد ود ويس",
)
_NO_NAME: Final = re.compile(
    r"[@<>{}\[\]=#_]|\d{2}|^(?:قبل|منذ)\s.*\d|https?:|www\.|\.(?:com|net|org|tv|ae|eg|sa|jo|lb|sy|iq|tn|dz|ma|info)\b|"
    r"\b(?:admin|administrator|editor|webmaster|user|root|guest|developed|designed|unknown|null|undefined|"
    r"none|staff|team|role)\d*\b|\b(?:solutions?|technolog(?:y|ies)|systems?|soft(?:ware)?|designs?|digital|hosting|studios?|ltd|"
    r"inc)\b",
    re.IGNORECASE,
)
_OUTLET_WORD: Final = re.compile(
    r"^(?:موقع|صحيفة|جريدة|مجلة|بوابة|قناة|شبكة|وكالة|مؤسسة|دار|إذاعة|راديو|تلفزيون|منصة|شركة|بي بي سي|سي "
    r"ان ان|سي إن إن)(?:\s|$)|"
    r"\b(?:news|press|tv|agency|magazine|newspaper|media|channel|online|website|portal)\b|نيوز(?:\s|$)|"
    r"أونلاين|اونلاين",
    re.IGNORECASE,
)
_NOT_A_CREDIT: Final = folded_list(
    "المحرر|التحرير|الإدارة|المشرف|مدير الموقع|ادمن|أدمن|الكاتب|كاتب|محرر|المزيد|شارك|خاص|متابعات|"
    "رئيسي|الرئيسية|غير معروف|سياسة|اقتصاد|رياضة|ثقافة|محليات|منوعات|صحة|فن|علوم|"
    "ترجمة|تحرير|فريق التحرير|هيئة التحرير|أسرة التحرير|إدارة التحرير|فريق الموقع|إدارة الموقع|محرر الموقع|مدير النظام|"
    "مجهول|بواسطة|تعليقات|التعليقات|طباعة|نشر|author|by|role|article information|share|العالم|الموقع",
    by="|",
)
_JOBS: Final = folded_list(
    "كاتب كاتبة باحث باحثة أستاذ أستاذة صحفي صحفية صحافي صحافية إعلامي إعلامية أكاديمي أكاديمية خبير خبيرة ناشط ناشطة "
    "محام محامية شاعر شاعرة روائي روائية"
)
"""Professions without article: «أستاذ جامعي وكاتب» says what somebody is, «الكاتب فلان» who."""
_LOGIN: Final = re.compile(r"[a-z][a-z0-9.-]*\Z")
"""One Latin word in small letters: what somebody types to log in, not what newspapers print."""
_LETTER: Final = re.compile(r"[^\W\d_]")


def split_names(raw: str) -> Iterator[str]:
    """The names of a byline: «أ ب، ج د» and «أ ب وج د» are two. A place after a dash is left out."""
    text = without_label(clean(raw))
    for part in _BETWEEN.split(text):
        for name in _without_places(part):
            yield from _split_and(name)


def tidy_name(name: str) -> str:
    """The name without «كتب», marks around it, and a place after it."""
    return without_label(name).strip(" .:،,-–—|/\"'«»*()")


def is_credit(name: str, outlets: frozenset[str]) -> bool:
    """Whether a tidied name can be a person's or a desk's. `outlets`: the site's own names, folded."""
    short = fold(name)
    if not short or len(name) < 3 or not _LETTER.search(name) or len(name.split()) > WORDS_MAX:
        return False
    if (
        short in outlets
        or short in _NOT_A_CREDIT
        or any(short in outlet or outlet in short for outlet in outlets if len(outlet) > 5)
    ):
        return False
    if any(len(outlet) >= 3 and short.startswith(f"{outlet} ") for outlet in outlets):
        return False
    if is_city(name) or is_job(name) or _LOGIN.match(name):
        return False
    return not (_NO_NAME.search(name) or _OUTLET_WORD.search(name))


def _without_places(name: str) -> list[str]:
    """«القاهرة - فلان الفلاني» and «فلان الفلاني (القاهرة)» without the place; a name has two words."""
    parts = [part.strip(" ()") for part in _DASH.split(name) if part.strip(" ()")]
    people = [part for part in parts if len(part.split()) >= 2 and not is_place(part)]
    # «الساحل الغربي - قناة فلان»: of two such parts the one whose words all have the article is the place.
    people = [part for part in people if not has_articles(part)] or people
    return people or [name.strip()]


def is_job(words: str) -> bool:
    """Whether it begins with a profession that has no article: «كاتب من الأردن»."""
    return fold(words).split(" ", 1)[0] in _JOBS


def is_machine(raw: str) -> bool:
    """Whether a byline is an address, an account or a program's word for nobody («admin», «https://…»)."""
    return bool(_NO_NAME.search(raw))


def _split_and(text: str) -> Iterator[str]:
    """Splits at «و» where both sides have two words and what follows isn't itself a name such as «وليد»."""
    for match in _AND.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        first = after.split(maxsplit=1)[0]
        if fold(f"و{first}") in _STARTS_WITH_WAW or len(before.split()) < 2 or len(after.split()) < 2:
            continue
        yield before
        yield from _split_and(after)
        return
    yield text
