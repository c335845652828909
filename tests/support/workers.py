"""What a worker runs instead of the extractor, to see what becomes of a page that misbehaves."""

from __future__ import annotations

import os
import signal
import time
from types import SimpleNamespace

from newscrawler.article import Article
from newscrawler.outcome import ExtractorFailed, NoText, Outcome
from newscrawler.page import Page
from newscrawler.site import Site
from support.archives import an_article


def misbehave(page: Page, site: Site, *, min_words: int, files: object = None) -> Article | Outcome:
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


def misbehave_at(page: Page, site: Site) -> Article | Outcome:
    """The same, with nothing else to say."""
    return misbehave(page, site, min_words=25)


def installed_elsewhere() -> str:
    """Another state of the program in every process."""
    return f"newscrawler of process {os.getpid()}"


def die(pages: int) -> None:
    """What Dask raises after the third death of a worker that had these pages, without the deaths."""
    from distributed import KilledWorker

    raise KilledWorker(f"{pages} pages", SimpleNamespace(address="tcp://10.0.0.9:4000"), 3)
