"""The names Arabic newspapers give to months and weekdays, as they print them.

Spellings that differ only in hamza, harakat, ta marbuta or alef maqsura are one name here: the reader
folds both sides. No name stands for two different months in two countries, so all families are read
at once; names that are abbreviations are kept apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MONTHS: Final[Mapping[int, str]] = {
    1: "يناير|كانون الثاني|كانون ثاني|كانون ثان|جانفي|جانفيي|ينايير|january|jan|janvier|janv",
    2: "فبراير|شباط|فيفري|فيفرييه|فبرير|فيبراير|february|feb|fevrier|fevr",
    3: "مارس|آذار|مارث|march|mar|mars",
    4: "أبريل|إبريل|نيسان|أفريل|أفريلي|ابرايل|april|apr|avril",
    5: "مايو|أيار|ماي|مايي|may|mai",
    6: "يونيو|يونيه|حزيران|جوان|يونيوه|june|jun|juin",
    7: "يوليو|يوليه|تموز|جويلية|جويليا|جوييه|يوليوز|july|jul|juillet",
    8: "أغسطس|آب|أوت|غشت|أغشت|أوغسطس|اغسطسس|august|aug|aout",
    9: "سبتمبر|أيلول|شتنبر|شتمبر|سيبتمبر|سبتنبر|september|sept|sep|septembre",
    10: "أكتوبر|أوكتوبر|تشرين الأول|تشرين أول|أكتوبار|october|oct|octobre",
    11: "نوفمبر|تشرين الثاني|تشرين ثاني|تشرين ثان|نونبر|نوفنبر|نونمبر|november|nov|novembre",
    12: "ديسمبر|كانون الأول|كانون أول|دجنبر|دجمبر|دسمبر|ديسنبر|december|dec|decembre",
}
"""Gregorian month → its names: Egypt and Gulf, Levant and Iraq, Algeria and Tunisia, Morocco, Mauritania,
English, French."""

SHORT_MONTHS: Final[Mapping[int, str]] = {1: "ك2", 10: "ت1", 11: "ت2", 12: "ك1"}
"""The short forms of the four two-word months, as Lebanese and Iraqi papers print them."""

HIJRI_MONTHS: Final[Mapping[int, str]] = {
    1: "محرم|المحرم|محرم الحرام",
    2: "صفر|صفر الخير|صفر المظفر",
    3: "ربيع الأول|ربيع أول|ربيع الاولى",
    4: "ربيع الآخر|ربيع الثاني|ربيع آخر|ربيع ثاني|ربيع ثان|ربيع الثانى",
    5: "جمادى الأولى|جمادى الأول|جماد الأول|جماد الأولى|جمادى أول|جماد أول|جمادى أولى",
    6: "جمادى الآخرة|جمادى الآخر|جمادى الثانية|جمادى الثاني|جماد الآخر|جماد الثاني|جماد الآخرة|جماد الثانية"
    "|جمادى ثاني|جماد ثاني|جمادى ثانية|جمادى آخرة",
    7: "رجب|رجب الفرد|رجب الأصب",
    8: "شعبان|شعبان المعظم",
    9: "رمضان|رمضان المبارك|رمضان الكريم",
    10: "شوال",
    11: "ذو القعدة|ذي القعدة|ذا القعدة|ذو القعده الحرام|القعدة",
    12: "ذو الحجة|ذي الحجة|ذا الحجة|الحجة",
}
"""Hijri month → its names."""

WEEKDAYS: Final[Mapping[int, str]] = {
    0: "الاثنين|اثنين|الإثنين|الاتنين|الأثنين|monday|mon|lundi",
    1: "الثلاثاء|ثلاثاء|الثلاثا|الثلثاء|الثلائاء|tuesday|tues|tue|mardi",
    2: "الأربعاء|أربعاء|الاربعا|الاربع|wednesday|weds|wed|mercredi",
    3: "الخميس|خميس|thursday|thurs|thur|thu|jeudi",
    4: "الجمعة|جمعة|الجمعه|friday|fri|vendredi",
    5: "السبت|سبت|saturday|sat|samedi",
    6: "الأحد|أحد|الاحد|sunday|sun|dimanche",
}
"""Weekday as `date.weekday()` counts them (Monday is 0) → its names."""
