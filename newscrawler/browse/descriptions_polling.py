"""The meaning of what `sources` remembers of its polls, and of the columns of `backfill`, in both languages."""

from __future__ import annotations

from typing import Final

_UTC: Final = "UTC, ISO 8601"

POLLING: Final[dict[str, str]] = {
    "due_at": f"موعد القراءة التالية، {_UTC}؛ فارغ إن لم تُقرأ بعد أو كانت تنتظر القائمة التي ذكرتها",
    "interval_s": "المدة حتى القراءة التالية، بالثواني؛ تقصر كلما جاء جديد وتطول كلما لم يأتِ",
    "rate": "عناوين جديدة في الساعة في الآونة الأخيرة",
    "peak_rate": "أعلى معدّل مؤكّد في الساعة؛ يخفت إلى النصف في أسبوع",
    "read_at": f"آخر قراءة ناجحة، {_UTC}",
    "full_at": f"آخر مرة قُرئت كاملة، {_UTC}",
    "listed": "عدد ما سردته حينها",
    "listing_hash": "بصمة ما سردته حينها",
    "failures": "إخفاقات متتالية",
    "open_since": f"منذ متى تُقلَّب صفحات القسم دون بلوغ آخرها، {_UTC}؛ فارغ إن بُلغ",
    "lastmod": "وقت تعديلها كما طبعته الخريطة التي ذكرتها",
    "depth": "عدد الخرائط فوقها",
    "stamps": "1 إن ضُبطت تؤرّخ كل شيء بالآن، فلا يُلتفت إلى تواريخها",
}

POLLING_EN: Final[dict[str, str]] = {
    "due_at": f"when its next poll is, {_UTC}; empty if it was never polled, or waits for the source that named it",
    "interval_s": "seconds until the next poll; shorter while something new comes, longer while nothing does",
    "rate": "new addresses an hour, lately",
    "peak_rate": "the highest rate that is certain, an hour; fades by half in a week",
    "read_at": f"its last poll that ended well, {_UTC}",
    "full_at": f"when it was last read in full, {_UTC}",
    "listed": "entries it listed then",
    "listing_hash": "hash of what it listed then",
    "failures": "failed polls in a row",
    "open_since": f"since when its pages are turned without having come to the end, {_UTC}; empty if they have",
    "lastmod": "when it changed, as the index that named it prints",
    "depth": "sitemap indexes above it",
    "stamps": "1 if it was caught dating everything now; its dates are not listened to",
}

BACKFILL: Final[dict[str, str]] = {
    "id": "رقم القائمة",
    "site": "الصحيفة",
    "root": "عنوان المصدر في ملف الصحيفة",
    "kind": "نوعه",
    "url": "عنوان القائمة",
    "section": "قسم ما تسرده، إن كان واحداً",
    "depth": "عدد الخرائط فوقها",
    "day": "آخر يوم يمكن أن تسرد منه شيئاً؛ الأحدث أولاً",
    "after_hash": "بصمة الصفحة التي قبلها؛ فارغ إن لم تكن صفحة تالية",
    "tries": "محاولات أخفقت",
    "done_at": f"متى قُرئت أو تُركت، {_UTC}؛ فارغ إن كانت تنتظر",
    "status": "ok أو النتيجة",
    "detail": "تفصيلها",
    "links": "عدد الروابط فيها",
    "new": "عدد الجديد منها",
}

BACKFILL_EN: Final[dict[str, str]] = {
    "id": "number of the listing",
    "site": "the outlet",
    "root": "address of the source in the outlet's seed file",
    "kind": "its kind",
    "url": "the listing's address",
    "section": "the section of what it lists, if it is one",
    "depth": "sitemap indexes above it",
    "day": "the last day it may list anything of; the youngest is read first",
    "after_hash": "hash of the page before it; empty if it is no later page",
    "tries": "failed tries",
    "done_at": f"when it was read or given up, {_UTC}; empty while it waits",
    "status": "ok, or the outcome",
    "detail": "more of it",
    "links": "links in it",
    "new": "how many of them were new",
}
