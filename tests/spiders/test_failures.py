"""Which outcome a failed request is."""

from __future__ import annotations

import gzip
import sqlite3
import zlib

import pytest
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
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError as ScrapyHttpError
from twisted.internet.error import ConnectionLost

from newscrawler.outcome import (
    Broken,
    HttpError,
    Outcome,
    OutOfScope,
    PrivateAddress,
    RobotsDenied,
    TooLarge,
    Unreachable,
)
from newscrawler.spiders.failures import outcome_of
from support.crawlers import a_failure


def status(code: int) -> ScrapyHttpError:
    return ScrapyHttpError(Response("https://alpha.example/", status=code), "ignored")


@pytest.mark.parametrize(
    ("error", "outcome", "detail"),
    [
        (PrivateAddress("intra is at 10.0.0.1"), PrivateAddress, "intra is at 10.0.0.1"),
        (status(404), HttpError, "404"),
        (status(503), HttpError, "503"),
        (DownloadCancelledError("150001 bytes"), TooLarge, "150001 bytes"),
        (IgnoreRequest("exceeded DOWNLOAD_MAXSIZE (10 B)"), TooLarge, "unpacked"),
        (IgnoreRequest("Forbidden by robots.txt"), RobotsDenied, "robots.txt"),
        (IgnoreRequest("for a reason of its own"), Broken, "for a reason of its own"),
        (UnsupportedURLSchemeError("gopher"), OutOfScope, "gopher"),
        (CannotResolveHostError("x"), Unreachable, "the name does not resolve"),
        (DownloadConnectionRefusedError("x"), Unreachable, "connection refused"),
        (DownloadTimeoutError("x"), Unreachable, "timed out"),
        (ResponseDataLossError("x"), Unreachable, "the connection ended in mid-page"),
        (DownloadFailedError("x"), Unreachable, "the connection failed"),
        (ConnectionLost("x"), Unreachable, "the connection was lost"),
        (gzip.BadGzipFile("Not a gzipped file"), Unreachable, "the packed body is damaged"),
        (zlib.error("incorrect header check"), Unreachable, "the packed body is damaged"),
        (EOFError("ended"), Unreachable, "the packed body is cut off"),
        (ValueError("of our own"), Broken, "ValueError: of our own"),
        (sqlite3.IntegrityError("UNIQUE"), Broken, "IntegrityError: UNIQUE"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_every_failure_has_a_name_and_a_reason(error: Exception, outcome: type[Outcome], detail: str) -> None:
    """Only a defect of this program is Broken."""
    found = outcome_of(a_failure(error))
    assert isinstance(found, outcome)
    assert detail in found.detail
    assert len(found.detail) <= 200


@pytest.mark.parametrize("error", [OSError(28, "No space left"), sqlite3.OperationalError("database or disk is full")])
def test_a_failing_disk_is_nobodys_outcome(error: Exception) -> None:
    """The error goes on to the run ledger, which ends the crawl."""
    with pytest.raises(type(error)):
        outcome_of(a_failure(error))
