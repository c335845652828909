"""The crawl's manners, where there is no run."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import Response

from newscrawler.asking import doors
from newscrawler.asking.doors import BackOff
from newscrawler.outcome import HttpError


def test_a_host_that_asks_for_a_pause_is_not_asked_again_before_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """What else is wanted of it fails as the first request did; other hosts don't wait."""
    now = [100.0]
    monkeypatch.setattr(doors.time, "monotonic", lambda: now[0])
    door, asked = BackOff(), Request("https://alpha.example/feed")
    door.process_request(asked)
    door.process_response(asked, Response(asked.url, status=429, headers={"Retry-After": "30"}))
    door.process_response(Request("https://beta.example/"), Response("https://beta.example/", status=500))
    with pytest.raises(HttpError, match="429"):
        door.process_request(Request("https://alpha.example/news/1"))
    door.process_request(Request("https://beta.example/"))
    now[0] += 31
    door.process_request(Request("https://alpha.example/news/1"))
