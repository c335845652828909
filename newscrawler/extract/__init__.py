"""Pages become articles: `extract(page, site)` is the whole door."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newscrawler.extract.article import MIN_WORDS, extract

__all__ = ["MIN_WORDS", "extract"]


def __getattr__(name: str) -> object:
    """Import the door when somebody goes through it: a crawl needs `decoding` alone, and the parsers take 0.13 s."""
    if name in __all__:
        return getattr(import_module("newscrawler.extract.article"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
