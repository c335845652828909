"""judge(): Arabic passes, its script's other languages don't."""

from __future__ import annotations

import gzip
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from newscrawler.text.language import judge

ARABIC = (
    "أعلنت بلدية المدينة أن الحديقة الكبرى ستفتح أبوابها أمام الزوار صباح الجمعة المقبل بعد أشهر من أعمال الصيانة، "
    "وقالت رئيسة البلدية إن الدخول سيكون مجانيا طوال الأسبوع الأول."
)
PERSIAN = (
    "شهرداری اعلام کرد که پارک بزرگ شهر پس از چند ماه تعمیرات، صبح روز جمعه به روی بازدیدکنندگان گشوده می\u200cشود "
    "و ورود به آن در هفته نخست برای همه رایگان خواهد بود."
)
URDU = (
    "بلدیہ نے اعلان کیا ہے کہ شہر کا بڑا باغ کئی مہینوں کی مرمت کے بعد جمعے کی صبح لوگوں کے لیے کھول دیا جائے گا "
    "اور پہلے ہفتے میں داخلہ مفت ہو گا۔"
)
KURDISH = (
    "شارەوانی ڕایگەیاند کە باخچەی گەورەی شار دوای چەند مانگێک لە نۆژەنکردنەوە بەیانی ڕۆژی هەینی بۆ خەڵک دەکرێتەوە "
    "و هاتنە ژوورەوە لە هەفتەی یەکەمدا بێ بەرامبەر دەبێت."
)
PASHTO = (
    "ښاروالۍ اعلان وکړ چې د ښار لوی پارک به د څو میاشتو ترمیم وروسته د جمعې په سهار د خلکو پر مخ پرانیستل شي "
    "او په لومړۍ اوونۍ کې به ننوتل وړیا وي."
)
UYGHUR = (
    "شەھەرلىك ھۆكۈمەت چوڭ باغچىنىڭ بىر نەچچە ئايلىق رېمونتتىن كېيىن جۈمە كۈنى ئەتىگەندە ئېچىلىدىغانلىقىنى ۋە "
    "بىرىنچى ھەپتىدە كىرىشنىڭ ھەقسىز بولىدىغانلىقىنى ئېلان قىلدى."
)


def test_arabic_is_arabic() -> None:
    """Modern standard Arabic passes, with all the evidence in the verdict."""
    verdict = judge(ARABIC)
    assert verdict.is_arabic
    assert (verdict.guess, verdict.arabic_share, verdict.foreign_share) == ("ar", 1.0, 0.0)


@pytest.mark.parametrize(
    ("text", "language"),
    [(PERSIAN, "fa"), (URDU, "ur"), (KURDISH, "ckb"), (PASHTO, "ps"), (UYGHUR, "ug")],
    ids=["fa", "ur", "ckb", "ps", "ug"],
)
def test_neighbours_in_the_same_script_are_told_apart(text: str, language: str) -> None:
    """Languages that share the script don't pass, and the letters say which one it is."""
    verdict = judge(text)
    assert not verdict.is_arabic
    assert verdict.guess == language
    assert verdict.arabic_share == 1.0
    assert verdict.foreign_share > 0.03


def test_persian_in_arabic_letters_is_still_persian() -> None:
    """With ي and ك of an Arabic keyboard, and no چ or پ, the letters say nothing: langdetect does."""
    disguised = PERSIAN.translate(str.maketrans("یکگچپژ", "يككجبز"))
    verdict = judge(disguised)
    assert verdict.foreign_share < 0.03
    assert not verdict.is_arabic
    assert verdict.guess == "fa"


def test_arabic_from_a_persian_keyboard_is_still_arabic() -> None:
    """ی and ک for ي and ك are a keyboard, not a language: Arabic news from Tehran is Arabic."""
    verdict = judge(ARABIC.translate(str.maketrans("يك", "یک")))
    assert verdict.foreign_share > 0.03
    assert verdict.is_arabic


def test_vowel_marks_tatweel_and_shaped_glyphs_dont_count() -> None:
    """Counted are letters: the same text with marks, or as presentation forms, has the same shares."""
    marked = "\u0640".join(ARABIC).replace("ر", "ر\u064e\u0651")
    assert judge(marked).arabic_share == 1.0
    assert judge("ﺍﻟﺒﻠﺪﻳﺔ " * 20).foreign_share == 0.0


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("The city opened its largest park on Friday morning after months of repairs.", "en"),
        ("La mairie a ouvert vendredi le plus grand parc de la ville après des mois de travaux.", "fr"),
        ("Мэрия открыла в пятницу самый большой парк города после нескольких месяцев ремонта.", "ru"),
        ("市政府宣布，经过数月维修，市内最大的公园将于星期五上午向游客开放。" * 3, "zh"),
    ],
)
def test_other_scripts_arent_arabic(text: str, guess: str) -> None:
    """The guess tells the reader of the ledger what was turned away."""
    verdict = judge(text)
    assert not verdict.is_arabic
    assert verdict.guess == guess


@pytest.mark.parametrize(
    "text", ["", " ", "123 456", "٢٠٢٦", "😀🎉", "...", "\ud800", "ـ", "\u064e", "http://x.example/1"]
)
def test_nothing_to_judge_never_raises(text: str) -> None:
    """Without letters there is no language; langdetect would raise."""
    verdict = judge(text)
    assert not verdict.is_arabic
    assert verdict.guess == "und"


def test_a_headline_is_judged_by_its_letters_alone() -> None:
    """Langdetect takes short Arabic for Persian now and then, so it isn't asked."""
    assert judge("افتتاح الحديقة الكبرى").is_arabic
    assert judge("افتتاح الحديقة الكبرى").guess == "und"
    assert not judge("گشایش پارک بزرگ").is_arabic


def test_the_limits_are_arguments() -> None:
    """A half Arabic text passes or not as the setting says."""
    mixed = "مرحبا hello مرحبا hello"
    assert judge(mixed, share_min=0.4).is_arabic
    assert not judge(mixed, share_min=0.9).is_arabic
    assert judge("پاريس مدينة كبيرة", foreign_max=0.2).is_arabic
    assert not judge("پاريس مدينة كبيرة", foreign_max=0.01).is_arabic


def test_an_arabic_quotation_at_the_top_doesnt_make_a_page_arabic() -> None:
    """The sample is taken from all over a long text, also where an Arabic keyboard wrote the Persian."""
    typed = PERSIAN.translate(str.maketrans("یک", "يك"))
    assert not judge(f"{ARABIC[:120]} {typed * 8}").is_arabic


def test_every_thread_gets_the_same_verdict() -> None:
    """Profiles load once and the seed is fixed, so threads and repetitions agree."""
    with ThreadPoolExecutor(4) as pool:
        verdicts = set(pool.map(judge, [ARABIC, ARABIC, ARABIC, ARABIC]))
    assert verdicts == {judge(ARABIC)}


def test_every_thread_asks_the_same_langdetect() -> None:
    """The same holds where small words leave a doubt and langdetect decides."""
    typed = PERSIAN.translate(str.maketrans("یک", "يك"))
    with ThreadPoolExecutor(4) as pool:
        verdicts = set(pool.map(judge, [typed, typed, typed, typed]))
    assert {verdict.guess for verdict in verdicts} == {"fa"}
    assert len(verdicts) == 1


@pytest.mark.skipif("NEWS_CORPUS" not in os.environ, reason="needs NEWS_CORPUS: real articles, not in the project")
@pytest.mark.slow
def test_no_real_article_is_turned_away() -> None:
    """Measured on real articles: all of them Arabic, headline and body together."""
    path = Path(os.environ["NEWS_CORPUS"]) / "ant-half.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    wrong = [a["id"] for a in articles if not judge(f"{a['title']}\n{a['text']}").is_arabic]
    assert wrong == []
