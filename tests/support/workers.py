"""What a worker runs instead of the extractor, to see what becomes of a page that misbehaves."""

from __future__ import annotations

import os
import signal
import time

from newscrawler.article import Article
from newscrawler.outcome import ExtractorFailed, NoText, Outcome
from newscrawler.page import Page
from newscrawler.site import Site
from support.archives import an_article


def misbehave(page: Page, site: Site, *, min_words: int) -> Article | Outcome:
    """The page's body says what happens to it."""
    match page.body:
        case b"hang":
            time.sleep(60)
        case b"exit":
            os._exit(7)
        case b"killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case b"no text":
            return NoText(f"{min_words} words wanted")
        case b"raise":
            raise RuntimeError("not even read_page caught it")
        case b"unpicklable":
            return ExtractorFailed(lambda: None)  # type: ignore[arg-type]
    return an_article(url=page.url, site=site.id, extractor=f"process {os.getpid()}")
