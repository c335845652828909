"""finished(): what the archive keeps of an article beside its words and only its words decide: tags, search terms.

Computed where the page is read: it took half of the crawl's own process, and the other cores had time for it.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from newscrawler.article import Article
from newscrawler.text.lexicon_files import LexiconError
from newscrawler.text.search import search_text
from newscrawler.text.tagger import Tagger
from newscrawler.text.tagger_files import TaggerFiles
from newscrawler.text.topic_model import BadModel

_ANNOUNCED: Final = "NEWSCRAWLER_TAGGER_FILES"
"""Environment variable from the crawl to its workers' parent."""


def finished(article: Article, files: TaggerFiles) -> Article:
    """The article with its search text, and with its tags where the tagger's files can be read.

    Where they can't, on another machine or half written, it goes without: the tag pipeline has them all the same.
    """
    searched = search_text(article.title, article.standfirst or "", article.text)
    tagger = _loaded(files)
    if tagger is None:
        return replace(article, search_text=searched)
    return tagged(replace(article, search_text=searched), tagger)


def tagged(article: Article, tagger: Tagger) -> Article:
    """The article with the tags that this tagger finds."""
    return replace(article, tags=tagger.tags_in(article), tagged_with=tagger.version)


def announce(files: TaggerFiles) -> None:
    """Say to processes begun later with what they will tag. By the environment: nothing else reaches the workers'
    parent before they are forked from it. Call it before there are threads, which may be reading the environment.
    """
    os.environ[_ANNOUNCED] = json.dumps([str(files.folder), files.confidence_min, str(files.model)])


def preload() -> None:
    """Load what was announced, 0.15 s that every worker would need by itself. Files that can't be read are left."""
    if said := os.environ.get(_ANNOUNCED):
        folder, confidence_min, model = json.loads(said)
        _loaded(TaggerFiles(folder=Path(folder), confidence_min=confidence_min, model=Path(model)))


@lru_cache(maxsize=1)
def _loaded(files: TaggerFiles) -> Tagger | None:
    try:
        return files.load()
    except (LexiconError, BadModel, OSError):
        return None
