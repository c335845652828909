"""All forms of a word meet in its lemma, other words stay apart, and names keep their letters."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.text.clitics import with_clitics, without_article
from newscrawler.text.lemma_words import OWN
from newscrawler.text.lemmas import is_listed, lemma_of
from newscrawler.text.normalise import Folded, fold
from newscrawler.text.terms import terms, words_of


def lemma(printed: str) -> str:
    return lemma_of(fold(printed))


APART = """
    جامع:جامعة شرط:شرطة طائر:طائرة دور:دورة عمل:عملة حكم:حكمة مكتب:مكتبة كتاب:كتابة إعلام:علم إسلام:سلم
    السنة:لسان الجزائر:جزيرة وزير:وزارة مدرس:مدرسة منطق:منطقة لبنان:لبن مصر:مصري صاروخ:صاروخي سفر:سفير كوب:كوبا
    قطر:قطار ليبيا:ليبي إعلان:أعلن تعليم:علم شهيد:شهادة إيمان:يمين ورقة:رقة وزارة:زيارة اقتصاد:قصد بغداد:غد
    فرنسا:فرنسي
"""

PLURALS = """
    رجل:رجال طفل:أطفال شيخ:شيوخ امرأة:نساء أم:أمهات أب:آباء ابن:أبناء صديق:أصدقاء عدو:أعداء تاجر:تجار عامل:عمال
    شريك:شركاء خبير:خبراء طبيب:أطباء مريض:مرضى جريح:جرحى قتيل:قتلى شهيد:شهداء أسير:أسرى سجين:سجناء رهينة:رهائن
    ضحية:ضحايا لاجئ:لاجئون مهاجر:مهاجرون مواطن:مواطنين جندي:جنود ضابط:ضباط جيش:جيوش قائد:قادة زعيم:زعماء
    رئيس:رؤساء وزير:وزراء نائب:نواب سفير:سفراء أمير:أمراء ملك:ملوك قاض:قضاة محام:محامون شاهد:شهود صحفي:صحفيون
    عالم:علماء أستاذ:أساتذة طالب:طلاب طالب:طلبة تلميذ:تلاميذ لاعب:لاعبين فريق:فرق ناد:أندية مباراة:مباريات
    كأس:كؤوس هدف:أهداف بيت:بيوت غرفة:غرف باب:أبواب شارع:شوارع طريق:طرق جسر:جسور مدينة:مدن قرية:قرى حي:أحياء
    منطقة:مناطق بلد:بلدان دولة:دول جبل:جبال بحر:بحار نهر:أنهار جزيرة:جزر ميناء:موانئ سفينة:سفن قارب:قوارب
    طائرة:طائرات مدرسة:مدارس معهد:معاهد مستشفى:مستشفيات مسجد:مساجد كنيسة:كنائس مكتبة:مكتبات مصنع:مصانع
    شركة:شركات بنك:بنوك سوق:أسواق حكومة:حكومات حزب:أحزاب لجنة:لجان محكمة:محاكم قانون:قوانين حق:حقوق دستور:دساتير
    قرار:قرارات جريمة:جرائم قضية:قضايا تهمة:تهم سجن:سجون حرب:حروب معركة:معارك هجوم:هجمات غارة:غارات قنبلة:قنابل
    صاروخ:صواريخ قذيفة:قذائف سلاح:أسلحة كتيبة:كتائب اتفاقية:اتفاقيات مؤتمر:مؤتمرات قمة:قمم خبر:أخبار
    تقرير:تقارير صحيفة:صحف كتاب:كتب قصة:قصص فيلم:أفلام صورة:صور جائزة:جوائز مال:أموال سعر:أسعار ضريبة:ضرائب
    قرض:قروض أجر:أجور عقد:عقود مشروع:مشاريع سهم:أسهم دينار:دنانير مليون:ملايين ألف:آلاف يوم:أيام أسبوع:أسابيع
    شهر:أشهر سنة:سنوات عام:أعوام ساعة:ساعات دقيقة:دقائق مرض:أمراض وباء:أوبئة دواء:أدوية ماء:مياه بئر:آبار
    شجرة:أشجار طائر:طيور كلب:كلاب زلزال:زلازل فيضان:فيضانات حريق:حرائق كارثة:كوارث عاصفة:عواصف حادث:حوادث
    ضرر:أضرار أزمة:أزمات مشكلة:مشاكل حل:حلول سبب:أسباب نتيجة:نتائج جهاز:أجهزة شبكة:شبكات برنامج:برامج هاتف:هواتف
    نوع:أنواع شكل:أشكال رقم:أرقام اسم:أسماء فكرة:أفكار رأي:آراء قيمة:قيم مبنى:مبان قصر:قصور سد:سدود متحف:متاحف
    قبر:قبور قافلة:قوافل مخيم:مخيمات موقف:مواقف وفد:وفود احتجاج:احتجاجات إضراب:إضرابات صوت:أصوات مقعد:مقاعد
    قائمة:قوائم عضو:أعضاء كتلة:كتل تحالف:تحالفات إرهابي:إرهابيين لص:لصوص
"""


@pytest.mark.parametrize("pair", PLURALS.split())
def test_a_plural_is_its_singular(pair: str) -> None:
    """Broken or sound, alone and after و, ال, بال and لل."""
    singular, plural = (fold(word) for word in pair.split(":"))
    forms = [plural, *(f"{before}{plural}" for before in ("و", "ال", "بال", "وال"))]
    if not plural.startswith("ل"):
        forms.append(f"لل{plural}")
    assert {lemma_of(Folded(form)) for form in forms} == {lemma_of(singular)}


@pytest.mark.parametrize(
    "forms",
    [
        "سيارة السيارة سيارات بسيارته وسيارتها سيارتين للسيارات سياراتهم",
        "منزل منزلها بمنزلهم منازلهم المنزلان",
        "أعلن أعلنت يعلن تعلن سيعلن وستعلن أعلنوا يعلنون",
        "استقال استقالت يستقيل تستقيل",
        "قال قالت يقول وقالوا",
        "إرهابي الإرهابية إرهابيون للإرهابيين",
        "تونسي تونسية التونسيين والتونسيون التونسيات",
        "جنوده جنود جندي بجنودها",
        "حياة حياته حياتهم بحياتها",
        "لجنة للجنة واللجنة لجان للجان لجنته",
    ],
)
def test_all_forms_of_a_word_meet(forms: str) -> None:
    """Particles, article, feminine, dual, plural, pronouns, persons of a verb."""
    assert len({lemma(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("pair", APART.split())
def test_other_words_stay_apart(pair: str) -> None:
    """A feminine noun that is another word, an adjective made of a noun, the noun of an action."""
    one, other = pair.split(":")
    assert lemma(one) != lemma(other)


NAMES = """
    محمد أحمد محمود حسين عمر عثمان خالد وليد كريم فهد بلال سعيد سلمان سليمان فيصل فاطمة فؤاد فراس فادي بسام بشار
    بدر كمال كامل كاظم ليلى وائل وسام صلاح جمال مرسي السيسي عباس عرفات مشعل عون سلام الأسد ترامب كلينتون بايدن
    أوباما بوتين ماكرون نتنياهو روحاني حفتر السراج تبون بوتفليقة الغنوشي القذافي زيدان رونالدو ميسي نيمار محرز
    حكيمي ليفربول الزمالك الوداد مصر ليبيا تونس الجزائر المغرب موريتانيا السودان الصومال سوريا لبنان الأردن
    فلسطين العراق الكويت قطر البحرين عمان اليمن إيران تركيا روسيا الصين الهند فرنسا ألمانيا إيطاليا إسبانيا كندا
    كوبا البرازيل كينيا القاهرة طرابلس بنغازي صفاقس سوسة الرباط فاس مراكش وهران الخرطوم بيروت دمشق حلب حمص حماة
    درعا الرقة إدلب غزة رفح نابلس جنين بغداد الموصل البصرة كركوك كربلاء النجف المنامة الدوحة دبي مسقط صنعاء عدن
    الرياض تبوك باريس لندن واشنطن موسكو برلين روما أنقرة
"""


@pytest.mark.parametrize("name", NAMES.split())
def test_a_name_keeps_its_letters(name: str) -> None:
    """But for the article: بلال isn't ب and لال, كوبا no accusative of كوب. A long unknown one may lose its last ه."""
    bare = fold(name) if fold(name) in OWN else without_article(fold(name))
    assert lemma(name) in (bare, bare.removesuffix("ه"))


@pytest.mark.parametrize("name", NAMES.split())
def test_a_listed_name_is_found_after_particles(name: str) -> None:
    """«وأحمد», «بأحمد», «لأحمد» are أحمد. What isn't listed keeps its particles, and the query asks for them."""
    folded = fold(name)
    forms = [Folded(form) for form in with_clitics(folded)][:4]
    others = {form: lemma_of(form) for form in forms if is_listed(folded) and lemma_of(form) != lemma_of(folded)}
    assert not {form for form in others if form not in OWN and form != "وجده"}


@pytest.mark.parametrize("word", ["ب", "x", "2026", "cafe", "ى", "", "ا" * 10_000, "\u00b2", "بءءءءه"])
def test_nothing_is_too_strange(word: str) -> None:
    """A letter, a number, another script, a word without end."""
    assert isinstance(lemma_of(Folded(word)), str)


def test_particles_stay_whole_and_give_way() -> None:
    """«فيها» is no form of a word, «ومن» is من."""
    assert lemma("فيها") == "فيها"
    assert [lemma(word) for word in ("ومن", "بكل", "فلم", "لكل", "وهم")] == ["من", "كل", "فيلم", "كل", "وهم"]


def test_what_no_dictionary_knows_is_unlisted() -> None:
    """Then a query asks for the word with each particle."""
    assert is_listed(fold("صواريخ"))
    assert is_listed(fold("والصواريخ"))
    assert not is_listed(fold("برنادوت"))
    assert not is_listed(fold("البرنادوت"))


def test_two_spellings_of_servants_names() -> None:
    """«وعبدالله» is two words."""
    assert terms("وعبدالله") == terms("وعبد الله")
    assert terms("عبداللطيف") == terms("عبد اللطيف")


@pytest.mark.parametrize(
    "command",
    [
        "import newscrawler.archive, newscrawler.doctor, newscrawler.report, newscrawler.text.search",
        "from newscrawler.text.search import search_version; search_version()",
        "from newscrawler.browse import sql_functions",
    ],
)
def test_nobody_loads_the_dictionary_who_doesnt_search(command: str) -> None:
    """It takes most of a second and 15 MB: `scrapy report` and `-h` don't pay for it."""
    code = f"{command}\nimport sys\nassert not any(name.startswith('simplemma') for name in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("one", "other"),
    [("أبوظبي", "أبو ظبي"), ("لأبوظبي", "أبو ظبي"), ("وأبوتريكة", "أبو تريكة"), ("أبومازن", "ابو مازن")],
)
def test_the_father_of_is_written_in_one_word_or_two(one: str, other: str) -> None:
    """As «عبدالله» is."""
    assert terms(one) == terms(other)


@pytest.mark.parametrize(
    ("word", "lemma"), [("أبوابها", "باب"), ("الأبواب", "باب"), ("أبوه", "اب"), ("أبوال", "ابوال")]
)
def test_doors_have_no_father(word: str, lemma: str) -> None:
    """Words that merely begin so stay whole."""
    assert terms(word) == [lemma]


def test_a_country_that_is_written_in_two_ways_is_found_in_both() -> None:
    """«سوريا» and «سورية»; with the article it is the adjective."""
    assert terms("في سوريا") == terms("في سورية") != terms("في السورية")


@given(st.text(alphabet="ابتهةوفلك ي_-\n\u0651a1", max_size=40))
def test_a_text_has_the_terms_of_its_words(text: str) -> None:
    """Index and highlighting go different ways to the same terms, in texts that know ة and in those that don't."""
    assert terms(text) == [lemma_of(word, his=his) for word, his in words_of(text)]
