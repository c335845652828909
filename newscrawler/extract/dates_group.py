"""Pieces → dates as printed: which time, zone and weekday belong to which day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from newscrawler.extract.dates_ago import Ago
from newscrawler.extract.dates_clock import Clock
from newscrawler.extract.dates_day import Day, Reading, as_date
from newscrawler.extract.dates_pieces import Label, Mark, Number, Piece, Role, Weekday
from newscrawler.extract.dates_text import Bad
from newscrawler.extract.dates_zone import Zone

_LABEL_REACH: Final = 6
"""Words between a label and its date: enough for «نشر بواسطة» and a name."""

_LOOK_AHEAD: Final = 16
"""Pieces to look ahead for a day or a time: a weekday, a time and a zone with punctuation around each have ten."""


@dataclass(slots=True)
class Expression:
    """One date as printed: the pieces that belong together."""

    days: list[Day] = field(default_factory=list)
    """One day, or the same day in both calendars."""
    ago: Ago | None = None
    """A relative date, if no day is printed."""
    clocks: list[tuple[Clock, Zone | None]] = field(default_factory=list)
    """Times in order, each with the zone beside it; several are one moment in several zones."""
    zone: Zone | None = None
    """A zone before the first time, or without one."""
    weekday: int | None = None
    """As `date.weekday()` counts. None: not printed."""
    bad: Bad | None = None
    """Why it can't be read."""
    role: Role | None = None
    """What the label beside it says. None: there is no label."""
    first: int = 0
    """Index of its first piece."""
    stop: int = 0
    """Index behind its last piece."""

    @property
    def dated(self) -> bool:
        """Whether it names a day."""
        return bool(self.days) or self.ago is not None


def group(pieces: list[Piece]) -> list[Expression]:
    """Every expression that names a day, or looks as if it did, in order. `pieces` are amended in place."""
    _take_distant_year(pieces)
    _day_names_are_words(pieces)
    grouping = _Grouping(pieces)
    for index, piece in enumerate(pieces):
        grouping.take(index, piece)
    grouping.close()
    return grouping.found


def _take_distant_year(pieces: list[Piece]) -> None:
    """Give a day whose year is printed elsewhere its year, where the form leaves no doubt.

    Unix `date` and some feeds print it behind the time («Oct 7 12:09:00 EET 2020»); some papers before the
    weekday («2020 الأربعاء 7 أكتوبر»), and then the weekday must fit, because a footer ends in a year too.
    """
    for index, piece in enumerate(pieces):
        lost = piece.value.month_day if isinstance(piece.value, Bad) else None
        if lost is None:
            continue
        rest = [other.value for other in pieces[index + 1 : index + 4]]
        at = index + (3 if len(rest) > 1 and isinstance(rest[1], Zone) else 2)
        if isinstance(rest[0] if rest else None, Clock) and _joined(pieces, index, at, lost):
            continue
        weekday = pieces[index - 1].value if index >= 2 else None
        if isinstance(weekday, Weekday):
            _joined(pieces, index, index - 2, lost, weekday=weekday.number)


def _joined(pieces: list[Piece], index: int, at: int, lost: tuple[int, int], *, weekday: int | None = None) -> bool:
    """Whether piece `at` was a year of four digits, and now belongs to the day at `index`."""
    year = pieces[at].value if at < len(pieces) else None
    if not isinstance(year, Number) or len(year.text) != 4:
        return False
    reading = Reading(int(year.text), *lost, "mdy")
    day = as_date(reading)
    if day is None or weekday not in (None, day.weekday()):
        return False
    pieces[index] = pieces[index]._replace(value=Day((reading,), hijri=False, style="text"))
    pieces[at] = pieces[at]._replace(value=Mark.TAKEN)
    return True


def _day_names_are_words(pieces: list[Piece]) -> None:
    """Beside a printed day «اليوم» says nothing, or is a newspaper's name; with a time it still counts."""
    if not any(isinstance(piece.value, Day) for piece in pieces):
        return
    for index, piece in enumerate(pieces):
        if isinstance(piece.value, Ago) and piece.value.named and not _clock_follows(pieces, index):
            pieces[index] = piece._replace(value=Mark.GLUE)


def _clock_follows(pieces: list[Piece], index: int) -> bool:
    for piece in pieces[index + 1 : index + 1 + _LOOK_AHEAD]:
        if isinstance(piece.value, Clock):
            return True
        if piece.value not in (Mark.GLUE, Mark.BREAK, Mark.JOINT) and not isinstance(piece.value, Zone):
            break
    return False


class _Grouping:
    """Walks over the pieces with one expression open at a time."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.found: list[Expression] = []
        self.open: Expression | None = None
        self.label: Role | None = None
        self.label_at = 0

    def close(self) -> None:
        """End the open expression; one without a day is dropped."""
        if self.open is not None and (self.open.dated or self.open.bad):
            self.found.append(self.open)
        self.open = None

    def take(self, index: int, piece: Piece) -> None:
        """Add one piece to the open expression, or open another."""
        value = piece.value
        if isinstance(value, Label):
            self._label(index, value)
        elif value is Mark.WORD or isinstance(value, Number):
            self.close()
        elif isinstance(value, Bad):
            self.close()
            self._extend(index).bad = value
            self.close()
        elif not isinstance(value, Mark):
            self._part(index, value)
        elif value is Mark.TAKEN:
            self._extend(index)

    def _part(self, index: int, value: Day | Clock | Zone | Weekday | Ago) -> None:
        now = self.open
        if now is not None and now.dated and not self._belongs(now, index, value):
            self.close()
        now = self._extend(index)
        if isinstance(value, Day):
            now.days.append(value)
            now.ago = None
        elif isinstance(value, Ago):
            now.ago = None if now.days else value
        elif isinstance(value, Weekday):
            now.weekday = value.number
        elif isinstance(value, Clock):
            now.clocks.append((value, None))
        elif now.clocks and now.clocks[-1][1] is None:
            now.clocks[-1] = (now.clocks[-1][0], value)
        else:
            now.zone = value

    def _belongs(self, now: Expression, index: int, value: Day | Clock | Zone | Weekday | Ago) -> bool:
        """Whether a piece may join an expression that already has its day."""
        if isinstance(value, Day):
            twin = len(now.days) == 1 and (now.days[0].hijri != value.hijri or now.days[0] == value)
            return twin or (not now.days and now.ago is not None and now.ago.named)
        if isinstance(value, Ago):
            return value.named and bool(now.days) and not self._day_follows(index)
        if isinstance(value, Weekday):
            return now.weekday in (None, value.number) and not self._day_follows(index, unlike=now)
        if isinstance(value, Clock):
            return not now.clocks or not self._day_follows(index)
        return True

    def _label(self, index: int, label: Label) -> None:
        """A label belongs to what follows it. With only a time behind it, it re-labels the day before it:
        «28 آب 2013، آخر تحديث 14:00» is one date, of the change.
        """
        now = self.open
        if (
            now is None
            or not now.dated
            or now.clocks
            or self._day_follows(index)
            or not _clock_follows(self.pieces, index)
        ):
            self.close()
            self.label, self.label_at = label.role, index
        else:
            now.role = label.role

    def _extend(self, index: int) -> Expression:
        if self.open is None:
            self.open = Expression(first=index)
            if self.label is not None and self._words_since_label(index) <= _LABEL_REACH:
                self.open.role = self.label
            self.label = None
        self.open.stop = index + 1
        return self.open

    def _words_since_label(self, index: int) -> int:
        return sum(piece.value is Mark.WORD for piece in self.pieces[self.label_at : index])

    def _day_follows(self, index: int, unlike: Expression | None = None) -> bool:
        """Whether, with only times, zones and weekdays in between, another day comes (of the calendar of `unlike`)."""
        for piece in self.pieces[index + 1 : index + 1 + _LOOK_AHEAD]:
            value = piece.value
            if isinstance(value, Day):
                return unlike is None or not unlike.days or value.hijri == unlike.days[0].hijri
            if isinstance(value, Ago):
                return True
            if value is Mark.WORD or isinstance(value, (Number, Bad)):
                break
        return False
