"""The special pages of the newsroom by name: which page, and how its visit should end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Case:
    """One page with something to get wrong."""

    site: str
    """Id of the outlet."""
    story: int | None
    """The story's number. None: the page is no story, see `path`."""
    outcome: str
    """Class name of the outcome of the first visit, in an empty archive."""
    path: str | None = None
    """Where a page that is no story is, unquoted."""
    partner: str | None = None
    """The case it is a copy of, or related to. Which of two copies is filed as the original depends on which was
    fetched first; the other then has this case's outcome."""


CASES: Final[Mapping[str, Case]] = MappingProxyType(
    {
        "original": Case("demo-marfa", 1007, "New"),
        "exact-copy": Case("demo-nakhla", 2007, "Copy", partner="original"),
        "near-copy": Case("demo-nawras", 3007, "New", partner="original"),
        "reported": Case("demo-marfa", 1003, "New"),
        "related": Case("demo-nakhla", 2003, "New", partner="reported"),
        "corrected": Case("demo-marfa", 1008, "New"),
        "moved": Case("demo-marfa", 1010, "New"),
        "amp": Case("demo-nawras", 3009, "New"),
        "numeric-entities": Case("demo-nawras", 3005, "New"),
        "undeclared-charset": Case("demo-nakhla", 2008, "New"),
        "persian": Case("demo-nawras", 3008, "NotArabic"),
        "too-short": Case("demo-marfa", 1009, "TooShort"),
        "listing": Case("demo-marfa", None, "NotAnArticle", path="/tag/لبنان/"),
        "not-found": Case("demo-nakhla", 2009, "HttpError"),
        "noarchive": Case("demo-marfa", 1012, "NoArchive"),
        "forbidden": Case("demo-marfa", 1011, "RobotsDenied"),
    }
)
"""Every special case. README.md of this package explains each in a line."""
