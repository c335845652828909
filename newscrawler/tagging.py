"""tagger_of(): the tagger that the settings ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from scrapy.settings import BaseSettings

from newscrawler.text.tagger import Tagger
from newscrawler.text.tagger_files import TaggerFiles

PROJECT_TAGS: Final = Path(__file__).parent.parent / "seeds" / "tags"
"""The project's own tag files, for seed folders that bring none."""


def tags_folder(settings: BaseSettings) -> Path:
    """Where the tag files are: beside the sites, else the project's own."""
    beside = Path(settings["NEWS_SEEDS_DIR"]) / "tags"
    return beside if beside.is_dir() else PROJECT_TAGS


def tagger_files(settings: BaseSettings) -> TaggerFiles:
    """Where the tagger is read from, as absolute paths: workers may stand elsewhere."""
    return TaggerFiles(
        folder=tags_folder(settings).resolve(),
        confidence_min=settings.getfloat("NEWS_TAG_CONFIDENCE_MIN"),
        model=Path(settings["NEWS_TOPIC_MODEL"]).resolve(),
    )


def tagger_of(settings: BaseSettings) -> Tagger:
    """Lists, threshold and topic model. Raises LexiconError or BadModel, naming the file."""
    return tagger_files(settings).load()
