"""How a command ends: the exit codes, and the base of every reason for which one doesn't begin.

A command's edge catches `Refused` alone: naming each reason there would import the archive and the crawl before it is
known whether the command needs them.
"""

from __future__ import annotations

from typing import Final

FINISHED: Final = 0
"""All well."""
BROKE: Final = 1
"""It ended, but something broke; the report says what."""
NOT_STARTED: Final = 2
"""It could not start."""
LOCKED: Final = 3
"""It could not start, because a crawl is writing to the archive."""


class Refused(Exception):
    """A command can't do what it was asked to. The message says why to the person who asked; nothing was changed."""

    exit_code: int = NOT_STARTED
    """The command's."""
