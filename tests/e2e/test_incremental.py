"""Crawls at times the test names: what is polled when, and that nothing listed is ever lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from support.commands import Desk
from support.many_crawls import BEGIN, ManyCrawls
from support.newspaper import feed, headline, html, page, paragraphs, section, seed
from support.server import XML, Answer, Request, Server, text

pytestmark = pytest.mark.slow

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
Crawl = Callable[..., list[str]]


@pytest.fixture
def paper() -> Iterator[Server]:
    """A newspaper with the articles /news/1 to /news/199."""
    with Server({f"/news/{number}": page(number) for number in range(1, 200)}) as server:
        yield server


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty desk."""
    return Desk(tmp_path)


@pytest.fixture
def crawl(desk: Desk, paper: Server) -> Iterator[Crawl]:
    """Crawls so long after the last one; returns the paths that were asked for, robots.txt left out."""
    with ManyCrawls(desk, NEWS_REVISIT="", NEWS_BACKFILL_PAGES=5) as crawls:

        def crawled(after: timedelta = timedelta(0), *, code: int = 0, **arguments: str) -> list[str]:
            paper.requests.clear()
            assert crawls.crawl(after=after, **arguments) == code, desk.rows("SELECT problems FROM runs")
            return [request.path for request in paper.requests if request.path != "/robots.txt"]

        yield crawled


def news(paper: Server, *numbers: int) -> list[str]:
    return [paper.url(f"/news/{number}") for number in numbers]


def archived(desk: Desk) -> int:
    return int(desk.rows("SELECT count(*) FROM articles")[0][0])


def dated(entries: dict[str, datetime | str | None], *, index: bool = False) -> Answer:
    """A sitemap, or an index, of these addresses with their `lastmod`."""
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")

    def entry(url: str, at: datetime | str | None) -> str:
        printed = at.isoformat() if isinstance(at, datetime) else at
        return f"<{inner}><loc>{url}</loc>{f'<lastmod>{printed}</lastmod>' if printed else ''}</{inner}>"

    return text(f"<{outer}>" + "".join(entry(url, at) for url, at in entries.items()) + f"</{outer}>", content_type=XML)


def test_a_source_has_its_turn_and_is_left_alone_until_then(desk: Desk, paper: Server, crawl: Crawl) -> None:
    """A feed in which nothing happens is asked more and more seldom, up to its bound."""
    desk.seeds(paper=seed(paper, ("feed", "/feed")))
    paper.pages["/feed"] = feed(news(paper, 1, 2))
    assert sorted(crawl()) == ["/feed", "/news/1", "/news/2"]
    minutes = (0, 5, 30, 55, 60, 90, 95, 135, 140, 180, 185)
    polled = [minute for before, minute in pairwise(minutes) if crawl((minute - before) * MINUTE)]
    assert polled == [5, 30, 55, 95, 140, 185]  # in its first hour by every run


def test_a_server_that_lies_about_its_feed_is_found_out_once(desk: Desk, paper: Server, crawl: Crawl) -> None:
    """It says 304 whatever it has: a reading in full finds something new, the server denies it, and afterwards it isn't
    asked that way any more.
    """
    shown = [1]

    def lies(request: Request) -> Answer:
        if "if-none-match" in request.headers:
            return Answer(status=304)
        fresh = feed(news(paper, *shown))
        return Answer(fresh.body, content_type=XML, headers={"ETag": f'"{len(shown)}"'})

    desk.seeds(paper=seed(paper, ("feed", "/feed")))
    paper.pages["/feed"] = lies
    crawl()
    assert crawl(30 * MINUTE) == ["/feed"]
    shown.append(2)
    assert crawl(HOUR) == ["/feed"]
    assert sorted(crawl(HOUR)) == ["/feed", "/feed", "/news/2"]
    lie = "answers 304 to a conditional request whatever it has"
    assert desk.rows("SELECT etag, last_modified, last_detail FROM sources") == [("", "", lie)]
    shown.append(3)
    assert crawl(HOUR) == ["/feed", "/news/3"]


def test_an_honest_server_pays_one_request_for_being_verified(desk: Desk, paper: Server, crawl: Crawl) -> None:
    """A reading in full takes the place of the conditional request. Only where it finds something new after a "not
    modified" the server is asked what it says of that, and as it says the truth, it goes on being asked conditionally.
    """
    shown = [1]

    def honest(request: Request) -> Answer:
        tag = f'"{len(shown)}"'
        if request.headers.get("if-none-match") == tag:
            return Answer(status=304)
        return Answer(feed(news(paper, *shown)).body, content_type=XML, headers={"ETag": tag})

    desk.seeds(paper=seed(paper, ("feed", "/feed")))
    paper.pages["/feed"] = honest
    crawl()
    assert [crawl(HOUR) for _ in range(6)] == [["/feed"]] * 6
    details = {detail for (detail,) in desk.rows("SELECT last_detail FROM sources")}
    assert details <= {"304", "the same bytes"}
    for number in range(2, 8):
        shown.append(number)
        asked = crawl(HOUR)
        assert f"/news/{number}" in asked
        assert asked.count("/feed") <= 2
    assert desk.rows("SELECT etag FROM sources") == [(f'"{len(shown)}"',)]


def test_a_small_budget_is_not_spent_on_revisits_before_the_feed_is_read(desk: Desk, paper: Server) -> None:
    """Ten articles are due again and two are new: the feed comes first, and no new one waits for a later run."""
    desk.seeds(paper=seed(paper, ("feed", "/feed")))
    paper.pages["/feed"] = feed(news(paper, *range(1, 11)))
    with ManyCrawls(desk, NEWS_REVISIT="1d") as crawls:
        assert crawls.crawl() == 0
        desk.seeds(paper=seed(paper, ("feed", "/feed"), more="requests_per_run_max = 6\n"))
        paper.pages["/feed"] = feed(news(paper, *range(1, 13)))
        paper.requests.clear()
        crawls.crawl(after=timedelta(days=2))
    asked = [request.path for request in paper.requests if request.path != "/robots.txt"]
    assert asked[0] == "/feed"
    assert {"/news/11", "/news/12"} < set(asked)
    assert archived(desk) == 12


def test_a_feed_that_breaks_off_is_read_and_not_taken_for_all_of_it(desk: Desk, paper: Server, crawl: Crawl) -> None:
    """What it lists comes; its ETag isn't kept, or the rest would be hidden behind a 304."""
    whole = feed(news(paper, 1, 2, 3)).body

    def answer(request: Request) -> Answer:
        if request.headers.get("if-none-match") == '"v1"':
            return Answer(status=304)
        body = whole if len(paper.asked("/feed")) > 1 or archived(desk) else whole[: whole.rindex(b"<item>")]
        return Answer(body, content_type=XML, headers={"ETag": '"v1"'})

    desk.seeds(paper=seed(paper, ("feed", "/feed")))
    paper.pages["/feed"] = answer
    assert sorted(crawl()) == ["/feed", "/news/1", "/news/2"]
    found = desk.rows("SELECT last_status, last_detail, etag, body_hash, listing_hash FROM sources")
    assert found == [("ok", "cut off in the middle", None, None, None)]
    assert crawl(30 * MINUTE) == ["/feed", "/news/3"]
    assert desk.rows("SELECT last_detail, etag FROM sources") == [("", '"v1"')]


def test_a_source_that_fails_is_tried_again_soon_and_the_others_look_closely(
    desk: Desk, paper: Server, crawl: Crawl
) -> None:
    """10 minutes, 20, 40 …; the site's other listings have their turn at once, for they may be all there is."""
    desk.seeds(paper=seed(paper, ("feed", "/feed"), ("feed", "/second")))
    paper.pages |= {"/feed": feed([]), "/second": feed(news(paper, 1))}
    crawl()
    paper.pages["/feed"] = Answer(status=500)
    asked = [
        crawl(after, code=code)
        for after, code in zip([2 * HOUR] + [10 * MINUTE] * 7, (1, 1, 0, 1, 0, 0, 0, 1), strict=True)
    ]
    assert [paths.count("/feed") for paths in asked] == [2, 2, 0, 2, 0, 0, 0, 2]
    assert desk.rows("SELECT failures, last_status FROM sources WHERE url LIKE '%/feed'") == [(4, "HttpError")]
    paper.pages["/feed"] = feed(news(paper, 2))
    assert "/news/2" in crawl(3 * HOUR)
    assert desk.rows("SELECT failures FROM sources WHERE url LIKE '%/feed'") == [(0,)]


def test_pages_that_a_failure_cut_off_are_turned_again(desk: Desk, paper: Server, crawl: Crawl) -> None:
    """The third page failed and everything before it is known by now; meanwhile the list has moved on by a page."""
    desk.seeds(paper=seed(paper, ("section", f'url = "{paper.url("/politics")}"\nmax_pages = 9\n')))

    def print_section(first: int) -> None:
        for turned in range(1, 6):
            begin = first + 4 * (turned - 1)
            following = paper.url(f"/politics?page={turned + 1}") if turned < 5 else None
            paper.pages["/politics" if turned == 1 else f"/politics?page={turned}"] = section(
                news(paper, *range(begin, begin + 4)), following=following
            )

    print_section(50)
    paper.pages["/politics?page=3"] = Answer(status=503)
    crawl(code=1)
    assert archived(desk) == 8
    print_section(46)
    paths = crawl(HOUR)
    assert [path for path in paths if path.startswith("/politics?")] == [f"/politics?page={n}" for n in (2, 3, 4, 5)]
    assert archived(desk) == 20
    assert desk.rows("SELECT open_since FROM sources WHERE parent_id IS NULL") == [(None,)]
    assert crawl(3 * HOUR) == ["/politics"]
    print_section(42)
    assert [path for path in crawl(3 * HOUR) if "politics" in path] == ["/politics", "/politics?page=2"]


def test_children_of_an_index_are_read_when_it_dates_them_anew(desk: Desk, paper: Server, crawl: Crawl) -> None:
    """Old ones are left to a backfill, but for the youngest few; unchanged ones alone; one without a date goes by what
    it yields.
    """
    desk.seeds(paper=seed(paper, ("sitemap", "/index.xml")))
    old, day = BEGIN - timedelta(days=400), BEGIN - timedelta(days=1)

    def print_index(changed: datetime, second: datetime) -> None:
        children = {"/old.xml": old, "/a.xml": changed, "/b.xml": second, "/c.xml": None}
        children |= {f"/later-{number}.xml": old + timedelta(days=number) for number in (1, 2, 3)}
        paper.pages["/index.xml"] = dated({paper.url(path): at for path, at in children.items()}, index=True)

    for number, name in enumerate(("old", "a", "b", "c", "later-1", "later-2", "later-3"), 1):
        paper.pages[f"/{name}.xml"] = dated({paper.url(f"/news/{number}"): day})
    print_index(day, day)
    first = crawl()
    later = [f"/later-{number}.xml" for number in (1, 2, 3)]
    asked = sorted(path for path in first if path.endswith(".xml"))
    assert asked == ["/a.xml", "/b.xml", "/c.xml", "/index.xml", *later]
    assert crawl(2 * HOUR) == ["/index.xml"]
    paper.pages["/a.xml"] = dated({paper.url("/news/1"): day, paper.url("/news/11"): BEGIN})
    print_index(BEGIN + 3 * HOUR, day)
    paths = crawl(5 * HOUR)
    assert "/a.xml" in paths
    assert "/news/11" in paths
    assert "/c.xml" in paths
    assert "/b.xml" not in paths
    assert "/old.xml" not in paths


def test_an_index_that_dates_everything_now_doesnt_make_everything_polled(
    desk: Desk, paper: Server, crawl: Crawl
) -> None:
    """A child that got a new date and had nothing new in it waits for its own interval."""
    desk.seeds(paper=seed(paper, ("sitemap", "/index.xml")))
    paper.pages["/a.xml"] = dated({paper.url("/news/1"): None})
    asked = []
    for round_ in range(12):
        paper.pages["/index.xml"] = dated({paper.url("/a.xml"): BEGIN + round_ * 2.5 * HOUR}, index=True)
        asked.append("/a.xml" in crawl(2.5 * HOUR))
    assert 2 <= sum(asked) <= 5


def test_an_article_that_its_sitemap_dates_anew_is_visited_at_once(desk: Desk, paper: Server, crawl: Crawl) -> None:
    """Also after the last step of the ladder; the others are left alone."""
    desk.seeds(paper=seed(paper, ("news-sitemap", "/news.xml")))
    entries: dict[str, datetime | str | None] = dict.fromkeys(news(paper, *range(1, 8)), BEGIN - HOUR)
    paper.pages["/news.xml"] = dated(entries)
    crawl()
    entries[paper.url("/news/3")] = BEGIN + 90 * MINUTE
    paper.pages |= {"/news.xml": dated(entries), "/news/3": text(html(headline(3), paragraphs(903)))}
    assert crawl(2 * HOUR) == ["/news.xml", "/news/3"]
    assert desk.outcomes()["/news/3"][0] == "Revised"
    assert crawl(3 * HOUR) == ["/news.xml"]


def test_a_sitemap_that_dates_everything_now_is_not_listened_to(desk: Desk, paper: Server, crawl: Crawl) -> None:
    """Every entry claims to have changed since we were there: that is remembered."""
    desk.seeds(paper=seed(paper, ("news-sitemap", "/news.xml")))
    for round_ in range(4):
        stamp = BEGIN + (2 * round_ + 1) * HOUR + 59 * MINUTE
        paper.pages["/news.xml"] = dated(dict.fromkeys(news(paper, *range(1, 8)), stamp))
        paths = crawl(2 * HOUR)
        assert ("/news/1" in paths) == (round_ == 0)
    assert desk.rows("SELECT stamps FROM sources") == [(1,)]


def test_an_archive_by_date_is_read_day_by_day(desk: Desk, paper: Server, crawl: Crawl) -> None:
    """An update reads today's page, and once more the page of the day before; a backfill goes back to the first day
    in batches, over a day without a paper, and says when it is done.
    """
    archive = f'url = "{paper.url("/day/{date:%Y/%m/%d}")}"\nfirst_day = 2026-11-10\n'
    desk.seeds(paper=seed(paper, ("archive", archive)))
    for day in range(10, 24):
        paper.pages[f"/day/2026/11/{day}"] = section(news(paper, day))
    del paper.pages["/day/2026/11/15"]
    assert sorted(crawl()) == ["/day/2026/11/21", "/day/2026/11/22", "/news/21", "/news/22"]
    assert sorted(crawl(24 * HOUR)) == ["/day/2026/11/22", "/day/2026/11/23", "/news/23"]
    batches = []
    for _ in range(4):
        asked = crawl(HOUR, mode="backfill")
        batches.append([int(path[-2:]) for path in asked if path.startswith("/day")])
    assert batches == [[22, 21, 20, 19, 18], [17, 16, 15, 14, 13], [12, 11, 10], []]
    remarks = [remark for (remark,) in desk.rows("SELECT remarks FROM runs ORDER BY id")]
    assert "backfill goes on in the next run: 5 listings in this one, 5 so far, at least 1 to go" in remarks[2]
    assert "backfill complete: 13 listings read" in remarks[4]
    assert archived(desk) == 13
    assert sorted(crawl(14 * HOUR)) == ["/day/2026/11/23", "/day/2026/11/24"]
    assert crawl(10 * MINUTE) == []
    paper.pages["/day/2026/11/24"] = section(news(paper, 24))
    assert crawl(30 * MINUTE) == ["/day/2026/11/24", "/news/24"]


def test_what_a_backfill_finds_waits_for_backfills(desk: Desk, paper: Server, crawl: Crawl) -> None:
    """An update isn't slowed down by it, and in a backfill today's news still comes first."""
    one_by_one = (
        seed(paper, ("feed", "/feed"), ("sitemap", "/map.xml"))
        .replace("delay_s = 0", "delay_s = 0.01")
        .replace("concurrency = 4", "concurrency = 1")
    )
    desk.seeds(paper=one_by_one)
    paper.pages |= {"/feed": feed([]), "/map.xml": Answer(status=404)}
    crawl(code=1)
    desk.execute("UPDATE sources SET due_at = '2100-01-01T00:00:00Z' WHERE kind = 'sitemap'")
    paper.pages["/map.xml"] = dated({paper.url(f"/news/{day}"): f"2025-03-{day:02}" for day in range(1, 29)})
    paths = crawl(HOUR, mode="backfill")
    assert [path for path in paths if path.startswith("/news")] == [f"/news/{day}" for day in range(28, 0, -1)]
    desk.execute("UPDATE frontier SET due_at = '2025-01-01T00:00:00Z', visits = 0, outcome = NULL")
    paper.pages["/feed"] = feed(news(paper, 100, 7))
    assert sorted(crawl(HOUR)) == ["/feed", "/news/100", "/news/7"]
    assert len(crawl(HOUR, mode="backfill")) == 27
