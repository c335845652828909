"""The table of outlets: a row for each country, sums that are right, nothing of the demo's."""

from __future__ import annotations

from typing import Any

from newscrawler.directory import as_markdown
from newscrawler.site import Site


def outlet(key: str, name: str, country: str, **more: Any) -> Site:
    """An outlet with a feed."""
    home = f"https://{key}.example/"
    source = [{"kind": kind, "url": f"{home}{kind}"} for kind in more.pop("kinds", ["feed"])]
    given = {"id": key, "name": name, "country": country, "home": home, "timezone": "Asia/Beirut", "source": source}
    return Site.model_validate(given | more)


def cells(markdown: str) -> dict[str, list[str]]:
    """Code → the cells behind it."""
    found = {}
    for line in markdown.splitlines()[2:]:
        parts = [part.strip() for part in line.strip("|").split("|")]
        found[parts[1]] = parts[2:]
    return found


def test_outlets_are_counted_and_named_by_country() -> None:
    """Active ones first; those that aren't crawled by default in italics; zeros left out."""
    table = as_markdown(
        [
            outlet("a", "صدى", "LB", kinds=["feed", "feed", "news-sitemap"]),
            outlet("b", "بيان", "LB", status="candidate", kinds=["sitemap"]),
            outlet("c", "مرآة", "LB", status="gone", kinds=["section"]),
            outlet("d", "نداء", "LB"),
            outlet("e", "أفق", "DZ", status="paused"),
        ]
    )
    assert cells(table) == {
        "DZ": ["", "", "1", "1", "", "*أفق*"],
        "LB": ["2", "1", "1", "2", "2", "صدى، نداء، *بيان*، *مرآة*"],
        "": ["2", "1", "2", "3", "2", ""],
    }


def test_pan_arab_comes_first_and_what_is_edited_elsewhere_last() -> None:
    """The Arab countries between them, by their English names."""
    table = as_markdown([outlet(c.lower(), c, c) for c in ("FR", "YE", "DZ", "pan", "DE")])
    assert list(cells(table)) == ["pan", "DZ", "YE", "DE", "FR", ""]
    assert "اليمن Yemen" in table


def test_outlets_of_private_networks_are_nobody_s_to_read() -> None:
    """The demo's newspapers are no newspapers."""
    assert list(cells(as_markdown([outlet("x", "عرض", "LB", private_network=True)]))) == [""]
