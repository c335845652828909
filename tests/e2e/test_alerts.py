"""A crawl whose only newspaper is down: the keeper is told once, and the exit code is 1 until it is up again."""

from __future__ import annotations

import json

import pytest

from support.commands import Desk
from support.mailbox import Mailbox

pytestmark = pytest.mark.slow

SEED = """
name = "صحيفة"
country = "LB"
home = "http://127.0.0.1:9/"
timezone = "Asia/Beirut"
delay_s = 0
private_network = true

[[source]]
kind = "feed"
url = "http://127.0.0.1:9/feed"
"""


def test_a_newspaper_that_is_down_is_told_once(desk: Desk) -> None:
    """By the real program, after the run is closed; a second run has nothing new to say."""
    desk.seeds(paper=SEED)
    with Mailbox() as mailbox:
        first = desk.crawl(NEWS_ALERT_URLS=mailbox.address)
        second = desk.crawl(NEWS_ALERT_URLS=mailbox.address)
    assert (first.code, second.code) == (1, 1), first.err
    (message,) = mailbox.messages
    assert "صحيفة (paper): healthy → unreachable" in message["message"]
    assert "unreachable" in first.out
    assert "secret" not in first.err + first.out
    ((problems,),) = desk.rows("SELECT problems FROM runs WHERE id = 1")
    assert json.loads(problems) == ["paper: feed http://127.0.0.1:9/feed: Unreachable connection refused"]
    assert desk.rows("SELECT run_id, verdict FROM health")[0] == (1, "unreachable")
