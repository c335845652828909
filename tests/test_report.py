"""What a run did, as values and as print."""

from __future__ import annotations

import json

import pytest

from newscrawler.archive import Archive, ledger
from newscrawler.archive.holdings import articles
from newscrawler.archive.holdings.withdrawals import withdraw
from newscrawler.health.figures import Figures
from newscrawler.health.judging import Decided
from newscrawler.health.storing import Entry, store
from newscrawler.health.traffic import Traffic
from newscrawler.health.verdicts import Judgement, Reason
from newscrawler.outcome import Copy, HttpError, New, NotArabic, PutBack, Revised, Unreachable
from newscrawler.report import NoSuchRun, Report, read_report
from newscrawler.run import Run
from newscrawler.terminal import print_report
from support.archives import NOW, a_run, a_site, an_article, column, taken_up


def finish(run: Run, *, code: int = 0, problems: tuple[str, ...] = (), state: str = "finished") -> Report:
    with run.archive.transaction() as conn:
        ledger.finish_run(
            conn, run.id, state=state, taken_up=run.taken_up, exit_code=code, problems=problems, now=run.clock()
        )
    return read_report(run.archive.path)


def article(run: Run, number: int, outcome: New | Revised, **fields: object) -> None:
    url = f"https://alpha.example/news/{number}"
    taken_up(run, url)
    with run.archive.transaction() as conn:
        key = articles.store(conn, an_article(number, **fields), search_text="").article_id
    run.end(url, outcome, article_id=key, notes=["rule.title: 0 elements"])


def ended(run: Run, number: int, outcome: object, site: str = "alpha") -> None:
    url = f"https://{site}.example/x/{number}"
    taken_up(run, url, site=site)
    run.end(url, outcome)  # type: ignore[arg-type]


@pytest.fixture
def busy(run: Run) -> Run:
    """A run with a bit of everything."""
    article(run, 1, New(), published_at=NOW, section="اقتصاد", authors=("كاتب",))
    article(run, 2, New(), published_at=NOW)
    article(run, 3, Revised("text"))
    ended(run, 1, NotArabic("fa"))
    ended(run, 2, HttpError("404"))
    ended(run, 3, Unreachable("timed out"), site="beta")
    ended(run, 4, Copy("of article 1"), site="beta")
    return run


def test_a_report_tells_what_became_of_archived_articles(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Edits by their weight, absences, returns; a kind that nobody had is left out of the print."""
    article(run, 1, New())
    with run.archive.transaction() as conn:
        edited = articles.store(conn, an_article(1, title="عنوان آخر"), search_text="")
        withdraw(conn, edited.article_id, "not-found", detail="404", at=run.clock(), capture_id=None)
    report = finish(run)
    assert (report.fates.headline, report.fates.withdrawn, report.fates.returned) == (1, 1, 0)
    assert json.loads(report.to_json())["fates"]["headline"] == 1
    print_report(report)
    assert "What became of archived articles:\n  headline 1, withdrawn 1\n" in capsys.readouterr().out


def test_a_report_counts_by_outcome_and_site(busy: Run) -> None:
    """The totals are the ledger's; shares are of new and revised articles."""
    report = finish(busy)
    assert report.outcomes == {"New": 2, "Revised": 1, "NotArabic": 1, "HttpError": 1, "Unreachable": 1, "Copy": 1}
    assert (report.taken_up, report.ended, report.articles, report.state) == (7, 7, 3, "finished")
    alpha, beta = report.sites
    assert (alpha.site, alpha.dated, alpha.sectioned, alpha.authored) == ("alpha", 2, 1, 1)
    assert (beta.site, beta.outcomes, beta.dated) == ("beta", {"Unreachable": 1, "Copy": 1}, 0)


def test_failures_and_notes_are_listed(busy: Run) -> None:
    """Pages not got or not read, and seed rules to mend; rejections are verdicts, not failures."""
    report = finish(busy)
    assert [(f.outcome, f.detail, f.site) for f in report.failures] == [
        ("HttpError", "404", "alpha"),
        ("Unreachable", "timed out", "beta"),
    ]
    assert [(n.site, n.note, n.pages) for n in report.notes] == [("alpha", "rule.title: 0 elements", 3)]


def test_at_most_twenty_failures_are_listed(run: Run) -> None:
    """A dead newspaper must not push the others off the screen."""
    for number in range(30):
        ended(run, number, Unreachable("timed out"))
    report = finish(run)
    assert len(report.failures) == 20
    assert report.outcomes == {"Unreachable": 30}


def test_a_report_is_json_with_visible_arabic(busy: Run) -> None:
    """For programs, and for people with jq."""
    text = finish(busy, code=1, problems=("خلل",)).to_json()
    data = json.loads(text)
    assert data["problems"] == ["خلل"]
    assert "خلل" in text
    assert data["sites"][0]["outcomes"]["New"] == 2


def test_an_earlier_run_can_be_asked_for(run: Run) -> None:
    """By its number; without one it is the last."""
    ended(run, 1, NotArabic())
    finish(run)
    with run.archive.transaction() as conn:
        ledger.start_run(conn, spider="news", arguments={}, now=NOW)
    assert read_report(run.archive.path).run_id == run.id + 1
    assert read_report(run.archive.path, run_id=run.id).outcomes == {"NotArabic": 1}


def test_a_run_that_is_not_there_is_named(archive: Archive) -> None:
    """Or that there is none yet."""
    with pytest.raises(NoSuchRun, match="no run yet"):
        read_report(archive.path)
    with pytest.raises(NoSuchRun, match="no run 7"):
        read_report(archive.path, run_id=7)
    assert column(archive, "SELECT count(*) FROM runs") == [0]


def test_print_says_the_verdict_and_what_broke(busy: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """The first line is what a person reads; each problem has its own."""
    print_report(finish(busy, code=1, problems=("alpha: feed gone",)))
    out = capsys.readouterr().out
    assert out.startswith(f"Run {busy.id}: something broke (finished")
    assert "7 URLs taken up, 7 outcomes: balanced" in out
    assert "alpha: feed gone" in out
    assert "HttpError 404: https://alpha.example/x/2" in out
    assert "rule.title: 0 elements (3 pages)" in out


@pytest.mark.parametrize(("code", "words"), [(0, "all well"), (1, "something broke"), (2, "could not start")])
def test_the_exit_code_in_words(run: Run, capsys: pytest.CaptureFixture[str], code: int, words: str) -> None:
    """The same verdict as the command's."""
    print_report(finish(run, code=code))
    assert words in capsys.readouterr().out.splitlines()[0]


def test_an_account_that_does_not_balance_is_loud(busy: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """It can't happen; if it does, nobody overlooks it."""
    busy.taken_up += 1
    print_report(finish(busy))
    assert "NOT BALANCED" in capsys.readouterr().out


def test_a_run_that_is_under_way_has_no_balance_yet(busy: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """It is not finished, and that is what is printed."""
    print_report(read_report(busy.archive.path))
    out = capsys.readouterr().out
    assert "not finished" in out
    assert "BALANCED" not in out.upper()


def test_long_addresses_are_not_cut(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Under cron there is no edge of a screen; an address must be whole to be opened."""
    url = "https://alpha.example/" + "x" * 300
    taken_up(run, url)
    run.end(url, HttpError("404"))
    print_report(finish(run))
    assert url in capsys.readouterr().out


def test_a_stopped_run_names_what_was_put_back(run: Run) -> None:
    """Nothing is lost by stopping."""
    ended(run, 1, PutBack("the run was stopped (shutdown)"))
    assert finish(run, state="stopped", code=1).outcomes == {"PutBack": 1}


def stood(run: Run, site: str, verdict: str, *, new: int = 0, **reason: object) -> None:
    """How a site stands after the run, as `health` has it."""
    judgement = Judgement(verdict, Reason(str(reason.pop("code", "fine")), reason))  # type: ignore[arg-type]
    decided = Decided(judgement, judgement.verdict, run.clock())
    figures = Figures(outcomes={"New": new} if new else {})
    with run.archive.transaction() as conn:
        store(conn, Entry(site, figures, Traffic(), decided, new, None), run_id=run.id, now=run.clock())


def test_the_report_says_how_each_site_stands(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Troubles one by one with their reason, the healthy ones in a line; all with --all, and in JSON."""
    stood(run, "alpha", "healthy", new=40)
    stood(run, "beta", "unreachable", code="sources-down", sources=2, detail="timed out")
    report = finish(run)
    assert [(each.site, each.verdict, each.code) for each in report.health] == [
        ("beta", "unreachable", "sources-down"),
        ("alpha", "healthy", "fine"),
    ]
    print_report(report)
    out = capsys.readouterr().out
    assert "none of 2 sources answers (timed out); since 2026-11-22T09:30:00Z" in out
    assert "1 site is healthy: 40 new in a day" in out
    assert " alpha " not in out
    print_report(report, every=True)
    assert " alpha " in capsys.readouterr().out
    assert json.loads(report.to_json())["health"][0]["reason"] == "none of 2 sources answers (timed out)"


def test_verdicts_of_an_earlier_run_hold_until_the_next_visit(archive: Archive) -> None:
    """A site that was not due stands as it stood; a report of an old run knows nothing of later ones."""
    with a_run(archive) as first:
        stood(first, "alpha", "broken-extraction", code="nothing-read", pages=9)
        finish(first)
    with a_run(archive) as second:
        finish(second)
    with a_run(archive) as third:
        stood(third, "alpha", "healthy")
        finish(third)
    verdicts = [read_report(archive.path, run_id=run).health[0].verdict for run in (1, 2, 3)]
    assert verdicts == ["broken-extraction", "broken-extraction", "healthy"]


def test_of_many_sites_only_those_in_trouble_have_a_line(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    """Sixty outlets fit on a screen; the total stands for the rest."""
    sites = [a_site(f"paper{number:02}") for number in range(60)]
    with a_run(archive, sites) as run:
        for site in sites:
            ended(run, 1, NotArabic("fa"), site=site.id)
            verdict = "blocked" if site.id == "paper07" else "healthy"
            stood(run, site.id, verdict, code="sources-refuse", sources=1, detail="")
        report = finish(run)
    print_report(report)
    out = capsys.readouterr().out
    assert len(out.splitlines()) < 20
    assert "paper07" in out
    assert "paper08" not in out
    assert "all 60 (--all)" in out
    print_report(report, every=True)
    assert "paper08" in capsys.readouterr().out


def test_articles_that_were_found_to_be_gone_are_named(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """With the reason; twenty of them at most."""
    for number in range(25):
        article(run, number, New())
    with run.archive.transaction() as conn:
        for key in column(run.archive, "SELECT id FROM articles"):
            withdraw(conn, key, "gone", detail="410", at=run.clock(), capture_id=None)
    report = finish(run)
    assert (report.fates.withdrawn, len(report.gone)) == (25, 20)
    assert (report.gone[0].site, report.gone[0].reason, report.gone[0].at) == ("alpha", "gone", "2026-11-22T09:30:00Z")
    print_report(report)
    assert "alpha: gone: https://alpha.example/news/0" in capsys.readouterr().out


def test_remarks_and_pruned_lines_are_told(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """What is to be known stands apart from what broke."""
    finish(run)
    for number, told in ((12, "12 lines were"), (1, "1 line was")):
        run.archive.conn.execute("UPDATE runs SET remarks = '[\"alert not delivered\"]', pruned = ?", [number])
        print_report(read_report(run.archive.path))
        out = capsys.readouterr().out
        assert "To be known:\n  alert not delivered" in out
        assert f"{told} pruned by age" in out
