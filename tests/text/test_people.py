"""People that no list has: by title, given name, shape, and what the rest of the article says."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawler.text.tags import Lexicon, Tag, load_lexicon, tags_of

WORDS = ("given-names", "cues-people", "cues-places", "cues-organisations", "common-words", "demonyms")
"""The lists of words; those of entities are left out, so that a listed namesake decides nothing here."""


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    """Words and countries only."""
    folder = tmp_path_factory.mktemp("tags")
    seeds = Path(__file__).parents[2] / "seeds" / "tags"
    for name in (*WORDS, "countries"):
        (folder / f"{name}.toml").write_bytes((seeds / f"{name}.toml").read_bytes())
    return load_lexicon(folder)


def _people(lexicon: Lexicon, text: str, *, title: str = "") -> dict[str, Tag]:
    found = tags_of(title=title, text=text, section=None, keywords=[], lexicon=lexicon)
    return {tag.name: tag for tag in found if tag.kind == "person"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("قال الوزير سليم الدباغي إن", ["سليم الدباغي"]),
        ("قالت وزيرة الثقافة هالة بن عمران إن", ["هالة بن عمران"]),
        ("الرئيس الفرنسي، إيتيان دوفال، الذي", ["إيتيان دوفال"]),
        ("وزير الخارجية الروسي سيرغي أندروبوف خلال", ["سيرغي أندروبوف"]),
        ("اللاعب كزافيل بيتون في", ["كزافيل بيتون"]),
        ("الشيخ عبد الفتاح الحمزاوي", ["عبد الفتاح الحمزاوي"]),
        ("القاضي نور الدين البكوش", ["نور الدين البكوش"]),
        ("الملكة ماغنيلد في", ["ماغنيلد"]),
        ("الملك كارلوس السادس", ["كارلوس السادس"]),
        ("رئيس النقابة العامة للتعليم الثانوي زهير الشرقاوي", ["زهير الشرقاوي"]),
        ("التقى نظيره ستيفان لوفندال أمس", ["ستيفان لوفندال"]),
        ("قال المتحدث باسم الوزارة سليم المنجري إن", ["سليم المنجري"]),
    ],
)
def test_a_title_introduces_a_person(lexicon: Lexicon, text: str, names: list[str]) -> None:
    """Office, rank, profession, nationality; what belongs to the title may stand between, and a comma."""
    assert sorted(_people(lexicon, text)) == sorted(names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("حضر هاني الزعفراني الحفل", ["هاني الزعفراني"]),
        ("أهدت فاطمة بن سعدان الكتاب", ["فاطمة بن سعدان"]),
        ("كتب عبد الرحمن المنجري عن", ["عبد الرحمن المنجري"]),
        ("مع زين العابدين البكري", ["زين العابدين البكري"]),
        ("إلى جانب علي بن صليح المهري", ["علي بن صليح المهري"]),
        ("لمحمد القابسي ووليد الهمزاوي", ["محمد القابسي", "وليد الهمزاوي"]),
        ("وأحمد الرويسي", ["أحمد الرويسي"]),
        ("زار احمد الرويسي", ["أحمد الرويسي"]),
        ("مع إبراهيم بن عبد العزيز العساف", ["إبراهيم بن عبد العزيز العساف"]),
        ("الشيخ تميم بن حمدان آل ثاني", ["تميم بن حمدان آل ثاني"]),
        ("إبراهيم عواد إبراهيم البدري السامرائي", ["إبراهيم عواد إبراهيم البدري السامرائي"]),
        ("قال المدير سليم بالضياف إن", ["سليم بالضياف"]),
        ("النائب بشير بوجدي في", ["بشير بوجدي"]),
        ("النائب لطفي لعماري في", ["لطفي لعماري"]),
        ("الشاب ضياء بركات الذي", ["ضياء بركات"]),
        ("عبد ربه منصور هادي", ["عبد ربه منصور هادي"]),
        ("سليم بن أبو القاسم", ["سليم بن أبو القاسم"]),
        ("مع سليم الطيب", ["سليم الطيب"]),
        ("التقى سليم عبد الرحمن أمس", ["سليم عبد الرحمن"]),
        ("زار القرية سليم بن كرام", ["سليم بن كرام"]),
        ("كتب نادر الأمين", ["نادر الأمين"]),
    ],
)
def test_a_given_name_needs_no_title(lexicon: Lexicon, text: str, names: list[str]) -> None:
    """With a family's name after it, in every form; particles are cut, given names spelt as in the list."""
    assert sorted(_people(lexicon, text)) == sorted(names)


def test_an_apposition_a_verb_or_quotation_marks_name_strangers(lexicon: Lexicon) -> None:
    """A name of two words that nobody knows is one if something says so, and not otherwise."""
    assert "ميركوفا تالستان" in _people(lexicon, "أفادت ميركوفا تالستان، مديرة المصنع")
    assert "ميركوفا تالستان" in _people(lexicon, "وصلت «ميركوفا تالستان» التي")
    assert "ميركوفا تالستان" in _people(lexicon, "هي ميركوفا تالستان وعمرها ثلاثون عاما")
    assert "ميركوفا تالستان" in _people(lexicon, "احتفظت ميركوفا تالستان بالمقعد. وقالت تالستان إن")
    assert not _people(lexicon, "عبر ميركوفا تالستان نحو الشمال")


@pytest.mark.parametrize(
    "text",
    [
        "شارع الحبيب المنصوري",
        "مستشفى سليم الطرودي",
        "السيدة الأولى",
        "كريم الجلسة",
        "تطبيق على الهاتف على ضرورة العمل",
        "فيلم كامل بعنوان",
        "رولان غاروس",
        "الأمين العام للحزب",
        "طالب الحزب بفتح تحقيق",
        "رئيس الحكومة يفتتح الجلسة",
        "المدرب الجديد للفريق",
        "سنة الجديد",
        "محمد بن",
        "محمد آل",
        "عبد في البيت",
        "رضا بن في البيت",
        "محمد عبد هذا",
        "فيلم «ميركوفا تالستان الجميل»",
        "رزان يستحقون التقدير",
        "الدين الجزيري",
        "في عيد الفصح الماضي",
        "صوت لصالح كرامفون الجديد",
        "في البحث العلمي التطبيقي",
        "التقى نادر الأمين العام للنقابة",
        "دخل هاني القصر صباحا",
        "اتفق سليم 12 لاعبا",
    ],
)
def test_what_looks_like_a_person_and_is_none(lexicon: Lexicon, text: str) -> None:
    """Streets and hospitals called after people, ordinary words that are given names too, titles alone."""
    assert not _people(lexicon, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ثم افتتح محمد الناصر الجلسة", "محمد الناصر"),
        ("قال رئيس الحكومة يوسف الصائغ صباحا", "يوسف الصائغ"),
        ("أحمد عطوشي وزير الشؤون", "أحمد عطوشي"),
        ("أيمن البلهودي رامي البرقاوي غازي الزرمكي", "أيمن البلهودي"),
        ("نقلت مريم بوزيدي رسالة", "مريم بوزيدي"),
        ("وائل كرامفي يتدهده", "وائل كرامفي"),
        ("نشر أحمد سليم ريبورتاج. وعاد سليم إلى البيت", "أحمد سليم"),
    ],
)
def test_a_name_ends_where_the_sentence_goes_on(lexicon: Lexicon, text: str, name: str) -> None:
    """At an ordinary word, an office, the next name; and where the article ends it when it calls the person again."""
    assert name in _people(lexicon, text)


def test_a_name_does_not_begin_with_a_place_that_nobody_listed(lexicon: Lexicon) -> None:
    """«بكيرلندا محمد …»: where a sure given name follows, it is the first part."""
    assert list(_people(lexicon, "أقام بكيرلندا محمد الدباغي معرضا")) == ["محمد الدباغي"]


def test_later_mentions_count_for_the_full_name(lexicon: Lexicon) -> None:
    """«الدباغي» is the minister of the sentence before, in the headline too."""
    people = _people(
        lexicon, "قال الوزير سليم الدباغي إن. وأضاف الدباغي أن. ووعد الدباغي بالرد", title="الدباغي : لا عودة"
    )
    assert {name: tag.mentions for name, tag in people.items()} == {"سليم الدباغي": 4}


def test_a_particle_belongs_to_the_later_mention(lexicon: Lexicon) -> None:
    """Who is called «هالة بن عمران» is «بن عمران» later, not «عمران»."""
    text = "قالت وزيرة الثقافة هالة بن عمران إن المعرض جاهز. وانتقدت بن عمران البطء"
    assert {name: tag.mentions for name, tag in _people(lexicon, text).items()} == {"هالة بن عمران": 2}


def test_an_ordinary_word_is_a_later_mention_only_where_it_speaks(lexicon: Lexicon) -> None:
    """«وأضاف الشاهد» is the minister, «حضر الشاهد» any witness."""
    called = "قال الوزير يوسف الشاهد إن الطريق سالكة. "
    assert _people(lexicon, f"{called}وأضاف الشاهد أن الأشغال انتهت")["يوسف الشاهد"].mentions == 2
    assert _people(lexicon, f"{called}ثم حضر الشاهد أمام القاضي")["يوسف الشاهد"].mentions == 1


def test_of_two_people_with_one_family_name_neither_gets_the_later_mention(lexicon: Lexicon) -> None:
    """It may be either."""
    people = _people(lexicon, "التقى سليم الدباغي وزير النقل مروان الدباغي. وقال الدباغي إن")
    assert {tag.mentions for tag in people.values()} == {1}
    assert len(people) == 2


def test_a_shorter_and_a_longer_form_are_one_person(lexicon: Lexicon) -> None:
    """The longer one is the tag."""
    people = _people(lexicon, "قال محمد شفيق الدباغي إن. وكان شفيق الدباغي قد وعد")
    assert list(people) == ["محمد شفيق الدباغي"]


def test_evidence_adds_up(lexicon: Lexicon) -> None:
    """Given name, title, apposition and repetition each make it surer."""
    bare = _people(lexicon, "مع هاني الزعفراني")["هاني الزعفراني"]
    titled = _people(lexicon, "مع الوزير هاني الزعفراني")["هاني الزعفراني"]
    assert 0.5 <= bare.confidence < titled.confidence <= 0.95
    assert (bare.source, titled.source) == ("shape", "cue")


def test_below_the_limit_nothing_is_tagged(lexicon: Lexicon) -> None:
    """The limit is the caller's."""
    text = "مع هاني الزعفراني"
    assert not tags_of(title="", text=text, section=None, keywords=[], lexicon=lexicon, confidence_min=0.9)


def test_the_preposition_is_told_from_the_name(lexicon: Lexicon) -> None:
    """«على» and «علي» fold alike; an article that writes both means both."""
    people = _people(lexicon, "وقف أحمد الدباغي على الباب مع علي المنجري")
    assert sorted(people) == ["أحمد الدباغي", "علي المنجري"]
    assert list(_people(lexicon, "اتفق أحمد الدباغي علي ضرورة العمل")) == ["أحمد الدباغي"]


@pytest.mark.parametrize(
    "text",
    [
        "طالب التجار بترحيل البضائع قبل العيد",
        "نجح المرفأ في اجتذاب سفن جديدة",
        "قال الوزير استقدام خبراء من الخارج ممكن",
        "وصل مع الفريق ستمئة راغب في الشراء",
        "باعت القرية لثلاثمائة زائر تذاكر الحفل",
        "أعيدت كامل الأغراض إلى أصحابها",
        "تشرف اللجنة على سلامة الأطعمة في الأسواق",
        "وصل قائد المنقذين إلى الوادي",
        "قال الحارس راب سيرجعون غدا",
    ],
)
def test_the_shape_of_a_word_tells_that_it_is_no_name(lexicon: Lexicon, text: str) -> None:
    """Verbal nouns, hundreds in one piece, verbs, and definite plurals after a given name that is a word as well."""
    assert not _people(lexicon, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("التقى المدرب أسامة جاب الله لاعبيه", "أسامة جاب الله"),
        ("فاز سليم غرس الله، وهو من القرية، بالسباق", "سليم غرس الله"),
        ("حضر توفيق الدباغي الحفل", "توفيق الدباغي"),
        ("قال الوزير كامل الدباغي إن", "كامل الدباغي"),
        ("أدار اللقاء الحكم هاني قزقز يشار إليه", "هاني قزقز"),
    ],
)
def test_names_with_the_shape_of_words_stay(lexicon: Lexicon, text: str, name: str) -> None:
    """Families of two words end with God's name; a verb behind the name ends it; listed names need no other shape."""
    assert list(_people(lexicon, text)) == [name]


def test_a_wish_for_the_dead_is_no_family(lexicon: Lexicon) -> None:
    """«رحمه الله» stands behind a name and isn't part of it."""
    assert list(_people(lexicon, "كان سليم الدباغي رحمه الله شاعرا")) == ["سليم الدباغي"]
    assert not _people(lexicon, "كان سليم رحمه الله شاعرا")


def test_no_name_begins_inside_a_listed_one(lexicon: Lexicon, tmp_path: Path) -> None:
    """In «شكري بلعيد بشير نصر» the first two words are somebody known: the second person's name follows."""
    seeds = Path(__file__).parents[2] / "seeds" / "tags"
    for name in (*WORDS, "countries"):
        (tmp_path / f"{name}.toml").write_bytes((seeds / f"{name}.toml").read_bytes())
    row = 'kind = "person"\n[[entry]]\nname = "شكري بلعيد"\nname_en = "Chokri Belaid"\ncountry = "TN"\n'
    (tmp_path / "people.toml").write_text(row)
    people = _people(load_lexicon(tmp_path), "رخامة الشهيد شكري بلعيد بشير نصر للإذاعة")
    assert sorted(people) == ["بشير نصر", "شكري بلعيد"]
