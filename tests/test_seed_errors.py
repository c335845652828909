"""Mistakes in seed files are told in words: the key, what was expected, what stands there."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from newscrawler.seeds import SeedError, read_site

TOP: Final = 'name = "صحيفة"\nhome = "https://sada.example/"\ntimezone = "Asia/Beirut"\n'
SOURCE: Final = '[[source]]\nkind = "feed"\nurl = "https://sada.example/rss"\n'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (TOP.replace('"صحيفة"', "5"), "name: expected a text in quotes; there stands 5"),
        (TOP.replace('"صحيفة"', '""'), 'name: expected a text that isn\'t empty; there stands ""'),
        (TOP.replace('"صحيفة"', "true"), "name: expected a text in quotes; there stands true"),
        (TOP + 'delay_s = "two"', 'delay_s: expected a number; there stands "two"'),
        (TOP + "delay_s = [2]", "delay_s: expected a number; there stands [2]"),
        (TOP + "delay_s = inf", "delay_s: expected at most 3600; there stands inf"),
        (TOP + "delay_s = -1", "delay_s: expected at least 0; there stands -1"),
        (TOP + "concurrency = 99", "concurrency: expected at most 32; there stands 99"),
        (TOP + "concurrency = 1.5", "concurrency: expected a whole number; there stands 1.5"),
        (TOP + 'concurrency = "many"', 'concurrency: expected a whole number; there stands "many"'),
        (
            TOP + 'private_network = "perhaps"',
            'private_network: expected true or false, without quotes; there stands "perhaps"',
        ),
        (TOP + 'checked = "soon"', 'checked: expected a day such as 2026-11-22, without quotes; there stands "soon"'),
        (TOP + "checked = 2026-11-22T10:30:00", "checked: expected a day such as 2026-11-22, without a time"),
        (TOP + "checked = true", "checked: expected a day such as 2026-11-22"),
        (TOP + 'hosts = "m.sada.example"', 'hosts: expected a list such as ["…", "…"]; there stands "m.sada.example"'),
        (
            TOP + 'status = "activ"',
            "status: expected one of 'active', 'candidate', 'paused', 'broken' or 'gone'; there stands \"activ\"",
        ),
        (
            TOP + SOURCE.replace("feed", "rss"),
            "source.0.kind: expected one of 'feed', 'news-sitemap', 'sitemap', 'section' or 'archive'; "
            'there stands "rss"',
        ),
        (TOP + SOURCE + "max_pages = 0", "source.0.max_pages: expected at least 1; there stands 0"),
        (
            TOP + SOURCE.replace("[[source]]", "[source]"),
            "source: expected a table that begins with the line [[source]], with two brackets on each side",
        ),
        (TOP + "[rule]\nbody = 'x'", "rule: expected a table that begins with the line [[rule]], with two brackets"),
        (
            TOP + "source = ['https://sada.example/rss']",
            "source.0: expected a table that begins with the line [[source]]",
        ),
        (TOP + "[[articles]]\nallow = []", "articles: expected a table that begins with the line [articles]"),
        (
            TOP + "[articles]\nallow = '/news/'",
            'articles.allow: expected a list such as ["…", "…"]; there stands "/news/"',
        ),
        (TOP + "[articles]\nallow = [5]", "articles.allow.0: expected a text in quotes; there stands 5"),
        (TOP + "[expect]\ndated_share_min = 90", "expect.dated_share_min: expected at most 1; there stands 90"),
        (
            TOP + "[expect]\narticles_per_day_min = nan",
            "expect.articles_per_day_min: expected at least 0; there stands nan",
        ),
        (TOP.replace("name", "nmae"), "nmae: unknown key; did you mean name?"),
        (TOP + "delays = 2", "delays: unknown key; did you mean delay_s?"),
        (TOP + "colour = 1", "colour: unknown key"),
        (TOP + "id2 = 1", "id2: unknown key"),
        (TOP + SOURCE + "uri = 'x'", "source.0.uri: unknown key; did you mean url?"),
        (TOP + "[articles]\nalow = []", "articles.alow: unknown key; did you mean allow?"),
        (TOP + SOURCE + 'status = "paused"', "source.0.status: unknown key here; it belongs to the top of the file"),
        (TOP + '[expect]\nencoding = "utf-8"', "expect.encoding: unknown key here; it belongs to the top of the file"),
    ],
)
def test_a_mistake_is_told_in_words(tmp_path: Path, text: str, problem: str) -> None:
    """No word of Python's or pydantic's: somebody who only knows the newspaper can put it right."""
    path = tmp_path / "sada.toml"
    path.write_text(text + "\n", encoding="utf-8")
    with pytest.raises(SeedError) as caught:
        read_site(path)
    assert any(line.startswith(f"{path}: {problem}") for line in caught.value.problems), caught.value.problems
    assert "Input should" not in str(caught.value)


def test_a_long_value_is_cut(tmp_path: Path) -> None:
    """A message stays a line."""
    path = tmp_path / "sada.toml"
    path.write_text(f'{TOP}status = "{"م" * 1000}"\n', encoding="utf-8")
    with pytest.raises(SeedError) as caught:
        read_site(path)
    assert len(str(caught.value)) < 300 + len(str(path))


def test_what_has_no_words_of_ours_keeps_its_message(tmp_path: Path) -> None:
    """Checks of single values say themselves what they want."""
    path = tmp_path / "sada.toml"
    path.write_text(TOP.replace("Asia/Beirut", "Beirut"), encoding="utf-8")
    with pytest.raises(SeedError, match="timezone: 'Beirut' is not an IANA time zone such as Asia/Beirut"):
        read_site(path)
