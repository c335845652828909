"""Whose turn it is: memory first, then sites in turn, each with a few requests under way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from scrapy import Request

from newscrawler.archive import Archive
from newscrawler.archive.queue import frontier
from newscrawler.archive.queue.frontier import FrontierRow
from newscrawler.link import Link
from newscrawler.outcome import New
from newscrawler.run import Run
from newscrawler.scheduler import ROWS_AT_ONCE, FrontierScheduler
from newscrawler.urls import canonical
from support.archives import a_run, a_site, column, taken_up


def request_for(row: FrontierRow) -> Request:
    return Request(row.url, meta={"site": row.site}, cb_kwargs={"row": row})


def source(site: str, path: str, priority: int = 0) -> Request:
    return Request(f"https://{site}.example{path}", meta={"site": site}, priority=priority)


class Crawl:
    """A scheduler with the downloader around it, both in the test's hand."""

    def __init__(self, run: Run, *, share: float = 0.5) -> None:
        self.run = run
        self.downloading: list[Request] = []
        self.scheduler = FrontierScheduler(
            run, request_for, in_downloader=lambda: self.downloading, revisit_share=share
        )

    def discover(self, site: str, *paths: str) -> None:
        links = [(canonical(f"https://{site}.example{path}"), Link(path)) for path in paths]
        with self.run.archive.transaction() as conn:
            frontier.discover(conn, links, site=site, source_id=None, now=self.run.clock())
        for listener in self.run.on_discovery:
            listener(site)

    def due_again(self, site: str, *paths: str) -> None:
        """Addresses that were visited with success before."""
        self.discover(site, *paths)
        self.run.archive.conn.executemany(
            "UPDATE frontier SET visits = 1 WHERE url = ?",
            [(canonical(f"https://{site}.example{path}"),) for path in paths],
        )

    def next(self) -> str | None:
        """Host and path of the next request, which is in the downloader from then on."""
        request = self.scheduler.next_request()
        if request is None:
            return None
        self.downloading.append(request)
        return request.url.removeprefix("https://").replace(".example", "")

    def all(self) -> list[str]:
        return list(iter(self.next, None))

    def end(self, url: str) -> None:
        request = next(r for r in self.downloading if r.url == url)
        self.downloading.remove(request)
        self.run.end(url, New())


@pytest.fixture
def crawl(archive: Archive) -> Iterator[Crawl]:
    """Two sites: alpha with a delay, two at once; beta without, one at once."""
    sites = [a_site("alpha", delay_s=1, concurrency=2), a_site("beta", delay_s=0)]
    with a_run(archive, sites) as run:
        yield Crawl(run)


def test_sites_take_turns(crawl: Crawl) -> None:
    """A site with a thousand addresses doesn't make one with two wait."""
    crawl.discover("alpha", "/1", "/2", "/3")
    crawl.discover("beta", "/1", "/2")
    assert [crawl.next() for _ in range(4)] == ["alpha/1", "beta/1", "alpha/2", "beta/2"]


def test_a_site_with_a_delay_has_as_many_under_way_as_it_allows(crawl: Crawl) -> None:
    """More would only wait in its slot. The next goes out when one has ended."""
    crawl.discover("alpha", *(f"/{n}" for n in range(10)))
    assert len(crawl.all()) == 2
    assert crawl.scheduler.has_pending_requests()
    crawl.end("https://alpha.example/0")
    assert crawl.all() == ["alpha/2"]


def test_a_site_without_delay_has_a_few_more(crawl: Crawl) -> None:
    """The readers need some pages to choose from."""
    crawl.discover("beta", *(f"/{n}" for n in range(30)))
    assert len(crawl.all()) == 10


def test_memory_comes_first(crawl: Crawl) -> None:
    """Sources before articles; a redirect (it has priority) before everything of its site."""
    crawl.discover("beta", "/article")
    for request in (source("beta", "/feed"), source("beta", "/sitemap"), source("beta", "/redirected", priority=2)):
        assert crawl.scheduler.enqueue_request(request)
    assert crawl.all() == ["beta/redirected", "beta/feed", "beta/sitemap", "beta/article"]


def test_many_sources_of_one_site_leave_room_for_the_others(crawl: Crawl) -> None:
    """The downloader has room for a limited number, and what is there can't be called back."""
    for number in range(300):
        crawl.scheduler.enqueue_request(source("alpha", f"/sitemap-{number}"))
    crawl.scheduler.enqueue_request(source("beta", "/feed"))
    assert crawl.all() == ["alpha/sitemap-0", "beta/feed", "alpha/sitemap-1"]
    crawl.downloading.pop(0)
    assert crawl.all() == ["alpha/sitemap-2"]
    assert crawl.scheduler.has_pending_requests()


def test_waiting_sources_do_not_hold_up_articles(crawl: Crawl) -> None:
    """Three hundred sitemaps take hours; what they have yielded so far is fetched meanwhile."""
    for number in range(10):
        crawl.scheduler.enqueue_request(source("alpha", f"/sitemap-{number}"))
    crawl.discover("alpha", "/news/1")
    assert crawl.all() == ["alpha/sitemap-0", "alpha/sitemap-1", "alpha/news/1"]


def test_a_request_of_no_site_is_handed_out_at_once(crawl: Crawl) -> None:
    """Nobody's cap holds for it."""
    for number in range(3):
        crawl.scheduler.enqueue_request(Request(f"https://gamma.example/{number}"))
    assert crawl.all() == ["gamma/0", "gamma/1", "gamma/2"]


def test_handing_out_takes_up(crawl: Crawl) -> None:
    """From then on the run owes an outcome for it; not for what still waits."""
    crawl.discover("alpha", *(f"/{n}" for n in range(5)))
    crawl.all()
    assert crawl.run.taken_up == 2
    assert Counter(crawl.run.busy) == {"alpha": 2}


def test_addresses_found_later_are_found(crawl: Crawl) -> None:
    """A site that had nothing left is asked again after a discovery, and only then."""
    assert crawl.next() is None
    assert not crawl.scheduler.has_pending_requests()
    crawl.discover("beta", "/late")
    assert crawl.scheduler.has_pending_requests()
    assert crawl.next() == "beta/late"


def test_closing_gives_back_what_never_had_its_turn(crawl: Crawl) -> None:
    """The rows fetched ahead are open for the next run, those taken up are not its business."""
    crawl.discover("alpha", *(f"/{n}" for n in range(5)))
    crawl.all()
    assert column(crawl.run.archive, "SELECT count(*) FROM frontier WHERE taken_run IS NOT NULL") == [5]
    crawl.scheduler.close("shutdown")
    assert column(crawl.run.archive, "SELECT count(*) FROM frontier WHERE taken_run IS NOT NULL") == [2]


def test_closing_after_the_disk_failed_writes_nothing(crawl: Crawl) -> None:
    """It would only raise again; the rows are open anyway."""
    crawl.discover("alpha", "/1", "/2", "/3")
    crawl.all()
    crawl.run.unwritable = "disk full"
    crawl.scheduler.close("archive_unwritable")
    assert column(crawl.run.archive, "SELECT count(*) FROM frontier WHERE taken_run IS NOT NULL") == [3]


def test_more_rows_than_are_fetched_at_once_all_get_their_turn(crawl: Crawl) -> None:
    """Memory holds a handful, the table the rest."""
    number = ROWS_AT_ONCE * 2 + 7
    crawl.discover("beta", *(f"/{n}" for n in range(number)))
    seen = []
    while (url := crawl.next()) is not None:
        seen.append(url)
        crawl.end(f"https://beta.example/{url.partition('/')[2]}")
    assert seen == [f"beta/{n}" for n in range(number)]
    assert not crawl.scheduler.has_pending_requests()


def test_a_replay_requests_nothing(crawl: Crawl) -> None:
    """What is due waits for a crawl."""
    crawl.discover("beta", "/1")
    crawl.run.replaying = True
    assert crawl.next() is None
    assert not crawl.scheduler.has_pending_requests()


def test_rows_under_way_when_the_crawl_begins_count(crawl: Crawl) -> None:
    """The cap is on what is under way, however it got there."""
    taken_up(crawl.run, "https://alpha.example/a", "https://alpha.example/b")
    crawl.discover("alpha", "/c")
    assert crawl.next() is None


def drained(crawl: Crawl, *, limit: int = 100) -> list[str]:
    """Paths in the order of their turn, each ended before the next is asked for."""
    seen: list[str] = []
    while len(seen) < limit and (url := crawl.next()) is not None:
        seen.append(url.removeprefix("beta/"))
        crawl.end(f"https://beta.example/{seen[-1]}")
    return seen


@pytest.mark.parametrize(
    ("share", "kinds"),
    [
        (0.5, "n a n a n a n a a a a a"),
        (0.25, "n n n a n a a a a a a a"),
        (0.0, "n n n n a a a a a a a a"),
        (1.0, "a a a a a a a a n n n n"),
    ],
)
def test_revisits_have_a_share_while_news_waits(archive: Archive, share: float, kinds: str) -> None:
    """`NEWS_REVISIT_SHARE`: at most that many of a site's requests; when no news waits, nothing is held back."""
    with a_run(archive, [a_site("beta", delay_s=0)]) as run:
        crawl = Crawl(run, share=share)
        crawl.due_again("beta", *(f"/a{n}" for n in range(8)))
        crawl.discover("beta", *(f"/n{n}" for n in range(4)))
        assert " ".join(path[0] for path in drained(crawl)) == kinds


def test_a_backlog_of_revisits_never_starves_the_news(archive: Archive) -> None:
    """After a week's holiday thousands are due again: each news is delayed by one of them, not by all, also what is
    found while they are worked off; and memory holds a handful.
    """
    with a_run(archive, [a_site("beta", delay_s=0)]) as run:
        crawl = Crawl(run)
        crawl.due_again("beta", *(f"/a{n}" for n in range(3000)))
        crawl.discover("beta", *(f"/n{n}" for n in range(60)))
        first = drained(crawl, limit=121)
        assert [path[0] for path in first[:120]].count("n") == 60
        assert first[120][0] == "a"
        crawl.discover("beta", "/n-late")
        assert "n-late" in drained(crawl, limit=2)
        assert len(list(crawl.scheduler._rows["beta"].rows())) <= 2 * ROWS_AT_ONCE


def test_a_backlog_of_news_never_starves_the_revisits(archive: Archive) -> None:
    """A backfill finds years of articles; those of today are watched all the same."""
    with a_run(archive, [a_site("beta", delay_s=0)]) as run:
        crawl = Crawl(run, share=0.2)
        crawl.discover("beta", *(f"/n{n}" for n in range(3000)))
        crawl.due_again("beta", *(f"/a{n}" for n in range(10)))
        assert [path[0] for path in drained(crawl, limit=50)].count("a") == 10


def test_revisits_that_never_had_their_turn_are_given_back(crawl: Crawl) -> None:
    """Like news."""
    crawl.due_again("alpha", *(f"/{n}" for n in range(5)))
    crawl.all()
    crawl.scheduler.close("shutdown")
    assert column(crawl.run.archive, "SELECT count(*) FROM frontier WHERE taken_run IS NOT NULL") == [2]


def test_a_shut_site_is_asked_nothing_more(crawl: Crawl) -> None:
    """What waits in memory ends: an article on its way comes back, a source isn't polled. Its rows stay open."""
    crawl.discover("alpha", *(f"/{n}" for n in range(5)))
    crawl.discover("beta", "/b")
    assert crawl.next() == "alpha/0"
    retried = crawl.downloading.pop().replace(priority=1)
    crawl.scheduler.enqueue_request(retried)
    crawl.scheduler.enqueue_request(source("alpha", "/feed"))
    crawl.run.gates.close("alpha", "back-off", "asked us to wait")
    assert crawl.all() == ["beta/b"]
    assert not crawl.scheduler.has_pending_requests()
    ended = crawl.run.archive.conn.execute("SELECT url, outcome, detail FROM outcomes").fetchall()
    assert [tuple(row) for row in ended] == [("https://alpha.example/0", "PutBack", "asked us to wait")]
    assert crawl.run.taken_up == 2
    crawl.scheduler.close("finished")
    assert column(crawl.run.archive, "SELECT count(*) FROM frontier WHERE due_at IS NOT NULL") == [6]
    assert column(crawl.run.archive, "SELECT count(*) FROM frontier WHERE taken_run IS NOT NULL") == [2]


def test_what_comes_too_late_for_a_shut_site_is_not_kept(crawl: Crawl) -> None:
    """A redirect of a page that was under way when its site was shut."""
    crawl.discover("alpha", "/1")
    crawl.all()
    crawl.run.gates.close("alpha", "limit", "time is over")
    assert not crawl.scheduler.enqueue_request(crawl.downloading.pop())
    assert not crawl.scheduler.enqueue_request(source("alpha", "/feed"))
    assert column(crawl.run.archive, "SELECT outcome FROM outcomes") == ["PutBack"]


def test_a_resting_site_waits_and_the_others_do_not(crawl: Crawl) -> None:
    """The crawl isn't over meanwhile."""
    crawl.discover("alpha", "/1")
    crawl.discover("beta", "/1")
    crawl.scheduler.enqueue_request(source("alpha", "/feed"))
    crawl.run.gates.rest("alpha", 60)
    assert crawl.all() == ["beta/1"]
    assert crawl.scheduler.has_pending_requests()
    crawl.run.gates._rests.clear()
    assert crawl.all() == ["alpha/feed", "alpha/1"]


def test_every_request_of_a_site_goes_by_its_slot(archive: Archive) -> None:
    """Sources too; of two sites on one host by the same."""
    homes = {"alpha": "https://house.example/", "beta": "https://house.example/"}
    with a_run(archive, [a_site(key, home=home) for key, home in homes.items()]) as run:
        crawl = Crawl(run)
        crawl.discover("beta", "/1")
        crawl.scheduler.enqueue_request(source("beta", "/feed"))
        crawl.all()
        assert [request.meta["download_slot"] for request in crawl.downloading] == ["alpha", "alpha"]


def test_no_more_is_handed_out_than_a_budget_has_left(archive: Archive) -> None:
    """What is on its way to the wire will use it up: nothing has to be taken back."""
    with a_run(archive, [a_site("beta", delay_s=0, requests_per_run_max=3)]) as run:
        crawl = Crawl(run)
        crawl.discover("beta", *(f"/{n}" for n in range(9)))
        assert crawl.all() == ["beta/0", "beta/1", "beta/2"]
        refused = crawl.downloading.pop()
        run.end(refused.url, New())  # robots.txt forbade it, say: it was never sent
        assert crawl.all() == ["beta/3"]


def test_sources_get_half_of_a_budget_while_articles_wait_or_may_come(archive: Archive) -> None:
    """Polls first; beyond half of it only if none of them can find an article any more."""
    with a_run(archive, [a_site("beta", delay_s=0, requests_per_run_max=6)]) as run:
        crawl = Crawl(run)
        for number in range(9):
            crawl.scheduler.enqueue_request(source("beta", f"/sitemap-{number}"))
        assert crawl.all() == ["beta/sitemap-0", "beta/sitemap-1", "beta/sitemap-2"]
        for request in crawl.downloading:
            request.meta["counted"] = True
            run.gates.count("beta")
        crawl.discover("beta", "/1", "/2")
        assert crawl.all() == ["beta/1", "beta/2"]
        crawl.downloading = crawl.downloading[3:]
        assert crawl.all() == ["beta/sitemap-3"]


def awaited(crawl: Crawl, site: str, path: str) -> Request:
    """The poll of a source that was due when the run began."""
    request = source(site, path)
    request.meta["awaited"] = request.url
    crawl.run.awaited[site].add(request.url)
    return request


def test_revisits_wait_for_the_polls_of_their_site(crawl: Crawl) -> None:
    """What is new goes at once, and so does another site's; a poll that ended, well or not, is waited for no longer."""
    crawl.due_again("beta", "/old")
    crawl.due_again("alpha", "/old")
    poll = awaited(crawl, "beta", "/feed")
    crawl.scheduler.enqueue_request(poll)
    assert sorted(crawl.all()) == ["alpha/old", "beta/feed"]
    crawl.discover("beta", "/new")
    assert crawl.all() == ["beta/new"]
    assert crawl.scheduler.has_pending_requests()
    crawl.run.awaited["beta"].discard(poll.url)
    assert crawl.all() == ["beta/old"]


def test_revisits_do_not_wait_for_polls_that_wait_for_them(archive: Archive) -> None:
    """Polls get half of a budget while rows wait: those beyond it, redirected ones too, hold nothing back."""
    with a_run(archive, [a_site("beta", delay_s=0, requests_per_run_max=4)]) as run:
        crawl = Crawl(run)
        crawl.due_again("beta", "/1", "/2", "/3")
        polls = [awaited(crawl, "beta", f"/feed-{number}") for number in range(4)]
        polls[2] = polls[2].replace(url="https://beta.example/moved")
        for poll in polls:
            crawl.scheduler.enqueue_request(poll)
        assert crawl.all() == ["beta/feed-0", "beta/feed-1"]
        for poll in polls[:2]:
            crawl.downloading.remove(poll)
            run.gates.count("beta")
            run.awaited["beta"].discard(poll.url)
        assert crawl.all() == ["beta/1", "beta/2"]
