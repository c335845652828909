"""The values of a seed file that are more than text: addresses, hosts, zones, patterns, selectors, encodings."""

from __future__ import annotations

import re
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator

from newscrawler.urls import BadUrl, host_of


def _absolute(url: str) -> str:
    try:
        host_of(url)
    except BadUrl as why:
        raise ValueError(f"{url!r} is not an absolute http(s) address") from why
    return url


def _host(name: str) -> str:
    try:
        host = host_of(f"https://{name}/")
    except BadUrl as why:
        raise ValueError(f"{name!r} is not a host such as www.example.com") from why
    if re.search(r"[/@\s]", name):
        raise ValueError(f"{name!r}: give the host alone, without https:// and path")
    return host


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as why:
        raise ValueError(f"{name!r} is not an IANA time zone such as Asia/Beirut") from why
    return name


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as why:
        raise ValueError(f"'{text}' is not a regular expression: {why}") from why
    return text


def _encoding(name: str) -> str:
    try:
        "".encode(name or "utf-8")
    except LookupError as why:
        raise ValueError(f"{name!r} is not a known character encoding") from why
    return name


def _selector(css: str) -> str:
    from parsel.csstranslator import css2xpath

    try:
        css2xpath(css)
    except Exception as why:  # cssselect raises SelectorError and its kin, none with a common public base
        raise ValueError(f"{css!r} is not a CSS selector: {why}") from why
    return css


AbsoluteUrl = Annotated[str, AfterValidator(_absolute)]
"""With scheme and host, as printed."""
Host = Annotated[str, AfterValidator(_host)]
"""In lower case (punycode), with the port only if it is not the scheme's own."""
Zone = Annotated[str, AfterValidator(_zone)]
"""A name of the IANA time zone database."""
Pattern = Annotated[str, AfterValidator(_pattern)]
"""A Python regular expression."""
Encoding = Annotated[str, AfterValidator(_encoding)]
"""A character encoding that Python knows. Empty: not said."""
Selector = Annotated[str, AfterValidator(_selector)]
"""CSS, with parsel's `::text` and `::attr(name)`."""
