"""Fates: what a run found to have become of articles archived before."""

from __future__ import annotations

from datetime import timedelta

from newscrawler.archive import Archive, ledger
from newscrawler.archive.holdings import articles
from newscrawler.archive.holdings.fates import Fates, read_fates
from newscrawler.archive.queue import frontier
from newscrawler.outcome import New, Outcome, Shortened, http_error
from newscrawler.run import Run
from support.archives import NOW, Clock, a_run, an_article, taken_up
from support.newspaper import paragraphs


def visit(run: Run, number: int, outcome: Outcome | None = None, **fields: object) -> None:
    """End the visit of an article: as the page says, or with this outcome."""
    url = f"https://alpha.example/news/{number}"
    row = frontier.find(run.archive.conn, url)  # type: ignore[arg-type]
    if row is None:
        taken_up(run, url)
    else:
        run.take_up(row)
    if outcome is not None:
        run.end(url, outcome)
        return
    with run.archive.transaction() as conn:
        stored = articles.store(conn, an_article(number, fetched_at=run.clock(), **fields), search_text="")
        run.end(url, stored.outcome, article_id=stored.article_id)


def test_edits_and_absences_are_counted_in_the_run_that_noted_them(archive: Archive, clock: Clock) -> None:
    """Each once, whatever happens to the same articles later."""
    with a_run(archive, clock=clock) as first:
        for number in range(1, 6):
            visit(first, number)
    clock.forward(hours=1)
    with a_run(archive, clock=clock) as second:
        visit(second, 1, title="عنوان آخر")
        visit(second, 2, paragraphs=(*paragraphs(2), *paragraphs(90, count=1)))
        visit(second, 3, paragraphs=tuple(paragraphs(91)))
        visit(second, 4, http_error(404))
        visit(second, 5)
    clock.forward(hours=6)
    with a_run(archive, clock=clock) as third:
        visit(third, 1, title="عنوان ثالث")
        visit(third, 4)
        visit(third, 5, http_error(410))
        visit(third, 6)
        visit(third, 2, Shortened("30 of 150 words are left"))
    nothing = Fates(headline=0, correction=0, addition=0, rewrite=0, withdrawn=0, returned=0, shortened=0)
    assert read_fates(archive.conn, first.id) == nothing
    assert read_fates(archive.conn, second.id) == Fates(
        headline=1, correction=0, addition=1, rewrite=1, withdrawn=1, returned=0, shortened=0
    )
    assert read_fates(archive.conn, third.id) == Fates(
        headline=1, correction=0, addition=0, rewrite=0, withdrawn=1, returned=1, shortened=1
    )


def test_a_replay_finds_no_news(archive: Archive, clock: Clock) -> None:
    """The edits of an old WARC file are of its time, not of the run that reads it."""
    with a_run(archive, clock=clock) as run:
        visit(run, 1)
    clock.forward(days=30)
    with a_run(archive, clock=clock) as replay:
        replay.replaying = True
        row = frontier.find(archive.conn, "https://alpha.example/news/1")  # type: ignore[arg-type]
        assert row is not None
        replay.take_up(row)
        with archive.transaction() as conn:
            later = an_article(1, title="عنوان آخر", fetched_at=NOW + timedelta(days=1))
            stored = articles.store(conn, later, search_text="")
            replay.end(row.url, stored.outcome, article_id=stored.article_id)
    assert stored.outcome.name == "Revised"
    assert read_fates(archive.conn, replay.id).headline == 0
    assert ledger.recorded(archive.conn, replay.id) == 1
    assert not isinstance(stored.outcome, New)
