"""Readers: run extract() inline, in worker processes of this machine, or on a Dask cluster.

    reading.py   what all of them have in common, and what is run for each page
    answers.py   how what came of a page travels back
    local.py     processes of this machine
    cluster.py   the crawl's end of a cluster; imported only where one is asked for
    on_worker.py what a Dask worker runs for a chunk of pages
    child.py     the process beside a Dask worker in which a page is read
    installed.py what crawl, worker and child must have alike

A page that hangs or kills its worker costs that page, never the crawl.
"""

from newscrawler.readers.local import PAGES_PER_WORKER, ProcessReaders
from newscrawler.readers.making import make_readers
from newscrawler.readers.reading import InlineReaders, NoReaders, Readers, ReadersLost, read_page

__all__ = [
    "PAGES_PER_WORKER",
    "InlineReaders",
    "NoReaders",
    "ProcessReaders",
    "Readers",
    "ReadersLost",
    "make_readers",
    "read_page",
]
