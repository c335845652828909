"""The outcomes in Arabic, for the readers of the archive."""

from __future__ import annotations

from typing import Final

MEANINGS: Final[dict[str, str]] = {
    "New": "مقال جديد حُفظ في الأرشيف",
    "Revised": "مقال معروف تغيّر نصّه، وحُفظت نسخته السابقة",
    "Unchanged": "مقال معروف لم يتغيّر نصّه",
    "Copy": "النص نفسه محفوظ من عنوان آخر، وسُجّل نسخةً منه",
    "NotModified": "أفاد الخادم بأن الصفحة لم تتغيّر منذ الزيارة السابقة",
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
    "TooManyRedirects": "إحالات متتالية لا تصل إلى صفحة",
    "TooLarge": "الصفحة أكبر من الحجم المسموح",
    "Unreachable": "لم يُجب الخادم",
    "ExtractorFailed": "أخفق مستخرج النص في قراءة الصفحة",
    "ExtractorTimeout": "استغرق استخراج النص وقتاً أطول من المسموح",
    "Broken": "خلل في برنامج الأرشفة نفسه؛ تفصيله في السجل",
    "PutBack": "انتهت الجولة قبل إتمام الزيارة، وستعاد في الجولة التالية",
}
"""Class name of the outcome → what it means for the address."""


def outcome_meaning(name: str | None) -> str | None:
    """The Arabic meaning; the name itself where it has none. Also an SQL function."""
    return MEANINGS.get(name, name) if name else None
