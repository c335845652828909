"""looks(): an address's own evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawler.discovery.looks import Looks, looks

HOST = "https://sahifa.example.com"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", Looks.NEVER),
        ("/رياضة", Looks.UNSAID),
        ("/news/", Looks.UNSAID),
        ("/news/123", Looks.MAYBE),
        ("/news/local-water-returns", Looks.MAYBE),
        ("/news/41002", Looks.LIKELY),
        ("/news/41002/a/b", Looks.LIKELY),
        ("/2026/03/05/a-b", Looks.LIKELY),
        ("/2026/03/05/7", Looks.LIKELY),
        ("/2026/03/05", Looks.LISTING),
        ("/archive/2026", Looks.LISTING),
        ("/category/sport", Looks.LISTING),
        ("/category/sport/41002", Looks.LIKELY),
        ("/أسعار-الصرف-اليوم-2026-03-05", Looks.LIKELY),
        ("/tags/41002", Looks.NEVER),
        ("/وسم/41002", Looks.NEVER),
        ("/news/page/41002", Looks.NEVER),
        ("/a.jpg", Looks.NEVER),
        ("/?p=41002", Looks.LIKELY),
        ("/?p=2", Looks.NEVER),
        ("/story.php?id=7", Looks.MAYBE),
        ("/list.php?catid=7", Looks.LISTING),
        ("/list.php?catid=7&id=4100", Looks.LIKELY),
        ("/41002?print=1", Looks.NEVER),
    ],
)
def test_what_an_address_says_about_itself(path: str, kind: Looks) -> None:
    """Numbers, dates, slugs and the words of a path, in Arabic and in English."""
    assert looks(HOST + path) is kind


@given(st.text(max_size=60))
def test_no_path_raises(path: str) -> None:
    """Addresses are what strangers typed."""
    assert looks(f"{HOST}/{path}") in Looks
