"""How much text two articles must share to be near copies, or related."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol, Self


class _Numbers(Protocol):
    """Settings, as far as they are needed here."""

    def getfloat(self, name: str, /) -> float:
        """The setting of that name as a number."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much text two articles must share."""

    duplicate_min: float = 0.6
    """`NEWS_DUPLICATE_MIN`: Jaccard similarity from which one is a near copy of the other, 0 to 1."""
    related_min: float = 0.35
    """`NEWS_RELATED_MIN`: Jaccard similarity from which they are related, 0 to 1."""

    @classmethod
    def of(cls, settings: _Numbers) -> Self:
        """As the settings say."""
        return cls(settings.getfloat("NEWS_DUPLICATE_MIN"), settings.getfloat("NEWS_RELATED_MIN"))


DEFAULT_LIMITS: Final = Limits()
"""As the settings are if nobody changes them."""
