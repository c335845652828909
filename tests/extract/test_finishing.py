"""What the workers add to an article is what the pipelines would have made of it."""

from __future__ import annotations

from pathlib import Path

from newscrawler.extract.finishing import finished, tagged
from newscrawler.tagging import PROJECT_TAGS
from newscrawler.text.search import search_text
from newscrawler.text.tagger_files import TaggerFiles
from support.archives import an_article

ARTICLE = an_article(
    title="وزير يزور بيروت", standfirst="زيارة تدوم يومين", paragraphs=("وصل الوفد إلى مدينة بيروت صباح اليوم.",)
)


def files(folder: Path) -> TaggerFiles:
    return TaggerFiles(folder=folder, confidence_min=0.5, model=Path("no-model.json"))


def test_an_article_leaves_the_worker_with_tags_and_search_text() -> None:
    """The same as the pipelines give it, with the version they look at."""
    got = finished(ARTICLE, files(PROJECT_TAGS))
    by_hand = tagged(ARTICLE, files(PROJECT_TAGS).load())
    assert got.tags == by_hand.tags != ()
    assert got.tagged_with == by_hand.tagged_with
    assert got.search_text == search_text(ARTICLE.title, ARTICLE.standfirst or "", ARTICLE.text)


def test_lists_that_are_not_there_cost_no_page(tmp_path: Path) -> None:
    """A worker on another machine, or lists that somebody is writing just now: the pipeline tags."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "x.toml").write_text("= broken")
    for folder in (tmp_path / "nowhere", tmp_path / "broken"):
        got = finished(ARTICLE, files(folder))
        assert (got.tags, got.tagged_with) == ((), None)
        assert got.search_text
