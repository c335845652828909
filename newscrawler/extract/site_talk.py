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

_PROSE_MIN: Final = 60
_ADDRESS: Final = re.compile(
    r"(?:^|\W)(?:[وبفل]?(?:بريدك|حسابك|استخدامك|استمرارك|تصفحك|مفضلتك|تجربتك|رغبتك|موافقتك|لديك|كنت|يمكنك|عليك|توافق|تتعهد|"
    r"اشترك|سجل|حمل|نزل|ارسل|فعل|اضغط|انقر|احصل|تابع|شاركنا|ادخل|اختر|قم)(?:م|وا|ي)?|نستخدم|نستعمل|نرحب|ندعوكم?|"
    r"نحتفظ|تحتفظ|موقعنا|تطبيقنا|باقاتنا|مقالاتنا|منصتنا|قراءنا|يرجي|الرجاء|ن?رجو|لمتابعه|لقراءه|لمشاهده|للمشتركين|"
    r"مرحبا بكم)(?:\W|$)"
)
_SITE: Final = re.compile(
    r"(?:ال)?تعليق|تسجيل (?:الدخول|دخولك)|الدخول|كلمه (?:ال)?مرور|ل?لمشتركين|(?:ال|ل)?اشتراك|باقات|اشترك|النشره|"
    r"شروط|قواعد الاستخدام|سياسه الخصوصيه|ملفات (?:تعريف )?الارتباط|كوكيز|اعداداتك|التصفح|"
    r"(?:هذا|ب?استخدام) (?:ال)?موقع|ال?موقعنا|ال?تطبيق|الهواتف|متجر|الرابط|المقال كاملا|(?:هذا|ال)محتوي|"
    r"الاعضاء|عضوا|البريد|بريدك|حسابك|تصحيح|شكوي|الحقول|الاستبيان|تقييم|المنتدي"
)


def notices(blocks: Sequence[Block], kept: Sequence[int]) -> frozenset[int]:
    """Indexes of the lines with which the site speaks for itself, in boxes without a sentence of the article."""
    talk = {i for i in kept if _talks(blocks[i])}
    if not talk:
        return frozenset()
    prose = {_box(blocks[i]) for i in kept if i not in talk and len(blocks[i].raw) >= _PROSE_MIN}
    return frozenset(i for i in talk if _box(blocks[i]) not in prose) if prose else frozenset()


def _talks(block: Block) -> bool:
    if len(block.raw) > NOTICE_MAX:
        return False
    line: Folded = block.folded
    return bool(_ADDRESS.search(line)) and bool(_SITE.search(line))


def _box(block: Block) -> HtmlElement | None:
    leaf = block.owner.tag in HEADINGS or block.owner.tag in ("p", "li")
    return block.owner.getparent() if leaf else block.owner
