"""A series (weather, prices, timetables) is no cluster, and hides nobody's copy."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from archive.copies.test_clusters import archived, originals
from newscrawler.archive import Archive
from newscrawler.archive.copies.candidates import COMPARED_MAX
from newscrawler.text.fingerprint import jaccard, pairs
from newscrawler.text.normalise import fold
from support.archives import column
from support.rewrites import KINDS, Story
from support.series import SERIES, day_of

OTHER = Story(
    "عنوان آخر", ("وأضاف أن بعض هذه الجمل كُتب لأجل الاختبار وحده ولا صلة له بما قبله ولا بما بعده في النص كله.",)
)


def printed(archive: Archive, number: int, story: Story, *, hours: int = 0, instalment: int) -> int:
    return archived(archive, number, story.paragraphs, day_of(instalment) + timedelta(hours=hours), title=story.title)


@pytest.mark.parametrize("name", SERIES)
def test_instalments_are_no_copies_of_each_other(archive: Archive, name: str) -> None:
    """However alike they look: a hundred days in a row, each an article of its own, related to some others.

    Nine of ten at least: two days whose figures happen to be the same differ in nothing but the date.
    """
    for number in range(100):
        printed(archive, number, Story(*SERIES[name](number)), instalment=number)
    sizes = Counter(original for original in originals(archive).values() if original is not None)
    assert max(sizes.values(), default=0) <= 1
    assert sizes.total() <= 10
    related = column(archive, "SELECT count(*) FROM related GROUP BY article_id")
    assert len(related) > 50
    assert max(related) <= 2 * COMPARED_MAX  # those found, and their originals


@pytest.mark.slow
def test_a_copy_finds_its_original_among_a_thousand_instalments(archive: Archive) -> None:
    """Other outlets reprint some of the reports of three years. Of those that are .65 similar or more, .95 are filed
    under the very day they were taken from, and none under another.
    """
    chance, weather = Random(2), SERIES["weather"]
    keys = [printed(archive, number, Story(*weather(number)), instalment=number) for number in range(1000)]
    kinds = (
        "boilerplate added",
        "5 % synonyms",
        "10 % synonyms",
        "own lead",
        "paragraph put in",
        "sentences reordered",
    )
    right, wrong, copies = 0, 0, 0
    for number, (kind, instalment) in enumerate((k, i) for k in kinds for i in chance.sample(range(1000), 15)):
        source = Story(*weather(instalment))
        rewritten = KINDS[kind](chance, source, OTHER)
        copy = printed(archive, 2000 + number, rewritten, hours=3, instalment=instalment)
        if jaccard(pairs(fold(source.text)), pairs(fold(rewritten.text))) >= 0.65:
            found = originals(archive)
            root = found[keys[instalment]] or keys[instalment]
            copies += 1
            right += found[copy] == root
            wrong += found[copy] not in (root, None)
    assert copies > 50
    assert right >= 0.95 * copies
    assert wrong == 0


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_rewritten_story_is_no_instalment(archive: Archive, kind: str) -> None:
    """Printed by others on the next day: as long as the text is similar enough, it is a near copy, figures or not."""
    story = Story(
        "افتتاح خط قطار جديد",
        (
            "افتتحت هيئة السكك الحديد في 3 آذار خطا جديدا طوله 87 كيلومترا يربط الميناء بالمدينة الصناعية عبر 6 محطات.",
            "وبلغت تكلفة المشروع 420 مليونا واستغرق تنفيذه 5 سنوات، وعمل فيه نحو 1300 عامل ومهندس من أبناء المحافظة.",
            "وقال مدير الهيئة إن 24 رحلة ستنطلق كل يوم بين الساعة 05:30 والساعة 23:00، وإن ثمن التذكرة 8 "
            "دنانير للبالغين.",
            "ودعا سكان القرى التي يمر بها الخط إلى الالتزام بإشارات المعابر، وإلى إبعاد الماشية عن السكة في "
            "أوقات المرور.",
        ),
    )
    first = printed(archive, 1, story, instalment=1)
    rewritten = KINDS[kind](Random(kind), story, OTHER)
    second = printed(archive, 2, rewritten, instalment=2)
    similar = jaccard(pairs(fold(story.text)), pairs(fold(rewritten.text))) >= 0.6
    assert originals(archive)[second] == (first if similar else None)
