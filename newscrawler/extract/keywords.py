"""The page's own tags: those it shows, else those it tells machines; never the headline cut at spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from lxml.html import HtmlElement

from newscrawler.extract.blocks import Block
from newscrawler.extract.boilerplate import begins_tags
from newscrawler.extract.claims import Settled
from newscrawler.extract.document import Document
from newscrawler.extract.headline import names_of_site
from newscrawler.extract.jsonld import names_in
from newscrawler.extract.tree import hints, text_of
from newscrawler.text.normalise import Folded, clean, fold, words

WORDS_MAX: Final = 7
"""Words of one tag; a longer one is a sentence."""

HEADLINE_MIN: Final = 6
"""Words of a headline; few tags have so many."""

COUNT_MAX: Final = 40
"""Tags. A page with more shows the site's tag cloud."""

BESIDE_MAX: Final = 80
"""Characters that a box of tags holds beside its links: a label, commas."""

_SPLIT: Final = re.compile(r"\s*[،,;؛|]\s*|\s*\n\s*")
_TAGS_HINT: Final = re.compile(
    r"(?:^|[\s_-])(?:tags?(?:-?(?:links?|list|box|container|wrapper|cloud|items?|area))?|(?:post|article|"
    r"entry|news|story|td)-?tags?\w*|tags-?\w*|"
    r"keywords?(?:-?\w+)?|refs-tags|topics?(?:-?(?:list|box|links))?|hash-?tags?)(?:$|[\s_-])"
)
_STEM: Final = re.compile(r"كلمات|وسوم|وسم|علامات|سمات|مفاتيح|اغات|اجات|هاشتا|tags?|keywords?", re.IGNORECASE)
_REMEMBERED: Final = 2048
"""Short lines of which is kept whether they hold such a word: menus and lists of news are the same on many pages."""

_BOXES: Final = frozenset({"div", "ul", "ol", "section", "p", "span", "footer", "td", "dl"})
_SECTION: Final = re.compile(r"/(?:categor(?:y|ies)|sections?|cat)/")
_TAG_ADDRESS: Final = re.compile(
    r"/(?:tags?|keywords?|topics?|hashtag|label|وسم|كلمات)(?:/|\?|=)|[?&](?:tag|keyword)=", re.IGNORECASE
)


def read_keywords(document: Document, *, title: str, around: Sequence[Block]) -> Settled[tuple[str, ...]]:
    """The first place that has tags wins: links shown, JSON-LD, article:tag, news_keywords, keywords."""
    outlets = {fold(name) for name in names_of_site(document)}
    found: list[tuple[str, tuple[str, ...]]] = []
    for source, raws in _said(document, around):
        tags = _tidy(raws, title, outlets, shown=source == "tags")
        if tags and source not in dict(found):
            found.append((source, tags))
    if not found:
        return Settled(())
    source, won = found[0]
    mine = {fold(tag) for tag in won}
    losers = {other: "، ".join(tags) for other, tags in found[1:] if {fold(tag) for tag in tags} != mine}
    return Settled(won, source, losers)


def _said(document: Document, around: Sequence[Block]) -> Iterator[tuple[str, Iterable[str]]]:
    yield "tags", _shown(document, around) or _printed(around)
    data = document.article_data()
    yield "json-ld", _listed(data.get("keywords"))
    for name in ("article:tag", "news_keywords", "keywords", "og:article:tag", "parsely-tags", "sailthru.tags"):
        yield f"meta:{name}", [part for value in document.metas.get(name, ()) for part in _SPLIT.split(value)]
    yield "json-ld:about", names_in(data.get("about"))


def _listed(value: Any) -> list[str]:
    return [part for text in names_in(value) for part in _SPLIT.split(text)]


def _printed(around: Sequence[Block]) -> list[str]:
    """Tags as plain text behind their label: «كلمات دالة: المياه، الساحل»."""
    for block in around:
        if ":" not in block.raw and "&" not in block.raw:
            continue  # what has no colon needn't be cleaned to see that
        label, mark, rest = block.text.partition(":")
        if mark and not block.linked and rest and block.is_short and begins_tags(fold(label)):
            return _SPLIT.split(rest.strip(" ."))
    return []


def _shown(document: Document, around: Sequence[Block]) -> list[str]:
    """Links marked rel=tag, links in a box named «tags», or links beside «الكلمات الدلالية»."""
    marked = [link for link in document.related("tag") if "category" not in link.get("rel")]
    boxes = [[link for link in marked if not _SECTION.search(link.get("href") or "")]]
    named = [element for element in document.called(_names_tags) if element.tag in _BOXES and not _in_margin(element)]
    boxes += [list(element.iter("a")) for element in named if _holds_links_only(element)]
    boxes += [_beside(element) for block in around for element in _labels(block)]
    return _most_telling(boxes) or _most_telling([_addressed(around)])


def _names_tags(name: str) -> bool:
    stem = "tag" in name or "keyword" in name or "topic" in name
    return stem and _TAGS_HINT.search(name) is not None


def _most_telling(boxes: Iterable[list[HtmlElement]]) -> list[str]:
    """The texts of the first box of several tags, else of the first with one; menus and share buttons left out."""
    found: list[list[str]] = []
    for links in boxes:
        texts = [text_of(link) for link in links]
        if texts and len(texts) <= COUNT_MAX and not _is_chrome(links) and not _are_headlines(texts):
            found.append(texts)
    return next((texts for texts in found if len(texts) > 1), found[0] if found else [])


def _addressed(around: Sequence[Block]) -> list[HtmlElement]:
    """The first links side by side that lead to tags, in a box that nobody named."""
    tags = [(a, block) for block in around if block.is_link for a in block.owner.iter("a") if _leads_to_tag(a)]
    tags = [(a, block) for a, block in tags if not _in_margin(a)]
    return [a for a, block in tags if block.owner.getparent() is tags[0][1].owner.getparent()]


def _leads_to_tag(link: HtmlElement) -> bool:
    return _is_tag_address(link.get("href") or "") or (link.text or "").lstrip().startswith("#")


def _is_tag_address(address: str) -> bool:
    # Every such address contains one of these words: to look for them takes a third of the pattern's search.
    low = address.lower()
    stem = "tag" in low or "keyword" in low or "topic" in low or "label" in low or "وسم" in low or "كلمات" in low
    return stem and _TAG_ADDRESS.search(low) is not None


def _are_headlines(texts: Sequence[str]) -> bool:
    """Whether half of them are as long as headlines: related articles in a box that is called «tags»."""
    return sum(len(text.split()) >= HEADLINE_MIN for text in texts) >= len(texts) / 2


def _labels(block: Block) -> Iterator[HtmlElement]:
    """The elements of the line that are the label of a list of tags."""
    if block.is_short and _may_label(block.raw):
        yield from (element for text, element in block.pieces() if begins_tags(fold(text)))


@lru_cache(maxsize=_REMEMBERED)
def _may_label(line: str) -> bool:
    return _STEM.search(line) is not None


def _holds_links_only(box: HtmlElement) -> bool:
    """Whether the box is the list of tags, and not a whole post that is called `tag-souk`."""
    words_in_links = sum(len(text_of(link)) for link in box.iter("a"))
    return len(text_of(box)) <= words_in_links + BESIDE_MAX


def _beside(label: HtmlElement) -> list[HtmlElement]:
    node: HtmlElement | None = label
    for _ in range(3):
        if node is None:
            return []
        links = list(islice(node.iter("a"), 2 * COUNT_MAX))
        if links := [link for link in links if next(link.iterancestors("nav", "aside"), None) is None]:
            return links
        node = node.getparent()
    return []


def _is_chrome(links: list[HtmlElement]) -> bool:
    """Share buttons in a box that is called «tags» because of its looks."""
    away = sum(
        bool(re.search(r"facebook|twitter|whatsapp|t\.me|telegram|mailto:|javascript:", link.get("href") or ""))
        for link in links
    )
    return away > len(links) / 2


def _in_margin(element: HtmlElement) -> bool:
    """Whether the element stands beside the article or in the site's head: what the paper follows these days."""
    return any(
        node.tag in ("aside", "nav")
        or "sidebar" in hints(node)
        or (node.tag == "header" and node.find(".//h1") is None)
        for node in element.iterancestors()
    )


def _tidy(raws: Iterable[str], title: str, outlets: set[Folded], *, shown: bool) -> tuple[str, ...]:
    tags: dict[Folded, str] = {}
    for raw in raws:
        tag = clean(raw).strip(" #.:،,-–—|\"'\u200f").replace("_", " ")
        short = fold(tag)
        if short and len(tag) > 1 and len(tag.split()) <= WORDS_MAX and short not in outlets and not begins_tags(short):
            tags.setdefault(short, tag)
    if len(tags) > COUNT_MAX or _is_headline(list(tags), title, shown=shown):
        return ()
    return tuple(tags.values())


def _is_headline(tags: list[Folded], title: str, *, shown: bool) -> bool:
    """Whether the tags are the headline itself, whole or cut at its spaces. A reader is shown real ones."""
    told = words(fold(title))
    said = [word for tag in tags for word in words(tag)]
    if len(tags) == 1 and len(said) > 2 and set(said) <= set(told):
        return True
    single = [tag for tag in tags if len(words(tag)) <= 1]
    if len(tags) < 3 or len(single) < 0.8 * len(tags):
        return False
    places = [told.index(word) for word in said if word in told]
    if not shown and len(places) == len(said) == len(tags) and places == sorted(places):
        return True
    return len(places) >= 0.8 * len(said) and len(said) >= 0.5 * len(told) and places == sorted(places)
