"""Pages become articles: `extract(page, site)` is the whole door."""

from newscrawler.extract.article import MIN_WORDS, extract

__all__ = ["MIN_WORDS", "extract"]
