"""Imported by the workers' parent alone: what every worker needs is loaded before they are forked from it.

So the dictionary of the search terms is loaded once, in 0.6 s that the crawl's own process doesn't wait for, and its
19 MB are shared by all workers.
"""

from __future__ import annotations

import gc

from newscrawler.text.dictionary import arabic

arabic()
gc.collect()
gc.freeze()  # what is never looked at for garbage is never written to, and so stays shared
