"""Tags: the page's own words, the section, and names known from seeds/tags."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from newscrawler.text.roles import Role
from newscrawler.text.tags import Lexicon, LexiconError, Tag, load_lexicon, tags_of

SEEDS = Path(__file__).parents[2] / "seeds" / "tags"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """The lists of the project."""
    return load_lexicon(SEEDS)


def _tags(lexicon: Lexicon, text: str, *, title: str = "") -> dict[str, Tag]:
    found = tags_of(title=title, text=text, section=None, keywords=[], lexicon=lexicon)
    return {tag.name: tag for tag in found}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("وصل الوفد إلى السعودية قادما من قطر", ["السعودية", "قطر"]),
        ("اتفاق للسعودية ولليمن وبالكويت ولمصر", ["السعودية", "اليمن", "الكويت", "مصر"]),
        ("زار المملكةَ العربيةَ السُّعوديّة", ["السعودية"]),
        ("تتجه أميركا والولايات المتحدة الأمريكية", ["الولايات المتحدة"]),
        ("مباحثات في جنوب السودان", ["جنوب السودان"]),
        ("مباحثات في جنوب لبنان", ["لبنان"]),
        ("بين غينيا الاستوائية وغينيا بيساو", ["غينيا الاستوائية", "غينيا بيساو"]),
        ("لـ«مصر» مكانها", ["مصر"]),
        ("ايران وتركیا", ["إيران", "تركيا"]),
        ("بلدان المغرب العربي", ["المغرب العربي"]),
        ("ولاية جورجيا", ["ولاية جورجيا"]),
        ("أودع المال في بنك مصر", ["بنك مصر"]),
    ],
)
def test_names_are_found_in_their_longest_form(lexicon: Lexicon, text: str, names: list[str]) -> None:
    """With clitics, in any spelling, under the canonical name, and never a part of a longer name."""
    assert sorted(_tags(lexicon, text)) == sorted(names)


@pytest.mark.parametrize(
    "text",
    [
        "المصريون يحتفلون بالمصري",
        "بعد صلاة المغرب",
        "دعم مالي كبير للبنين والبنات",
        "عاد إلى مسقط رأسه",
        "قال بنا البيت وام الطفل وتاس وقنا الحرير",
        "",
        "،؛؟",
    ],
)
def test_words_that_only_look_like_names_arent_tagged(lexicon: Lexicon, text: str) -> None:
    """Ordinary words, adjectives and names inside other names."""
    assert _tags(lexicon, text) == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وصل إلى سلطنة عمان", "سلطنة عمان"),
        ("زارت عُمان وقالت إن عمان جميلة", "سلطنة عمان"),
        ("وصلت الفرقة إلى عمان بعد جولة في مسقط في سلطنة عمان", "سلطنة عمان"),
        ("افتتح المعرض في العاصمة الأردنية عمان", "عمّان"),
        ("احتفلت عمّان بالربيع", "عمّان"),
    ],
)
def test_namesakes_are_told_apart_by_what_stands_near(lexicon: Lexicon, text: str, name: str) -> None:
    """«عمان» is a country or a city: the cue, the vowel marks or the context decide."""
    tags = _tags(lexicon, text)
    assert name in tags
    assert not {"سلطنة عمان", "عمّان"} - {name} & set(tags)


def test_without_any_sign_a_namesake_is_no_tag(lexicon: Lexicon) -> None:
    """Neither of two entities gets a mention that could be the other's."""
    assert _tags(lexicon, "مهرجان جديد في عمان") == {}
    both = _tags(lexicon, "بين الأردن وسلطنة عمان، ثم عمان")
    assert both["سلطنة عمان"].mentions == 1
    assert "عمّان" not in both


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("افتتح المهرجان أمس (أ ف ب)", "وكالة فرانس برس"),
        ("نقلت ا.ف.ب. عن متحدث", "وكالة فرانس برس"),
        ("قالت وكالة رويترز للأنباء", "رويترز"),
        ("ونقلت وكالة «سانا» عن مصدر", "وكالة الأنباء السورية"),
        ("أبوظبي – وام: افتتح المهرجان", "وكالة أنباء الإمارات"),
        ("في حديث خصّ به «وات» أمس", "وكالة تونس إفريقيا للأنباء"),
        ("افتتح المهرجان. (واس)", "وكالة الأنباء السعودية"),
        ("(د ب أ، أ ب) تقرير", "أسوشيتد برس"),
        ("نقلت وكالة الأنباء السعودية. وأضافت واس أن", "وكالة الأنباء السعودية"),
    ],
)
def test_agencies_are_found_by_name_cue_or_credit(lexicon: Lexicon, text: str, agency: str) -> None:
    """Abbreviations that are words need «وكالة», a credit's place or the full name in the same article."""
    assert _tags(lexicon, text)[agency].kind == "organisation"


def test_mentions_and_headline_raise_confidence(lexicon: Lexicon) -> None:
    """Each occurrence counts once; the headline says what an article is about."""
    once = _tags(lexicon, "في مصر")["مصر"]
    often = _tags(lexicon, "في مصر ومن مصر ولمصر", title="مصر")["مصر"]
    assert (once.mentions, often.mentions) == (1, 4)
    assert once.confidence < often.confidence <= 1


def test_keywords_come_first_and_name_entities(lexicon: Lexicon) -> None:
    """The page's tags are kept as printed, once, and known names also tag the entity."""
    tags = tags_of(
        title="",
        text="",
        section=None,
        keywords=["#معرض_الكتاب", "معرض الكتاب", "أميركا", "", "…", "س" * 61],
        lexicon=lexicon,
    )
    assert [(tag.kind, tag.name) for tag in tags] == [
        ("place", "الولايات المتحدة"),
        ("keyword", "معرض الكتاب"),
        ("keyword", "أميركا"),
    ]
    assert tags[0].source == "keywords"


def test_a_keyword_makes_sure_of_what_the_text_names(lexicon: Lexicon) -> None:
    """A person found by rule whom the page's own tags name is certain; the count remains the text's."""
    text = "مع هاني الزعفراني"
    tags = tags_of(title="", text=text, section=None, keywords=["هاني الزعفراني"], lexicon=lexicon)
    person = next(tag for tag in tags if tag.kind == "person")
    assert (person.name, person.source, person.confidence, person.mentions) == (
        "هاني الزعفراني",
        "keywords",
        0.95,
        1,
    )


def test_a_keyword_with_several_meanings_names_none(lexicon: Lexicon) -> None:
    """«عمان» may be the country or the city; the keyword alone doesn't say which."""
    tags = tags_of(title="", text="مع هاني الزعفراني", section=None, keywords=["عمان"], lexicon=lexicon)
    assert [(tag.kind, tag.name) for tag in tags if tag.source == "keywords"] == [("keyword", "عمان")]


def test_an_analysis_is_forgotten_when_there_are_too_many(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is bounded; the answers stay the same."""
    vocabulary = load_lexicon(SEEDS).vocabulary
    before = vocabulary.word("القاهره")
    monkeypatch.setattr("newscrawler.text.roles._REMEMBERED", 1)
    assert vocabulary.word("وبيروت").text == "وبيروت"
    assert vocabulary.word("القاهره") == before


def test_one_tag_for_one_thing(lexicon: Lexicon) -> None:
    """A keyword and the text name the same country: the better evidence and the text's count remain."""
    tags = tags_of(title="", text="في مصر", section=None, keywords=["مصر"], lexicon=lexicon)
    assert [tag for tag in tags if tag.kind == "place"] == [Tag("place", "مصر", "keywords", 0.95, 1, "Egypt", "EG")]


@pytest.mark.parametrize(
    ("section", "topics"),
    [
        ("الأخبار الاقتصادية", ["اقتصاد"]),
        ("عربي ودولي", ["عربي ودولي"]),
        ("العربي والدولي", ["عربي ودولي"]),
        ("Sports", ["رياضة"]),
        ("الرئيسية » رياضة", ["رياضة"]),
        ("سياسة واقتصاد", ["سياسة", "اقتصاد"]),
        ("ملحق الجمعة", []),
        ("", []),
    ],
)
def test_sections_name_topics(lexicon: Lexicon, section: str, topics: list[str]) -> None:
    """Every outlet calls its sections otherwise; the topics are the same few for all."""
    tags = tags_of(title="", text="", section=section, keywords=[], lexicon=lexicon)
    assert [(tag.kind, tag.name) for tag in tags] == [("topic", topic) for topic in topics]


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ('kind = "planet"', "kind"),
        ("", "kind"),
        ('kind = "place"\ncolour = 1', "colour"),
        ('kind = "place"\n[[entry]]\nname = "مصر"\nnames = []', "entry.0.names"),
        ('kind = "place"\n[[entry]]\nname = ""', "entry.0.name"),
        ('kind = "place"\n[[entry]]\nname = "مصر"\ncountry = "Egypt"', "entry.0.country"),
        ('kind = "place"\n[[entry]]\nname = "مصر"\nalias = ["…"]', "no words"),
        ('kind = "place"\n[[entry]]\nname = "أمريكا"\nalias = ["امريكا"]', "already a name of أمريكا"),
        ('kind = "place"\n[[entry]]\nname = "مصر"\n[[entry]]\nname = "مِصر"', "already a name of مصر"),
        ('kind = "place"\n[[entry]]\nname = "أ"\nalias = ["ب"]\nunsure = ["ب"]', "already a name"),
        ('kind = "place"\n[[entry]]\nname = "أ"\nunsure = ["ب"]\nspelt = [""]', "entry.0 (أ): spelt: '' has no words"),
        ('kind = "topic"\n[[entry]]\nname = "أ"\nunsure = ["ب"]', "unsure: a topic has a name and aliases only"),
        (
            'kind = "words"\n[[group]]\nrole = "not_a_name"\nwords = "_"',
            "group.0 (not_a_name): words: ' ' has no words",
        ),
        ('kind = "words"\n[[group]]\nrole = "given"\nwords = "سعد \u0640"', "group.0 (given): words: '\u0640'"),
        ('kind = "place"\nx = ' + "[" * 2_000 + "]" * 2_000, "not TOML in UTF-8"),
        ('kind = "place"\n[[entry]]\nname = "سول"\nunsure = ["سول"]', "to be believed"),
        ('kind = "topic"\n[[entry]]\nname = "علوم"\n[[entry]]\nname = "العلوم"', "already a section of علوم"),
        ("kind = ", "not TOML"),
        ('kind = "words"\n[[group]]\nrole = "king"\nwords = "ملك"', "group.0.role: 'king' is none of"),
        ('kind = "words"\n[[group]]\nrole = "title"', "group.0.words"),
    ],
)
def test_a_bad_list_is_refused_with_file_key_and_reason(tmp_path: Path, toml: str, reason: str) -> None:
    """Whoever edits the lists is told what is wrong, and where."""
    (tmp_path / "bad.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        load_lexicon(tmp_path)
    assert reason in str(caught.value)
    assert "bad.toml" in str(caught.value)


def test_two_files_cant_claim_one_name(tmp_path: Path) -> None:
    """The error names the second file and the first owner, also for a name the first is unsure of."""
    one = 'kind = "place"\n[[entry]]\nname = "بلدة بترا"\nunsure = ["بترا"]'
    two = 'kind = "organisation"\n[[entry]]\nname = "وكالة بترا"\nalias = ["بترا"]'
    (tmp_path / "a.toml").write_text(one, encoding="utf-8")
    (tmp_path / "b.toml").write_text(two, encoding="utf-8")
    with pytest.raises(LexiconError, match=r"b\.toml.*بلدة بترا \(a\.toml\)"):
        load_lexicon(tmp_path)


def test_a_form_is_ordinary_as_it_stands_only(tmp_path: Path) -> None:
    """The endings that make forms of a stem would make a family's name of «حبر» ordinary; a stem stays one."""
    lists = """
kind = "words"
[[group]]
role = "given"
words = "حسن"
[[group]]
role = "common"
words = "ورق"
[[group]]
role = "form"
words = "حبر ورق"
"""
    (tmp_path / "words.toml").write_text(lists, encoding="utf-8")
    word = load_lexicon(tmp_path).vocabulary.word
    assert word("حبر").roles & Role.COMMON
    assert not word("حبري").roles
    assert word("ورقي").roles & Role.COMMON


def test_a_missing_folder_is_said_so(tmp_path: Path) -> None:
    """Tagging with nothing known is the caller's decision; an empty folder is such a decision."""
    with pytest.raises(FileNotFoundError, match="no folder of tag lists"):
        load_lexicon(tmp_path / "nowhere")
    assert tags_of(title="مصر", text="مصر", section="رياضة", keywords=[], lexicon=load_lexicon(tmp_path)) == ()


def test_lists_of_people_work_like_the_others(tmp_path: Path) -> None:
    """The schema is one for all kinds: a person's name with its cue."""
    (tmp_path / "people.toml").write_text(
        'kind = "person"\n[[entry]]\nname = "نور الحكاية"\nalias = ["الأديبة نور الحكاية"]\n'
        'unsure = ["الحكاية"]\nafter = ["الروائية"]',
        encoding="utf-8",
    )
    tags = _tags(load_lexicon(tmp_path), "قالت نور الحكاية، وأضافت الحكاية")
    assert tags["نور الحكاية"] == Tag("person", "نور الحكاية", "lexicon", 0.85, 2)
    assert _tags(load_lexicon(tmp_path), "تبدأ الحكاية هنا") == {}
    assert "نور الحكاية" in _tags(load_lexicon(tmp_path), "وللروائية الحكاية كتاب")


def test_a_megabyte_of_namesakes_is_read_in_one_go(lexicon: Lexicon) -> None:
    """The context of a doubtful name is searched once, not for each of its mentions.

    The limit is far above need; searching for each would take hours.
    """
    start = time.process_time()
    assert _tags(lexicon, "في عمان " * 120_000) == {}
    assert time.process_time() - start < 60
