"""Pages that a site needs and that are no articles: «من نحن», a login, «الصفحة غير موجودة» sent with status 200."""

from __future__ import annotations

import re
from typing import Final

from newscrawler.extract.tables import folded_list
from newscrawler.outcome import NotAnArticle
from newscrawler.text.normalise import fold

ERROR_WORDS: Final = 100
"""Words. An article that is longer may have «404» for its headline."""

TITLE_WORDS: Final = 8
"""Words of an error page's title; a headline about missing pages is longer."""

_SERVICE: Final = folded_list(
    "من نحن|عن الموقع|حول الموقع|عن الصحيفة|عن الجريدة|من نحن؟|اتصل بنا|تواصل معنا|اتصلوا بنا|للتواصل|راسلنا|أعلن معنا|"
    "للإعلان معنا|الإعلان معنا|سياسة الخصوصية|شروط الاستخدام|الشروط والأحكام|شروط الخدمة|اتفاقية الاستخدام|سياسة "
    "الاستخدام|"
    "سياسة ملفات الارتباط|خريطة الموقع|هيئة التحرير|فريق العمل|أسرة التحرير|وظائف شاغرة|تسجيل الدخول|دخول الأعضاء|"
    "إنشاء حساب|حساب جديد|تسجيل عضوية|التسجيل|استعادة كلمة المرور|نسيت كلمة المرور|نتائج البحث|البحث|البحث المتقدم|بحث|"
    "الأرشيف|أرشيف الأخبار|القائمة البريدية|حقوق النشر|إخلاء المسؤولية|سياسة التحرير|ميثاق الشرف|الأسئلة الشائعة|"
    "about us|contact us|privacy policy|terms of use|login|sign in|register|search results|site map|sitemap",
    by="|",
)
_ERROR: Final = re.compile(
    r"^\W*(?:(?:خطا|error)?\W*(?:404|403|410|500|503)\W*$|(?:خطا|error)\W*(?:404|403|410|500|503)|"
    r"404\W+(?:not found|page|الصفحه|صفحه|عذرا|عفوا|خطا)|"
    r"(?:(?:عذرا|عفوا|ناسف|نعتذر)\W*)?(?:هذه )?(?:ال)?(?:صفحه|خبر|مقال|محتوي|رابط)(?: (?:المطلوبه?|التي تبحث عنها|"
    r"الذي تبحث عنه|التي طلبتها|التي تحاول الوصول اليها))? (?:غير (?:موجوده?|متوفره?|متاحه?)|لا (?:يوجد|توجد)|"
    r"لم (?:يعد|تعد) (?:متوفره?|متاحه?|موجوده?))|"
    r"لم (?:يتم العثور|نعثر|نجد)|لا (?:توجد|يوجد) (?:نتاءج|صفحه)|(?:page )?not found|oops|access denied|"
    r"(?:just a moment|attention required|checking your browser))"
)


def refuse_service(*, title: str, words: int) -> None:
    """Raises NotAnArticle for a page about the site itself, and for an error that pretends to be a page."""
    short = fold(title).strip(" .:!?")
    if short in _SERVICE:
        raise NotAnArticle(f"a page about the site: {title}")
    if words <= ERROR_WORDS and len(short.split()) <= TITLE_WORDS and _ERROR.match(short):
        raise NotAnArticle(f"an error page: {title}")
