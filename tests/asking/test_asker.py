"""One outlet's questions: every answer is a value, and there is an end to them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import HtmlResponse, Response

from newscrawler.asking.asker import Asker, NoMoreQuestions
from newscrawler.asking.certificates import certificate_trouble
from newscrawler.outcome import OutOfScope

PAGE = "https://sada.example/"


class Web:
    """Gives what it was told to, in order."""

    def __init__(self, *answers: Response | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[Request] = []

    async def __call__(self, request: Request) -> Response:
        self.requests.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        answer.request = request
        return answer


def asker(web: Web, *, requests_max: int = 5, seconds_max: float = 60) -> Asker:
    """One for nobody in particular."""
    return Asker(web, {}, site="sada", requests_max=requests_max, seconds_max=seconds_max)


def test_an_address_is_asked_once() -> None:
    """Whoever asks again gets the same answer, and it costs nothing."""
    web = Web(HtmlResponse(PAGE, body=b"a", headers={"Content-Type": "text/html", "X-A": ["1", "2"]}))
    one = asker(web)

    async def twice() -> None:
        first = await one.ask(PAGE)
        assert await one.ask(PAGE) is first
        assert (first.status, first.body, first.content_type, first.headers["x-a"]) == (200, b"a", "text/html", "1")
        assert first.is_page
        assert first.problem == ""

    asyncio.run(twice())
    assert (one.asked, one.left) == (1, 4)
    assert web.requests[0].meta == {"download_slot": "sada.example", "site": "sada"}


@pytest.mark.parametrize(
    ("answer", "kind", "problem"),
    [
        (Response(PAGE, status=404), "HttpError", "HttpError 404"),
        (Response(PAGE, status=403), "TransientHttpError", "blocked: HTTP 403, refuses us"),
        (DownloadTimeoutError("x"), "Unreachable", "Unreachable timed out"),
        (OutOfScope("https://elsewhere.example/"), "OutOfScope", "OutOfScope https://elsewhere.example/"),
        (KeyError("x"), "Broken", "Broken KeyError: 'x'"),
    ],
)
def test_a_failure_is_an_answer_too(answer: Response | Exception, kind: str, problem: str) -> None:
    """Named as a crawl would name it."""
    got = asyncio.run(asker(Web(answer)).ask(PAGE))
    assert got.failed is not None
    assert type(got.failed).__name__ in (kind, "HttpError")
    assert not got.is_page
    assert got.problem == problem


def test_there_is_an_end_to_questions() -> None:
    """By number and by time."""
    web = Web(*(Response(f"{PAGE}{n}") for n in range(2)))

    async def ask(limited: Asker, pages: Sequence[int]) -> None:
        for page in pages:
            await limited.ask(f"{PAGE}{page}")

    with pytest.raises(NoMoreQuestions, match="more than 2 requests"):
        asyncio.run(ask(asker(web, requests_max=2), range(3)))
    with pytest.raises(NoMoreQuestions, match="longer than -1 s"):
        asyncio.run(ask(asker(web, seconds_max=-1), range(1)))


def test_a_certificate_is_told_from_a_lost_connection() -> None:
    """However deep Twisted has packed it."""

    class Packed(Exception):
        def __init__(self, *reasons: Exception) -> None:
            self.reasons = reasons

    outer = ConnectionError("failed")
    outer.__cause__ = Packed(ValueError("x"), OSError("certificate verify failed: certificate has expired"))
    assert certificate_trouble(outer) == "it has expired"
    assert certificate_trouble(Packed(OSError("self-signed certificate"))) == "it is signed by itself"
    assert certificate_trouble(Packed(OSError("certificate verify failed"))) is not None
    assert certificate_trouble(ConnectionError("reset")) is None
    circle = ConnectionError("x")
    circle.__context__ = ConnectionError("y")
    circle.__context__.__context__ = circle
    assert certificate_trouble(circle) is None
