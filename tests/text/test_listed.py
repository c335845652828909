"""Names of the lists where one stands inside another, or is begun and not finished."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawler.text.tags import Lexicon, load_lexicon, tags_of

PLACES = """
kind = "place"
[[entry]]
name = "مطار بغداد الدولي"
[[entry]]
name = "ملعب الواحة القديم"
[[entry]]
name = "بغداد"
[[entry]]
name = "مدينة النور"
[[entry]]
name = "بورصة"
"""

ORGANISATIONS = """
kind = "organisation"
[[entry]]
name = "صندوق الفرات للتنمية"
[[entry]]
name = "نادي الواحة"
alias = ["الواحة"]
"""


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    """A few names, and the words that go with names."""
    folder = tmp_path_factory.mktemp("tags")
    seeds = Path(__file__).parents[2] / "seeds" / "tags"
    for name in ("cues-organisations", "cues-places", "common-words"):
        (folder / f"{name}.toml").write_bytes((seeds / f"{name}.toml").read_bytes())
    (folder / "places.toml").write_text(PLACES, encoding="utf-8")
    (folder / "organisations.toml").write_text(ORGANISATIONS, encoding="utf-8")
    return load_lexicon(folder)


def _named(lexicon: Lexicon, text: str) -> list[tuple[str, str]]:
    found = tags_of(title="", text=text, section=None, keywords=[], lexicon=lexicon)
    return sorted((tag.kind, tag.name) for tag in found)


def test_a_place_inside_the_name_of_a_place_says_where_it_is(lexicon: Lexicon) -> None:
    """An article about Baghdad's airport is one about Baghdad."""
    assert _named(lexicon, "هبطت الطائرة في مطار بغداد الدولي") == [("place", "بغداد"), ("place", "مطار بغداد الدولي")]


def test_a_club_inside_the_name_of_a_place_is_not_named(lexicon: Lexicon) -> None:
    """A stadium that is called after a club is where it plays, not what the article is about."""
    assert _named(lexicon, "هدم ملعب الواحة القديم") == [("place", "ملعب الواحة القديم")]


def test_the_first_word_of_an_institution_is_not_the_place_of_that_name(lexicon: Lexicon) -> None:
    """«بورصة» is a stock exchange, and a Turkish town where it stands alone."""
    assert _named(lexicon, "أغلقت بورصة بغداد أبوابها") == [("organisation", "بورصة بغداد"), ("place", "بغداد")]
    assert _named(lexicon, "زار بورصة") == [("place", "بورصة")]


def test_a_name_that_the_text_does_not_finish_is_not_that_name(lexicon: Lexicon) -> None:
    """The article ends after two of three words, so a rule names what is there, and not the listed fund."""
    assert _named(lexicon, "قرض من صندوق الفرات للتنمية") == [("organisation", "صندوق الفرات للتنمية")]
    assert ("organisation", "صندوق الفرات للتنمية") not in _named(lexicon, "قرض من صندوق الفرات")


def test_a_cue_that_belongs_to_a_listed_name_does_not_begin_another(lexicon: Lexicon) -> None:
    """«بحيرة مدينة النور» is a lake of the listed city; nobody calls it so."""
    assert _named(lexicon, "قرب بحيرة مدينة النور") == [("place", "مدينة النور")]


def test_after_the_word_channel_a_listed_name_stays_what_it_is(lexicon: Lexicon) -> None:
    """The cue would tag «الواحة» as a station; the list knows it as the club."""
    assert _named(lexicon, "قالت قناة الواحة") == [("organisation", "نادي الواحة")]
