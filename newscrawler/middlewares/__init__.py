"""Downloader middlewares: scope, private networks, redirects, raw store."""
