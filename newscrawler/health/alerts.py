"""Alerts by apprise: to any of its services, each with its own address, all within one time limit."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Thread
from typing import Any, Final, Literal

Kind = Literal["success", "warning", "failure", "info"]
"""Of a message, in apprise's words."""

LIMIT_S: Final = 20.0
"""Seconds that all addresses together may take. apprise gives a server 4 s to accept a connection and 4 s for each
piece of its answer, which a server may stretch without end.
"""


@dataclass(slots=True)
class _Delivery:
    service: Any
    delivered: bool = False

    def attempt(self, title: str, body: str, kind: Kind) -> None:
        self.delivered = bool(self.service.notify(title=title, body=body, notify_type=kind))


def unknown_addresses(urls: Iterable[str]) -> list[str]:
    """Those that apprise can't use, without what stands behind the scheme: it may be a password."""
    return [url.partition("://")[0] + "://…" if "://" in url else url for url in urls if _service(url) is None]


def send(urls: Sequence[str], *, title: str, body: str, kind: Kind = "info", limit_s: float = LIMIT_S) -> list[str]:
    """Send to each address at once; returns those that did not take it in time, without their passwords. By its kind
    a service chooses colour, sign or urgency.

    What is still under way after `limit_s` seconds is left to itself: it keeps nobody from ending.
    """
    deliveries = [_Delivery(service) for url in urls if (service := _service(url)) is not None]
    threads = [Thread(target=each.attempt, args=(title, body, kind), daemon=True) for each in deliveries]
    for thread in threads:
        thread.start()
    until = time.monotonic() + limit_s
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    return [each.service[0].url(privacy=True).partition("?")[0] for each in deliveries if not each.delivered]


def _service(url: str) -> Any:
    """Apprise's object for one address. None: it knows no such address."""
    # Imported late: it takes 0.3 s to load its services, and most archives have no alerts.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it asks for the standard library's imghdr
        from apprise import Apprise

        service = Apprise()
        return service if service.add(url) else None
