"""Organisations and places that no list has, by the words they begin with or stand after."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawler.text.tags import Lexicon, load_lexicon, tags_of

LISTS = ("given-names", "cues-people", "cues-places", "cues-organisations", "common-words", "demonyms", "capitals")


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    """Words and capitals only, so that no listed organisation decides anything here."""
    folder = tmp_path_factory.mktemp("tags")
    seeds = Path(__file__).parents[2] / "seeds" / "tags"
    for name in LISTS:
        (folder / f"{name}.toml").write_bytes((seeds / f"{name}.toml").read_bytes())
    return load_lexicon(folder)


def _named(lexicon: Lexicon, text: str, kind: str) -> list[str]:
    found = tags_of(title="", text=text, section=None, keywords=[], lexicon=lexicon)
    return sorted(tag.name for tag in found if tag.kind == kind)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("أعلنت الحكومة التركية أن", "الحكومة التركية"),
        ("بين القوات العراقية", "القوات العراقية"),
        ("قال الجيش الكوري الجنوبي إن", "الجيش الكوري الجنوبي"),
        ("مع وزارة الشؤون الاجتماعية اليوم", "وزارة الشؤون الاجتماعية"),
        ("ووزارة العدل تواصل", "وزارة العدل"),
        ("نقابة موظفي الشرطة البلدية", "نقابة موظفي الشرطة البلدية"),
        ("الاتحاد العام التونسي للشغل قرر", "الاتحاد العام التونسي للشغل"),
        ("الهيئة العليا المستقلة للاتصال السمعي والبصري في", "الهيئة العليا المستقلة للاتصال السمعي والبصري"),
        ("الأكاديمية الملكية للغة الإسبانية", "الأكاديمية الملكية للغة الإسبانية"),
        ("الجامعة التونسية لكرة القدم", "الجامعة التونسية لكرة القدم"),
        ("المحكمة الابتدائية ببيروت أمس", "المحكمة الابتدائية ببيروت"),
        ("رئاسة الحكومة، ظهر", "رئاسة الحكومة"),
        ("جامعة القاهرة", "جامعة القاهرة"),
        ("مستشفى الحبيب ثابتي", "مستشفى الحبيب ثابتي"),
        ("قوات الأمن التركية", "قوات الأمن التركية"),
        ("جمعية «نور الغد» الخيرية", "جمعية نور الغد الخيرية"),
        ("شركة كيرسوفت لاندا أعلنت", "شركة كيرسوفت لاندا"),
        ("ذكرت صحيفة «الواحة» المحلية", "الواحة"),
        ("راديو كرامافون أن", "كرامافون"),
        ("المستشفى الجامعي فاطمة بورقيعة", "المستشفى الجامعي فاطمة بورقيعة"),
        ("مستشفى ابن سينا", "مستشفى ابن سينا"),
        ("وزارة الفلاحة والموارد المائية والصيد البحري أن", "وزارة الفلاحة والموارد المائية والصيد البحري"),
        ("وزارة العدل والحكومة", "وزارة العدل"),
        ("وزارة العدل والنقابات", "وزارة العدل"),
        ("رابطة الشاي والمشروبات البريطانية", "رابطة الشاي والمشروبات البريطانية"),
        ("جمعية «كرامافون»", "جمعية كرامافون"),
        ("المحكمة الدستورية", "المحكمة الدستورية"),
        ("رأى الحزب الاشتراكي أن", "الحزب الاشتراكي"),
        ("الائتلاف المدني من أجل الحريات أمس", "الائتلاف المدني من أجل الحريات"),
        ("الاتحاد الاقتصادي والاجتماعي للنقابات", "الاتحاد الاقتصادي والاجتماعي للنقابات"),
        ("الهيئة الإدارية للجامعة العامة للصحة", "الجامعة العامة للصحة"),
        ("صحيفة The Daily Lamp أن", "The Daily Lamp"),
        ("مستشفى القاهرة العسكري", "مستشفى القاهرة العسكري"),
        ("جيش الاحتلال الإسرائيلي", "جيش الاحتلال الإسرائيلي"),
        ("قرر جهاز المخابرات", "جهاز المخابرات"),
        ("افتتحت وزارة العدل القصر", "وزارة العدل"),
        ("ذكرت صحيفة «نداء الواحة» المحلية", "نداء الواحة"),
        ("قالت إذاعة كرامافون.", "كرامافون"),
        ("جمعية «صدى كرامافون لاندا» في", "جمعية صدى كرامافون لاندا"),
        ("افتتحت مؤسسة كيرسوفت لاندا الكرامفونية فرعا", "مؤسسة كيرسوفت لاندا"),
        ("الاتحاد الوطني للفلاحة والحكومة", "الاتحاد الوطني للفلاحة"),
    ],
)
def test_an_organisation_is_named_with_what_belongs_to_it(lexicon: Lexicon, text: str, name: str) -> None:
    """Nouns, adjectives, country, purpose, place; of media only the name."""
    assert _named(lexicon, text, "organisation") == [name]


@pytest.mark.parametrize(
    "text",
    [
        "الحكومة",
        "قررت الحكومة",
        "حركة المرور",
        "إدارة الشركة",
        "صحيفة محلية",
        "حزب الرئيس التركي",
        "مجلس الوزراء",
        "محكمة جزائرية",
        "مكتب الشؤون الخارجية الأسترالي",
        "رئاسة بلدية",
        "شركة خاصة",
        "لجنة تضم الطرف النقابي",
        "وزارة للمرأة",
        "قناة «الأولى",
        "نقابة",
        "الهيئة الوطنية",
        "صندوق الأول الثاني الثالث للتعاون الوطني الدولي العربي الإسلامي العام",
        "حارس مدرسة ببيروت",
        "الحركة الاقتصادية والتجارية",
        "الهيئة الإدارية للاتحاد",
        "قرأ الخبر في صحيفة",
        "الحزب الديمقراطي الاشتراكي التقدمي الوطني الشعبي العربي الموحد",
    ],
)
def test_institutions_without_a_name_are_none(lexicon: Lexicon, text: str) -> None:
    """«الحكومة» is everybody's; traffic is no movement; eight words are a sentence."""
    assert not _named(lexicon, text, "organisation")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("في معتمدية الخضيرات من", ["الخضيرات"]),
        ("بين مدينتي المرزوقية والسليمية", ["السليمية", "المرزوقية"]),
        ("بلدة سيدي مرزاق", ["سيدي مرزاق"]),
        ("ولاية مورونغا", ["مورونغا"]),
        ("جزيرة سان لوفيك", ["سان لوفيك"]),
        ("قرب مطار بغداد الدولي", ["بغداد", "مطار بغداد الدولي"]),
        ("مطار الملك خالد الدولي", ["مطار الملك خالد الدولي"]),
        ("بجبل عبد الحميد", ["جبل عبد الحميد"]),
        ("حي الرياض", ["حي الرياض"]),
        ("حي خالد بن الوليد في", ["حي خالد بن الوليد"]),
        ("بشارع الهادي شاكر بالقرب", ["شارع الهادي شاكر"]),
        ("في مقاطعة كيرلندا الباردة", ["كيرلندا"]),
        ("ملعب سان ماريك", ["ملعب سان ماريك"]),
        ("قرب سيدي سهيلان و", ["سيدي سهيلان"]),
        ("ببئر القصيعات", ["بئر القصيعات"]),
        ("في صحراء مدينة القاهرة", ["القاهرة"]),
        ("مدينتي القاهرة والسليمية", ["السليمية", "القاهرة"]),
        ("وأعلنت جامعة القاهرة", ["القاهرة"]),
        ("يسكن حي خالد", ["حي خالد"]),
        ("زار مدينتي المرزوقية", ["المرزوقية"]),
        ("عاد إلى مدينتي المرزوقية قبل أيام", ["المرزوقية"]),
    ],
)
def test_a_place_is_named_after_its_cue(lexicon: Lexicon, text: str, names: list[str]) -> None:
    """«مدينة» is left out, «مطار» belongs to it; a place that locates something counts too."""
    assert _named(lexicon, text, "place") == names


@pytest.mark.parametrize(
    "text",
    [
        "في المنطقة", "منطقة حدودية", "مدينة سياحية", "جهة أخرى", "إقليم شيعي", "مسجد يصلي فيه", "ولاية و", "مطار",
        "من ناحية الكرامفون", "دعوات لمقاطعة كيرلندا", "ملعب للكرامفون", "منطقة لا يبيع فيها", "بلدة يذوي فيها",
        "سقط في بئر", "قرب بئر جديدة",
    ],
)  # fmt: skip
def test_a_cue_alone_is_no_place(lexicon: Lexicon, text: str) -> None:
    """Nor with an ordinary word after it."""
    assert not _named(lexicon, text, "place")


def test_a_place_in_a_name_that_does_not_locate_it_is_none(lexicon: Lexicon, tmp_path: Path) -> None:
    """«القدس» in «فيلق القدس»: the longest name keeps its words; without it the place counts."""
    assert _named(lexicon, "شرطة لندن", "place") == ["لندن"]
    (tmp_path / "x.toml").write_text('kind = "place"\n[[entry]]\nname = "القدس"', encoding="utf-8")
    (tmp_path / "y.toml").write_text('kind = "organisation"\n[[entry]]\nname = "فيلق القدس"', encoding="utf-8")
    small = load_lexicon(tmp_path)
    assert _named(small, "قائد فيلق القدس", "place") == []
    assert _named(small, "في القدس", "place") == ["القدس"]


@pytest.mark.parametrize(
    "text",
    [
        "انضووا تحت لواء الكرامة",
        "أغلقت قناة مؤيدة للقرار",
        "زار موقع أودنة الأثري",
        "تعطلت حركة العبور صباحا",
        "جلس على بنك الاحتياط",
        "نقل إلى غرفة العمليات",
    ],
)
def test_words_around_a_head_tell_that_it_is_none(lexicon: Lexicon, text: str) -> None:
    """Under a flag, a participle after a channel, an ancient site, traffic, a bench, a room."""
    assert not _named(lexicon, text, "organisation")


def test_heads_with_such_neighbours_elsewhere_are_organisations(lexicon: Lexicon) -> None:
    """A brigade is one, a website that nothing calls ancient is one, a channel between quotation marks is one."""
    assert _named(lexicon, "دخل لواء الكرامة المدينة", "organisation") == ["لواء الكرامة"]
    assert _named(lexicon, "نقل موقع أودنة الخبر", "organisation") == ["أودنة"]
    assert _named(lexicon, 'قالت قناة "مؤيدة" إن', "organisation") == ["مؤيدة"]
