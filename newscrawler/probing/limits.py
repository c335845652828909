"""How far a probe may go, and the two ways in which it ends without a draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

REQUESTS: Final = 40
"""Addresses asked, robots.txt and redirects apart. Enough for a home page, ten guesses at feeds, the sitemaps,
three sections and six articles."""

DELAY_S: Final = 2.0
"""Seconds between two requests to a host, the default of a seed file."""


class NotProbed(Exception):
    """Nothing was asked, or not allowed to be: the address or an option can't be used. The message names it."""


class NoDraft(Exception):
    """The site was asked, and no seed file can be made of it; the message says why and what could be done."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a probe may ask, and where."""

    requests: int = REQUESTS
    """How many addresses may be asked."""
    delay_s: float = DELAY_S
    """Seconds between two requests to a host."""
    private_network: bool = False
    """Whether addresses of this machine and of private networks may be asked."""

    @classmethod
    def of(cls, *, requests: int | None, delay_s: float | None, private_network: bool) -> Self:
        """From a command line. Raises NotProbed for a number that can't be meant."""
        if requests is not None and requests < 5:
            raise NotProbed("--requests: with fewer than 5 nothing can be found out")
        if delay_s is not None and not 0 <= delay_s <= 3600:
            raise NotProbed("--delay: from 0 to 3600 seconds")
        return cls(
            requests=REQUESTS if requests is None else requests,
            delay_s=DELAY_S if delay_s is None else delay_s,
            private_network=private_network,
        )
