"""With what a site is made, by its generator meta, its paths and its markup."""

from __future__ import annotations

import re
from typing import Final

from newscrawler.text.normalise import clean

_MARKS: Final = (
    ("WordPress", r"/wp-content/|/wp-includes/|/wp-json/|content=\"WordPress"),
    (
        "Drupal",
        r"/sites/(?:default|all)/(?:files|themes|modules)/|drupal-settings-json|Drupal\.settings|content=\"Drupal",
    ),
    ("Joomla", r"/media/(?:jui|k2|system)/|/components/com_|option=com_|content=\"Joomla"),
    ("Blogger", r"\.bp\.blogspot\.com|www\.blogger\.com|content=['\"]blogger"),
    ("Ghost", r"content=\"Ghost |/ghost/api/"),
    ("Arc XP", r"Fusion\.globalContent|arc-cdn|/pf/resources/"),
    ("Adobe Experience Manager", r"/etc\.clientlibs/|/content/dam/"),
    ("Next.js", r"id=\"__NEXT_DATA__\"|/_next/static/|self\.__next_f"),
    ("Nuxt", r"window\.__NUXT__|/_nuxt/|id=\"__NUXT"),
    ("ASP.NET", r"__VIEWSTATE|\.aspx\b|/WebResource\.axd"),
    ("Laravel", r"name=\"csrf-token\""),
    ("classic ASP", r"\.asp[?\"]"),
)
_COMPILED: Final = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _MARKS)
_HEAD: Final = 400_000
"""Characters looked at."""

FEEDS: Final = {
    "WordPress": ("feed/",),
    "Drupal": ("rss.xml",),
    "Joomla": ("index.php?format=feed&type=rss",),
    "Blogger": ("feeds/posts/default",),
    "Ghost": ("rss/",),
    "Arc XP": ("arc/outboundfeeds/rss/?outputType=xml",),
}
"""Where such a site has its feed if nobody changed that, relative to the home page."""


def made_with(html: str, *, generator: str | None) -> tuple[str, str] | None:
    """The system's name and its evidence. None: nothing betrays it."""
    text = html[:_HEAD]
    for name, pattern in _COMPILED:
        found = pattern.search(text)
        if found:
            return name, f"«{clean(found[0])[:60]}» in the page"
    return (clean(generator)[:60], "its generator meta") if generator else None
