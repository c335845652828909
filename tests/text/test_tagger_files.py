"""Where a tagger is read from goes to the workers with every page."""

from __future__ import annotations

import pickle
from pathlib import Path

from newscrawler.text.tagger_files import TaggerFiles


def test_what_arrives_with_every_page_is_one_object() -> None:
    """Its paths are read and hashed once, not for each page; other files are other objects."""
    files, others = (TaggerFiles(Path("seeds", name), 0.5, Path("model.json")) for name in ("tags", "others"))
    first, second = (pickle.loads(pickle.dumps(files)) for _ in range(2))
    assert first is second
    assert first == files
    assert pickle.loads(pickle.dumps(others)) == others != files
