"""100: Arabic goes on."""

from __future__ import annotations

import pytest

from newscrawler.outcome import NotArabic
from newscrawler.run import Run
from newscrawler.text.language import judge
from pipelines.language import LanguagePipeline
from support.archives import an_article
from support.crawlers import a_crawler

ARABIC = "أعلنت البلدية اليوم افتتاح حديقة جديدة قرب الميناء بحضور عدد كبير من السكان والزوار. " * 3
PERSIAN = "این گزارش درباره چگونگی کار کشاورزان است که می\u200cگویند برداشت گندم امسال بهتر از پارسال بود. " * 3
FRENCH = "La municipalité a annoncé aujourd'hui l'ouverture d'un nouveau jardin près du port. " * 3


@pytest.fixture
def door(run: Run) -> LanguagePipeline:
    """As the settings make it."""
    return LanguagePipeline.from_crawler(a_crawler(run))


def test_arabic_goes_on_unchanged(door: LanguagePipeline) -> None:
    """The verdict was recorded by the extractor."""
    article = an_article(paragraphs=(ARABIC,), language=judge(ARABIC))
    assert door.process_item(article) is article


@pytest.mark.parametrize(("text", "guess"), [(PERSIAN, "fa"), (FRENCH, "fr")])
def test_another_language_ends_with_the_evidence(door: LanguagePipeline, text: str, guess: str) -> None:
    """In Arabic letters or not; the detail says how it was told."""
    with pytest.raises(NotArabic, match=rf"{guess}: \d+% Arabic letters, [\d.]+% of them not of standard Arabic"):
        door.process_item(an_article(paragraphs=(text,), language=judge(text)))


def test_the_limits_are_settings(run: Run) -> None:
    """A keeper of a mixed paper may loosen them; the guess still counts."""
    mixed = ARABIC + "Update from the port authority. "
    article = an_article(paragraphs=(mixed,), language=judge(mixed))
    LanguagePipeline.from_crawler(a_crawler(run)).process_item(article)
    with pytest.raises(NotArabic):
        LanguagePipeline.from_crawler(a_crawler(run, NEWS_ARABIC_SHARE_MIN="0.99")).process_item(article)
