"""What newspapers do to a text before they print it as their own: kinds of rewriting, by seeded chance."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

_SENTENCE: Final = re.compile(r"(?<=[.؟!?])\s+")
_FIGURE: Final = re.compile(r"\d+")
_HARAKAT: Final = ("\u064e", "\u064f", "\u0650", "\u0652", "\u0651")
_RESPELT: Final = str.maketrans("أإآةى", "اااهي")
_BOILERPLATE: Final = (
    "لمتابعة آخر الأخبار المحلية والعربية اشتركوا في قناتنا على تطبيقات المراسلة.",
    "جميع الحقوق محفوظة، ويسمح بالاقتباس شرط ذكر المصدر.",
)
_LEADS: Final = (
    "{place} (وكالات) - أفادت مصادر متطابقة في ساعة متقدمة من مساء اليوم بتفاصيل جديدة عن القضية، وفيما يأتي "
    "ما توافر منها.",
    "{place} - خاص: علم مندوبنا من جهات مطلعة على الملف أن تطورات الساعات الماضية جاءت على النحو الآتي.",
)
_PLACES: Final = ("الرباط", "عمان", "بيروت", "القاهرة", "الدوحة", "بغداد")


@dataclass(frozen=True, slots=True)
class Story:
    """As much of an article as is rewritten."""

    title: str
    """The headline."""
    paragraphs: tuple[str, ...]
    """The body."""

    @property
    def text(self) -> str:
        """As stored."""
        return "\n\n".join(self.paragraphs)


Rewriting = Callable[[Random, Story, Story], Story]
"""Chance, the story, and another one to take words from → the story rewritten."""


def respelt(chance: Random, story: Story, _: Story) -> Story:
    """The same words with other hamzas, ى and ة, a vowel mark here and there, other quotation marks."""

    def word(each: str) -> str:
        each = each.translate(_RESPELT) if chance.random() < 0.5 else each
        return each + chance.choice(_HARAKAT) if chance.random() < 0.1 and each[-1:].isalpha() else each

    def line(each: str) -> str:
        return " ".join(map(word, each.split())).replace('"', "»").replace("،", " ، ")

    return Story(story.title, tuple(map(line, story.paragraphs)))


def headline_only(_: Random, story: Story, other: Story) -> Story:
    """Another headline over the same text."""
    return Story(other.title, story.paragraphs)


def without_lead(_: Random, story: Story, __: Story) -> Story:
    """The first paragraph cut; of a text that has only one, the first sentence."""
    parts, join = _parts(story)
    return _whole(story.title, parts[1:] or parts, join)


def without_end(_: Random, story: Story, __: Story) -> Story:
    """About the last third of the sentences cut."""
    parts = _sentences(story)
    return Story(story.title, (" ".join(parts[: max(1, round(len(parts) * 2 / 3))]),))


def reordered(chance: Random, story: Story, _: Story) -> Story:
    """The same sentences in another order."""
    parts = _sentences(story)
    chance.shuffle(parts)
    return Story(story.title, (" ".join(parts),))


def synonyms(share: float) -> Rewriting:
    """This share of the words replaced, each by another word."""

    def rewrite(chance: Random, story: Story, other: Story) -> Story:
        vocabulary = other.text.split() or ["كلمة"]
        swap = lambda word: chance.choice(vocabulary) if chance.random() < share else word  # noqa: E731
        return Story(story.title, tuple(" ".join(map(swap, each.split())) for each in story.paragraphs))

    return rewrite


def with_paragraph(chance: Random, story: Story, other: Story) -> Story:
    """A paragraph of the newspaper's own put in: a quarter of the story's length."""
    words = other.text.split()[: max(8, len(story.text.split()) // 4)]
    place = chance.randint(0, len(story.paragraphs))
    return Story(story.title, (*story.paragraphs[:place], " ".join(words), *story.paragraphs[place:]))


def with_own_lead(chance: Random, story: Story, _: Story) -> Story:
    """The first sentence replaced by a dateline and a lead of the newspaper's own."""
    parts = _sentences(story)
    lead = chance.choice(_LEADS).format(place=chance.choice(_PLACES))
    return Story(story.title, (lead, " ".join(parts[1:] or parts)))


def updated(chance: Random, story: Story, other: Story) -> Story:
    """A third of the figures (one at least) brought up to date, and a sentence of news added."""
    figures = list(_FIGURE.finditer(story.text))
    chosen = {f.start() for f in chance.sample(figures, max(1, len(figures) // 3))} if figures else set()
    text = _FIGURE.sub(lambda f: str(int(f[0][:9]) + chance.randint(1, 9)) if f.start() in chosen else f[0], story.text)
    return Story(story.title, (*text.split("\n\n"), " ".join(other.text.split()[:12])))


def merged(_: Random, story: Story, other: Story) -> Story:
    """Printed together with another story of about half its length."""
    words = other.text.split()[: max(10, len(story.text.split()) // 2)]
    return Story(story.title, (*story.paragraphs, " ".join(words)))


def with_boilerplate(chance: Random, story: Story, _: Story) -> Story:
    """A line that the newspaper prints under everything."""
    return Story(story.title, (*story.paragraphs, chance.choice(_BOILERPLATE)))


KINDS: Final[Mapping[str, Rewriting]] = {
    "respelt": respelt,
    "headline only": headline_only,
    "boilerplate added": with_boilerplate,
    "figures updated": updated,
    "5 % synonyms": synonyms(0.05),
    "10 % synonyms": synonyms(0.10),
    "20 % synonyms": synonyms(0.20),
    "sentences reordered": reordered,
    "own lead": with_own_lead,
    "first paragraph cut": without_lead,
    "last third cut": without_end,
    "paragraph put in": with_paragraph,
    "merged with another": merged,
}
"""Name → rewriting, the lightest first."""


def _sentences(story: Story) -> list[str]:
    return [each for paragraph in story.paragraphs for each in _SENTENCE.split(paragraph) if each.strip()]


def _parts(story: Story) -> tuple[Sequence[str], str]:
    """Paragraphs, or the sentences of a text with only one; and what joins them."""
    return (story.paragraphs, "\n\n") if len(story.paragraphs) > 1 else (_sentences(story), " ")


def _whole(title: str, parts: Sequence[str], join: str) -> Story:
    return Story(title, tuple(join.join(parts).split("\n\n")))
