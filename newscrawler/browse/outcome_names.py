"""The outcomes in plain words, for the readers of the archive."""

from __future__ import annotations

from typing import Final

MEANINGS: Final[dict[str, str]] = {
    "New": "مقال جديد حُفظ في الأرشيف",
    "Revised": "مقال معروف تغيّر نصّه، وحُفظت نسخته السابقة",
    "Unchanged": "مقال معروف لم يتغيّر نصّه",
    "Copy": "النص نفسه محفوظ من عنوان آخر، وسُجّل نسخةً منه",
    "NotModified": "أفاد الخادم بأن الصفحة لم تتغيّر منذ الزيارة السابقة",
    "Shortened": "لم تُظهر الصفحة إلا جزءاً من النص المحفوظ، فبقي المحفوظ كما هو وستُزار ثانيةً",
    "NotAnArticle": "ليست صفحة مقال: قائمة أو معرض صور أو ملف",
    "NoText": "لم يُعثر في الصفحة على نص مقال",
    "TooShort": "النص أقصر من أن يكون مقالاً: شرح صورة أو خبر شريط",
    "NotArabic": "النص بلغة غير العربية",
    "TakenDown": "حُذف من الأرشيف بطلب، ولا يُجمع ثانيةً",
    "NoArchive": "تطلب الصفحة عدم أرشفتها",
    "OutOfScope": "العنوان خارج نطاق الموقع",
    "RobotsDenied": "يمنع ملف robots.txt في الموقع زيارة هذا العنوان",
    "PrivateAddress": "يشير العنوان إلى شبكة خاصة",
    "HttpError": "أجاب الخادم برمز خطأ؛ الرمز في التفصيل",
    "Walled": "حلّت محلّ الصفحة صفحةٌ تطلب إثبات أن الزائر إنسان",
    "TooManyRedirects": "إحالات متتالية لا تصل إلى صفحة",
    "TooLarge": "الصفحة أكبر من الحجم المسموح",
    "Unreachable": "لم يُجب الخادم",
    "ExtractorFailed": "أخفق مستخرج النص في قراءة الصفحة",
    "ExtractorTimeout": "استغرق استخراج النص وقتاً أطول من المسموح",
    "Broken": "خلل في برنامج الأرشفة نفسه؛ تفصيله في السجل",
    "PutBack": "انتهت الجولة قبل إتمام الزيارة، وستعاد في الجولة التالية",
}
"""Class name of the outcome → what it means for the address."""

MEANINGS_EN: Final[dict[str, str]] = {
    "New": "a new article, now in the archive",
    "Revised": "a known article whose text has changed; its older state was kept",
    "Unchanged": "a known article whose text is the same",
    "Copy": "the same text is archived from another address; filed as its copy",
    "NotModified": "the server says that nothing changed since the last visit",
    "Shortened": "the page showed only a part of the archived text, which stays as it is; it is looked at again",
    "NotAnArticle": "not the page of an article: a listing, a gallery, a file",
    "NoText": "no text of an article was found on the page",
    "TooShort": "the text is too short for an article: a caption or a ticker line",
    "NotArabic": "the text is in another language than Arabic",
    "TakenDown": "removed from the archive on request, and not archived again",
    "NoArchive": "the page asks not to be archived",
    "OutOfScope": "the address is out of the site's scope",
    "RobotsDenied": "the site's robots.txt forbids visits to this address",
    "PrivateAddress": "the address leads into a private network",
    "HttpError": "the server answered with an error; its number is in the detail",
    "Walled": "a captcha page stood in the page's place",
    "TooManyRedirects": "redirects that never reach a page",
    "TooLarge": "the page is larger than is allowed",
    "Unreachable": "the server did not answer",
    "ExtractorFailed": "reading the text of the page failed",
    "ExtractorTimeout": "reading the text of the page took longer than is allowed",
    "Broken": "a defect of the archive's own program; the log has its details",
    "PutBack": "the crawl ended before this visit did; the next one takes it up",
}
"""The same in English."""


def outcome_meaning(name: str | None) -> str | None:
    """The Arabic meaning; the name itself where it has none. Also an SQL function."""
    return MEANINGS.get(name, name) if name else None
