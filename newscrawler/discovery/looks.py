"""Whether an address looks like an article's, going by the address alone."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from newscrawler.discovery.steps import turns_pages
from newscrawler.text.normalise import fold


class Looks(IntEnum):
    """How much an address looks like an article's."""

    NEVER = 0
    """A picture, a login, a tag, a writer's page, the next page of a list."""
    LISTING = 1
    """Probably a section: only a long headline speaks against it."""
    UNSAID = 2
    """The address says nothing either way."""
    MAYBE = 3
    """A slug of three or four words, or a small number."""
    LIKELY = 4
    """A date with something behind it, an article's number, a long slug."""


_FILES: Final = re.compile(
    r"(?i)\.(?:jpe?g|png|gif|webp|svg|ico|pdf|docx?|xlsx?|pptx?|zip|rar|mp[34]|m4[av]|avi|mov|webm|wav|m3u8|"
    r"xml|rss|atom|json|css|js|apk|ics)$"
)
_PAGE_SUFFIX: Final = re.compile(r"(?i)\.(?:s?html?|aspx?|php|jspx?|cfm|do)$")
_NEVER: Final = re.compile(
    r"(?:hash)?tags?|authors?|writers?|columnists?|log-?in|sign-?in|sign-?up|log-?out|register|search|feeds?|rss"
    r"|users?|accounts?|profiles?|subscribe|subscriptions?|newsletters?|contacts?|contact-?us|about|about-?us"
    r"|privacy|privacy-policy|terms|terms-of-(?:use|service)|advertis(?:e|ing)|sitemap|print|share|feedback|careers"
    r"|cdn-cgi|wp-(?:admin|login|content|json|includes)"
    r"|وسم|وسوم|كاتب|بحث|تسجيل|دخول|(?:اتصل|تواصل)-بنا|من-نحن|عن-الموقع|سياسه-الخصوصيه"
    r"|شروط-الاستخدام|اعلن-معنا"
)
"""Folded segments of a path under which no article stands."""
_LISTING: Final = re.compile(
    r"category|categories|cat|sections?|topics?|archives?|channel|تصنيف|تصنيفات|قسم|اقسام|ارشيف|موضوع"
)
_LISTING_KEYS: Final = re.compile(r"(?:cat|category|section|sec|type|channel|topic|menu|dept)_?(?:id)?")
_NEVER_KEYS: Final = re.compile(r"tag|author|writer|s|q|search|query|keywords?|print|share|replytocom")
_ARTICLE_KEYS: Final = re.compile(
    r"p|n|a|k|no|num|sid|nid|aid|pid|id|.*(?:news|article|story|post|item|content|artic|detail)[_-]?(?:id|no)?"
)
_DATE: Final = re.compile(r"(?<!\d)(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-](?:0?[1-9]|[12]\d|3[01]))?(?!\d)[/-]?")
_NUMBER: Final = re.compile(r"(?<!\d)\d{4,}(?!\d)")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_CODE: Final = re.compile(r"(?i)(?=(?:[^0-9]*[0-9]){2})(?=(?:[^a-z]*[a-z]){2})[a-z0-9]{8,32}|[0-9a-f]{8}-[0-9a-f-]{27}")
_SLUG_GAP: Final = re.compile(r"[-_+ \u2010-\u2015]+")


def looks(url: str) -> Looks:
    """How much an absolute address looks like an article's. Words without meaning to it are `UNSAID`."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if _FILES.search(path):
        return Looks.NEVER
    segments: list[str] = [fold(_PAGE_SUFFIX.sub("", part)) for part in path.split("/") if part.strip()]
    pairs = [(key.lower(), value) for key, value in parse_qsl(parts.query)]
    if any(map(_NEVER.fullmatch, segments)) or any(_NEVER_KEYS.fullmatch(key) for key, _ in pairs):
        return Looks.NEVER
    if segments[-2:-1] == ["page"] and segments[-1].isdecimal():
        return Looks.NEVER
    by_query = _query(pairs)
    by_path = _path(segments)
    if by_query is Looks.NEVER or not (segments or pairs):
        return Looks.NEVER if by_path < Looks.LIKELY else by_path
    if any(map(_LISTING.fullmatch, segments[:-1])) and by_path < Looks.LIKELY:
        by_path = Looks.LISTING
    best = max(by_path, by_query)
    return Looks.LISTING if Looks.LISTING in (by_path, by_query) and best < Looks.LIKELY else best


def in_listing(url: str) -> bool:
    """Whether a segment of the path says «category» or its like: the rest may be a section's slug."""
    return any(_LISTING.fullmatch(fold(part)) for part in unquote(urlsplit(url).path).split("/"))


def _path(segments: list[str]) -> Looks:
    if not segments:
        return Looks.UNSAID
    joined = "/".join(segments)
    date = _DATE.search(joined)
    if date and re.search(r"[^\W_]", joined[date.end() :]):
        return Looks.LIKELY
    if any(_is_number(part) for part in segments[-3:]) or _CODE.fullmatch(segments[-1]):
        return Looks.LIKELY
    if _YEAR.fullmatch(segments[-1]) or (date and joined[: date.start()][-1:] in ("/", "")):
        return Looks.LISTING  # the archive of a day, a month, a year
    words = max((len([w for w in _SLUG_GAP.split(part) if w]) for part in segments[-2:]), default=0)
    if words >= 5:
        return Looks.LIKELY
    return Looks.MAYBE if words >= 3 or (len(segments) > 1 and segments[-1].isdecimal()) else Looks.UNSAID


def _is_number(segment: str) -> bool:
    return any(not _YEAR.fullmatch(found) for found in _NUMBER.findall(segment))


def _query(pairs: list[tuple[str, str]]) -> Looks:
    """The query's word on it; a list's own number beside an article's doesn't count."""
    articles = [(key, value) for key, value in pairs if _ARTICLE_KEYS.fullmatch(key) and value.isdecimal()]
    if any(len(value) >= 3 for key, value in articles):
        return Looks.LIKELY
    if any(turns_pages(key) and value.isdecimal() for key, value in pairs):
        return Looks.NEVER
    if any(_LISTING_KEYS.fullmatch(key) for key, _ in pairs):
        return Looks.LISTING
    return Looks.MAYBE if articles else Looks.UNSAID
