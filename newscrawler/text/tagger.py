"""Tagger: lists, rules, threshold and topic model under one version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from newscrawler.text.lexicon import Lexicon
from newscrawler.text.names import PageMention
from newscrawler.text.tags import CONFIDENCE_MIN, Tag, tags_of
from newscrawler.text.topic_model import TopicModel

RULES_VERSION: Final = 3
"""Raised when the rules find other tags in the same article: then archives are tagged anew."""


class Taggable(Protocol):
    """What a tagger reads of an article; each as in `Article`."""

    @property
    def title(self) -> str:
        """Headline."""

    @property
    def standfirst(self) -> str | None:
        """None: it has none."""

    @property
    def text(self) -> str:
        """The body."""

    @property
    def section(self) -> str | None:
        """None: the page showed none."""

    @property
    def keywords(self) -> Sequence[str]:
        """The page's own tags."""

    @property
    def mentions(self) -> Sequence[PageMention]:
        """What the page's data says it is about."""


@dataclass(frozen=True, slots=True)
class Tagger:
    """Everything that decides which tags an article gets."""

    lexicon: Lexicon
    """What the lists know."""
    confidence_min: float = CONFIDENCE_MIN
    """Confidence below which an entity is no tag, 0 to 1."""
    model: TopicModel | None = None
    """Names the topic of articles whose section names none. None: they get none."""

    @property
    def version(self) -> str:
        """The same for two taggers that give every article the same tags: what `articles.tagged_with` holds."""
        parts = [f"rules-{RULES_VERSION}", f"lists-{self.lexicon.digest}", f"min-{self.confidence_min:g}"]
        if self.model is not None:
            parts.append(f"model-{self.model.digest}")
        return "/".join(parts)

    def tags_in(self, article: Taggable) -> tuple[Tag, ...]:
        """The tags of an article, just read or out of the archive."""
        return self.tags(
            title=article.title,
            standfirst=article.standfirst,
            text=article.text,
            section=article.section,
            keywords=article.keywords,
            mentions=article.mentions,
        )

    def tags(
        self,
        *,
        title: str,
        standfirst: str | None,
        text: str,
        section: str | None,
        keywords: Sequence[str],
        mentions: Sequence[PageMention],
    ) -> tuple[Tag, ...]:
        """The tags of an article. The standfirst is read as its first paragraph."""
        body = f"{standfirst}\n\n{text}" if standfirst else text
        found = tags_of(
            title=title,
            text=body,
            section=section,
            keywords=keywords,
            mentions=mentions,
            lexicon=self.lexicon,
            confidence_min=self.confidence_min,
        )
        if self.model is None or any(tag.kind == "topic" for tag in found):
            return found
        topic = self.model.topic_of(title, body)
        return (topic, *found) if topic else found
