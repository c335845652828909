"""The <url> and <sitemap> records of a sitemap file, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from lxml import etree

_RECORDS: Final = frozenset({"url", "sitemap"})
_FIELDS: Final = {
    ("url", "loc"): "loc",
    ("sitemap", "loc"): "loc",
    ("url", "lastmod"): "lastmod",
    ("sitemap", "lastmod"): "lastmod",
    ("news", "publication_date"): "published",
    ("news", "title"): "title",
}
"""(parent, element) → field. The parent keeps the `loc` of a picture and the `title` of a video out."""


@dataclass(slots=True)
class Record:
    """One entry of a sitemap, everything as printed."""

    loc: str = ""
    """The address, perhaps relative."""
    lastmod: str | None = None
    """`lastmod`. None: not said."""
    published: str | None = None
    """`news:publication_date`. None: not said."""
    title: str | None = None
    """`news:title`. None: not said."""
    is_child: bool = False
    """Whether it names a sitemap, not a page."""


def records(xml: bytes) -> Iterator[Record]:
    """The records of a sitemap in UTF-8 that begins with its root element, in order.

    Namespaces are ignored, because files in the wild declare wrong ones. Nothing but the current record
    is held. Records that were never closed count; an address that was cut off doesn't.
    """
    events = etree.iterparse(
        BytesIO(_whole(xml)),
        events=("start", "end"),
        recover=True,
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    record: Record | None = None
    try:
        for event, element in events:
            name = _local(element)
            if event == "start":
                if name in _RECORDS:
                    if record and record.loc:
                        yield record
                    record = Record(is_child=name == "sitemap")
                continue
            parent = element.getparent()
            field = _FIELDS.get((_local(parent), name)) if parent is not None else None
            if field and record and element.text:
                setattr(record, field, getattr(record, field) or element.text)
            elif name in _RECORDS:
                _forget(element)
    except etree.XMLSyntaxError:  # not even recovery goes on; what was read stands
        pass
    if record and record.loc:
        yield record


def _whole(xml: bytes) -> bytes:
    """Without the start of a last value that was cut off: half an address is another page's."""
    last = xml.rfind(b"<")
    return xml if xml[last : last + 2] == b"</" or xml.endswith(b"/>") else xml[:last]


def _local(element: etree._Element) -> str:
    """`loc` for `{http://…}loc`, and for `sm:loc` whose prefix nobody declared."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _forget(element: etree._Element) -> None:
    """Free a finished record and what stands before it: the tree stays as small as one entry."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
