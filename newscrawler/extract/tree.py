"""The parsed page as a reader sees it: which elements begin a line, which are never text, an element's
words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

from newscrawler.extract.box_names import spelt_apart
from newscrawler.extract.tables import listed
from newscrawler.text.normalise import clean

BREAKS: Final = frozenset(
    listed(
        "address article aside blockquote body br caption center dd details dialog div dl dt fieldset "
        "figcaption "
        "figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary "
        "table tbody td tfoot th thead title tr ul amp-accordion amp-sidebar"
    )
)
"""Elements whose text begins and ends a line. Unknown elements are inline, as in a browser."""

SILENT: Final = frozenset(
    listed(
        "script style noscript template svg math canvas iframe object embed audio video map head button select "
        "option optgroup input textarea datalist progress meter amp-ad amp-analytics amp-embed amp-iframe "
        "amp-social-share amp-consent"
    )
)
"""Elements whose text is not part of what is read."""

_ONE_CLASS: Final = etree.ElementDefaultClassLookup(element=HtmlElement)
"""lxml.html asks a Python function for the class of every element it hands out: 4 of 20 ms a page."""

_CONTROL: Final = bytes(range(0x09)) + b"\x0b\x0c" + bytes(range(0x0E, 0x20))
_WITHOUT_CONTROL: Final = bytes.maketrans(_CONTROL, b" " * len(_CONTROL))
_HINTS: Final = "newscrawler hints"
"""Under which an element's names are kept with it. Lost when nobody holds the element: then they're found again."""

_NAMING: Final = ("class", "id", "itemprop", "aria-labelledby", "aria-label", "data-testid", "data-component")
_WRAPPERS: Final = re.compile(rb"</?(?:font|span|b|i|u|strong|em|center|big|small|div)\b[^>]*>", re.IGNORECASE)
_SPACE: Final = re.compile(r"\s+")


def parse(page: str | bytes) -> HtmlElement:
    """The tree of a page, however broken, deep or empty it is. Bytes are UTF-8."""
    utf8 = page.encode("utf-8", errors="replace") if isinstance(page, str) else page
    data = utf8.translate(_WITHOUT_CONTROL)
    root, too_deep = _parsed(data)
    if too_deep:  # thousands of <font> that nobody closed: what lies deeper than 2,048 would be lost
        root, _ = _parsed(_WRAPPERS.sub(b" ", data))
    return root


def _parsed(data: bytes) -> tuple[HtmlElement, bool]:
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        root = document_fromstring(data, parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = document_fromstring(b"<html><head></head><body></body></html>", parser=parser)
    return root, any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)


def text_of(element: HtmlElement) -> str:
    """The element's words on one line, cleaned."""
    if len(element) == 0:
        return clean(element.text or "")
    return clean(" ".join(lines_of(element)))


def lines_of(element: HtmlElement) -> Iterator[str]:
    """The element's lines as a browser would break them, empty ones left out, not cleaned."""
    line: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        tag = node.tag
        if event == "start":
            if tag in SILENT and node is not element:
                walk.skip_subtree()
                continue
            if tag in BREAKS:
                yield from _line(line)
            line.append(node.text or "")
        else:
            if tag in BREAKS:
                yield from _line(line)
            if node is not element:
                line.append(node.tail or "")
    yield from _line(line)


def hints(element: HtmlElement) -> str:
    """What its makers call the element, in lower case: class, id, itemprop, the names given for assistive
    tools.
    """
    # The same few boxes around the text are asked about again and again, by ten readers: kept with the element.
    kept = element.__dict__
    names: str | None = kept.get(_HINTS)
    if names is None:
        names = kept[_HINTS] = _hints(element)
    return names


def _hints(element: HtmlElement) -> str:
    items = element.items()  # one call, where seven times get() took half as long again
    if len(items) > 1:
        given = dict(items)
        return spelt_apart(" ".join([value for name in _NAMING if (value := given.get(name))]))
    return spelt_apart(items[0][1]) if items and items[0][0] in _NAMING else ""


def _line(parts: list[str]) -> Iterator[str]:
    text = _SPACE.sub(" ", "".join(parts)).strip()
    parts.clear()
    if text:
        yield text
