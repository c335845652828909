"""Every way the visit of a URL can end: one class each, exactly one per URL and run.

Outcome (a DropItem, so Scrapy counts it by class name)
├── Archived                 the good ends, written by pipelines/archive.py
│   ├── New                  first seen, now an article
│   ├── Revised              known, its text has changed, the older state is kept
│   └── Unchanged            known, same text
├── Copy                     same text as an article at another address
├── NotModified              the server says: as it was at the last visit
├── Shortened                known, and only a part of its text was there: what is archived stays
├── Rejected                 fetched, and not an article for this archive
│   ├── NotAnArticle         a listing, a gallery, a PDF …
│   ├── NoText               no body was found
│   ├── TooShort             a caption or a ticker line
│   ├── NotArabic            the text is in another language
│   ├── NoArchive            the page forbids archiving
│   └── TakenDown            the keeper of the archive has removed it
├── Unfetched                no page was got
│   ├── OutOfScope           leads to a host that isn't the site's
│   ├── RobotsDenied         robots.txt forbids it
│   ├── PrivateAddress       resolves to a private network
│   ├── HttpError            the server answered with an error
│   ├── Walled               a captcha page stood in its place
│   ├── TooManyRedirects     went round in circles
│   ├── TooLarge             more bytes than a news page can have
│   └── Unreachable          no answer: DNS, refused, reset, timed out
└── Failed                   we couldn't read it
├── ExtractorFailed      the extractor raised, or its process died
├── ExtractorTimeout     the extractor took too long and was ended
├── Broken               a defect of this program; the traceback is in the log
└── PutBack              the run ended first; the next one takes it up
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from scrapy.exceptions import DropItem


class Outcome(DropItem):
    """How the visit of one URL ended, with a detail a person can read."""

    again: ClassVar[bool] = False
    """Whether a later run should try the URL again."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail, log_level="DEBUG")
        self.detail = detail

    @property
    def name(self) -> str:
        """The class name: what `outcomes.outcome` stores."""
        return type(self).__name__


class Archived(Outcome):
    """The article is in the archive."""


class New(Archived):
    """First seen; now an article of the archive."""


class Revised(Archived):
    """Known, and its text has changed since; the older state is kept in `revisions`."""


class Unchanged(Archived):
    """Known, and its text is the same."""


class Copy(Outcome):
    """The same text as an archived article at another address; filed in `copies`."""

    def __init__(self, detail: str = "", *, article_id: int | None = None) -> None:
        super().__init__(detail)
        self.article_id = article_id


class NotModified(Outcome):
    """The server answered 304: nothing changed since the last visit."""


class Shortened(Outcome):
    """Known, and the page showed only a part of the archived text: a paywall, a broken layout, or an edit that a later
    visit confirms. The archived text stays; the detail says how much is left.
    """


class Rejected(Outcome):
    """Fetched, but not an article for this archive."""


class NotAnArticle(Rejected):
    """A listing, a gallery, a video page, or not HTML at all."""


class NoText(Rejected):
    """The page was fetched, but no article body was found in it."""


class TooShort(Rejected):
    """The body has fewer words than `NEWS_MIN_WORDS`: a caption or a ticker line."""


class NotArabic(Rejected):
    """The text is in another language, often Persian, Urdu or Kurdish in Arabic letters."""


class NoArchive(Rejected):
    """The page asks not to be archived (robots meta or header `noarchive`)."""


class TakenDown(Rejected):
    """Removed by `scrapy takedown`; it is not archived again."""


class Unfetched(Outcome):
    """No page was got."""


class OutOfScope(Unfetched):
    """The address, or where it redirects to, is not on one of the site's hosts."""


class RobotsDenied(Unfetched):
    """The site's robots.txt forbids this address to us."""


class PrivateAddress(Unfetched):
    """The host resolves to a loopback or private address and the seed doesn't allow that."""


class HttpError(Unfetched):
    """The server answered with an error; the detail is its status code."""


class TransientHttpError(HttpError):
    """A status that passes: 408, 425, 429 and 5xx. Recorded as `HttpError`, and tried again."""

    again = True

    @property
    def name(self) -> str:
        """Always `HttpError`: whether it passes is the frontier's business, not the reader's."""
        return HttpError.__name__


class Walled(Unfetched):
    """A page that wants a person to prove that it is one stood in the article's place; the detail names it."""

    again = True


class TooManyRedirects(Unfetched):
    """Followed as many redirects as `REDIRECT_MAX_TIMES` allows without reaching a page."""


class TooLarge(Unfetched):
    """The body is larger than `DOWNLOAD_MAXSIZE`, compressed or unpacked."""


class Unreachable(Unfetched):
    """No answer: the name doesn't resolve, the connection is refused, reset or timed out."""

    again = True


class Failed(Outcome):
    """The page was got, and we couldn't read it."""

    again = True


class ExtractorFailed(Failed):
    """The extractor raised an error, or its process died; the detail names the error."""


class ExtractorTimeout(Failed):
    """The extractor took longer than `NEWS_EXTRACT_TIMEOUT_S` and was ended."""


class Broken(Failed):
    """A defect of this program; the traceback is in the log. The run ends with exit code 1."""


class PutBack(Failed):
    """The run ended before this URL's visit did; the next run takes it up."""


def http_error(status: int) -> HttpError:
    """The outcome for an HTTP status of 300 or above; passing ones are tried again."""
    transient = status in (408, 425, 429) or status >= 500
    return (TransientHttpError if transient else HttpError)(str(status))


def all_outcomes() -> Iterator[type[Outcome]]:
    """Every class a URL can end in (the leaves of the tree), in the order of the docstring."""
    return _leaves(Outcome)


def _leaves(cls: type[Outcome]) -> Iterator[type[Outcome]]:
    children = [c for c in cls.__subclasses__() if c is not TransientHttpError]
    if not children:
        yield cls
    for child in children:
        yield from _leaves(child)
