"""What all readers have in common: their protocol, their errors, and what is run for each page."""

from __future__ import annotations

import asyncio
import logging
import os
import traceback
from threading import Thread
from typing import Protocol

from newscrawler.article import Article
from newscrawler.outcome import ExtractorFailed, Outcome
from newscrawler.page import Page
from newscrawler.readers.answers import article_in
from newscrawler.site import Site
from newscrawler.text.dictionary import arabic
from newscrawler.text.tagger_files import TaggerFiles


class NoReaders(Exception):
    """The readers that the settings ask for can't be had; the message says why. Nothing was started."""


class ReadersLost(Exception):
    """The readers are gone for good, and with them the pages under way: no page is to blame."""


class Readers(Protocol):
    """Something that turns pages into articles."""

    @property
    def room(self) -> int:
        """How many pages it is worth to have under way at once: with more, some would only wait."""

    def prepare(self) -> None:
        """Pages are likely to come: get ready in the background. Without it, the first page waits for that."""

    async def read(self, page: Page, site: Site) -> Article:
        """The page's article. Raises the Outcome it ends in if it has none, ReadersLost if nobody is left to read."""

    def close(self) -> None:
        """Let the workers go; pages under way are lost."""


class InlineReaders:
    """Reads in this process. No time limit: a page that hangs hangs the crawl."""

    room = 1

    def __init__(self, *, min_words: int, files: TaggerFiles | None = None) -> None:
        self.min_words = min_words
        self.files = files
        self._loading: Thread | None = None

    def prepare(self) -> None:
        """See Readers.prepare."""
        if self._loading is None:
            self._loading = Thread(
                target=_load, kwargs={"finishing": self.files is not None}, name="parsers", daemon=True
            )
            self._loading.start()

    async def read(self, page: Page, site: Site) -> Article:
        """See Readers.read."""
        if self._loading is not None and self._loading.is_alive():
            await asyncio.to_thread(self._loading.join)
        return article_in(read_page(page, site, min_words=self.min_words, files=self.files))

    def close(self) -> None:
        """Nothing to let go."""


def _load(*, finishing: bool) -> None:
    """What the first page needs: 0.2 s in which the loop would stand still."""
    import newscrawler.extract.article
    import newscrawler.extract.finishing  # noqa: F401

    if finishing:
        arabic()


def read_page(page: Page, site: Site, *, min_words: int, files: TaggerFiles | None = None) -> Article | Outcome:
    """What a worker runs. Outcomes are returned, not raised: a pickled traceback costs more than the page.

    `files`: with what the article is tagged. None: it isn't, and has no search text; the pipelines see to both.
    """
    from newscrawler.extract import extract  # loads the parsers, in the worker
    from newscrawler.extract.finishing import finished

    discarding = logging.getLogger("trafilatura")
    if discarding.level != logging.CRITICAL:  # once: each `setLevel` goes through all loggers there are
        discarding.setLevel(logging.CRITICAL)  # what it discards is the page's outcome

    try:
        article = extract(page, site, min_words=min_words)
        return article if files is None else finished(article, files)
    except Outcome as why:
        return why
    except (Exception, RecursionError, MemoryError) as why:  # noqa: BLE001 (the extractor library: anything)
        last = traceback.extract_tb(why.__traceback__)[-1]
        where = f"{os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119
        return ExtractorFailed(f"{type(why).__name__}: {str(why)[:200]} ({where})")
