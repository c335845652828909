"""Why an address gave no page: in the words of somebody who has to mend a seed file."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newscrawler.asking.answers import Answer
from newscrawler.checking.findings import Trouble
from newscrawler.checking.reasons import reason
from newscrawler.outcome import HttpError, Outcome, OutOfScope, PrivateAddress, RobotsDenied, Unreachable

URL = "https://alpha.example/rss"
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def _answer(*, failed: Outcome | None = None, blocked: str | None = None, certificate: str | None = None) -> Answer:
    return Answer(URL, URL, NOW, 0.2, failed=failed, blocked=blocked, certificate=certificate)


def test_a_page_is_no_trouble() -> None:
    """Whatever stands in it is somebody else's question."""
    assert reason(_answer(), "feed") is None


@pytest.mark.parametrize(
    ("failed", "kind", "text"),
    [
        (OutOfScope("https://parked.example/"), "moved", "leads to https://parked.example/, which is on none of"),
        (RobotsDenied(""), "forbidden", "robots.txt forbids it to us"),
        (PrivateAddress("10.0.0.7"), "unreachable", "10.0.0.7, a private network: `private_network = true` only"),
        (Unreachable("no address for the host"), "unreachable", "no address for the host"),
        (HttpError("404"), "broken source", "HttpError 404"),
    ],
)
def test_each_failure_is_a_trouble_of_its_own_kind(failed: Outcome, kind: str, text: str) -> None:
    """A source that moved, a server that is down and a page that is gone are mended differently."""
    found = reason(_answer(failed=failed), "feed")
    assert found is not None
    assert (found.kind, found.where) == (kind, "feed")
    assert found.text.startswith(text)


def test_a_wall_counts_for_more_than_the_status_it_comes_with() -> None:
    """A captcha with status 403 is not an address to mend."""
    found = reason(_answer(failed=HttpError("403"), blocked="a captcha page"), "feed")
    assert found == Trouble("blocked", "feed", "a captcha page")


def test_a_refused_certificate_is_told_as_such() -> None:
    """The server is there; it can't be trusted to be the one it says."""
    found = reason(_answer(failed=Unreachable("TLS"), certificate="it has expired"), "home page")
    assert found == Trouble("unreachable", "home page", "its certificate is refused: it has expired")
