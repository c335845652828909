"""The meaning of the columns of `health` and `forgotten`, in both languages."""

from __future__ import annotations

from typing import Final

_UTC: Final = "UTC, ISO 8601"

HEALTH: Final[dict[str, str]] = {
    "run_id": "الجولة",
    "site": "الصحيفة",
    "at": f"نهاية الجولة، {_UTC}",
    "verdict": "الحكم: healthy سليمة، quiet هادئة، broken-extraction تعذّرت القراءة، blocked محجوبة،"
    " unreachable لا تجيب، moved انتقلت",
    "reason": "سببه: رمز وأرقامه؛ كائن JSON",
    "since": f"منذ متى، {_UTC}",
    "seen": "ما رأته آخر جولة استطاعت الحكم؛ يتغيّر الحكم إذا اتفقت عليه جولتان",
    "polled": "القوائم التي سُئلت",
    "discovered": "عناوين ظهرت في القوائم أول مرة",
    "archived": "مقالات جديدة",
    "revised": "مقالات تغيّر نصها",
    "copies": "نسخ",
    "rejected": "صفحات ليست للأرشيف",
    "errors": "عناوين أخفقت",
    "outcomes": "النتائج وأعدادها؛ كائن JSON",
    "requests": "الطلبات المرسلة",
    "answers": "الأجوبة",
    "latency_ms": "وسيط زمن الجواب، بالملّي ثانية",
    "latency_p90_ms": "الزمن الذي لم تتجاوزه تسعة أجوبة من عشرة، بالملّي ثانية",
    "read": "صفحات قُرئت مقالات",
    "unread": "صفحات لم يُعثر فيها على مقال",
    "crashed": "منها ما أخفق المستخرج في قراءته",
    "dated": "مقالات جديدة لها تاريخ",
    "sectioned": "مقالات جديدة لها قسم",
    "authored": "مقالات جديدة لها كاتب",
    "words": "وسيط طول المقالات الجديدة بالكلمات",
    "new_day": "المقالات الجديدة في أربع وعشرين ساعة",
    "usual_new": "المعتاد منها في مثل هذا اليوم؛ فارغ إن لم يُعرف ماضٍ كافٍ",
}
"""Column of `health` → meaning, unit and what an empty cell means, in Arabic."""

HEALTH_EN: Final[dict[str, str]] = {
    "run_id": "the crawl",
    "site": "the outlet",
    "at": f"end of the crawl, {_UTC}",
    "verdict": "the verdict that holds after it",
    "reason": "why: a code and its figures; JSON object",
    "since": f"since when it holds, {_UTC}",
    "seen": "what the last crawl that could tell saw; two in a row that agree change the verdict",
    "polled": "sources that were polled",
    "discovered": "addresses that sources listed for the first time",
    "archived": "new articles",
    "revised": "articles whose text changed",
    "copies": "copies",
    "rejected": "pages that are not for the archive",
    "errors": "addresses that failed",
    "outcomes": "outcomes and how many of each; JSON object",
    "requests": "requests sent",
    "answers": "answers",
    "latency_ms": "median time to an answer, milliseconds",
    "latency_p90_ms": "the time that nine of ten answers stayed below, milliseconds",
    "read": "pages that were read as articles",
    "unread": "pages in which no article was found",
    "crashed": "those among them that the extractor failed at",
    "dated": "new articles with a date",
    "sectioned": "new articles with a section",
    "authored": "new articles that name an author",
    "words": "median length of new articles, words",
    "new_day": "new articles of 24 hours",
    "usual_new": "what is usual on such a day; empty: too little past",
}
"""The same in English."""

FORGOTTEN: Final[dict[str, str]] = {
    "key": "بصمة العنوان، 63 بتّاً",
    "ended": "متى انتهى، بثواني يونكس",
    "outcome": "كيف انتهى",
}
"""Column of `forgotten` → meaning, in Arabic."""

FORGOTTEN_EN: Final[dict[str, str]] = {
    "key": "hash of the address, 63 bits",
    "ended": "when it ended, Unix seconds",
    "outcome": "how it ended",
}
"""The same in English."""
