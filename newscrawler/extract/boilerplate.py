"""What stands between and around the paragraphs of Arabic news pages and is not the article.

This is what the line itself says; what the makers of the page call its box is in box_names.py.
All lines are compared folded: «اقرأ أيضًا», «إقرأ ايضا» and «أقرأ أيضاً» are one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from newscrawler.extract.tables import folded_list
from newscrawler.text.normalise import Folded

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_ALSO: Final = (
    r"(?:اقر(?:ا|ءي|ءوا|اوا)|شاهد(?:وا)?|طالع|انظر|تابع|اطلع|استمع)(?:/(?:ي|وا|ءي))? (?:ايضا|كذلك|المزيد|التالي|في "
    r"هذا السياق)"
)
_RELATED: Final = re.compile(
    rf"^\W*(?:{_ALSO}|(?:ل?قراءه )?المزيد(?: من| حول| عن| :|:|$)|للمزيد|لقراءه المزيد|لمزيد من"
    r"|يمكنك(?:م)? (?:ايضا )?(?:قراءه|متابعه|مشاهده|الاطلاع)"
    r"|(?:و?قد|ربما|موضوع(?:ات)?|مواضيع|اخبار|فيديو(?:هات)?(?: قد)?) (?:يهمك|تهمك|يعجبك|تعجبك)"
    r"|(?:مواضيع|موضوعات|مقالات|اخبار|قصص|روابط|تقارير|مواد|فيديوهات|ملفات|الموضوعات|المواضيع|الاخبار|مقال|"
    r"خبر|موضوع)"
    r" (?:ذات|متعلقه|مرتبطه|مشابهه|مقترحه|قد تهمك|اخري|ساخنه|مختاره|مهمه|له علاقه|ذو صله)"
    r"|(?:اقر(?:ا|ءي|ءوا|اوا)|شاهد(?:وا)?|طالع(?:وا)?|انظر|راجع) ?[:|]"
    r"|ذات صله|ذات علاقه|متعلقات|تخط[يى]? |نهايه قصص|(?:ال)?اكثر (?:قراءه|مشاهده|تصفحا|شيوعا|تداولا|تعليقا)"
    r"|اخر الاخبار|احدث الاخبار|اهم الاخبار|اختيارات (?:القراء|المحرر)|ترشيحاتنا|نرشح لك|اخترنا لك(?:م)?|"
    r"شاهد بالفيديو"
    r"|الخبر (?:السابق|التالي)|المقال (?:السابق|التالي)|الموضوع (?:السابق|التالي)"
    r"|read (?:also|more)|see also|related|recommended|you may also)"
)
_ALSO_LINE: Final = re.compile(rf"^\W*{_ALSO}|^\W*(?:موضوعات|مواضيع|مقالات|اخبار) ذات صله")
_READER: Final = re.compile(
    r"^\W*\d*\W*(?:عدد )?(?:ال)?(?:مشاهد(?:ه|ات)|قراء(?:ه|ات)|زيار(?:ه|ات)|قراء|زوار)\W*\d*\W*$"
    r"|^\W*(?:مده|وقت|زمن) القراءه\W*.{0,20}$|^\W*\d*\W*(?:دقيقه|دقائق|دقيقتان|دقيقتين)(?: واحده)?(?: ل?ل?قراءه)?\W*$"
    r"|^\W*(?:حجم الخط|تكبير|تصغير|الخط|نسخه للطباعه|للطباعه|استماع|اسمع الخبر|"
    r"استمع (?:الي|ل)ل?(?:ال)?(?:خبر|مقال|تقرير))\W*[a-z+-]*$"
)
_TAGS: Final = re.compile(
    r"^\W*(?:ال)?(?:كلمات (?:ال)?(?:داله|دلاليه|مفتاحيه|المفتاحيه|بحث)|وسوم|وسم|تاغات|تاجات|علامات|سمات|"
    r"مفاتيح|هاشتاغات?|tags?|keywords?)"
    r"\W*(?::|$)|^\W*(?:الكلمات (?:الداله|الدلاليه|المفتاحيه))"
)
_SHARE_WORDS: Final = folded_list(
    "شارك شاركها شاركنا مشاركة المشاركة انشر ارسل إرسال طباعة اطبع حفظ نسخ انسخ الرابط الخبر فيسبوك تويتر واتساب "
    "واتس تلغرام تليجرام تيليجرام تليغرام انستغرام انستجرام لينكد يوتيوب ماسنجر بنترست بالبريد البريد "
    "الإلكتروني بريد استمع تغريد غرد "
    "إعجاب أعجبني مفضلة المفضلة تعليق تعليقات "
    "facebook twitter whatsapp telegram linkedin pinterest messenger email e-mail "
    "print copy link share tweet rss viber reddit google instagram youtube tiktok snapchat"
)
_BESIDE_SHARE: Final = folded_list(
    "نشر رابط هذا هذه المقال المقالة الموضوع الصفحة على عبر عن طريق مع الأصدقاء أصدقاءك اب آب ان إن "
    "plus via x on to this with"
)
"""Words that stand beside those of a share button, and prove nothing alone."""

_OURS: Final = (
    r"(?:قناتنا|قنواتنا|صفحتنا|صفحاتنا|حسابنا|حساباتنا|تطبيقنا|نشرتنا|موقعنا|خدمتنا|اشعارات|واتس\s?(?:اب)?|تلغرام|"
    r"تليغرام|"
    r"تليجرام|تيليجرام|تلجرام|فيسبوك|فيس بوك|تويتر|انستغرام|انستجرام|يوتيوب|غوغل نيوز|جوجل نيوز|نبض|facebook|twitter|"
    r"telegram|"
    r"whatsapp|google|youtube|t\.me)(?!\w)"
)
_PLATFORM: Final = rf"(?:{_OURS}|(?:قناه|صفحه|حساب|تطبيق|نشره|بريد|غوغل|جوجل|خدمه|اذاعه|اثير|راديو|البث)(?!\w))"
_FOLLOW: Final = re.compile(
    r"^\W*(?:تابعونا|تابعنا|لمتابعتنا|النشره (?:البريديه|الاخباريه)|ادخل بريدك|بريدك الالكتروني|فعل(?:وا)? الاشعارات|"
    r"حمل(?:وا)? تطبيق|لتحميل تطبيق|follow us|subscribe|sign up|join our)"
    r"|^\W*(?:للاطلاع|لقراءه|لمشاهده|لمتابعه|لتحميل|للمزيد).{0,120}(?:اضغط|انقر) هنا\W*$"
    r"|^\W*تابع(?:وا)? (?:اخر|احدث|جميع|كل|اهم) (?:ال)?اخبار"
    r"|^\W*(?:اضف|اختر|اجعل)(?:نا|وا)? .{0,60}(?:كمصدر|مصدر(?:ك|ا)?) (?:ال)?مفضل"
    r"|^\W*(?:تابعوا|ل?متابعه|اشتركوا|اشتركي|للاشتراك|ل?لاشتراك|الاشتراك|اشتراك|انضموا|للانضمام|سجلوا|للتسجيل|"
    rf"اضغط(?:وا)?|انقر(?:وا)?|لمزيد|للمزيد|للاطلاع|لتصلك|زوروا|ندعوكم|يمكنكم)\b.*{_PLATFORM}"
    r"|^\W*(?:ل?(?:ل|ا)?ارسال|ارسل|ل?لاشتراك|اشترك).{0,60}\bsms\b"
    rf"|^\W*(?:تابع|اشترك|انضم|سجل|حمل|حملوا|نزل|نزلوا)\b.{{0,60}}{_OURS}"
)
"""The last ones are verbs of the past, too («تابع الوزير …»): a channel of ours has to be near."""

_TALK_LABEL: Final = re.compile(
    r"^\W*(?:(?:اضف|اضافه|اترك|اكتب|شارك ب?)\s?تعليق\w*|(?:عدد )?(?:ال)?تعليقات(?: القراء| الزوار| فيسبوك| علي "
    r"الخبر)?\W*\d*\W*$|"
    r"\W*\d+ تعليق\w*|هناك \d+ تعليق\w*|تعليق(?:ان|ين) علي|لا (?:توجد|يوجد) تعليقات|كن اول من يعلق|كل "
    r"التعليقات|"
    r"استطلاع(?: (?:ال)?راي)?\W*$|leave a (?:reply|comment)|(?:comments?|commentaires?)\W*\d*$)"
)
_COMMENTS: Final = re.compile(
    r"^\W*(?:(?:عدد )?(?:ال)?تعليقات(?: (?:القراء|الزوار|فيسبوك|علي الخبر))?|(?:comments?|commentaires?))\W*\d*\W*$"
)
_TALK: Final = re.compile(
    r"^\W*(?:اذا|ان) (?:كنت|وجدت|لاحظت|عثرت)\w*.{0,80}(?:خطا|اخطاء|مغلوط|خاطءه|ينتهك|مخالف).{0,160}$|"
    r"^\W*هل (?:وجدت|قرات|لاحظت) خطا|"
    r"^\W*(?:لن يتم نشر عنوان|الحقول الالزاميه|ترحب .{0,40} (?:بالنقاش|بتعليقات)|(?:ان )?(?:جميع "
    r")?(?:الاراء|التعليقات) "
    r"(?:الوارده|المنشوره|المطروحه|ادناه).{0,60}(?:لا تعبر|تعبر عن|تمثل|لا تمثل|لا تعكس|مسووليه|مسءوليه))"
    r"|^\W*و?[نتي]قدم لكم .{0,80}(?:موقع|بوابه|تطبيق|صحيفه).{0,60}(?:تغطيه|خدمه|متابعه)"
    r"|^\W*[يت]تحمل .{0,30}(?:تعليق|معلق).{0,30}مسءوليه|^\W*[نتي]حتفظ.{0,60}(?:حذف|عدم نشر).{0,30}تعليق"
    r"|^(?:\W*\w+){0,3}?\W*لا (?:ت|ي)تحمل .{0,40}مسءوليه .{0,40}(?:تعليقات|الاراء)"
    r"|^\W*(?:نرحب|نرجو|يرجي|الرجاء|نحتفظ|تحتفظ|يحتفظ).{0,60}تعليق.{0,120}(?:عدم نشر|حذف|المسيءه|الخارجه عن|اداب)"
)
_COOKIE: Final = re.compile(
    r"(?:نستخدم|نحن نستخدم|يستخدم (?:هذا )?(?:الموقع|موقعنا)|حدثنا|ادخلنا|استخدامك (?:ل|لل)?(?:هذا "
    r")?(?:ا?لموقع)|تصفحك|بمتابعتك|موافقتك|we use)"
    r".{0,120}(?:ملفات (?:تعريف )?الارتباط|الكوكيز|كوكيز|cookies?|(?:ال)?خصوصيه)"
)
_COOKIE_WORDS: Final = ("الارتباط", "كوكيز", "cookie", "خصوصيه")
_RESERVED: Final = re.compile(r"(?:جميع|كافه|كل) (?:ال)?حقوق (?:النشر |الطبع )?(?:© ?)?محفوظه")
_RIGHTS: Final = re.compile(
    r"^\W*حقوق (?:النشر|الطبع|"
    r"الملكيه).{0,30}(?:©|محفوظه)"
    r"|^\W*(?:©|\(c\)) ?\w|.*all rights reserved|^\W*copyright\b"
    r"|^\W*(?:لا مانع من الاقتباس|يسمح ب?(?:ال)?(?:نقل|نشر|اقتباس|اعاده).{0,40}(?:ذكر|الاشاره ال[يى]) المصدر)"
    r"|^\W*(?:و?يحظر|و?يمنع|لا يجوز|لا يسمح ب|لا يحق) ?(?:نشر|نقل|اعاده|اقتباس|استخدام|طبع).{0,40}(?:ماده|مواد|"
    r"محتوي|محتويات|مقال|صور)"
)
_CAPTION: Final = re.compile(
    r"^\W*(?:صدر الصوره|مصدر الصوره|التعليق علي الصوره|صوره (?:ارشيفيه|توضيحيه|تعبيريه|من الارشيف|ارشيف)|"
    r"تصوير\s*[:/-]|"
    r"عدسه\s*[:/-]|الصوره\s*:|image (?:source|caption|credit)|photo\s*[:/]|getty images?|© )"
    r"|^\W*(?:اعلان|advertisement|اعلان ممول|ماده اعلانيه)\W*$|^[—–-]+\s.{0,80}\(@\w+\)"
)
_PLAYER: Final = re.compile(
    r"^\W*(?:يرجي|الرجاء|لمشاهده|لعرض|متصفحك|المتصفح|هذا المتصفح|يجب|please|your browser|to view this).{0,80}"
    r"(?:جافا ?سكر[يب]+ت|java ?script|html5|متصفح|فلاش|flash|لا يدعم)"
)
_SOURCE: Final = re.compile(r"^\W*(?:المصدر|المصادر|مصدر الخبر|نقلا عن|source)\s*[:/|-]")
_SYNDICATED: Final = re.compile(
    r"^\W*(?:ظهرت? (?:المقاله?|هذا|هذه|الخبر|التدوينه|الموضوع).{5,250}(?:اولا|للمره الاولي)|"
    r"(?:هذا|هذه) (?:المقاله?|المحتوي|الخبر|التدوينه|الموضوع|الماده).{5,250} ظهرت? (?:اولا|للمره الاولي)|"
    r"(?:كتب|نشر|اضيف) (?:هذا )?(?:ال)?(?:موضوع|مقال|خبر) .{0,80} (?:تحت|ضمن|في قسم) |"
    r"the post .{5,250} appeared first on)"
)
"""What WordPress adds for feed readers: «ظهرت المقالة … أولاً على …»."""

_LIVE: Final = re.compile(
    r"^\W*(?:(?:شاهد(?:وا)?|لمشاهده|اليكم|تابع) (?:ال)?(?:فيديو|مقطع)\W*$|(?:ترتيب|رتب|فرز) حسب|(?:ال)?(?:احدث|اقدم) "
    r"اولا|تحديث تلقاءي|"
    r"(?:تحميل|حمل|عرض|اظهار|اعرض) المزيد|المزيد من المنشورات|تغطيه مباشره\W*$|مباشر\W*$)"
)
"""Buttons of a live page, of an endless list and of a player."""

_DIGITS_ONLY: Final = re.compile(
    r"^[\W\d_]+$|^(?:https?://|www\.|pic\.twitter\.com/|t\.co/)\S+$|^\W*[\w.+-]+@[\w-]+\.[\w.]+\W*$|"
    r"^\[/?[a-z][\w-]*(?:\s[^\]]*)?\]$|^\W*(?:(?:twitter|facebook|instagram|تويتر|فيسبوك|انستغرام)\W*)?@\w+\W*$"
)

_REMEMBERED: Final = 1024
"""Lines whose verdict is kept: each is asked about by four readers, and an outlet's labels stand on every page."""

LABEL_MAX: Final = 90
"""Characters. Longer lines that begin like a label are sentences: «تابعت الوزارة …»."""


_BY_LENGTH: Final = (
    (LABEL_MAX // 2, (_LIVE,)),
    (LABEL_MAX, (_TALK_LABEL,)),
    (2 * LABEL_MAX, (_READER, _FOLLOW, _SOURCE, _CAPTION, _TAGS)),
    (3 * LABEL_MAX, (_ALSO_LINE, _PLAYER)),
    (4 * LABEL_MAX, (_SYNDICATED,)),
)
"""Characters up to which a line may be such a notice → what it then begins with. The shortest are tried first."""


def begins_related(line: Folded) -> bool:
    """Whether the line announces other articles: what follows as links belongs to it."""
    return len(line) <= 3 * LABEL_MAX and bool(_RELATED.match(line))


def begins_tail(line: Folded) -> bool:
    """Whether the line announces tags, comments or rights: the article has ended."""
    return len(line) <= LABEL_MAX and bool(_TAGS.match(line) or _TALK_LABEL.match(line) or _TALK.match(line))


def begins_comments(line: Folded) -> bool:
    """Whether the line is the label of the readers' comments, and no invitation or counter among others."""
    return len(line) <= LABEL_MAX // 2 and bool(_COMMENTS.match(line))


@lru_cache(maxsize=_REMEMBERED)
def is_chrome(line: Folded) -> bool:
    """Whether the line by itself is no part of any article: share words, notices, credits, captions."""
    if not line or _DIGITS_ONLY.match(line) or _TALK.match(line) or _only_share_words(line):
        return True
    for longest, patterns in _BY_LENGTH:
        if len(line) <= longest and any(pattern.match(line) for pattern in patterns):
            return True
    return len(line) <= 4 * LABEL_MAX and (_is_cookie(line) or _is_rights(line))


def is_invitation(line: Folded) -> bool:
    """Whether the line invites to subscribe, follow or install: «النشرة البريدية»."""
    return len(line) <= LABEL_MAX and bool(_FOLLOW.match(line))


def _is_cookie(line: Folded) -> bool:
    # Patterns that may begin anywhere are tried at every letter, so a word they can't do without comes first.
    return any(word in line for word in _COOKIE_WORDS) and bool(_COOKIE.search(line))


def _is_rights(line: Folded) -> bool:
    return bool(_RIGHTS.match(line)) or ("محفوظه" in line and bool(_RESERVED.search(line)))


def _only_share_words(line: Folded) -> bool:
    count = shared = 0
    for match in _WORD.finditer(line):  # nearly every line ends here with its first word
        if match[0] not in _SHARE_WORDS and match[0] not in _BESIDE_SHARE:
            return False
        count += 1
        shared += match[0] in _SHARE_WORDS
    return shared > 0 and count <= 12


def begins_tags(line: Folded) -> bool:
    """Whether the line is the label of a list of tags: «الكلمات الدلالية:»."""
    return len(line) <= LABEL_MAX // 2 and bool(_TAGS.match(line))
