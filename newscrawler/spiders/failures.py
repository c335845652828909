"""outcome_of(): which outcome a failed request is."""

from __future__ import annotations

import gzip
import re
import zlib
from typing import Final

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.spidermiddlewares.httperror import HttpError as ScrapyHttpError
from twisted.internet.error import ConnectError, ConnectionDone, ConnectionLost
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from newscrawler.archive import cannot_write
from newscrawler.outcome import Broken, Outcome, OutOfScope, RobotsDenied, TooLarge, Unreachable, http_error

_NO_ANSWER: Final = {
    CannotResolveHostError: "the name does not resolve",
    DownloadConnectionRefusedError: "connection refused",
    DownloadTimeoutError: "timed out",
    ResponseDataLossError: "the connection ended in mid-page",
    DownloadFailedError: "the connection failed",
    ResponseFailed: "the connection failed",
    ConnectError: "no connection",
    ConnectionDone: "the connection was closed",
    ConnectionLost: "the connection was lost",
    gzip.BadGzipFile: "the packed body is damaged",
    zlib.error: "the packed body is damaged",
    EOFError: "the packed body is cut off",
}


def outcome_of(failure: Failure) -> Outcome:
    """The outcome of a failed request. A failing disk is nobody's outcome: that error is raised again."""
    match error := failure.value:
        case Outcome():
            outcome: Outcome = error
        case ScrapyHttpError():
            outcome = http_error(error.response.status)
        case DownloadCancelledError():
            outcome = _too_large(str(error))
        case IgnoreRequest():
            outcome = _ignored(str(error))
        case UnsupportedURLSchemeError():
            outcome = OutOfScope(str(error)[:200])
        case BaseException() if cannot_write(error):
            raise error
        case _:
            outcome = _no_answer(error)
    return outcome


def _no_answer(error: BaseException | None) -> Outcome:
    for kind, words in _NO_ANSWER.items():
        if isinstance(error, kind):
            return Unreachable(words)
    return Broken(f"{type(error).__name__}: {error}"[:200])


def _too_large(message: str) -> TooLarge:
    size = re.search(r"\d+ bytes", message)
    return TooLarge(f"{size[0] + ', ' if size else ''}more than DOWNLOAD_MAXSIZE")


def _ignored(message: str) -> Outcome:
    """Scrapy's middlewares say by text alone why they refuse a request."""
    if "DOWNLOAD_MAXSIZE" in message:
        return TooLarge("more than DOWNLOAD_MAXSIZE once unpacked")
    if "robots.txt" in message:
        return RobotsDenied("robots.txt")
    return Broken(f"refused: {message}"[:200])
