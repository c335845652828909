"""`scrapy savepage`: from a wrong page to a test in a minute."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawler.demo.newsroom import Newsroom
from support.commands import Desk

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    """The demo's newspapers."""
    with Newsroom((0, 0, 0)) as newsroom:
        yield newsroom


@pytest.fixture
def desk(tmp_path: Path, newsroom: Newsroom) -> Desk:
    """A desk with the newsroom's seed files."""
    newsroom.write_seeds(tmp_path / "seeds")
    return Desk(tmp_path)


def test_a_page_from_the_web(desk: Desk, newsroom: Newsroom) -> None:
    """The bytes as served, the outlet's facts from its seed file, and a draft of what is on the page."""
    url = newsroom.case_url("undeclared-charset")
    ended = desk.scrapy("savepage", url, "--name", "undeclared", "--to", str(desk.folder / "pages"))
    assert ended.code == 0, ended.err
    folder = desk.folder / "pages" / "undeclared"
    context = json.loads((folder / "context.json").read_text(encoding="utf-8"))
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    story = next(s for site in newsroom.sites for s in site.stories if s.case == "undeclared-charset")
    assert (folder / "page.html").read_bytes().decode("windows-1256").count(story.title[:10])
    assert context["url"] == url
    assert context["site"]["id"] == "demo-nakhla"
    assert (expected["title"], expected["paragraphs"]) == (story.title, list(story.paragraphs))
    assert expected["published_at"].startswith(story.published.isoformat()[:16])  # type: ignore[union-attr]


def test_a_page_that_is_in_the_archive_is_not_fetched_again(desk: Desk, newsroom: Newsroom) -> None:
    """The golden page has the bytes that were read wrongly, not those of today."""
    url = newsroom.case_url("related")
    assert desk.crawl(f"url={url}").code == 0
    newsroom.requests.clear()
    assert desk.scrapy("savepage", url, "--to", str(desk.folder / "pages")).code == 0
    assert newsroom.requests == []


def test_a_file(desk: Desk) -> None:
    """A page saved by hand, from an outlet no seed file knows, needs its address and its zone."""
    path = desk.folder / "page.html"
    path.write_text("<title>صفحة</title><p>لا شيء هنا.", encoding="utf-8")
    words = ("savepage", str(path), "--url", "https://sahifa.example/1", "--zone", "Asia/Aden")
    assert desk.scrapy(*words, "--to", str(desk.folder / "pages")).code == 0
    folder = desk.folder / "pages" / "sahifa.example"
    assert "outcome" in json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert json.loads((folder / "context.json").read_text(encoding="utf-8"))["site"]["timezone"] == "Asia/Aden"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "name one address or file"),
        (("nonsense",), "not an http(s) address: 'nonsense'"),
        (("/nowhere.html", "--url", "https://sahifa.example/1"), "/nowhere.html: No such file"),
        (("http://127.0.0.1:9/",), "Connection refused"),
        (("page.html", "--url", "https://sahifa.example/1", "--zone", "Mars/Sea"), "--zone Mars/Sea: not an IANA"),
    ],
)
def test_bad_input_is_a_sentence(desk: Desk, words: tuple[str, ...], says: str) -> None:
    """Exit code 2, what is wrong, and no half-made folder."""
    (desk.folder / "page.html").write_text("<p>", encoding="utf-8")
    given = tuple(str(desk.folder / word) if word == "page.html" else word for word in words)
    ended = desk.scrapy("savepage", *given, "--to", str(desk.folder / "pages"))
    assert ended.code == 2
    assert says in ended.err
    assert not (desk.folder / "pages").exists()


def test_a_corrected_draft_is_never_overwritten(desk: Desk, newsroom: Newsroom) -> None:
    """Somebody's work is in it."""
    words = ("savepage", newsroom.case_url("reported"), "--to", str(desk.folder / "pages"), "--name", "taken")
    (desk.folder / "pages" / "taken").mkdir(parents=True)
    ended = desk.scrapy(*words)
    assert (ended.code, list((desk.folder / "pages" / "taken").iterdir())) == (2, [])
    assert "choose another --name" in ended.err
