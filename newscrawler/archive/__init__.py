"""The archive: one SQLite file. `connection` opens it, `schema` makes its tables, each room knows a part of them."""

from newscrawler.archive.connection import Archive, ArchiveError, cannot_write, open_archive, read_archive

__all__ = ["Archive", "ArchiveError", "cannot_write", "open_archive", "read_archive"]
