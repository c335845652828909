"""schema.org metadata as news sites print it: one @graph, or a bare list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from newscrawler.demo.outlet import Outlet
from newscrawler.demo.story import Story

Json = dict[str, Any]


def as_graph(story: Story, *, outlet: Outlet, base: str) -> Json:
    """Organisation, web site, web page, breadcrumb and article in one @graph, tied together by @id."""
    url = base + outlet.path_of(story)
    nodes: list[Json] = [
        {"@type": "NewsMediaOrganization", "@id": f"{base}/#org", "name": outlet.name, "url": f"{base}/"},
        {"@type": "WebSite", "@id": f"{base}/#site", "name": outlet.name, "publisher": {"@id": f"{base}/#org"}},
        {
            "@type": "WebPage",
            "@id": url,
            "name": f"{story.title} | {outlet.name}",
            "isPartOf": {"@id": f"{base}/#site"},
        },
        _breadcrumb(story, outlet=outlet, base=base),
        {**_article(story, outlet=outlet, base=base), "publisher": {"@id": f"{base}/#org"}, "isPartOf": {"@id": url}},
    ]
    return {"@context": "https://schema.org", "@graph": nodes}


def as_list(story: Story, *, outlet: Outlet, base: str) -> list[Json]:
    """Article and breadcrumb side by side in a list, each with its own @context."""
    context = {"@context": "http://schema.org"}
    publisher = {"@type": "Organization", "name": outlet.name}
    return [
        context | _article(story, outlet=outlet, base=base) | {"publisher": publisher},
        context | _breadcrumb(story, outlet=outlet, base=base),
    ]


def as_script(data: Json | list[Json]) -> str:
    """JSON that can't end the script element or the CDATA section it stands in."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return text.replace("<", "\\u003c").replace("]]>", "]]\\u003e")


def _article(story: Story, *, outlet: Outlet, base: str) -> Json:
    url = base + outlet.path_of(story)
    return {
        "@type": "NewsArticle",
        "headline": story.title,
        "inLanguage": story.language,
        "mainEntityOfPage": url,
        "image": {"@type": "ImageObject", "url": f"{base}/media/{story.id}.png", "width": 640, "height": 360},
        **dict(_optional(story)),
    }


def _optional(story: Story) -> Iterator[tuple[str, Any]]:
    if story.published:
        yield "datePublished", story.published.isoformat()
        yield "dateModified", (story.modified or story.published).isoformat()
    if story.section:
        yield "articleSection", story.section
    if story.tags:
        yield "keywords", list(story.tags)
    if story.authors:
        yield "author", [{"@type": "Person", "name": name} for name in story.authors]


def _breadcrumb(story: Story, *, outlet: Outlet, base: str) -> Json:
    steps = [("الرئيسية", f"{base}/")]
    if story.section:
        steps.append((story.section, base + outlet.section_path_of(story.section)))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": url}
            for place, (name, url) in enumerate(steps, start=1)
        ],
    }
