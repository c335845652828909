"""300: goes on with tags."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from newscrawler.run import Run
from newscrawler.text.names import PageMention
from newscrawler.text.tagger import Tagger
from newscrawler.text.tags import LexiconError, load_lexicon
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


def test_what_the_page_says_it_is_about_becomes_tags(run: Run, tmp_path: Path) -> None:
    """With the kind that its data gives; the version says with what the article was tagged."""
    door = TagPipeline.from_crawler(a_crawler(run, NEWS_SEEDS_DIR=str(tmp_path)))
    passed = door.process_item(an_article(mentions=(PageMention("حي الزهور القديم", "place"), PageMention("مصر"))))
    found = {(tag.kind, tag.name): tag.source for tag in passed.tags}
    assert found["place", "حي الزهور القديم"] == "json-ld"
    assert found["place", "مصر"] == "json-ld"
    assert passed.tagged_with == door.tagger.version


def test_what_a_worker_has_tagged_by_the_same_lists_goes_on_as_it_is(run: Run, tmp_path: Path) -> None:
    """By others, it is tagged again."""
    door = TagPipeline.from_crawler(a_crawler(run, NEWS_SEEDS_DIR=str(tmp_path)))
    tagged = door.process_item(an_article(keywords=("موسم الزيتون",)))
    assert door.process_item(tagged) is tagged
    outdated = replace(tagged, tags=(), tagged_with="0")
    assert door.process_item(outdated) == tagged


def test_the_lists_travel_on_the_run(run: Run, tmp_path: Path) -> None:
    """What was read when the run was opened is not read again."""
    run.tagger = Tagger(load_lexicon(tmp_path))
    assert TagPipeline.from_crawler(a_crawler(run)).tagger is run.tagger


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


def test_what_a_worker_has_tagged_is_not_tagged_again(run: Run, tmp_path: Path) -> None:
    """By the same lists and rules, that is; by others it is."""
    door = TagPipeline.from_crawler(a_crawler(run, NEWS_SEEDS_DIR=str(tmp_path)))
    done = an_article(tags=(), tagged_with=door.tagger.version, keywords=("موسم الزيتون",))
    assert door.process_item(done) is done
    assert door.process_item(an_article(tagged_with="rules-0", keywords=("موسم الزيتون",))).tags
