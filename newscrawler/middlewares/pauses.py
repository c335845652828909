"""How long a server wants to be left alone: what it says, and what we add when it has to say it again. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from scrapy.http import Response

FIRST_S: Final = 10.0
"""Seconds of the first pause where the server gives none: 10 s, 1 min, 6 min, 36 min, 3.6 h, 6 h."""

_GROWTH: Final = 6
_GROWN_MAX_S: Final = 6 * 3600.0

TRUSTED_S: Final = 60.0
"""Seconds. A server that asks for so long has thought about it: a pause is never longer than its word. One that said
900 s in the simulated fortnight was left alone for up to 6 hours, because it answers eight times between refusals."""

ASKED_MAX_S: Final = 86_400.0
"""Seconds. A server that wants a month is asked again after a day: some write the wrong number."""


def asks_to_wait(response: Response) -> bool:
    """Whether an answer asks for a pause: 429, 503, and every other server error that says when to come back."""
    return response.status in (429, 503) or (response.status >= 500 and "Retry-After" in response.headers)


def retry_after(value: bytes | None, *, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for, written as seconds or as an HTTP date. None: it can't be read,
    or there is none. A date that is over is 0.
    """
    said = (value or b"").decode("latin-1").strip()
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, OverflowError):  # the second for a zone of twenty digits
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def pause(*, refusals: int, asked_s: float | None) -> float:
    """Seconds to leave a server alone. `refusals`: how often it has asked for it, this time included.

    Its own word holds, at the first time and wherever it names a minute or more; a server that says «one second»
    again and again means something else, and gets as long as if it had named nothing.
    """
    grown = min(FIRST_S * float(_GROWTH ** (min(refusals, 10) - 1)), _GROWN_MAX_S)
    if asked_s is None:
        return grown
    if refusals == 1 or asked_s >= TRUSTED_S:
        return min(max(asked_s, 1.0), ASKED_MAX_S)
    return max(asked_s, grown)
