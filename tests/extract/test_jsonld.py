"""JSON-LD as it is really printed."""

from __future__ import annotations

import pytest

from newscrawler.extract.jsonld import loads, names_in, read_jsonld
from newscrawler.extract.tree import parse

GOOD = '{"@type":"NewsArticle","headline":"خبر"}'


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"<![CDATA[{GOOD}]]>",
        f"//<![CDATA[\n{GOOD}\n//]]>",
        f"<!-- {GOOD} -->",
        f"/*<![CDATA[*/ {GOOD} /*]]>*/",
        f"{GOOD};",
        '{"@type":"NewsArticle","headline":"خبر",}',
        '{"@type":["NewsArticle",],"headline":"خبر"}',
        "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;خبر&quot;}",
        '{"@type":"NewsArticle","headline":"خبر","description":"سطر\nآخر\tهنا"}',
        '{"@type":"NewsArticle","headline":"خبر","description":"مسار \\d خاطئ"}',
        '{"@type":"NewsArticle","headline":"خبر","description":"قال "نعم" ومضى"}',
    ],
)
def test_a_damaged_block_is_read_all_the_same(text: str) -> None:
    """Wrappers, trailing commas, HTML escapes, raw line ends, bad escapes and stray quotation marks are put right."""
    (value,) = loads(text)
    assert value["headline"] == "خبر"


def test_values_side_by_side_are_all_read() -> None:
    """Some templates print two objects into one script."""
    assert len(loads(GOOD + "\n" + GOOD)) == 2


def test_a_block_beyond_repair_costs_only_itself() -> None:
    """The other blocks of the page are still read."""
    root = parse(
        f'<script type="application/ld+json">{{"url": oops}}</script><script type="application/ld+json"></script>'
        f'<script type="application/ld+json">[{GOOD}]</script>'
    )
    assert [data["headline"] for data in read_jsonld(root)] == ["خبر"]


def test_graphs_lists_and_references_are_opened() -> None:
    """`@graph` and nested main entities give their objects; `{"@id": …}` becomes the object of that name."""
    root = parse(
        '<script type="application/ld+json">{"@graph":[{"@type":"WebPage","mainEntity":{"@type":"NewsArticle",'
        '"author":[{"@id":"#p"}],"image":{"@id":"#none"}}},{"@type":"Person","@id":"#p","name":"سعاد نور"}]}</script>'
    )
    article = next(data for data in read_jsonld(root) if data["@type"] == "NewsArticle")
    assert names_in(article["author"]) == ["سعاد نور"]
    assert article["image"] == {"@id": "#none"}


def test_deep_nesting_ends_somewhere() -> None:
    """A page can't exhaust the stack with brackets."""
    assert loads("[" * 100_000) == []


def test_names_come_from_strings_objects_and_lists() -> None:
    """An author may be given in any of these forms."""
    assert names_in(["أ", {"name": "ب"}, {"url": "x"}, 5, {"name": ["ج"]}]) == ["أ", "ب", "ج"]
