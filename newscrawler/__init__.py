"""An archive of the Arabic press: read pages, keep articles, remember what changed.

The stages of one page, in order, and the file each lives in:

    site.py         seeds/**/*.toml      -> Site        what to read
    discovery/      feed, sitemap, page  -> Link        which addresses exist
    archive/queue/frontier.py                           every address, before it is requested
    scheduler.py    frontier row         -> Request     whose turn it is
    middlewares/    robots, scope, private network, raw store (WARC)
    readers/        Page -> extract/     -> Article     in worker processes
    pipelines/      language, dedup, tag, archive       what is kept
    archive/ledger.py                                   one outcome for every address
    browse/         the reading room, a Datasette plugin
"""

from typing import Final

__version__: Final = "0.1.0"
