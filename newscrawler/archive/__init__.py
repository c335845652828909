"""The archive: one SQLite file. `connection` opens it, each other module knows one part of it."""

from newscrawler.archive.connection import Archive, ArchiveError, cannot_write, open_archive, read_archive

__all__ = ["Archive", "ArchiveError", "cannot_write", "open_archive", "read_archive"]
