"""Of several answers of the dictionary the likeliest is taken, and what can't be is not."""

from __future__ import annotations

import pytest

from newscrawler.text.dictionary import Dictionary
from newscrawler.text.normalise import fold
from newscrawler.text.readings import Readings


def readings(*pairs: str) -> Readings:
    """`form:lemma` of a small dictionary."""
    return Readings(Dictionary(tuple(pair.split(":")) for pair in pairs))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("word", "lemma", "pairs"),
    [
        # the noun of an action is no form of its verb
        ("تدريب", "تدريب", "تدريب:درب يدرب:درب"),
        ("هروب", "هروب", "هروب:هرب يهرب:هرب"),
        ("زراعة", "زراعه", "زراعة:زرع يزرع:زرع"),
        # nor is a participle
        ("مكتوب", "مكتوب", "مكتوب:كتب يكتب:كتب"),
        ("راقص", "راقص", "راقص:رقص يرقص:رقص"),
        # the verb is
        ("يرقص", "رقص", "يرقص:رقص"),
        # what is said of the word with its article speaks for a noun
        ("طلبة", "طالب", "طلبة:طالب الطلبة:طالب يطالب:طالب"),
        ("أراضي", "ارض", "أراضي:رضي الأراضي:أرض يرضي:رضي الرضي:رضي"),
        ("أرنب", "ارنب", "ارنب:ارنب الارنب:ارنب ارنب:رنب"),
        # one letter is no lemma
        ("تمر", "تمر", "تمر:ت"),
        # an adjective made of a noun is a word of its own, a construct plural isn't
        ("ساحلي", "ساحلي", "ساحلي:ساحل"),
        ("سائقي", "ساءق", "سائقي:سائق سائقون:سائق"),
        # a regular form goes before others
        ("عربات", "عربه", "عربات:عرب عربات:عربة"),
        ("قلما", "قلم", "قلما:قلم قلما:قلما"),
        ("بابان", "باب", "بابان:باب بابان:ابان ابان:ابان"),
        # a lemma's lemma
        ("بحارهم", "بحر", "بحارهم:بحار"),
        # no circle is endless
        ("زيت", "زيت", "زيت:زيتون زيتون:زيت"),
        # a defective noun gets its letter back
        ("ساعٍ", "ساعي", "ساع:ساع الساعي:ساعي"),
    ],
)
def test_the_likeliest_is_taken(word: str, lemma: str, pairs: str) -> None:
    """Each line is a rule."""
    assert readings(*pairs.split()).lemma(fold(word)) == lemma


def test_an_unknown_word_has_no_lemma() -> None:
    """Neither alone nor as a noun."""
    empty = readings("كلمة:كلمة")
    assert empty.lemma("برنادوت") is None
    assert empty.noun("برنادوت") is None


def test_the_dual_of_a_noun_is_no_verb() -> None:
    """«يعلنان» goes with «يعلن»; «تمرينان» ends and begins alike, and its singular is no verb."""
    known = readings("تمرين:تمرين", "التمرين:تمرين", "يعلن:أعلن")
    assert known.lemma("يعلنان") == "اعلن"
    assert known.lemma("تمرينان") is None


def test_a_verbs_form_is_no_noun() -> None:
    """After the article, and before a pronoun."""
    known = readings("يرقص:رقص", "رقصت:رقص")
    assert known.lemma("رقصت") == "رقص"
    assert known.noun("رقصت") is None
