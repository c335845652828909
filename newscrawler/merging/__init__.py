"""Merging: an archive of another machine into this one, through the same rules by which a crawl archives.

attached.py   the other archive beside ours in one connection, for reading only
ledger.py     runs, captures, outcomes
places.py     sites, sources, addresses
articles.py   articles, copies, tags, near copies
histories.py  two histories of one article as one
merge.py      all of it in order
"""
