"""How well the extractor reads a set of pages: field by field, and the body by characters."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from newscrawler.article import Article
from newscrawler.extract import extract
from newscrawler.outcome import Outcome
from newscrawler.page import Page
from newscrawler.site import Site
from newscrawler.text.normalise import clean, fold
from newscrawler.urls import BadUrl, canonical

FIELDS: Final = (
    "title",
    "section",
    "standfirst",
    "authors",
    "published",
    "modified",
    "image",
    "keywords",
    "address",
    "outcome",
)
"""What is scored besides the body."""

ARTICLE, NOT_ARABIC = "Article", "NotArabic"
"""Ends of a page that are no exception of the extractor."""

LATE: Final = datetime(2026, 11, 22, tzinfo=UTC)
"""When a page of unknown capture date is taken to be fetched."""


@dataclass(frozen=True, slots=True)
class Miss:
    """One field of one page that came out wrong."""

    page: str
    """The page's name."""
    field: str
    """The field's name."""
    expected: str
    """What the gold says."""
    got: str
    """What was read."""

    def __str__(self) -> str:
        return f"{self.page}: {self.field}\n    expected: {self.expected}\n    got:      {self.got}"


@dataclass(frozen=True, slots=True)
class Score:
    """The result for a set of pages."""

    shares: dict[str, float]
    """Measure → share of the pages that are right, or mean precision and recall, 0 to 1."""
    misses: tuple[Miss, ...]
    """Everything that was wrong."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One page with what a careful editor would archive of it."""

    name: str
    """The folder's or the file's name."""
    page: Page
    """What the extractor is given."""
    site: Site
    """The outlet."""
    gold: dict[str, Any]
    """Expected values; the keys are those of `expected.json`."""


def own_samples(folder: Path) -> Iterator[Sample]:
    """The golden folders: page.html, context.json (url, fetched_at, site …), expected.json."""
    for path in sorted(folder.glob("*/expected.json")):
        context = json.loads((path.parent / "context.json").read_text(encoding="utf-8"))
        page = Page(
            url=context["url"],
            body=(path.parent / "page.html").read_bytes(),
            fetched_at=datetime.fromisoformat(context["fetched_at"]).astimezone(UTC),
            requested_url=context.get("requested_url", context["url"]),
            content_type=context.get("content_type"),
        )
        yield Sample(path.parent.name, page, Site(**context["site"]), json.loads(path.read_text(encoding="utf-8")))


def corpus_samples(corpus: Path) -> Iterator[Sample]:
    """A corpus of real pages with its gold, and its pages in other languages, which only have to be told apart."""
    for path in sorted((corpus / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        site = site_of(gold["url"], gold["site_name"], newsroom_zone(gold))
        yield Sample(path.stem, page_of(gold["url"], (corpus / gold["file"]).read_bytes()), site, gold)
    for path in sorted((corpus / "negative").glob("*.html")):
        url = f"https://{path.stem}/news/1234567"
        yield Sample(
            path.stem, page_of(url, path.read_bytes()), site_of(url, path.stem, "UTC"), {"outcome": NOT_ARABIC}
        )


def newsroom_zone(gold: dict[str, Any]) -> str:
    """A zone with the offset that the gold gives to the date of publication; UTC where it gives none."""
    published = gold.get("published_at")
    offset = datetime.fromisoformat(published).utcoffset() if published else None
    hours = round(offset.total_seconds() / 3600) if offset else 0
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"


def page_of(url: str, body: bytes) -> Page:
    """A page fetched long after it was published."""
    return Page(url=url, body=body, fetched_at=LATE, requested_url=url, content_type="text/html")


def site_of(url: str, name: str, zone: str) -> Site:
    """The outlet of an address, as a seed file would have it."""
    parts = urlsplit(url)
    home = f"{parts.scheme}://{parts.netloc}/"
    return Site(id=parts.netloc.replace(":", "-"), name=name, home=home, timezone=zone)


def digest(samples: Sequence[Sample]) -> str:
    """Tells one set of pages and gold from another: floors hold for the set they were measured on."""
    sums = hashlib.sha256()
    for sample in samples:
        sums.update(sample.name.encode())
        sums.update(sample.page.body)
        sums.update(json.dumps(sample.gold, sort_keys=True, ensure_ascii=False).encode())
    return sums.hexdigest()[:16]


def score(samples: Iterable[Sample]) -> Score:
    """Reads every page and compares."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    precisions: list[float] = []
    recalls: list[float] = []
    misses: list[Miss] = []
    for sample in samples:
        outcome, article = _read(sample)
        wanted = sample.gold.get("outcome", ARTICLE)
        asked["outcome"] += 1
        right["outcome"] += outcome == wanted
        if outcome != wanted:
            misses.append(Miss(sample.name, "outcome", wanted, outcome))
        if article is None or wanted != ARTICLE:
            continue
        for field, expected, got, is_right in _fields(sample, article):
            asked[field] += 1
            right[field] += is_right
            if not is_right:
                misses.append(Miss(sample.name, field, expected, got))
        precision, recall = body_scores(article.paragraphs, sample.gold)
        precisions.append(precision)
        recalls.append(recall)
        misses += _body_misses(sample, article, precision, recall)
    shares = {field: right[field] / asked[field] for field in (*FIELDS, "traps", "agency") if asked[field]}
    shares["precision"] = sum(precisions) / max(1, len(precisions))
    shares["recall"] = sum(recalls) / max(1, len(recalls))
    return Score(shares, tuple(misses))


def body_scores(paragraphs: Sequence[str], gold: dict[str, Any]) -> tuple[float, float]:
    """Precision and recall of the body by characters; optional paragraphs count for neither."""
    optional = {_flat(text) for text in gold.get("optional_paragraphs", ())}
    got = " ".join(_flat(text) for text in paragraphs if _flat(text) not in optional)
    wanted = " ".join(_flat(text) for text in gold["paragraphs"])
    matcher = SequenceMatcher(None, got, wanted, autojunk=False) if got != wanted else None
    same = len(wanted) if matcher is None else sum(block.size for block in matcher.get_matching_blocks())
    return (same / len(got) if got else 0.0), (same / len(wanted) if wanted else 1.0)


def _read(sample: Sample) -> tuple[str, Article | None]:
    try:
        article = extract(sample.page, sample.site)
    except Outcome as outcome:
        return outcome.name, None
    assert article.language is not None
    return (ARTICLE if article.language.is_arabic else NOT_ARABIC), article


def _flat(text: str) -> str:
    return fold(clean(text))


def _fields(sample: Sample, article: Article) -> Iterator[tuple[str, str, str, bool]]:
    gold = sample.gold
    said = {
        "title": ("title", article.title),
        "section": ("section", article.section),
        "standfirst": ("subtitle", article.standfirst),
        "authors": ("authors", list(article.authors)),
        "image": ("image_url", article.image_url),
        "agency": ("agency", article.agency),
    }
    for field, (key, got) in said.items():
        if key in gold:
            accepted = [gold[key], *gold.get(f"{key}_accept", ())]
            yield field, repr(gold[key]), repr(got), any(_same(got, value, field) for value in accepted)
    yield from _dates(gold, article)
    yield from _keywords(gold, article)
    if "url" in gold:
        yield "address", gold["url"], article.url, _same(article.url, gold["url"], "address")
    inside = [trap for trap in gold.get("traps", ()) if _flat(trap) in _flat(" ".join(article.paragraphs))]
    yield "traps", "none of the traps in the body", repr(inside), not inside


def _same(got: Any, wanted: Any, field: str) -> bool:
    if isinstance(wanted, str) and isinstance(got, str):
        if field in ("image", "address"):
            return _canonical(got) == _canonical(wanted)
        return clean(got) == clean(wanted)
    return bool(got == wanted) or (not got and not wanted)


def _canonical(url: str) -> str:
    """The canonical spelling, or the text itself where it is no whole address."""
    try:
        return canonical(url)
    except BadUrl:
        return url


def _dates(gold: dict[str, Any], article: Article) -> Iterator[tuple[str, str, str, bool]]:
    for field, key, got in (
        ("published", "published_at", article.published_at),
        ("modified", "modified_at", article.modified_at),
    ):
        if key not in gold:
            continue
        stem = key.removesuffix("_at")
        days = gold.get(f"{stem}_precision") == "date"
        accepted = [gold[key], *gold.get(f"{stem}_accept", ())]
        yield (
            field,
            repr(gold[key]),
            repr(got and got.isoformat()),
            any(_same_time(got, at, days=days) for at in accepted),
        )


def _same_time(got: datetime | None, wanted: str | None, *, days: bool) -> bool:
    if got is None or wanted is None:
        return got is None and wanted is None
    at = datetime.fromisoformat(wanted)
    if days:
        return got.astimezone(at.tzinfo).date() == at.date()
    return got == at.replace(microsecond=0)


def _keywords(gold: dict[str, Any], article: Article) -> Iterator[tuple[str, str, str, bool]]:
    if "keywords" not in gold:
        return
    got = {_flat(word) for word in article.keywords}
    allowed = {_flat(word) for word in gold.get("keywords_accept", gold["keywords"])}
    unwanted = {_flat(word) for word in gold.get("keywords_not_wanted", ())}
    is_right = got <= allowed and not got & unwanted and (bool(got) or not gold["keywords"])
    if "keywords_accept" not in gold:
        is_right = is_right and got == allowed
    yield "keywords", repr(gold["keywords"]), repr(list(article.keywords)), is_right


def _body_misses(sample: Sample, article: Article, precision: float, recall: float) -> Iterator[Miss]:
    wanted = [clean(text) for text in sample.gold["paragraphs"]]
    fine = {_flat(text) for text in [*wanted, *sample.gold.get("optional_paragraphs", ())]}
    extra = [text for text in article.paragraphs if _flat(text) not in fine]
    got = {_flat(text) for text in article.paragraphs}
    missing = [text for text in wanted if _flat(text) not in got]
    if precision < 1 or recall < 1 or extra or missing:
        figures = f"precision {precision:.4f}, recall {recall:.4f}"
        yield Miss(sample.name, f"body ({figures})", f"also {missing!r}", f"too much {extra!r}")
