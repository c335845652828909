"""JSON Feed (jsonfeed.org), versions 1 and 1.1."""

from __future__ import annotations

import json
from typing import Any

from newscrawler.discovery.links import absolute, plain, unique
from newscrawler.link import Link


def read_json_feed(body: bytes, *, base: str) -> tuple[Link, ...] | None:
    """The items of a JSON feed in UTF-8. None: it is no JSON, or not a feed."""
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError):  # a thousand open brackets are a RecursionError
        return None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return None
    if "jsonfeed.org" not in str(feed.get("version", "")):
        return None
    links = (_link(item, base) for item in feed["items"] if isinstance(item, dict))
    return unique(link for link in links if link)


def _link(item: dict[str, Any], base: str) -> Link | None:
    # `external_url` is the page a link blog talks about; `url` is the outlet's own.
    printed = [_text(item, key) for key in ("url", "external_url", "id")]
    if printed[2] and not printed[2].startswith(("http://", "https://")):
        del printed[2]  # an id may be anything, and only a whole address is one
    urls = (absolute(text, base=base) for text in printed if text)
    url = next((url for url in urls if url), None)
    if url is None:
        return None
    tags = item.get("tags")
    section = plain(tags[0]) if isinstance(tags, list) and len(tags) == 1 and isinstance(tags[0], str) else None
    dates = (plain(_text(item, key)) for key in ("date_published", "date_modified"))
    return Link(url, plain(_text(item, "title")), section, *dates)


def _text(item: dict[str, Any], key: str) -> str | None:
    value = item.get(key)
    return value if isinstance(value, str) else None
