"""How long a server wants to be left alone."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest
from scrapy.http import Response

from newscrawler.middlewares.pauses import ASKED_MAX_S, asks_to_wait, pause, retry_after
from support.archives import NOW


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        (b"120", 120),
        (b" 0 ", 0),
        (b"Fri, 31 Dec 2026 23:59:59 +99999999999999999999", None),
        (format_datetime(NOW + timedelta(minutes=5), usegmt=True).encode(), 300),
        (format_datetime(NOW - timedelta(minutes=5), usegmt=True).encode(), 0),
        (b"Sun Nov 22 09:31:00 2026", 60),
        (b"soon", None),
        ("١٢٠".encode(), None),
        (b"-5", None),
        (b"", None),
        (None, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(said: bytes | None, seconds: float | None) -> None:
    """RFC 9110 has both; what is neither says nothing."""
    assert retry_after(said, now=NOW) == seconds


@pytest.mark.parametrize(
    ("status", "headers", "asks"),
    [
        (429, {}, True),
        (503, {}, True),
        (500, {"Retry-After": "60"}, True),
        (500, {}, False),
        (403, {"Retry-After": "60"}, False),
        (301, {"Retry-After": "60"}, False),
        (200, {}, False),
    ],
)
def test_which_answers_ask_for_a_pause(status: int, headers: dict[str, str], asks: bool) -> None:
    """429 and 503 with or without a time; other server errors if they give one."""
    assert asks_to_wait(Response("https://alpha.example/", status=status, headers=headers)) is asks


def test_pauses_grow_and_have_an_end() -> None:
    """10 s, 1 min, 6 min, 36 min, 3.6 h, then 6 h for ever."""
    grown = [pause(refusals=n, asked_s=None) for n in (1, 2, 3, 4, 5, 6, 60, 4000)]
    assert grown == [10, 60, 360, 2160, 12960, 21600, 21600, 21600]


def test_the_servers_word_holds_the_first_time() -> None:
    """Shorter than ours too; never no pause at all."""
    assert [pause(refusals=1, asked_s=s) for s in (0, 2, 900)] == [1, 2, 900]


def test_a_server_that_repeats_itself_means_more() -> None:
    """«One second» for the third time is at least our own third pause."""
    assert pause(refusals=3, asked_s=1) == 360
    assert pause(refusals=3, asked_s=900) == 900


def test_a_server_that_names_minutes_is_taken_at_its_word() -> None:
    """However often it has to say so: it answers between, and is not to be left alone for hours."""
    assert [pause(refusals=n, asked_s=900) for n in (1, 5, 60)] == [900, 900, 900]


def test_a_month_is_a_day() -> None:
    """Some servers write the wrong number, and nobody would notice that an outlet is never asked again."""
    assert pause(refusals=1, asked_s=30 * 86400) == ASKED_MAX_S == 86400
