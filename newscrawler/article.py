"""Article: the one record every stage passes on, frozen. Each stage returns a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from newscrawler.text.fingerprint import Signature, content_hash, pairs
from newscrawler.text.language import LanguageVerdict
from newscrawler.text.names import PageMention
from newscrawler.text.normalise import fold
from newscrawler.text.tags import Tag


@dataclass(frozen=True, slots=True)
class Related:
    """Another archived article that shares part of the text."""

    article_id: int
    """Row of `articles`."""

    similarity: float
    """Jaccard similarity of the folded word pairs, 0 to 1."""

    near: bool = False
    """Whether one is a near copy of the other: `NEWS_DUPLICATE_MIN` or more, and not two instalments of a series."""


@dataclass(frozen=True, slots=True, repr=False)
class Article:
    """What the newspaper published, as a reader of the page saw it."""

    url: str
    """Canonical address: the page's own if it is sane, else the one that answered."""

    site: str
    """Id of the outlet: the name of its seed file."""

    title: str
    """Headline as displayed, without the site's name."""

    paragraphs: tuple[str, ...]
    """The body, one entry per paragraph, subheadings and list items included, in order, cleaned."""

    fetched_at: datetime
    """When the page was fetched, UTC, aware."""

    requested_url: str
    """The frontier's address: which row this article closes."""

    section: str | None = None
    """The section as the reader sees it («عربي ودولي»). None: the page shows none."""

    standfirst: str | None = None
    """The summary set apart between headline and body. None: there is none, or it only repeats the first paragraph."""

    authors: tuple[str, ...] = ()
    """People or desks, in the order of the byline, without «كتب» or «بقلم»."""

    agency: str | None = None
    """The news agency credited («أ ف ب»), canonical name; several: «أ ف ب، رويترز». None: no credit found."""

    published_at: datetime | None = None
    """First publication, UTC, aware. None: no date found, or one we couldn't read;
    then `published_raw` says what stood there."""

    published_raw: str | None = None
    """The string `published_at` was read from, as printed."""

    published_from: str | None = None
    """Where that string stood: `rule`, `json-ld`, `meta:…`, `time`, `visible`, `feed`, `sitemap`, `url`."""

    modified_at: datetime | None = None
    """Last change as the page states it, UTC, aware. None: not stated, or not after publication."""

    image_url: str | None = None
    """The lead picture's absolute address. Never fetched."""

    keywords: tuple[str, ...] = ()
    """The page's own tags, in order. Not the headline cut at spaces."""

    mentions: tuple[PageMention, ...] = ()
    """What the page's JSON-LD says the article is about (`about`, `mentions`), in order."""

    language: LanguageVerdict | None = None
    """What the text is written in, with the evidence. Set by the extractor, judged by the language pipeline."""

    extractor: str = ""
    """Which extractor read the page and in which mode, with version."""

    provenance: Mapping[str, str] = field(default_factory=dict)
    """Field name → the source that won (`h1`, `json-ld`, `og:title`, `breadcrumb` …)."""

    disagreements: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Field name → the losers: source → what it said. Only where a source said something else."""

    notes: tuple[str, ...] = ()
    """What the keeper should know: a seed rule's selector that matched never or too often."""

    capture_id: int | None = None
    """Row of `captures` with the bytes. None: the raw store was off."""

    content_hash: str = ""
    """Hash of the folded body, hex: equal for equal text. Set by `fingerprinted`, in the worker."""

    signature: Signature | None = None
    """MinHash of the folded word pairs. Set by `fingerprinted`, in the worker. None: not computed yet."""

    tags: tuple[Tag, ...] = ()
    """Set by `finished`, in the worker, or by the tag pipeline."""

    tagged_with: str | None = None
    """With which rules, lists and settings: `Tagger.version`. Set with the tags. None: not tagged yet."""

    search_text: str | None = None
    """What full-text search sees. Set by `finished`, in the worker. None: not made yet."""

    original_id: int | None = None
    """The article this one is a near copy of. Set by the dedup pipeline."""

    alike: tuple[Related, ...] | None = None
    """Articles that share text from `NEWS_RELATED_MIN` on, near copies among them. Set by the dedup pipeline.
    None: not looked for, because neither the words nor the date of an archived article changed."""

    earlier: Article | None = None
    """The archived page of this article, read again today by the same extractor: what an edit is measured against.
    Set on a visit that finds another text. None: nothing to compare with, or the same text."""

    def __repr__(self) -> str:
        """Short: Scrapy puts an item's repr into every line of its log."""
        return f"<Article {self.url}>"

    @property
    def text(self) -> str:
        """The body as stored: paragraphs separated by an empty line."""
        return "\n\n".join(self.paragraphs)

    def to_text(self) -> str:
        """The article as one document: section, headline, standfirst, paragraphs, an empty line between each."""
        return as_document(self.section, self.title, self.standfirst, self.text)


def fingerprinted(article: Article) -> Article:
    """The article with what copies are found by. Done where it is read: it costs as much as a look-up."""
    folded = fold(article.text)
    return replace(article, content_hash=content_hash(folded), signature=Signature.of(pairs(folded)))


def as_document(section: str | None, title: str, standfirst: str | None, text: str) -> str:
    """Section, headline, standfirst and body with an empty line between each; what is absent leaves no gap."""
    return "\n\n".join(part for part in (section, title, standfirst, text) if part)
