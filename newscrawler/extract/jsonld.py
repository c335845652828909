"""JSON-LD as newspapers really print it: wrapped, escaped, unfinished, several blocks, some broken."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Final

from lxml.html import HtmlElement

_WRAPPERS: Final = re.compile(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*;?\s*$")
_STAR_COMMENT: Final = re.compile(r"^\s*/\*.*?\*/|/\*[^*\"]*\*/\s*$", re.DOTALL)
_TRAILING_COMMA: Final = re.compile(r",(?=\s*[}\]])")
_BAD_ESCAPE: Final = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_BARE: Final = 2
"""Keys of an object that is only a reference: `@id` and perhaps `@type`."""

_DEPTH: Final = 6
"""Levels searched for objects; an article deeper than that describes something else."""


def read_jsonld(root: HtmlElement) -> list[dict[str, Any]]:
    """Every object with a type that the page's JSON-LD blocks describe, in page order.

    Lists, `@graph` and `mainEntity` are opened; a value that only names another object's `@id` becomes
    that object. A block that can't be repaired is left out; the others stay.
    """
    found: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            found += [data for value in loads(script.text or "") for data in _objects(value, _DEPTH)]
    named = {data["@id"]: data for data in found if isinstance(data.get("@id"), str) and len(data) > _BARE}
    return [_resolved(data, named) for data in found]


def loads(text: str) -> list[Any]:
    """The JSON values of a script: one as a rule, several if they merely stand side by side, none if broken."""
    bare = text.strip()
    if not (bare[:1] in ("{", "[") and bare[-1:] in ("}", "]")):  # nothing around it, as nearly always
        bare = _WRAPPERS.sub("", _STAR_COMMENT.sub("", bare))
        bare = _WRAPPERS.sub("", bare).strip().rstrip(";")
    if not bare:
        return []
    for attempt in _repairs(bare):
        values = _values(attempt)
        if values:
            return values
    return []


def names_in(value: Any) -> list[str]:
    """The names a JSON-LD value gives: of a string, an object with `name`, or a list of either."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return names_in(value.get("name")) if "name" in value else []
    if isinstance(value, list):
        return [name for entry in value for name in names_in(entry)]
    return []


def _resolved(data: dict[str, Any], named: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The object with its references one level deep put in place: `"author": {"@id": "…#person"}`."""

    def resolve(value: Any) -> Any:
        if isinstance(value, list):
            return [resolve(entry) for entry in value]
        if isinstance(value, dict) and value.keys() <= {"@id", "@type"}:
            return named.get(str(value.get("@id")), value)
        return value

    return {key: resolve(value) for key, value in data.items()}


def _repairs(text: str) -> Iterator[str]:
    yield text
    tidy = _TRAILING_COMMA.sub("", text)
    yield tidy
    yield _BAD_ESCAPE.sub(r"\\\\", tidy)
    if "&quot;" in text or "&#34;" in text:
        yield _TRAILING_COMMA.sub("", unescape(text))
    yield _quotes_inside(tidy)


def _values(text: str) -> list[Any]:
    decoder = json.JSONDecoder(strict=False)  # raw newlines and tabs stand inside strings
    values: list[Any] = []
    at = 0
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return []
        values.append(value)
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return values


def _quotes_inside(text: str) -> str:
    """Escapes quotation marks that stand unescaped inside a value: `"headline": "قال "نعم" ومضى",`."""
    out: list[str] = []
    inside = False
    for at, letter in enumerate(text):
        if letter != '"' or (at and text[at - 1] == "\\"):
            out.append(letter)
            continue
        after = text[at + 1 : at + 40].lstrip()[:1]
        before = text[max(0, at - 40) : at].rstrip()[-1:]
        if (inside and after not in (",", "}", "]", ":", "")) or (
            not inside and before not in ("{", "[", ",", ":", "")
        ):
            out.append('\\"')
        else:
            inside = not inside
            out.append('"')
    return "".join(out)


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth == 0:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _objects(entry, depth - 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "subjectOf"):
            yield from _objects(value.get(key), depth - 1)
