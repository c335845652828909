"""Hours: a part of every day, on some clock of the wall; it may reach over midnight."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Self


@dataclass(frozen=True, slots=True)
class Hours:
    """From `begin` on, until before `end`. `begin` is later than `end` where midnight lies between."""

    begin: time
    """The first moment that is inside."""
    end: time
    """The first moment that isn't; 00:00 is the end of the day."""

    @classmethod
    def of(cls, text: str) -> Self:
        """`"08:00-11:00"`. Raises ValueError saying what is wrong with it."""
        match = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)\s*-\s*(?:([01]\d|2[0-3]):([0-5]\d)|24:00)", str(text).strip())
        if not match:
            raise ValueError(f'{text!r} is not a part of a day such as "08:00-11:00" or "22:30-06:00"')
        begin, end = time(int(match[1]), int(match[2])), time(int(match[3] or 0), int(match[4] or 0))
        if begin == end:
            raise ValueError(f"{text!r} begins and ends at the same time")
        return cls(begin, end)

    def __contains__(self, at: time) -> bool:
        """Whether that time of the day is inside."""
        if self.begin < self.end:
            return self.begin <= at < self.end
        return at >= self.begin or at < self.end

    def __str__(self) -> str:
        return f"{self.begin:%H:%M}-{self.end:%H:%M}"
