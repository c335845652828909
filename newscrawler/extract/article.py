"""extract(): one page in, one article out, or the outcome that says why not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from newscrawler.article import Article, fingerprinted
from newscrawler.extract.addresses import read_address
from newscrawler.extract.agencies import agency_credited
from newscrawler.extract.body import Body, read_body, with_leads
from newscrawler.extract.bylines import read_authors
from newscrawler.extract.claims import Settled
from newscrawler.extract.dateline_names import lone_name, opening_byline, signing_name
from newscrawler.extract.decoding import decode
from newscrawler.extract.document import Document, read_document
from newscrawler.extract.headline import Headline, names_of_site, read_headline
from newscrawler.extract.keywords import read_keywords
from newscrawler.extract.kinds import refuse_forbidden, refuse_foreign, refuse_front, refuse_listing
from newscrawler.extract.listings import linked_headlines, pictured_share
from newscrawler.extract.mentions import read_mentions
from newscrawler.extract.paywalls import paywall_note
from newscrawler.extract.pictures import read_picture
from newscrawler.extract.published import choose
from newscrawler.extract.rules import drop_by_rule
from newscrawler.extract.sayings import date_rule_note, sayings
from newscrawler.extract.sections import read_section
from newscrawler.extract.service_pages import refuse_service
from newscrawler.extract.standfirsts import read_standfirst
from newscrawler.outcome import NotAnArticle, NoText, TooShort
from newscrawler.page import Page
from newscrawler.site import Site
from newscrawler.text.language import judge
from newscrawler.text.normalise import fold

MIN_WORDS: Final = 20
"""Words. Below it a page is a caption or a ticker line: of 5,060 real articles of one broadcaster 0.4 %
are shorter, and 1 % would be lost at 25."""

CREDIT_MAX: Final = 40
"""Characters of a line that names an agency."""

FOOT: Final = 3
"""Lines below the text that may name its source."""


def extract(page: Page, site: Site, *, min_words: int = MIN_WORDS) -> Article:
    """The article on a page, in the outlet's own words.

    Raises NotAnArticle (not HTML, a listing, a gallery, a video, the front page), NoArchive, NoText, or
    TooShort below `min_words` words. What the library raises goes through. A page in another language
    is an article all the same: `Article.language` says so.
    """
    refuse_foreign(page)
    decoded = decode(page.body, content_type=page.content_type, fallback=site.encoding)
    document = read_document(page, site, decoded.utf8)
    refuse_forbidden(document)
    refuse_front(document)
    drop_by_rule(document)
    headline = read_headline(document)
    title = headline.words.value or ""
    body = read_body(document, headline=headline.element, title=title)
    standfirst = read_standfirst(
        document, above=body.above, paragraphs=body.paragraphs, title=title, headline=headline.element
    )
    body = with_leads(body, standfirst=standfirst.value)
    _refuse(document, body, headline, min_words)
    return fingerprinted(_article(document, headline, body, standfirst))


def _refuse(document: Document, body: Body, headline: Headline, min_words: int) -> None:
    words = sum(len(paragraph.split()) for paragraph in body.paragraphs)
    refuse_service(title=headline.words.value or "", words=words)
    passed = linked_headlines(body.above, headline.element)
    pictured = pictured_share(body.blocks)
    refuse_listing(
        document, words=words, short=words < min_words, teasers=body.teasers, passed=passed, pictured=pictured
    )
    if not body.paragraphs:
        raise NoText("no article text in the page")
    if words < min_words:
        raise TooShort(f"{words} words, {min_words} are needed")
    if not headline.words.value:
        raise NotAnArticle("no headline")


def _article(document: Document, headline: Headline, body: Body, standfirst: Settled[str | None]) -> Article:
    page, title = document.page, headline.words.value or ""
    around = [*body.above, *body.below]
    section, section_note = read_section(
        document, title=title, headline=headline.element, above=body.above, below=body.below
    )
    authors, credited, author_note = read_authors(
        document, above=body.above, paragraphs=body.paragraphs, below=body.below
    )
    said = sayings(document, above=body.above, headline=headline.element, below=body.below)
    dates = choose(said, document)
    picture = read_picture(document, headline.element)
    tags = read_keywords(document, title=title, around=around)
    address = read_address(document)
    outlets = frozenset(fold(name) for name in names_of_site(document))
    paragraphs = _unsigned(body.paragraphs, authors.value, outlets)
    fields: dict[str, Settled[Any]] = {
        "title": headline.words,
        "section": section,
        "standfirst": standfirst,
        "authors": authors,
        "published_at": Settled(dates.at, dates.source, dates.losers),
        "image_url": picture,
        "keywords": tags,
        "url": address,
    }
    notes = (headline.note, body.note, section_note, author_note, date_rule_note(document), paywall_note(document))
    return Article(
        url=address.value,
        site=document.site.id,
        title=title,
        paragraphs=paragraphs,
        fetched_at=page.fetched_at,
        requested_url=page.requested_url,
        section=section.value,
        standfirst=standfirst.value,
        authors=authors.value,
        agency=agency_credited(
            [*credited, *_credits(body, headline)], body.paragraphs, [block.text for block in body.below[:FOOT]]
        ),
        published_at=dates.at,
        published_raw=dates.raw,
        published_from=dates.source,
        modified_at=dates.modified_at,
        image_url=picture.value,
        keywords=tags.value,
        mentions=read_mentions(document),
        language=judge(f"{title}\n{' '.join(body.paragraphs)}"),
        extractor=body.mode,
        provenance={name: field.source for name, field in fields.items() if field.source},
        disagreements={name: dict(field.losers) for name, field in fields.items() if field.losers},
        notes=tuple(note for note in notes if note),
        capture_id=page.capture_id,
    )


def _unsigned(paragraphs: Sequence[str], authors: Sequence[str], outlets: frozenset[str]) -> tuple[str, ...]:
    """The paragraphs without a first or last one that is the writer's name."""
    text = tuple(paragraphs)
    if len(text) > 1 and (opening_byline(text[0], outlets, city=True) or lone_name(text, outlets)):
        text = text[1:]
    return text[:-1] if set(signing_name(text, outlets)) & set(authors) else text


def _credits(body: Body, headline: Headline) -> list[str]:
    """Short lines between headline and text, and the elements in them, that may name an agency."""
    own = set(headline.element.iter()) if headline.element is not None else set()
    first = max((place for place, block in enumerate(body.above) if block.owner in own), default=-1) + 1
    lines = [block for block in body.above[first:] if block.is_short and not block.is_link]
    return [text for block in lines for text, _ in block.pieces() if len(text) <= CREDIT_MAX]
