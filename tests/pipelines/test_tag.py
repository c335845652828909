"""300: goes on with tags."""

from __future__ import annotations

from pathlib import Path

import pytest

from newscrawler.run import Run
from newscrawler.text.lexicon import LexiconError
from pipelines.tag import TagPipeline
from support.archives import an_article
from support.crawlers import a_crawler


def test_the_pages_own_keywords_become_tags(run: Run, tmp_path: Path) -> None:
    """And the article itself stays as it was."""
    door = TagPipeline.from_crawler(a_crawler(run, NEWS_SEEDS_DIR=str(tmp_path)))
    article = an_article(keywords=("موسم الزيتون",))
    passed = door.process_item(article)
    assert "موسم الزيتون" in {tag.name for tag in passed.tags}
    assert article.tags == ()


def test_places_in_the_text_become_tags(run: Run, tmp_path: Path) -> None:
    """From the project's own lists where the seeds bring none."""
    door = TagPipeline.from_crawler(a_crawler(run, NEWS_SEEDS_DIR=str(tmp_path)))
    passed = door.process_item(an_article(paragraphs=("وصل الوفد إلى مدينة بيروت صباح اليوم قادما من تونس.",)))
    assert {"بيروت", "تونس"} <= {tag.name for tag in passed.tags if tag.kind == "place"}


def test_an_article_without_anything_to_tag_goes_on(run: Run, tmp_path: Path) -> None:
    """This door never drops."""
    door = TagPipeline.from_crawler(a_crawler(run, NEWS_SEEDS_DIR=str(tmp_path)))
    assert door.process_item(an_article(paragraphs=("نص.",), title="عنوان")).paragraphs == ("نص.",)


def test_a_broken_list_is_an_error_at_the_start(run: Run, tmp_path: Path) -> None:
    """Not at the first article."""
    (tmp_path / "tags").mkdir()
    (tmp_path / "tags" / "x.toml").write_text("= broken")
    with pytest.raises(LexiconError):
        TagPipeline.from_crawler(a_crawler(run, NEWS_SEEDS_DIR=str(tmp_path)))
