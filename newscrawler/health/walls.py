"""Whether an answer is a wall: a refusal, or a page that wants a person to prove that it is one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from newscrawler.text.normalise import clean, fold

REFUSALS: Final[Mapping[int, str]] = {
    401: "asks for a login",
    403: "refuses us",
    406: "refuses us",
    429: "says that we ask too often",
}
"""HTTP statuses by which a server keeps a crawler out."""

_WORDS_MAX: Final = 150
"""Words in sight. A wall says little; a page with more has the marks of a bot check beside its own text: Cloudflare
puts its script into ordinary pages."""

_FORM_WORDS_MAX: Final = 40
"""The same where the mark may belong to a form for comments or logins."""

_HEAD: Final = 200_000
"""Bytes looked at. Walls have 5 to 50 kB."""

_PAGE_MAX: Final = 100_000
"""Bytes from which a page is no wall: those that crawlers meet have 5 to 50 kB, and looking takes 1 ms for 100 kB."""

_MARKS: Final = re.compile(
    rb"cf[-_]chl|challenge-platform|cf-browser-verification|challenges\.cloudflare\.com|_incapsula_|incapsula incident"
    rb"|sucuri_cloudproxy|ddos-guard|px-captcha|captcha-delivery|datadome|awswafcaptcha|aws-waf-token|kasada"
    rb"|/_sec/cp_challenge",
    re.IGNORECASE,
)
_FORM_MARKS: Final = re.compile(rb"captcha|cf-turnstile|geetest", re.IGNORECASE)
_TITLES: Final = re.compile(
    r"just a moment|attention required|access (?:to this page (?:has been )?)?denied|ddos protection|security check"
    r"|are you (?:a )?(?:human|robot)|bot verification|verif(?:y|ying) (?:that )?you are|human verification"
    r"|checking your browser|one moment,? please|pardon our interruption|request (?:rejected|blocked)"
    r"|لحظه(?: واحده)? من فضلك|تحقق من انك|التحقق (?:الامني|من المتصفح|من انك)|لست روبوت|تم حظر|تم رفض"
)
"""Folded titles of such pages."""

_TITLE: Final = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_UNSEEN: Final = re.compile(
    r"<(script|style|noscript|template|svg)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE
)


def wall(status: int, headers: Mapping[str, str], body: bytes) -> str | None:
    """By what an answer keeps us out, for a person. None: it doesn't.

    `headers` have names in lower case. A page counts by its title, or by the marks of a bot check if it says
    little else. Whatever isn't HTML is no wall, and so is an error that has another reason.
    """
    if headers.get("cf-mitigated", "").lower() == "challenge":
        return f"HTTP {status}, a challenge of Cloudflare's"
    title, marked = _seen(headers.get("content-type", ""), body)
    captcha = f"a captcha page «{title[:80]}»" if title else "a captcha page"
    if status in REFUSALS:
        return f"HTTP {status}, {captcha if marked else REFUSALS[status]}"
    if marked and (status < 300 or status == 503):
        return f"HTTP {status}, {captcha}"
    return None


def wall_in_place(content_type: str | None, body: bytes) -> str | None:
    """The same for an answer with status 200 in which nothing of use was found; what is large isn't looked at."""
    return wall(200, {"content-type": content_type or ""}, body) if len(body) <= _PAGE_MAX else None


def _seen(content_type: str, body: bytes) -> tuple[str, bool]:
    """The title, and whether the page is a bot check."""
    head = body[:_HEAD]
    if "html" not in content_type.lower() and not re.match(rb"\s*<(?:!doctype html|html)", head, re.IGNORECASE):
        return "", False
    text = head.decode("utf-8", "replace")
    found = _TITLE.search(text)
    title = clean(found[1]) if found else ""
    words = len(_UNSEEN.sub(" ", text).split())
    if words > _WORDS_MAX:
        return title, False
    form = words <= _FORM_WORDS_MAX and _FORM_MARKS.search(head)
    return title, bool(_TITLES.search(fold(title)) or _MARKS.search(head) or form)
