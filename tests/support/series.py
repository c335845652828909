"""Series: the same words every day with other figures. Weather, prices, exchange rates, fixtures, prayer times.

Each instalment is news of its own and no copy of yesterday's, however alike the two look.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from math import pi, sin
from random import Random
from typing import Final

Instalment = tuple[str, tuple[str, ...]]
"""Headline and paragraphs."""

FIRST_DAY: Final = datetime(2024, 1, 1, 6, 0, tzinfo=UTC)
"""When every series begins."""

_WEEKDAYS: Final = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
_MONTHS: Final = (
    *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو"),
    *("يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
)
_SKIES: Final = ("صافية", "غائمة جزئيا", "غائمة", "ممطرة أحيانا")
_WINDS: Final = ("شمالية", "شمالية غربية", "غربية", "جنوبية شرقية")
_CITIES: Final = ("العاصمة", "الميناء", "الواحة", "الجبل الأخضر", "السهل", "القلعة", "المرج", "الرابية")
_TEAMS: Final = ("النجم", "الاتحاد", "الوحدة", "الهلال", "الشباب", "النصر", "الفتح", "الأهلي", "التضامن", "الرائد")


def day_of(number: int) -> datetime:
    """When instalment `number` was published: one a day, some minutes earlier or later."""
    return FIRST_DAY + timedelta(days=number, minutes=Random(number).randint(-40, 40))


def weather(number: int) -> Instalment:
    """A long frame, two figures for each city, words that change with the sky."""
    chance, today = Random(f"weather/{number}"), _date(number)
    cities = " ".join(
        f"وفي {city} تكون السماء {chance.choice(_SKIES)} والحرارة العظمى {chance.randint(12, 27)} درجة والصغرى "
        f"{chance.randint(3, 14)} درجات." for city in _CITIES
    )  # fmt: skip
    return (
        f"حالة الطقس المتوقعة اليوم {today}",
        (
            f"تتوقع دائرة الأرصاد الجوية أن يكون الطقس اليوم {today} معتدلا نهارا وباردا ليلا على معظم "
            "المناطق، وأن تهب "
            f"رياح {chance.choice(_WINDS)} سرعتها بين {chance.randint(8, 20)} و{chance.randint(21, 45)} "
            "كيلومترا في الساعة.",
            cities,
            "وتدعو الدائرة السائقين على الطرق الجبلية إلى الانتباه من تدني مدى الرؤية الأفقية في ساعات الصباح "
            "الأولى، "
            "ومزارعي الأغوار إلى حماية مزروعاتهم من الصقيع، وتنصح بعدم النزول إلى مجاري السيول والأودية.",
        ),
    )


def prices(number: int) -> Instalment:
    """What is in the market, item by item: nearly every figure changes."""
    chance, today = Random(f"prices/{number}"), _date(number)
    goods = ("البندورة", "الخيار", "البطاطا", "الباذنجان", "التفاح", "الموز", "البرتقال", "البصل", "الثوم", "الليمون")
    lines = " ".join(
        f"وبلغ سعر الكيلوغرام من {each} {chance.randint(20, 180)} قرشا للصنف الأول و{chance.randint(10, 120)} للثاني."
        for each in goods
    )
    return (
        f"أسعار الخضار والفواكه في السوق المركزي اليوم {today}",
        (
            f"تراوحت أسعار الخضار والفواكه في السوق المركزي اليوم {today} بين الارتفاع والانخفاض بحسب النشرة "
            "اليومية التي "
            "تصدرها إدارة السوق وتشمل أسعار الجملة من دون أجور النقل.",
            lines,
            "وتنشر إدارة السوق أسعارها كل صباح قبل بدء المزاد، وتذكّر المستهلكين بإمكان تقديم الشكاوى على رقم "
            "الهاتف المجاني.",
        ),
    )


def exchange(number: int) -> Instalment:
    """A short frame with few figures, which move a little."""
    chance, today = Random(f"exchange/{number}"), _date(number)
    rate = lambda base: f"{base + chance.randint(0, 99) / 100:.2f}"  # noqa: E731
    return (
        f"سعر صرف الدولار والعملات الأجنبية اليوم {today}",
        (
            f"سجل سعر صرف الدولار في مصارف البلاد اليوم {today} استقرارا نسبيا في بداية التعاملات الصباحية، إذ بلغ "
            f"{rate(30)} للشراء و{rate(31)} للبيع، بينما بلغ سعر صرف اليورو {rate(33)} للشراء و{rate(34)} "
            "للبيع، وسجل "
            f"الجنيه الإسترليني {rate(39)} للشراء و{rate(40)} للبيع، وبلغ سعر الريال {rate(8)} للشراء "
            f"و{rate(9)} للبيع.",
            "ويحدد المصرف المركزي السعر الاسترشادي صباح كل يوم عمل، وقد تختلف الأسعار قليلا من مصرف إلى آخر.",
        ),
    )


def prayers(number: int) -> Instalment:
    """Times that move by a minute a day, some of them not at all for days; a year later they are the same."""
    today = _date(number)
    names = ("الفجر", "الشروق", "الظهر", "العصر", "المغرب", "العشاء")
    means, swings = (270, 350, 720, 925, 1090, 1170), (-60, -55, 8, 30, 65, 75)
    season = sin(2 * pi * (day_of(number).timetuple().tm_yday - 80) / 365)
    minutes = [round(mean + swing * season) for mean, swing in zip(means, swings, strict=True)]
    times = "، ".join(f"{name} {at // 60:02}:{at % 60:02}" for name, at in zip(names, minutes, strict=True))
    return (
        f"مواقيت الصلاة اليوم {today}",
        (
            f"ننشر لكم مواقيت الصلاة في العاصمة وضواحيها اليوم {today} بالتوقيت المحلي بحسب تقويم وزارة "
            f"الأوقاف: {times}.",
            "ويراعى فرق التوقيت بين المحافظات: تزيد دقيقتان على محافظات الغرب وتنقص دقيقتان عن محافظات الشرق، "
            "وتنشر الوزارة تقويمها السنوي كاملا على موقعها.",
        ),
    )


def fixtures(number: int) -> Instalment:
    """Who plays whom and when: names change as well as figures."""
    chance, today = Random(f"fixtures/{number}"), _date(number)
    teams = chance.sample(_TEAMS, 6)
    games = " ".join(
        f"يلتقي {teams[i]} و{teams[i + 1]} في الساعة "
        f"{chance.randint(14, 21)}:{chance.choice(('00', '15', '30', '45'))} "
        f"وتنقل المباراة القناة الرياضية {chance.randint(1, 6)}." for i in (0, 2, 4)
    )  # fmt: skip
    return (
        f"جدول مباريات اليوم {today} والقنوات الناقلة",
        (
            f"تقام اليوم {today} ثلاث مباريات ضمن الجولة {chance.randint(1, 30)} من دوري الدرجة الأولى لكرة "
            "القدم، ونقدم لكم "
            "مواعيد المباريات والقنوات الناقلة بالتوقيت المحلي.",
            games,
            "ويتصدر الترتيب الفريق الذي جمع أكبر عدد من النقاط قبل هذه الجولة، وتستأنف المنافسات بعد أسبوع من "
            "الآن، وتباع "
            "التذاكر عند أبواب الملاعب قبل ساعتين من صافرة البداية وفي منافذ البيع المعتمدة.",
        ),
    )


SERIES: Final[Mapping[str, Callable[[int], Instalment]]] = {
    "weather": weather,
    "prices": prices,
    "exchange rates": exchange,
    "prayer times": prayers,
    "fixtures": fixtures,
}
"""Name → instalment by number, one a day."""


def _date(number: int) -> str:
    day = day_of(number)
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"
