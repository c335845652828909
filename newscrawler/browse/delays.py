"""How long after the first: «بعد ساعتين و12 دقيقة»."""

from __future__ import annotations

from typing import Final

from newscrawler.browse.words import say

_UNITS: Final = (("days", 86_400), ("hours", 3_600), ("minutes", 60))


def delay_words(seconds: float | None, days: int | None) -> str:
    """A delay in the two largest units, from the largest that isn't zero on; in days where the time of day isn't
    known; empty where nothing is.
    """
    if seconds is not None:
        parts = _parts(int(seconds))
        return say("cluster.after", delay=say("cluster.and").join(parts)) if parts else say("cluster.same_minute")
    if days is None:
        return ""
    return say("cluster.after", delay=say("cluster.days", n=days)) if days else say("cluster.same_day")


def _parts(seconds: int) -> list[str]:
    numbers = []
    for unit, size in _UNITS:
        number, seconds = divmod(seconds, size)
        numbers.append((unit, number))
    first = next((place for place, (_, number) in enumerate(numbers) if number), len(numbers))
    return [say(f"cluster.{unit}", n=number) for unit, number in numbers[first : first + 2] if number]
