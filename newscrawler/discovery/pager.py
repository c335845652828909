"""The next page of a list: `rel=next`, «التالي», or the number after this one. Never back, never elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from newscrawler.discovery.anchors import Anchor
from newscrawler.discovery.links import key_of
from newscrawler.discovery.looks import Looks, looks
from newscrawler.discovery.steps import Step, is_first, step
from newscrawler.text.normalise import fold

_NEXT: Final = re.compile(
    r"(?:الي |الانتقال الي )?(?:(?:ال)?صفحه )?(?:التالي|التاليه|اللاحقه|القادمه)(?: (?:ال)?صفحه)?"
    r"|(?:(?:ال)?(?:اخبار|مقالات|مواضيع|مشاركات|تدوينات) )?(?:ال)?اقدم"
    r"|next(?: page| posts| entries)?|older(?: posts| entries| articles| news)?|(?:page )?suivante?"
)
_PERHAPS: Final = re.compile(
    r"(?:عرض |تحميل |شاهد |اقرا )?(?:ال)?مزيد(?: من .{1,30})?|(?:load |show |view |see )?more(?: .{1,30})?|"
)
"""Labels that may lead anywhere (empty: only arrows), and count only where the address itself turns a page."""
_ARROWS: Final = " \"'<>…._|[]()-→←⟩⟨❯❮▶◀►◄⇐⇒"
"""Around a label; `fold` has made quotation marks of «»‹›."""
_NUMBER: Final = re.compile(r"(?:page |(?:ال)?صفحه (?:رقم )?)?(\d{1,5})")


@dataclass(frozen=True, slots=True)
class _Offer:
    link: Anchor
    label: str
    """What it says, folded, without arrows."""
    step: Step | None
    """None: its address doesn't differ by a number."""

    @property
    def number(self) -> int | None:
        """The page its label names. None: it names none."""
        match = _NUMBER.fullmatch(self.label)
        return int(match[1]) if match else None


def next_page(links: Iterable[Anchor], *, url: str) -> str | None:
    """Address of the page after the one at `url`, as printed. None: there is none.

    `links` are the page's links in scope. `rel=next` is asked first, then «التالي» and its like, then
    the numbers, at last arrows and «المزيد». A page is never its own successor, and numbers only grow.
    """
    offers = _forward(links, url)
    for offer in offers:
        if "next" in offer.link.rel:
            return offer.link.url
    for offer in offers:
        if _NEXT.fullmatch(offer.label) and _same_list(offer, url):
            return offer.link.url
    later = [(offer.step.there, offer.link.url) for offer in offers if offer.step and _numbered(offer, offer.step)]
    if not later:
        later = [
            (offer.step.there, offer.link.url)
            for offer in offers
            if offer.step and offer.step.sure and _PERHAPS.fullmatch(offer.label)
        ]
    return min(later)[1] if later else None


def _forward(links: Iterable[Anchor], url: str) -> list[_Offer]:
    """The links that may lead on: not to this page itself, not back."""
    own = key_of(url)
    offers = [
        _Offer(link, fold(link.words or link.label).strip(_ARROWS), step(url, link.url))
        for link in links
        if link.key != own and not link.rel & {"prev", "previous"}
    ]
    first = _first_number(offers)
    return [
        offer
        for offer in offers
        if not is_first(url, offer.link.url)
        and (offer.step is None or offer.step.there > (first if offer.step.here is None else offer.step.here))
    ]


def _first_number(offers: list[_Offer]) -> int:
    """What the number of a first page that carries none would be: 1, or 0 where «2» leads to `?page=1`."""
    labelled = {offer.number: offer.step.there for offer in offers if offer.step and offer.step.here is None}
    if 1 in labelled:
        return labelled[1]
    return min(1, labelled.get(2, 2) - 1)


def _numbered(offer: _Offer, to: Step) -> bool:
    """Whether the label is a page's number. Where the address doesn't say so too, both must agree."""
    return offer.number is not None and (to.sure or offer.number in (to.there, to.there + 1))


def _same_list(offer: _Offer, url: str) -> bool:
    """«التالي» may also lead to the next article: then it leaves the list's folder or looks like one."""
    if offer.step is not None:
        return True
    here, there = urlsplit(url), urlsplit(offer.link.url)
    if here.path.rstrip("/") == there.path.rstrip("/"):
        return True
    return there.path.startswith(here.path.rstrip("/") + "/") and looks(offer.link.url) < Looks.LIKELY
