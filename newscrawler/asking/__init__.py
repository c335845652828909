"""Asking a live server a few polite questions: the crawl's downloader and its manners, without archive and ledger."""
