"""What a seed's [expect] promises, held against what the archive got."""

from __future__ import annotations

from datetime import timedelta

import pytest

from newscrawler.archive.holdings import articles
from newscrawler.expectations import broken_expectations
from newscrawler.outcome import New, Revised
from newscrawler.run import Run
from newscrawler.site import Expect, Site
from support.archives import NOW, a_site, an_article, taken_up


def alpha(**expect: float) -> Site:
    return a_site("alpha", expect=Expect(**expect))


def archive_articles(run: Run, *dated: bool, age_h: float = 0, outcome: type[New | Revised] = New) -> None:
    for number, has_date in enumerate(dated):
        url = f"https://alpha.example/{outcome.__name__}/{age_h}/{number}"
        taken_up(run, url)
        article = an_article(
            number, url=url, published_at=NOW if has_date else None, fetched_at=NOW - timedelta(hours=age_h)
        )
        with run.archive.transaction() as conn:
            key = articles.store(conn, article, search_text="").article_id
        run.end(url, outcome(), article_id=key)


def broken(run: Run, *sites: Site) -> list[str]:
    return [each.line for each in broken_expectations(run.archive.conn, sites, run_id=run.id, now=NOW)]


def test_a_site_that_promises_nothing_breaks_nothing(run: Run) -> None:
    """0 means: not checked."""
    archive_articles(run, False)
    assert broken(run, alpha(), a_site("beta")) == []


@pytest.mark.parametrize(("wanted", "lines"), [(2, 0), (3, 1)])
def test_new_articles_of_the_last_day_are_counted(run: Run, wanted: int, lines: int) -> None:
    """Of all runs of the day, not of this one alone; what is older doesn't count."""
    archive_articles(run, True, age_h=1)
    archive_articles(run, True, age_h=23)
    archive_articles(run, True, age_h=25)
    assert len(broken(run, alpha(articles_per_day_min=wanted))) == lines


def test_the_line_names_site_figure_and_expectation(run: Run) -> None:
    """Enough to know which feed to look at."""
    assert broken(run, alpha(articles_per_day_min=5)) == ["alpha: 0 new articles in the last 24 hours, expected 5"]


@pytest.mark.parametrize(("share", "lines"), [(0.5, 0), (0.6, 1)])
def test_the_share_of_dated_articles_is_of_this_runs_new_ones(run: Run, share: float, lines: int) -> None:
    """A template that changed shows at once, and an edited old article doesn't blur it."""
    archive_articles(run, True, False)
    archive_articles(run, False, False, False, outcome=Revised)
    found = broken(run, alpha(dated_share_min=share))
    assert len(found) == lines
    assert all(line == "alpha: 1 of 2 new articles have a date, expected 60%" for line in found)


def test_without_new_articles_no_share_can_be_broken(run: Run) -> None:
    """Nothing of nothing is not zero per cent."""
    assert broken(run, alpha(dated_share_min=1)) == []
