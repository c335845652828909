"""Marks in a text that would turn what is printed beside it."""

from __future__ import annotations

import re
from typing import Final

_TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates with their ends. A page isolates every foreign text, so they turn nothing else
there; a sentence that is copied out of the page has no such walls. LRM and RLM stay: they reach no further than a word.
"""


def unturned(text: str) -> str:
    """The text without them: it may then stand in the middle of a sentence."""
    return _TURNING.sub("", text)
