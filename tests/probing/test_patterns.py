"""What articles' addresses have in common: proposed only where it is clear."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from newscrawler.probing.patterns import propose
from newscrawler.urls import canonical

HOST = "https://sada.example"
OTHERS = {f"{HOST}/", f"{HOST}/section/sport", f"{HOST}/محليات/", f"{HOST}/about", f"{HOST}/news/", f"{HOST}/2026/11/"}
WORDS = ("سوق", "ميناء", "جسر", "نهر", "قرية", "شارع", "حديقة", "مدرسة", "محطة", "جبل")


@pytest.mark.parametrize(
    ("form", "pattern"),
    [
        ("/news/{n}", r"/news/\d+"),
        ("/news/{n}-{w}/", r"/news/\d+[-_]"),
        ("/2026/11/{d:02}/{w}/", r"/\d{{4}}/\d{{1,2}}/\d{{1,2}}/[^/?#]+"),
        ("/{s}/{n}/{w}", r"^https?://[^/]+/[^/?#]+/\d+/[^/?#]+"),
        ("/{w}-{n}", r"^https?://[^/]+/[^/?#]*[-_]\d{{3,}}"),
        ("/story.asp?id={n}", r"/story\.asp\?(?:.*&)?id=\d+"),
        ("/article/{w}", r"/article/[^/?#]+"),
        ("/{w}", None),
        ("/{s}/{w}", None),
        ("/section/{w}", None),  # so are the sections
    ],
)
def test_a_pattern_has_what_stays_the_same(form: str, pattern: str | None) -> None:
    """Words that never change, numbers, dates. A bare slug tells nothing: sections look like that too."""
    urls = {
        canonical(HOST + form.format(n=4000 + n, d=1 + n, w=f"{word}-اليوم", s=("sport", "local")[n % 2]))
        for n, word in enumerate(WORDS)
    }
    found = propose(urls, OTHERS)
    assert (found.pattern if found else None) == (pattern.format() if pattern else None)
    if found:
        assert (found.matched, found.of) == (10, 10)
        assert all(re.search(found.pattern, unquote(url)) for url in urls)


def test_a_few_addresses_are_no_rule() -> None:
    """Nor are many that go two ways."""
    numbers = [f"{HOST}/news/{n}" for n in range(4000, 4007)]
    assert propose(numbers, OTHERS) is None
    assert propose([*numbers, *(f"{HOST}/video/{n}/x" for n in range(4000, 4003))], OTHERS) is None


def test_a_rare_exception_is_allowed_for() -> None:
    """One of twenty: it is lost, and the comment says how many are matched."""
    found = propose([f"{HOST}/news/{n}" for n in range(4000, 4019)] + [f"{HOST}/special"], OTHERS)
    assert found is not None
    assert (found.pattern, found.matched, found.of) == (r"/news/\d+", 19, 20)
