"""A site that talks to its reader about itself: accounts, subscriptions, terms, corrections.

An article may do so too («غيّروا كلمة المرور»), so such a line goes only where it stands apart from the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lxml.html import HtmlElement

from newscrawler.extract.blocks import HEADINGS, Block
from newscrawler.text.normalise import Folded

NOTICE_MAX: Final = 600
"""Characters of a notice; a longer line is an article's paragraph."""

LABEL_MAX: Final = 40
"""Characters of a form's label."""

_FORM_LABEL: Final = re.compile(
    r"^\W*(?:(?:اكد|تاكيد|نسيت|هل نسيت|استعاده) )?كلمه (?:السر|المرور|مرورك)\W*$|^\W*اسم (?:المستخدم|الدخول)\W*$|"
    r"^\W*(?:تسجيل الدخول|سجل دخولك|انشاء حساب|حساب جديد)\W*$"
)
SLOGAN_MAX: Final = 120
"""Characters of a line that two such words give away."""

TERMS_MIN: Final = 3
"""Different words of that kind in a longer line."""

_PROSE_MIN: Final = 60
_ADDRESS: Final = re.compile(
    r"(?:^|\W)(?:[وبفل]?(?:بريدك|حسابك|استخدامك|استمرارك|تصفحك|مفضلتك|تجربتك|رغبتك|موافقتك|لديك|كنت|يمكنك|عليك)م?|"
    r"[وف]?(?:اشترك|شاركنا|انقر|احصل|تابعنا|اضغط)(?:وا|ي)?|[وف]?(?:سجل|حمل|نزل|ارسل|فعل|ادخل|اختر|قم|تبرع|ساهم|ادعم)|"
    r"توافق|تتعهد|"
    r"نستخدم|نستعمل|نرحب|ندعوكم?|نحتفظ|تحتفظ|موقعنا|تطبيقنا|باقاتنا|مقالاتنا|منصتنا|قراءنا|يرجي|الرجاء|ن?رجو|"
    r"لقراءه|لمشاهده|للمشتركين|مرحبا بكم)(?:\W|$)"
)
_SITE: Final = re.compile(
    r"(?:ال)?تعليق|تسجيل (?:الدخول|دخولك)|كلمه (?:ال)?مرور|ل?لمشتركين|(?:ال|ل)?اشتراك|باقات|اشترك|النشره|"
    r"شروط|قواعد الاستخدام|سياسه الخصوصيه|ملفات (?:تعريف )?الارتباط|كوكيز|اعداداتك|التصفح|"
    r"(?:هذا|ب?استخدام) (?:ال)?موقع|موقعنا|تطبيق|الهواتف|متجر|الرابط|المقال كاملا|(?:هذا|ال)محتوي|"
    r"الاعضاء|عضوا|البريد|بريدك|حسابك|تصحيح|شكوي|(?:ال)?تبرع|(?:ال)?صحافه (?:ال)?(?:مستقله|حره)|الحقول|الاستبيان|"
    r"تقييم|المنتدي"
)


def is_form_label(line: Folded) -> bool:
    """Whether the line is the label of a password or of an account: no article goes on behind it."""
    return len(line) <= LABEL_MAX and bool(_FORM_LABEL.match(line))


def notices(blocks: Sequence[Block], kept: Sequence[int]) -> frozenset[int]:
    """Indexes of the lines with which the site speaks for itself, in boxes without a sentence of the article."""
    boxes: dict[HtmlElement | None, list[int]] = {}
    for i in kept:
        boxes.setdefault(_box(blocks[i]), []).append(i)
    apart = [lines for lines in boxes.values() if not any(_is_prose(blocks[i]) for i in lines)]
    if len(apart) == len(boxes):
        return frozenset()
    return frozenset(i for lines in apart for i in lines if _talks(blocks[i]))


def _is_prose(block: Block) -> bool:
    """Whether the line is a sentence of the article. One is enough for a box: the patterns take 10 µs a line."""
    return len(block.raw) >= _PROSE_MIN and not _talks(block)


def _talks(block: Block) -> bool:
    if len(block.raw) > NOTICE_MAX:
        return False
    line: Folded = block.folded
    if not _ADDRESS.search(line) or not _SITE.search(line):
        return False
    terms = {*_ADDRESS.findall(line), *_SITE.findall(line)}
    return len(line) <= SLOGAN_MAX or len({term.strip() for term in terms}) >= TERMS_MIN


def _box(block: Block) -> HtmlElement | None:
    """The element that a paragraph shares with others: around a `p`, or around one of many `div`s of one class."""
    owner = block.owner
    leaf = owner.tag in HEADINGS or owner.tag in ("p", "li") or any(_is_alike(owner, other) for other in _beside(owner))
    return owner.getparent() if leaf else owner


def _beside(element: HtmlElement) -> list[HtmlElement]:
    return [other for other in (element.getprevious(), element.getnext()) if other is not None]


def _is_alike(one: HtmlElement, other: HtmlElement) -> bool:
    return one.tag == other.tag and one.get("class") == other.get("class") and one.get("id") is None
