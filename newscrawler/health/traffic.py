"""What the wire saw of a site in one run: requests, answers, how long they took."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field


@dataclass(slots=True)
class Traffic:
    """Counted while the run lasts, robots.txt, redirects and retries included."""

    requests: int = 0
    """Requests sent."""
    answers: int = 0
    """Answers of any status."""
    latencies: array[float] = field(default_factory=lambda: array("f"))
    """Seconds from sending a request to the head of its answer, one for each answer that says so."""
    walls: int = 0
    """Captcha pages in place of a source."""

    def latency_ms(self, share: float) -> int | None:
        """The latency that this share of answers stayed below, milliseconds; 0.5 is the median. None: no answers."""
        if not self.latencies:
            return None
        ordered = sorted(self.latencies)
        return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000)
