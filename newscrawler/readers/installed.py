"""installed(): what decides how a page is read, in a line that can be compared between machines."""

from __future__ import annotations

import platform
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

import newscrawler

_PARSERS: Final = ("trafilatura", "lxml", "langdetect", "pydantic")

_READING: Final = ("*.py", "extract/*.py", "readers/*.py", "text/*.py")
"""What a page is read with. Other rooms may differ: they don't run on workers."""


@cache
def installed() -> str:
    """What decides how a page is read: the program with a digest of its code, Python, and the parsers."""
    root = Path(newscrawler.__file__).parent
    digest = sha256()
    for path in sorted(path for pattern in _READING for path in root.glob(pattern)):
        digest.update(f"{path.relative_to(root)}\n".encode() + path.read_bytes())
    python = ".".join(platform.python_version_tuple()[:2])
    parsers = ", ".join(f"{name} {version(name)}" for name in _PARSERS)
    return f"newscrawler {newscrawler.__version__} (code {digest.hexdigest()[:12]}), Python {python}, {parsers}"
