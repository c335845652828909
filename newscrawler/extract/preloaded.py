"""Imported by the workers' parent alone: what every worker needs is loaded before they are forked from it.

So the dictionary of the search terms and the lists of the tagger are loaded once, and shared by all workers.
"""

from __future__ import annotations

import gc

from newscrawler.extract.finishing import preload
from newscrawler.text.dictionary import arabic

arabic()
preload()
gc.collect()
gc.freeze()  # what is never looked at for garbage is never written to, and so stays shared
