"""The agency credited."""

from __future__ import annotations

import pytest

from newscrawler.extract.agencies import agency_credited, agency_named

PLAIN = "قال المتحدث إن الأعمال ستبدأ في الشهر المقبل."


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("دمشق-سانا", "سانا"),
        ("حلب-سانا أعادت المؤسسة ضخ المياه إلى الأحياء الغربية", "سانا"),
        ("القاهرة (رويترز) - قال متحدث باسم الوزارة", "رويترز"),
        ("واشنطن- (أ ف ب): أعلنت الوزارة", "أ ف ب"),
        ("غزة - وكالات: قال شهود", "وكالات"),
        ("عمان 12 آذار (بترا)- أعلن الوزير", "بترا"),
        ("أنقرة/ كمال راشد/ الأناضول", "الأناضول"),
        ("قال الوزير لرويترز إن الاتفاق سيوقع غدا", None),
        ("وأضاف في تصريح لوكالة سانا: إن الأمر انتهى", None),
    ],
)
def test_the_dateline_credits_an_agency(opening: str, agency: str | None) -> None:
    """Place and agency before the first sentence; an agency that is only quoted isn't credited."""
    assert agency_credited([], [opening, PLAIN]) == agency


@pytest.mark.parametrize(
    ("last", "below", "agency"),
    [
        ("--(بترا)", [], "بترا"),
        ("انتهى الاجتماع من دون بيان. (د.ب.أ)", [], "د ب أ"),
        (PLAIN, ["المصدر: وكالات"], "وكالات"),
        (PLAIN, ["المصدر : الجريدة + رويترز + وكالات"], "رويترز"),
        (PLAIN, ["وقال لرويترز إنه راض"], None),
    ],
)
def test_the_end_credits_an_agency(last: str, below: list[str], agency: str | None) -> None:
    """In brackets at the end or on a source line; a named agency beats «وكالات»."""
    assert agency_credited([], [PLAIN, last], below) == agency


def test_spellings_have_one_name() -> None:
    """«أ.ف.ب», «فرانس برس» and "AFP" are one agency."""
    assert {agency_named(text) for text in ("أ.ف.ب", "فرانس برس", "AFP", "(أ ف ب)")} == {"أ ف ب"}
    assert agency_named("كمال راشد") is None


def test_a_dateline_of_its_own_and_a_code_before_it_name_the_agency() -> None:
    """Agencies print a code or «الرياض … 23 يناير 2018 م واس» on a line before the first sentence."""
    sentence = "أعلنت الهيئة أن الأمطار ستستمر حتى نهاية الأسبوع، ودعت السائقين إلى الحذر على الطرق الجبلية في الصباح."
    assert agency_credited((), ["الرياض الموافق 23 يناير 2018 م واس", sentence]) == "واس"
    assert agency_credited((), ["LOC35", f"الكويت - 18 - 8 (كونا) -- {sentence}"]) == "كونا"
    assert agency_credited((), [f"رام الله 5-6-2023 وفا- {sentence}"]) == "وفا"
    later = "الكويت - 18 - 8 (كونا) -- عبارة في فقرة تالية لا تنسب الخبر إلى أحد مهما طالت وامتدت حتى آخر السطر."
    assert agency_credited((), [sentence, later]) is None
