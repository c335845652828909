"""`scrapy crawl news` day after day: what is polled, what is fetched, what is left alone."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from support.commands import Desk, Ended
from support.newspaper import feed, headline, page, paragraphs, section, seed, sitemap, sitemap_index
from support.newspaper import html as article_html
from support.server import Answer, Request, Server, redirect, text

pytestmark = pytest.mark.slow

SECTION_PAGES = 5


@dataclass
class Day:
    """One crawl of the story, and what was asked for and archived in it."""

    ended: Ended
    asked: list[Request]
    outcomes: dict[str, tuple[str, str]]
    taken: set[str] = field(default_factory=set)

    def paths(self) -> list[str]:
        return [request.path for request in self.asked if request.path != "/robots.txt"]

    def headers(self, path: str) -> dict[str, str]:
        return dict(next(request for request in self.asked if request.path == path).headers)


class Story:
    """Two newspapers and a desk that crawls them; each crawl is told once and looked at often."""

    def __init__(self, desk: Desk, paper: Server, cairo: Server) -> None:
        self.desk, self.paper, self.cairo = desk, paper, cairo
        self.days: dict[str, Day] = {}

    def crawl(self, name: str, *arguments: str, **settings: object) -> None:
        for server in (self.paper, self.cairo):
            server.requests.clear()
        ended = self.desk.crawl(*arguments, **settings)
        self.days[name] = Day(ended, [*self.paper.requests, *self.cairo.requests], self.desk.outcomes())


def conditional(links: list[str]) -> object:
    """A feed with an ETag that answers 304 to whoever has it."""

    def answer(request: Request) -> Answer:
        if request.headers.get("if-none-match") == '"v1"':
            return Answer(status=304, headers={"ETag": '"v1"'})
        listed = feed(links)
        return Answer(
            listed.body,
            content_type=listed.content_type,
            headers={"ETag": '"v1"', "Last-Modified": "Sun, 01 Nov 2026 00:00:00 GMT"},
        )

    return answer


def print_papers(paper: Server, cairo: Server) -> None:
    for number in range(1, 60):
        paper.pages[f"/news/{number}"] = page(number)
        cairo.pages[f"/news/{number}"] = page(1000 + number)
    paper.pages |= {
        "/feed": conditional([paper.url("/news/1"), paper.url("/news/2")]),  # type: ignore[dict-item]
        "/moved": redirect("/feed/new"),
        "/feed/new": feed([paper.url("/news/3")]),
        "/news.xml": sitemap([paper.url("/news/10")], news=True),
        "/index.xml.gz": sitemap_index(
            [paper.url("/child1.xml"), paper.url("/child2.xml.gz"), paper.url("/index.xml.gz")], packed=True
        ),
        "/child1.xml": sitemap([paper.url("/news/20")]),
        "/child2.xml.gz": Answer(
            gzip.compress(sitemap([paper.url("/news/21")]).body), content_type="application/x-gzip"
        ),
    }
    for turned in range(1, SECTION_PAGES + 1):
        links = [paper.url(f"/news/{number}") for number in range(26 + turned * 4, 30 + turned * 4)]
        following = paper.url(f"/economy?page={turned + 1}") if turned < SECTION_PAGES else None
        paper.pages["/economy" if turned == 1 else f"/economy?page={turned}"] = section(links, following=following)
    old, new = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)
    cairo.pages["/feed"] = feed(
        [cairo.url("/news/1"), cairo.url("/news/2"), paper.url("/news/55")], dates=[old, new, new]
    )


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """All the crawls that are looked at below, in order."""
    desk = Desk(tmp_path_factory.mktemp("news"))
    with Server() as paper, Server() as cairo:
        print_papers(paper, cairo)
        economy = f'url = "{paper.url("/economy")}"\nsection = "اقتصاد"\nmax_pages = 3\n'
        desk.seeds(
            paper=seed(
                paper,
                ("feed", "/feed"),
                ("feed", "/moved"),
                ("news-sitemap", "/news.xml"),
                ("sitemap", "/index.xml.gz"),
                ("section", economy),
            ),
            cairo=seed(cairo, ("feed", "/feed")).replace('"LB"', '"EG"'),
            asleep=seed(cairo, ("feed", "/feed"))
            .replace("timezone", 'status = "paused"\ntimezone')
            .replace(cairo.host, "127.0.0.1:9"),
        )
        told = Story(desk, paper, cairo)
        told.crawl("since", "country=eg", "since=2026-11-10")
        told.crawl("first")
        told.crawl("tried out")
        desk.execute("UPDATE sites SET first_seen_at = '2020-01-01T00:00:00Z'")
        told.crawl("at once")
        told.crawl("asked", "site=cairo")
        told.crawl("all", "poll=all", "country=eg")
        desk.execute("UPDATE sources SET due_at = '2000-01-01T00:00:00Z' WHERE parent_id IS NULL")
        told.crawl("second", NEWS_CONTACT="archive@library.example")
        told.crawl("backfill", "site=paper", "mode=backfill")
        paper.pages["/news/2"] = text(article_html(headline(2), paragraphs(902)))
        told.crawl("by name", f"url={paper.url('/news/1')},{paper.url('/news/2')}")
        told.crawl("nobody's", "url=http://127.0.0.1:9/news/1,http://nobody.example/1")
        paper.pages["/feed/new"] = feed([paper.url("/news/55")])
        desk.execute("UPDATE sources SET polls = 9 WHERE url LIKE '%/feed'")
        desk.execute("UPDATE sources SET due_at = '2000-01-01T00:00:00Z' WHERE parent_id IS NULL")
        paper.pages["/news/1"] = text(article_html(headline(901), paragraphs(1)))
        desk.execute("UPDATE frontier SET due_at = '2000-01-01T00:00:00Z' WHERE due_at IS NOT NULL")
        told.crawl("later")
        yield told


def test_the_crawls_went_well(story: Story) -> None:
    """Every one that could start finished without a problem, and its account balances."""
    codes = {name: day.ended.code for name, day in story.days.items()}
    assert codes == {name: 2 if name == "nobody's" else 0 for name in codes}, {
        n: d.ended for n, d in story.days.items()
    }
    assert story.desk.rows("SELECT DISTINCT state, taken_up = ended FROM runs") == [("finished", 1)]


def test_since_takes_only_what_is_not_older(story: Story) -> None:
    """The feed's dates decide; what says no date would be taken. And the country chose the site."""
    day = story.days["since"]
    assert day.paths() == ["/feed", "/news/2"]
    assert day.outcomes["/news/2"][0] == "New"


def test_every_kind_of_source_yields_its_articles(story: Story) -> None:
    """Feed, moved feed, news sitemap, packed index with children, section with its pages."""
    outcomes = story.days["first"].outcomes
    for number in (3, 10, 20, 21, *range(30, 42)):
        assert outcomes[f"/news/{number}"] == ("New", ""), number


def test_a_sitemap_index_that_lists_itself_is_read_once(story: Story) -> None:
    """A source is polled once in a run, however often it is listed."""
    assert story.days["first"].paths().count("/index.xml.gz") == 1


def test_a_section_is_turned_as_far_as_the_seed_says(story: Story) -> None:
    """`max_pages` counts the first."""
    paths = [path for path in story.days["first"].paths() if path.startswith("/economy")]
    assert paths == ["/economy", "/economy?page=2", "/economy?page=3"]


def test_articles_have_the_section_of_their_source(story: Story) -> None:
    """Where the page shows none; the seed says what this list is of."""
    rows = story.desk.rows("SELECT DISTINCT section FROM frontier WHERE url LIKE '%/news/3_'")
    assert rows == [("اقتصاد",)]


def test_the_news_sitemaps_own_words_wait_with_the_address(story: Story) -> None:
    """Title and date as printed."""
    rows = story.desk.rows("SELECT title, published FROM frontier WHERE url LIKE '%/news/10'")
    assert rows == [("عنوان من الخريطة", "2026-11-20T08:00:00+02:00")]


def test_only_active_sites_are_crawled_unasked(story: Story) -> None:
    """A paused one is left alone; it is in the archive's list all the same."""
    assert story.desk.rows("SELECT last_crawled_at FROM sites WHERE id = 'asleep'") == [(None,)]


def test_a_second_crawl_asks_for_nothing_it_has(story: Story) -> None:
    """It makes the polls of the seed's sources, each once, and nothing else: no child of the index, no second page."""
    day = story.days["second"]
    assert sorted(day.paths()) == sorted(
        ["/feed", "/moved", "/feed/new", "/news.xml", "/index.xml.gz", "/economy", "/feed"]
    )
    assert day.outcomes == {}


def test_sources_that_are_not_due_are_left_alone(story: Story) -> None:
    """Two crawls within a minute ask once; the second one says why it does nothing, and exits with 0."""
    day = story.days["at once"]
    assert day.paths() == []
    assert "6 sources are not due, the next at 20" in story.desk.rows("SELECT remarks FROM runs WHERE id = 4")[0][0]


def test_a_new_outlet_is_polled_by_every_run(story: Story) -> None:
    """In its first hour: who tries a seed file out wants to see what came meanwhile. Articles aren't asked again."""
    asked = story.days["tried out"].paths()
    assert {"/feed", "/moved", "/news.xml", "/index.xml.gz", "/child1.xml", "/economy"} <= set(asked)
    assert not [path for path in asked if path.startswith("/news/")]
    assert story.days["tried out"].outcomes == {}


def test_a_site_that_is_asked_for_by_name_is_polled_at_once(story: Story) -> None:
    """Whoever names it wants to see something. So does `poll=all`."""
    assert story.days["asked"].paths() == ["/feed"]
    assert story.days["all"].paths() == ["/feed"]
    assert "if-none-match" not in story.days["all"].headers("/feed")


def test_a_second_poll_is_conditional(story: Story) -> None:
    """Validators are sent back, and 304 means: nothing new."""
    asked = [request for request in story.days["second"].asked if "if-none-match" in request.headers]
    assert [request.path for request in asked] == ["/feed"]
    headers = asked[0].headers
    assert headers["if-none-match"] == '"v1"'
    assert headers["if-modified-since"] == "Sun, 01 Nov 2026 00:00:00 GMT"
    assert "if-none-match" not in story.days["first"].headers("/index.xml.gz")


def test_a_newspaper_can_complain_to_a_person(story: Story) -> None:
    """`NEWS_CONTACT` goes into the user agent."""
    agent = story.days["second"].headers("/feed")["user-agent"]
    assert agent.startswith("newscrawler/")
    assert agent.endswith(" (+archive@library.example)")


def test_backfill_turns_to_the_last_page(story: Story) -> None:
    """Whatever `max_pages` says and however much is known; and its polls are unconditional."""
    day = story.days["backfill"]
    paths = [path for path in day.paths() if path.startswith("/economy")]
    assert paths == ["/economy", *(f"/economy?page={n}" for n in range(2, SECTION_PAGES + 1))]
    assert {f"/news/{number}" for number in range(42, 50)} == set(day.outcomes)
    assert "if-none-match" not in day.headers("/feed")


def test_addresses_by_name_are_visited_and_nothing_else(story: Story) -> None:
    """No source is polled; a known article is looked at again, edited or not."""
    day = story.days["by name"]
    assert sorted(day.paths()) == ["/news/1", "/news/2"]
    assert day.outcomes == {"/news/1": ("Unchanged", ""), "/news/2": ("Revised", "text")}
    assert story.desk.rows(
        "SELECT count(*) FROM revisions JOIN articles ON articles.id = article_id WHERE url LIKE '%/news/2'"
    ) == [(1,)]


def test_an_address_of_no_site_stops_the_crawl_before_it_starts(story: Story) -> None:
    """The message says what to do about it."""
    ended = story.days["nobody's"].ended
    assert ended.err == (
        "newscrawler: can't start\nurl: http://nobody.example/1 is on no host of the seed files; "
        "add the outlet to seeds/sites first\n"
    )


def test_every_tenth_poll_is_a_reading_in_full(story: Story) -> None:
    """Feeds lie about their validators. It takes the place of the conditional request: one, not two."""
    asked = ["if-none-match" in request.headers for request in story.paper.requests if request.path == "/feed"]
    assert asked == [False]


def test_what_is_due_again_is_visited_again(story: Story) -> None:
    """On the ladder; an edited headline is a revision."""
    day = story.days["later"]
    assert day.outcomes["/news/3"] == ("NotModified", "the same bytes")
    titles = story.desk.rows(
        """SELECT articles.title FROM articles JOIN revisions ON revisions.article_id = articles.id
           WHERE revisions.title = ?""",
        headline(1),
    )
    assert titles == [(headline(901),)]


def test_an_article_another_paper_linked_to_first_is_still_archived(story: Story) -> None:
    """Cairo's feed lists an article of the other paper: refused there, archived here when its own feed lists it."""
    assert story.days["since"].outcomes["/news/55"] == ("OutOfScope", "on another host")
    assert "/news/55" in story.days["later"].paths()
    assert story.desk.rows("SELECT site, outcome FROM frontier WHERE url LIKE '%/news/55'")[0][0] == "paper"
    assert story.desk.rows("SELECT site FROM articles WHERE url LIKE '%/news/55'") == [("paper",)]


def test_polls_are_remembered(story: Story) -> None:
    """When, how it went, how many links and how many of them new."""
    rows = story.desk.rows("SELECT last_status, last_links, last_new FROM sources WHERE url LIKE '%/news.xml'")
    assert rows == [("unchanged", 1, 0)]
    parents = story.desk.rows("SELECT count(*) FROM sources WHERE parent_id IS NOT NULL AND kind = 'sitemap'")
    assert parents == [(2,)]
