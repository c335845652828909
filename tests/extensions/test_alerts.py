"""Alerts tell what changed, once, after the commit; what could not be told is told after the next run."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from scrapy.exceptions import NotConfigured

from newscrawler.archive import Archive, ledger
from newscrawler.archive.polls.sites import note_poll, remember_source
from newscrawler.extensions import alerts as alerts_module
from newscrawler.extensions.alerts import Alerts
from newscrawler.extensions.judging import judge_sites
from newscrawler.health import alerts as sending
from newscrawler.health.alerts import send, unknown_addresses
from newscrawler.run import Run
from newscrawler.urls import canonical
from support.archives import Clock, a_run, column
from support.crawlers import a_crawler
from support.mailbox import Mailbox


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as opened:
        yield opened


def tell(run: Run, addresses: str) -> None:
    alerts = Alerts.from_crawler(a_crawler(run, NEWS_ALERT_URLS=addresses))
    asyncio.run(alerts.engine_stopped())


def crawled(archive: Archive, clock: Clock, addresses: str, **polls: str) -> int:
    """A run in which the feeds of these sites were polled with that status, and what follows it; its number."""
    clock.forward(hours=1)
    with a_run(archive, clock=clock) as run:
        for site, status in polls.items():
            with archive.transaction() as conn:
                url = canonical(f"https://{site}.example/feed")
                state = remember_source(conn, site=site, kind="feed", url=url, section=None)
                note_poll(conn, state.id, status=status, detail="timed out", now=clock(), links=3, new=0)
        with archive.transaction() as conn:
            judge_sites(run, conn, finished=True, now=clock())
            ledger.finish_run(conn, run.id, state="finished", taken_up=0, exit_code=0, problems=(), now=clock())
    tell(run, addresses)
    return run.id


def test_one_message_tells_all_that_changed(archive: Archive, clock: Clock, mailbox: Mailbox) -> None:
    """Outlet, verdict before and now, reason, since when."""
    crawled(archive, clock, mailbox.address, alpha="Unreachable", beta="RobotsDenied")
    (message,) = mailbox.messages
    assert (message["title"], message["type"]) == ("newscrawler: 2 not healthy", "failure")
    assert message["message"].splitlines() == [
        "صحيفة (beta): healthy → blocked",
        "  none of 1 sources lets us in (timed out), since 2026-11-22T10:30:00Z",
        "صحيفة (alpha): healthy → unreachable",
        "  none of 1 sources answers (timed out), since 2026-11-22T10:30:00Z",
    ]


def test_who_is_as_before_is_not_told_again_and_who_is_back_is(
    archive: Archive, clock: Clock, mailbox: Mailbox
) -> None:
    """A message that comes every night is not read."""
    for status in ("ok", "Unreachable", "Unreachable", "Unreachable", "ok", "ok", "ok"):
        crawled(archive, clock, mailbox.address, alpha=status)
    assert [(message["title"], message["type"]) for message in mailbox.messages] == [
        ("newscrawler: 1 not healthy", "failure"),
        ("newscrawler: 1 healthy again", "success"),
    ]
    assert mailbox.messages[1]["message"] == "صحيفة (alpha): unreachable → healthy"


def test_what_was_not_delivered_is_sent_with_the_next_run(
    archive: Archive, clock: Clock, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    """With a warning and a remark that name the address without its password."""
    mailbox.status = 500
    with caplog.at_level(logging.WARNING, logger="newscrawler"):
        failed = crawled(archive, clock, mailbox.address, alpha="Unreachable")
    mailbox.status = 200
    crawled(archive, clock, mailbox.address, alpha="Unreachable")
    crawled(archive, clock, mailbox.address, alpha="Unreachable")
    assert len(mailbox.messages) == 2
    assert mailbox.messages[0]["message"] == mailbox.messages[1]["message"]
    (remark,) = json.loads(column(archive, "SELECT remarks FROM runs WHERE id = ?", failed)[0])
    assert remark.startswith("alert not delivered: json://keeper:")
    assert remark.endswith("; sent again after the next run")
    assert remark in caplog.text
    assert "secret" not in caplog.text + remark


def test_what_came_and_went_before_it_could_be_told_is_no_news(
    archive: Archive, clock: Clock, mailbox: Mailbox
) -> None:
    """The state counts, not the way to it."""
    mailbox.status = 500
    crawled(archive, clock, mailbox.address, alpha="Unreachable")
    mailbox.status = 200
    for _ in range(2):
        clock.forward(minutes=1)
        with a_run(archive, clock=clock) as run, archive.transaction() as conn:
            state = remember_source(
                conn, site="alpha", kind="feed", url=canonical("https://alpha.example/feed"), section=None
            )
            note_poll(conn, state.id, status="ok", detail="", now=clock(), links=3, new=0)
            judge_sites(run, conn, finished=True, now=clock())
    tell(run, mailbox.address)
    assert len(mailbox.messages) == 1, "the one that was refused"


def test_one_address_that_works_is_enough(archive: Archive, clock: Clock, mailbox: Mailbox) -> None:
    """A chat that was closed years ago doesn't make the others repeat themselves every half hour."""
    addresses = f"json://127.0.0.1:9/ {mailbox.address}"
    first = crawled(archive, clock, addresses, alpha="Unreachable")
    crawled(archive, clock, addresses, alpha="Unreachable")
    assert len(mailbox.messages) == 1
    assert json.loads(column(archive, "SELECT remarks FROM runs WHERE id = ?", first)[0]) == [
        "alert not delivered: json://127.0.0.1:9/"
    ]


def test_a_silent_service_keeps_nobody(mailbox: Mailbox) -> None:
    """The limit is for all together, and the process may end meanwhile."""
    mailbox.open.clear()
    began = time.monotonic()
    missed = send([mailbox.address] * 2, title="x", body="y", limit_s=0.3)
    assert len(missed) == 2
    assert time.monotonic() - began < 3


def test_the_loop_goes_on_while_a_message_is_sent(
    archive: Archive, clock: Clock, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is sent in a thread."""
    crawled(archive, clock, mailbox.address, alpha="ok")
    monkeypatch.setattr(alerts_module, "send", lambda *_, **__: time.sleep(0.3) or [])
    crawled(archive, clock, "json://127.0.0.1:9/", alpha="Unreachable")
    with a_run(archive, clock=clock) as run:
        alerts = Alerts.from_crawler(a_crawler(run, NEWS_ALERT_URLS=mailbox.address))

    async def both() -> int:
        archive.conn.execute("UPDATE sites SET verdict_told = 'quiet' WHERE id = 'alpha'")
        task, beats = asyncio.ensure_future(alerts.engine_stopped()), 0
        while not task.done():
            await asyncio.sleep(0.01)
            beats += 1
        return beats

    assert asyncio.run(both()) > 5


def test_an_archive_that_cannot_be_opened_is_a_warning(
    run: Run, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    """The run is over and well: its alerts must not break it."""
    run.archive.conn.close()
    run.archive.path.write_bytes(b"no archive")
    tell(run, mailbox.address)
    assert "alerts: " in caplog.text
    assert mailbox.messages == []


@pytest.mark.parametrize("state", [{"replaying": True}, {"unwritable": "disk full"}])
def test_replays_and_broken_runs_tell_nothing(archive: Archive, clock: Clock, state: dict[str, object]) -> None:
    """Neither has judged anybody."""
    with a_run(archive, clock=clock, **state) as run:
        archive.close()
        run.archive.path.unlink()
    tell(run, "json://127.0.0.1:9/")
    assert not run.archive.path.exists()


def test_without_addresses_nothing_is_loaded(run: Run) -> None:
    """Most archives have none."""
    with pytest.raises(NotConfigured):
        Alerts.from_crawler(a_crawler(run, NEWS_ALERT_URLS=" "))


def test_addresses_that_apprise_does_not_know_are_named_without_their_secrets() -> None:
    """They end in log files and mails."""
    found = unknown_addresses(["json://127.0.0.1/", "tgramm://123:token/", "mail"])
    assert found == ["tgramm://…", "mail"]
    assert timedelta(seconds=20).total_seconds() == sending.LIMIT_S
