"""The keeper's pages: crawls with their verdict, outlets against their own past, what failed and why."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlite_utils import Database

from browse.sample_archive import Get, put
from newscrawler.browse import run_page
from newscrawler.browse.health_page import as_run
from newscrawler.browse.health_sites import FAILURES, Judgement, Tally, judge
from newscrawler.browse.outcome_names import MEANINGS
from newscrawler.browse.words import named, say
from newscrawler.outcome import Archived, Copy, NotModified, Rejected, all_outcomes

_LAST = datetime(2026, 11, 22, 23, 5)  # noqa: DTZ001 (written as UTC below)
_NUMBERS = count(1000)


def _visited(db: Database, site: str, *, weeks: int, new: int, failed: int = 0) -> None:
    """A crawl of that outlet in the last hour of the day, so many weeks ago."""
    at = (_LAST - timedelta(weeks=weeks, minutes=10)).strftime("%Y-%m-%dT%H:%M:%SZ")
    for number, outcome in enumerate(["New"] * new + ["HttpError"] * failed):
        url = f"https://{site}.example/w{weeks}/{next(_NUMBERS)}/{number}"
        put(db, "outcomes", {"run_id": 1, "url": url, "site": site, "outcome": outcome, "at": at})


def _lines(html: str) -> dict[str, list[str]]:
    """Outlet → its cells in the table of outlets."""
    table = html.split('id="sites"')[1].split("</table>", maxsplit=1)[0]
    rows = re.findall(r'href="/-/outlet/(\w+)".*?</th>(.*?)</tr>', table, re.DOTALL)
    return {site: [re.sub("<[^>]+>", "", cell).strip() for cell in re.findall("<td>(.*?)</td>", cells, re.DOTALL)]
            for site, cells in rows}  # fmt: skip


def test_an_outlet_is_held_against_its_own_weekdays(get: Get, archive: Database) -> None:
    """The median of the same day of the four weeks before, of those on which it was visited."""
    for week, new in ((1, 10), (2, 12), (3, 40)):
        _visited(archive, "waha", weeks=week, new=new, failed=1)
    _visited(archive, "waha", weeks=5, new=500)  # too long ago
    _visited(archive, "waha", weeks=0, new=5)
    assert _lines(get("/-/health").text)["waha"] == [named("judgement", "low"), "5", "12", "1", "1", "6"]


@pytest.mark.parametrize(
    ("now", "past", "judgement"),
    [
        (Tally(10, 1, 30), [(10, 1, 30)] * 4, "usual"),
        (Tally(0, 0, 30), [(10, 1, 30)] * 4, "silent"),
        (Tally(4, 0, 30), [(10, 1, 30)] * 4, "low"),
        (Tally(5, 0, 30), [(10, 1, 30)] * 4, "usual"),
        (Tally(0, 0, 30), [(3, 1, 30)] * 4, "usual"),
        (Tally(10, 20, 30), [(10, 1, 30)] * 4, "failing"),
        (Tally(10, 20, 30), [(10, 15, 30)] * 4, "usual"),
        (Tally(10, 4, 30), [(10, 0, 30)] * 4, "usual"),
        (Tally(0, 0, 0), [(10, 1, 30)] * 4, "unseen"),
        (Tally(3, 0, 10), [], "young"),
        (Tally(3, 6, 10), [], "failing"),
    ],
)
def test_judgements(now: Tally, past: list[tuple[int, int, int]], judgement: Judgement) -> None:
    """Few articles are no alarm, many failures are one only where they are unusual, no visit is named as such."""
    assert judge(now, [Tally(*each) for each in past]) == judgement


def test_failures_are_what_a_keeper_can_do_something_about() -> None:
    """Every outcome that isn't a good end, a refusal of a page's content or the outlet's scope is among them."""
    known = {outcome.__name__ for outcome in all_outcomes()}
    fine = {c.__name__ for c in all_outcomes() if issubclass(c, Archived | Copy | NotModified | Rejected)}
    assert known - fine - {"OutOfScope", "PrivateAddress", "PutBack"} == set(FAILURES)


def test_the_health_page_lists_crawls_sources_and_outlets(get: Get, archive: Database) -> None:
    """Crawls with verdict and problems, sources that failed, a form for a page that is missed."""
    put(archive, "runs", {
        "id": 2, "started_at": "2026-11-22T23:30:00Z", "finished_at": "2026-11-22T23:45:30Z", "state": "finished",
        "spider": "news", "pid": 1, "version": "x", "taken_up": 3, "ended": 3, "exit_code": 1,
        "problems": '["waha: 0 new articles", "b", "c", "d", "e"]',
    })  # fmt: skip
    html = get("/-/health").text
    assert named("verdict", "broken") in html
    assert "waha: 0 new articles" in html
    assert say("health.more", n=2) in html
    assert "15.5" in html
    failed = html.split('id="sources"')[1]
    assert "https://waha.example/rss" in failed
    assert "503" in failed
    assert "https://sahil.example/rss" not in failed
    assert 'action="/-/why"' in html


@pytest.mark.parametrize(
    ("state", "code", "verdict"),
    [("finished", 0, "well"), ("finished", 1, "broken"), ("finished", 2, "failed"), ("stopped", 1, "stopped"),
     ("interrupted", None, "interrupted"), ("running", None, "running")],
)  # fmt: skip
def test_verdicts(state: str, code: int | None, verdict: str) -> None:
    """By state and exit code, with a word for each."""
    row = {"state": state, "exit_code": code, "started_at": "x", "finished_at": None, "problems": "broken"}
    run = as_run(row)
    assert run.verdict == verdict
    assert (run.minutes, run.problems) == (None, [])
    assert named("verdict", verdict) != verdict


def test_a_crawl_shows_what_failed_and_why(get: Get) -> None:
    """Failures first; every outcome can be opened; each address leads to its story."""
    html = get("/-/health/run/1").text
    listed = html.split('id="addresses"')[1].split("</table>")[0]
    assert "https://waha.example/gone" in listed
    assert MEANINGS["HttpError"] in listed
    assert "https://sahil.example/gallery" not in listed
    assert 'href="/-/why?url=https%3A%2F%2Fwaha.example%2Fgone"' in listed
    galleries = get("/-/health/run/1?outcome=NotAnArticle").text.split('id="addresses"')[1].split("</table>")[0]
    assert "https://sahil.example/gallery" in galleries
    assert "waha.example" not in galleries
    assert say("health.no_failures") in get("/-/health/run/1?site=sahil").text


def test_many_failures_are_paged(get: Get, archive: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every address of a crawl stands on exactly one page."""
    monkeypatch.setattr(run_page, "_PAGE", 2)
    for number in range(5):
        put(archive, "outcomes", {"run_id": 1, "url": f"https://waha.example/f{number}?a=1&b=2", "site": "waha",
                                  "outcome": "Unreachable", "at": "2026-11-22T23:05:00Z"})  # fmt: skip
    path, seen = "/-/health/run/1", []
    while path:
        html = get(path).text
        seen += re.findall(
            r'href="(https://waha\.example/[^"]+)"', html.split('id="addresses"')[1].split("</table>")[0]
        )
        following = re.search(r'rel="next" href="([^"#]+)', html)
        path = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == 6


def test_notes_of_a_crawl_are_counted(get: Get, archive: Database) -> None:
    """What a seed's rule complained about, on how many pages."""
    for number in range(2):
        put(
            archive,
            "outcomes",
            {
                "run_id": 1,
                "url": f"https://waha.example/n{number}",
                "site": "waha",
                "outcome": "New",
                "notes": '["title: 2 elements"]',
                "at": "2026-11-22T23:05:00Z",
            },
        )
    assert re.search(r"title: 2 elements</bdi> \(2\)", get("/-/health/run/1").text)


def test_a_crawl_that_is_not_there(get: Get) -> None:
    """Unknown numbers are missing, not errors."""
    assert get("/-/health/run/77").status_code == 404
    assert get("/-/health/run/x").status_code == 404
