"""Places in bylines: what a newsroom dates its story from is no writer's name."""

from __future__ import annotations

from typing import Final

from newscrawler.extract.tables import folded_list
from newscrawler.text.normalise import fold

_TWO_WORD_PLACES: Final = folded_list(
    "أبو ظبي|رام الله|تل أبيب|نيو يورك|نيويورك|مكة المكرمة|المدينة المنورة|الدار البيضاء|كفر الشيخ|بني "
    "سويف|دير الزور|"
    "شرم الشيخ|القدس المحتلة|غزة المحتلة|رأس الخيمة|أم القيوين|بور سعيد|بور سودان|خان يونس|وادي حلفا|"
    "حفر الباطن|"
    "ذي قار|صلاح الدين|شمال سيناء|جنوب سيناء|البحر الأحمر|الوادي الجديد|عين تموشنت|تيزي وزو|سيدي بلعباس|بئر السبع|"
    "الجزائر العاصمة|تونس العاصمة|عمان العاصمة|سيدي بوزيد|سان فرانسيسكو|لوس أنجلوس|أديس أبابا|كوالا لمبور",
    by="|",
)
_PLACE_HEADS: Final = folded_list(
    "رأس تل دير كفر بيت خان شرم وادي بئر جبل مخيم مدينة محافظة قرية ريف جنوب شمال شرق غرب مطار ميناء بلدة منطقة إقليم"
)
"""Words with which a place's name begins, and no person's."""

_CITIES: Final = folded_list(
    "عمان عمّان إربد الزرقاء العقبة الكرك القاهرة الإسكندرية الجيزة أسوان بيروت طرابلس صيدا صور دمشق حلب حمص حماة "
    "اللاذقية "
    "درعا السويداء إدلب الحسكة الرقة بغداد البصرة الموصل أربيل كركوك النجف كربلاء السليمانية الأنبار الرياض جدة "
    "الدمام مكة "
    "المدينة تبوك أبها جازان نجران حائل بريدة الطائف الأحساء دبي أبوظبي الشارقة عجمان الفجيرة الكويت الدوحة المنامة "
    "مسقط "
    "صلالة صنعاء عدن تعز الحديدة المكلا مأرب تونس صفاقس سوسة القيروان الجزائر وهران قسنطينة عنابة الرباط طنجة مراكش "
    "فاس "
    "أكادير وجدة بنغازي مصراتة سبها الخرطوم نواكشوط مقديشو جيبوتي القدس غزة نابلس الخليل جنين أريحا واشنطن نيويورك "
    "لندن "
    "باريس برلين موسكو أنقرة إسطنبول طهران بروكسل جنيف فيينا روما مدريد بكين طوكيو نيودلهي أثينا كييف"
)
"""Cities in the datelines of Arabic newspapers."""


def is_place(name: str) -> bool:
    """Whether a name of several words is a place's: «رام الله», «ريف دمشق»."""
    short = fold(name)
    return short in _TWO_WORD_PLACES or short.split(" ", 1)[0] in _PLACE_HEADS


def is_city(name: str) -> bool:
    """Whether it is a city that newsrooms date their stories from."""
    short = fold(name)
    return short in _CITIES or short in _TWO_WORD_PLACES


def has_articles(name: str) -> bool:
    """Whether all its words have the article, as places' have: «السهل الغربي», «القدس الشرقية»."""
    return all(word.startswith("ال") for word in name.split())
