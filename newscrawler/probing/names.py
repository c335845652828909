"""What an outlet is called and what it is, from its home page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from newscrawler.extract.jsonld import names_in
from newscrawler.probing.home import Home, title_of
from newscrawler.text.normalise import clean, fold
from newscrawler.urls import host_of

_ARABIC: Final = re.compile("[\u0621-\u064a]")
_GAPS: Final = re.compile(r"\s+[|:؛•»–—-]\s+|\s*[|»•]\s*")
_HOME_WORDS: Final = frozenset(
    map(fold, ("الرئيسية", "الصفحة الرئيسية", "صفحة البداية", "home", "homepage", "home page"))
)
_NAME_MAX: Final = 60
"""Characters. What is longer is a slogan."""

_KINDS: Final = (
    ("agency", re.compile(r"وكاله|news agency|press agency")),
    ("tv", re.compile(r"قناه|تلفزيون|فضائيه|اذاعه|راديو|(?<!\w)(?:tv|radio|channel)(?!\w)")),
    ("newspaper", re.compile(r"صحيفه|جريده|newspaper|daily")),
    ("gov", re.compile(r"وزاره|رئاسه|بوابه الحكومه")),
    ("portal", re.compile(r"موقع|بوابه|شبكه|portal|news site")),
)


def names_of(home: Home, titles: Sequence[str]) -> tuple[str | None, str | None]:
    """The Arabic and the English name. None: the page gives none.

    `titles` of its articles: what their titles and the home page's have in common is the name, the rest a slogan.
    """
    arabic = english = None
    for name in _candidates(home, titles):
        if _ARABIC.search(name):
            arabic = arabic or name
        elif name.isascii() and re.search("[A-Za-z]{2}", name):
            english = english or name
    return arabic, english


def kind_of(home: Home, name: str | None) -> tuple[str | None, str]:
    """What sort of outlet it calls itself, and by which word. None: it doesn't say."""
    if ".gov." in f"{host_of(home.answer.url).partition(':')[0]}.":
        return "gov", "its domain"
    description = home.document.meta("description", "og:description") or ""
    for text in (name or "", " ".join(_candidates(home, ())), description):
        for kind, pattern in _KINDS:
            if found := pattern.search(fold(text)):
                return kind, f"«{found[0]}» in its name or description"
    return None, "neither name nor description says"


def id_for(url: str, taken: Collection[str], *, country: str | None) -> str:
    """An id from the host: small letters, digits and hyphens; with the country where another outlet has it."""
    name, _, port = host_of(url).partition(":")
    labels = name.removeprefix("www.").split(".")
    words = [label for label in labels[:-1] if label not in ("com", "net", "org", "co", "gov", "m", "ar", "arabic")]
    stem = (words or labels)[-1] if labels[-1].isalpha() else f"{name} {port}"
    ident = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "outlet"
    for tried in (ident, f"{ident}-{(country or 'pan').lower()}"):
        if tried not in taken:
            return tried
    return next(tried for number in range(2, 10_000) if (tried := f"{ident}-{number}") not in taken)


def _candidates(home: Home, others: Sequence[str]) -> Iterator[str]:
    """What may be the outlet's name, the likeliest first."""
    document = home.document
    told = [
        document.meta("og:site_name"),
        document.meta("application-name"),
        document.meta("apple-mobile-web-app-title"),
    ]
    for data in document.linked:
        if any(word in str(data.get("@type")) for word in ("Organization", "WebSite")):
            told += [*names_in(data.get("name")), *names_in(data.get("alternateName"))]
    titles = [title_of(document), document.meta("og:title") or ""]
    for raw in told:
        yield from (part for part in _parts(raw or "") if part)
    for title in titles:
        parts = _parts(title)
        shared = [part for part in parts if sum(fold(part) in fold(other) for other in others) * 2 > len(others)]
        yield from shared or parts


def _parts(text: str) -> list[str]:
    parts = [clean(part) for part in _GAPS.split(clean(text))]
    return [part for part in parts if part and len(part) <= _NAME_MAX and fold(part) not in _HOME_WORDS]
