"""Progress: a line under cron, a table on a terminal."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console
from scrapy import signals
from scrapy.exceptions import NotConfigured

from newscrawler.extensions.progress import Progress
from newscrawler.outcome import Copy, New, NotArabic, Revised, Unchanged
from newscrawler.run import Run
from support.archives import taken_up
from support.crawlers import a_crawler


@pytest.fixture
def busy(run: Run) -> Run:
    """Five URLs ended, one under way, the other site idle."""
    outcomes = (New(), Revised(), Unchanged(), Copy(), NotArabic())
    rows = taken_up(run, *(f"https://alpha.example/{n}" for n in range(len(outcomes) + 1)))
    for row, outcome in zip(rows, outcomes, strict=False):
        run.end(row.url, outcome)
    return run


def made(run: Run, mode: str = "lines") -> Progress:
    return Progress.from_crawler(a_crawler(run, NEWS_PROGRESS=mode, NEWS_PROGRESS_EVERY_S="3600"))


def test_the_line_says_what_there_is_to_say(busy: Run) -> None:
    """Pages, articles, what is under way, sites."""
    line = made(busy).line()
    assert line.startswith("5 pages, 2 articles new or revised, 1 under way, 2 sites, ")
    assert line.endswith("pages/s")


def test_the_table_has_a_row_for_each_busy_site(busy: Run) -> None:
    """Pages, new, revised, known, rejected, under way; an idle site is left out."""
    console = Console(file=StringIO(), width=120)
    console.print(made(busy).table())
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert ["alpha", "5", "1", "1", "2", "1", "1"] in [line.split() for line in lines]
    assert not any(line.startswith("beta") for line in lines)


def test_under_cron_lines_go_to_standard_error(busy: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output belongs to the report."""
    progress = made(busy)
    progress.show()
    shown = capsys.readouterr()
    assert "5 pages" in shown.err
    assert shown.out == ""


def test_a_last_line_is_printed_when_the_crawl_ends(busy: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """A crawl shorter than a minute says something too."""
    crawler = a_crawler(busy, NEWS_PROGRESS="lines", NEWS_PROGRESS_EVERY_S="3600")
    progress = Progress.from_crawler(crawler)
    progress._loop.running = True  # as after spider_opened, without a reactor
    progress._loop.stop = lambda: None  # type: ignore[method-assign]
    crawler.signals.send_catch_log(signals.spider_closed)
    assert "5 pages" in capsys.readouterr().err


def test_on_a_terminal_the_table_is_drawn(busy: Run) -> None:
    """`live` insists on it; the interval is half a second then."""
    progress = made(busy, "live")
    assert progress.every_s == 0.5
    progress.show()


def test_off_is_off_without_a_word(run: Run) -> None:
    """Who asked for silence is not warned about it."""
    with pytest.raises(NotConfigured) as off:
        made(run, "off")
    assert str(off.value) == ""


def test_auto_is_lines_where_nobody_watches(run: Run) -> None:
    """Standard error is no terminal under cron, and none here."""
    assert made(run, "auto").every_s == 3600
