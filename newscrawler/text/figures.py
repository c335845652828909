"""Figures in their places: tells the next instalment of a series from a copy.

Yesterday's weather report, price list or timetable has the words of today's, and other figures in the same places.
A copy keeps the figures, however much of the rest is rewritten, cut or put in another order.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from newscrawler.text.normalise import Folded, fold

CHANGED_MIN: Final = 3
"""Figures that differ in places both texts have. With fewer, a brought up to date death toll looks the same."""

SHARE_MIN: Final = 1 / 3
"""More than this share of the common places must hold other figures, for texts of different days. All of 15,633 pairs
of instalments of series that are at least .6 similar are told so; of 9,721 articles that were rewritten in twelve ways
and kept their figures none is taken for an instalment, of 998 with a third of the figures brought up to date 2.9 % on
the next day, 7.3 % a month later, none on the same day."""

LATE_DAYS: Final = 7
"""Days after which no story is brought up to date any more: `CHANGED_MIN` other figures are enough, whatever their
share. Of a thousand weather reports some have two thirds of their figures in common by chance."""

SAME_DAY_CHANGED_MIN: Final = 5
SAME_DAY_SHARE_MIN: Final = 0.8
"""For texts of one day. A story is brought up to date within hours, and its versions
belong together; a timetable of another city has hardly a figure in common."""

_TOKEN: Final = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+")
_WEEKDAYS: Final = frozenset(["الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعه", "السبت", "الاحد"])
"""Folded. They change with the date beside them."""
_MONTHS: Final = frozenset(
    fold(
        "يناير فبراير مارس أبريل إبريل مايو يونيو يونيه يوليو يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر كانون "
        "شباط آذار نيسان "
        "أيار حزيران تموز آب أيلول تشرين جانفي فيفري أفريل ماي جوان جويلية أوت يوليوز غشت شتنبر نونبر دجنبر "
        "محرم صفر ربيع "
        "جمادى رجب شعبان رمضان شوال"
    ).split()
)
"""Folded, first words only. Behind a figure they belong to it: «5 آذار 2024» is one figure."""
_SECOND: Final = frozenset(fold("الأول الثاني الأولى الآخر الآخرة").split())
"""What may follow a month's first word: «تشرين الثاني»."""

_REMEMBERED: Final = 512
"""Texts whose figures are kept: the instalments of a series are compared with the same few again and again."""

Place = tuple[str, str]
"""The words before and after a run of figures."""


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """The figures of a text, each with its place. Not to be changed."""

    places: Counter[Place]
    """How many runs of figures stand between two words."""
    filled: Counter[tuple[Place, str]]
    """The same with what stands there."""
    days: Counter[str]
    """The runs that name a day of the week: «الثلاثاء 6»."""
    telling: int
    """A hash of the other words in their order. Good within one process."""


@lru_cache(maxsize=_REMEMBERED)
def figures_of(folded: Folded) -> Figures:
    """Numbers, times and dates as they stand («04:32» is one figure), and the names of the days."""
    places: Counter[Place] = Counter()
    filled: Counter[tuple[Place, str]] = Counter()
    days: Counter[str] = Counter()
    words: list[str] = []
    before, run = "", list[str]()
    for token in (*_TOKEN.findall(folded), ""):
        if _goes_on(run, token):
            run.append(token)
            continue
        if run:
            places[before, token] += 1
            filled[(before, token), " ".join(run)] += 1
            days.update([" ".join(run)] if _WEEKDAYS.intersection(run) else ())
            run = []
        before = token
        words.append(token)
    return Figures(places, filled, days, hash(tuple(words)))


def _goes_on(run: list[str], token: str) -> bool:
    """Whether the token is a figure, or belongs to the one before it."""
    if token[:1].isdigit() or token in _WEEKDAYS:
        return True
    return bool(run) and (token in _MONTHS or (token in _SECOND and run[-1] in _MONTHS))


def is_other_instalment(mine: Figures, theirs: Figures, *, days_apart: int) -> bool:
    """Whether two texts with much the same words are two instalments of a series: other figures in the same places.

    `days_apart`: calendar days between their appearances. If it is one or more, the same words with another day of the
    week in them are enough.
    """
    common = (mine.places & theirs.places).total()
    changed = common - (mine.filled & theirs.filled).total()
    if days_apart == 0:
        return changed >= SAME_DAY_CHANGED_MIN and changed > SAME_DAY_SHARE_MIN * common
    if mine.telling == theirs.telling and mine.days != theirs.days:
        return True  # a timetable dated anew, and nothing else
    return changed >= CHANGED_MIN and (changed > SHARE_MIN * common or days_apart > LATE_DAYS)
