"""finished(): what the archive keeps of an article beside its words and only its words decide: tags, search terms.

Computed where the page is read: it took half of the crawl's own process, and the other cores had time for it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from newscrawler.article import Article
from newscrawler.text.lexicon_files import LexiconError
from newscrawler.text.search import search_text
from newscrawler.text.tagger import Tagger
from newscrawler.text.tagger_files import TaggerFiles
from newscrawler.text.topic_model import BadModel


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


@lru_cache(maxsize=1)
def _loaded(files: TaggerFiles) -> Tagger | None:
    try:
        return files.load()
    except (LexiconError, BadModel, OSError):
        return None
