"""The keeper's pages: crawls with their verdict, outlets against their own past, what failed and why."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from sqlite_utils import Database

from browse.sample_archive import Get, put
from newscrawler.browse import run_page
from newscrawler.browse.health_page import as_run
from newscrawler.browse.language import Language
from newscrawler.browse.outcome_names import MEANINGS
from newscrawler.browse.words import LANGUAGES, named, phrases, say
from newscrawler.health.figures import FAILURES
from newscrawler.health.verdicts import REASONS, VERDICTS
from newscrawler.outcome import Archived, Copy, NotModified, Rejected, Shortened, all_outcomes


def stands(db: Database, run: int, verdict: str, *, reason: dict[str, object] | None = None, **columns: Any) -> None:
    """How the outlet waha stands after a run."""
    counts = (
        "polled", "discovered", "archived", "revised", "copies", "rejected", "errors", "requests", "answers", "read",
        "unread", "crashed", "dated", "sectioned", "authored", "new_day",
    )  # fmt: skip
    given = {"run_id": run, "site": "waha", "at": "2026-11-22T23:05:00Z", "verdict": verdict, "outcomes": "{}",
             "reason": json.dumps(reason or {"code": "fine"}), "since": "2026-11-20T06:30:00Z"}  # fmt: skip
    put(db, "health", dict.fromkeys(counts, 0) | given | columns)


def _lines(html: str) -> dict[str, list[str]]:
    """Outlet → its cells in the table of outlets."""
    table = html.split('id="sites"')[1].split("</table>", maxsplit=1)[0]
    rows = re.findall(r'href="/-/outlet/(\w+)".*?</th>(.*?)</tr>', table, re.DOTALL)
    return {site: [re.sub("<[^>]+>", "", cell).strip() for cell in re.findall("<td>(.*?)</td>", cells, re.DOTALL)]
            for site, cells in rows}  # fmt: skip


def test_an_outlet_stands_as_its_last_crawl_left_it(get: Get, archive: Database) -> None:
    """Verdict, reason with its figures, since when; in trouble before those that nobody has visited."""
    stands(
        archive, 1, "quiet", reason={"code": "few-new", "new": 3, "usual": 1400}, new_day=3, usual_new=1400, errors=2
    )
    html = get("/-/health").text
    lines = _lines(html)
    assert list(lines) == ["waha", "sahil"]
    verdict, why, since, *figures = lines["waha"]
    assert (verdict, figures) == (named("judgement", "quiet"), ["3", "1,400", "2"])
    assert why == say("health_reason.few-new", new=3, usual=1400)
    assert "20" in since
    assert lines["sahil"] == [named("judgement", "unseen"), "", "", "–", "–", "–"]


def test_who_is_healthy_again_has_no_reason(get: Get, archive: Database) -> None:
    """The newest row counts, and a reason that this version doesn't know is left out."""
    put(archive, "runs", {"id": 2, "started_at": "2026-11-22T23:30:00Z", "spider": "news", "pid": 1, "version": "x"})
    stands(archive, 1, "blocked", reason={"code": "of a newer version"})
    assert _lines(get("/-/health").text)["waha"][:2] == [named("judgement", "blocked"), ""]
    stands(archive, 2, "healthy")
    assert _lines(get("/-/health").text)["waha"][:3] == [named("judgement", "healthy"), "", ""]


def test_who_was_not_visited_for_days_is_not_called_healthy(get: Get, archive: Database) -> None:
    """Nor sick: nobody knows. Since when, and what was said last; no flag, for it may be switched off."""
    put(archive, "runs", {"id": 2, "started_at": "2026-11-25T23:30:00Z", "spider": "news", "pid": 1, "version": "x"})
    stands(archive, 1, "healthy", at="2026-11-22T23:05:00Z")
    stands(archive, 2, "healthy", site="sahil", at="2026-11-25T23:00:00Z")
    assert _lines(get("/-/health").text)["waha"][0] == named("judgement", "healthy"), "three days are not over"
    archive.execute("UPDATE health SET at = '2026-11-25T23:40:00Z' WHERE run_id = 2")
    archive.conn.commit()
    html = get("/-/health").text
    verdict, why, since, *_ = _lines(html)["waha"]
    assert verdict == named("judgement", "unknown")
    assert why == say("health.until_then", verdict=named("judgement", "healthy"))
    assert "23" in since, "on the clock of the outlet"
    assert 'class="flag"' not in html.split('id="sites"')[1].split("</table>", maxsplit=1)[0]
    assert why in get("/-/outlet/waha").text


def test_an_outlets_own_page_says_how_it_stands(get: Get, archive: Database) -> None:
    """With the reason, for whoever wonders where its news are."""
    assert say("health.judgement") not in get("/-/outlet/waha").text
    stands(archive, 1, "unreachable", reason={"code": "sources-down", "sources": 2, "detail": "timed out"})
    html = get("/-/outlet/waha").text
    assert named("judgement", "unreachable") in html
    assert say("health_reason.sources-down", sources=2, detail="timed out") in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_and_reason_has_its_words(language: Language) -> None:
    """With the same figures in both languages."""
    words = phrases(language)
    assert all(f"judgement.{verdict}" in words for verdict in VERDICTS)
    for code, plain in REASONS.items():
        if code not in ("fine", "unjudged"):
            assert set(re.findall(r"{(\w+)}", str(words[f"health_reason.{code}"]))) == set(
                re.findall(r"{(\w+)}", plain)
            )


def test_failures_are_what_a_keeper_can_do_something_about() -> None:
    """Every outcome that isn't a good end, a refusal of a page's content or the outlet's scope is among them."""
    known = {outcome.__name__ for outcome in all_outcomes()}
    fine = {c.__name__ for c in all_outcomes() if issubclass(c, Archived | Copy | NotModified | Shortened | Rejected)}
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


def test_a_crawls_page_tells_what_waits(get: Get, archive: Database) -> None:
    """What is no problem but good to know stands on the page, too; an archive that knows none has no heading for it."""
    assert say("health.remarks") not in get("/-/health/run/1").text
    with archive.conn:
        archive.conn.execute("UPDATE runs SET remarks = ?", [json.dumps(["waha: back-off until 09:30, 12 wait <b>"])])
    html = get("/-/health/run/1").text
    assert say("health.remarks") in html
    assert "waha: back-off until 09:30, 12 wait &lt;b&gt;" in html
