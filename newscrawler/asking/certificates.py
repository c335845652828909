"""What a failed connection says about the server's certificate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_CERTIFICATE: Final = re.compile(r"certificate|verification ?error|dnsmismatch|hostname mismatch", re.IGNORECASE)
_WORDS: Final = (
    (re.compile(r"expired", re.IGNORECASE), "it has expired"),
    (re.compile(r"not yet valid", re.IGNORECASE), "it is not valid yet"),
    (re.compile(r"mismatch", re.IGNORECASE), "it is another host's"),
    (re.compile(r"self.?signed", re.IGNORECASE), "it is signed by itself"),
)
"""What OpenSSL and service-identity say → what it means. Twisted hands on only that verification failed."""


def certificate_trouble(error: BaseException) -> str | None:
    """What is wrong with the certificate. None: the connection failed for another reason."""
    said = " ".join(f"{type(part).__name__} {part}" for part in _all(error))
    if not _CERTIFICATE.search(said):
        return None
    return next(
        (words for pattern, words in _WORDS if pattern.search(said)),
        "it has expired, is another host's, or is signed by nobody we trust",
    )


def _all(error: BaseException) -> Iterator[BaseException]:
    """The error, its causes, and the reasons that Twisted wraps into it; each once."""
    waiting, done = [error], set()
    while waiting:
        part = waiting.pop()
        if id(part) in done:
            continue
        done.add(id(part))
        yield part
        waiting += [cause for cause in (part.__cause__, part.__context__) if cause is not None]
        for reason in getattr(part, "reasons", None) or ():
            value = getattr(reason, "value", reason)
            if isinstance(value, BaseException):
                waiting.append(value)
