"""A newspaper that edits, withdraws and restores what it published, by a script, and says itself what it did."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from hashlib import md5
from itertools import count
from random import Random
from typing import Literal

from support.newspaper import feed, headline, paragraphs, published, section
from support.server import Answer, Request, Server, redirect, text

Edit = Literal["headline", "correction", "addition", "rewrite"]
Manner = Literal["noisy", "silent", "honest", "lying"]
"""`noisy`: other bytes at every fetch, no validators. `silent`: the same bytes, no validators. `honest`: an ETag that
changes with the page. `lying`: noisy, with an ETag that never changes and 304 to whoever sends it."""

EDITS: tuple[Edit, ...] = ("headline", "correction", "addition", "rewrite")
GONE = ("not-found", "gone", "legal", "redirected", "emptied")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows at a visit."""

    title: str
    """The headline."""
    body: tuple[str, ...]
    """The paragraphs."""
    gone: str | None = None
    """The reason why it shows nothing of that."""


@dataclass(slots=True)
class Story:
    """One article over all visits."""

    number: int
    """Its number: the path is /news/NUMBER."""
    states: list[Shown]
    """What is shown at each visit."""
    edits: dict[int, Edit] = field(default_factory=dict)
    """Visit → what was done to the text since the one before."""

    def absences(self) -> list[tuple[str, int, int | None]]:
        """Reason, visit from which it is gone, visit at which it is back."""
        found: list[tuple[str, int, int | None]] = []
        for visit, (before, now) in enumerate(zip(self.states, self.states[1:], strict=False), 1):
            if now.gone and not before.gone:
                found.append((now.gone, visit, None))
            elif before.gone and not now.gone:
                found[-1] = (*found[-1][:2], visit)
        return found


class ChangingPaper:
    """Serves its stories as they stand at `visit`."""

    def __init__(self, server: Server, manner: Manner, stories: Iterable[Story], *, seed: int = 0) -> None:
        self.server = server
        self.manner = manner
        self.stories = {story.number: story for story in stories}
        self.visit = 0
        self.answered: dict[int, int] = {}
        """Status → how many answers for articles had it."""
        self._fetch = count(seed)
        links = [server.url(f"/news/{number}") for number in self.stories]
        server.pages |= {"/feed": feed(links), "/": section(links), "/politics": section(links)}
        server.pages |= {f"/news/{number}": self._page(story) for number, story in self.stories.items()}

    def _page(self, story: Story) -> Callable[[Request], Answer]:
        def answer(request: Request) -> Answer:
            given = self._answer(story, request)
            self.answered[given.status] = self.answered.get(given.status, 0) + 1
            return given

        return answer

    def _answer(self, story: Story, request: Request) -> Answer:
        shown = story.states[self.visit]
        if self.manner == "lying" and request.headers.get("if-none-match"):
            return Answer(status=304)
        match shown.gone:
            case "not-found" | "gone" | "legal":
                status = {"not-found": 404, "gone": 410, "legal": 451}[shown.gone]
                return text("<p>هذه الصفحة غير متاحة</p>", status=status)
            case "redirected":
                return redirect(self.server.url(("/", "/politics")[story.number % 2]), 302)
        random = Random(next(self._fetch)) if self.manner in ("noisy", "lying") else None
        html = _html(story.number, shown, random)
        tag = {"honest": md5(html.encode(), usedforsecurity=False).hexdigest(), "lying": "always"}.get(self.manner)
        if tag and request.headers.get("if-none-match") == f'"{tag}"':
            return Answer(status=304)
        return text(html, headers={"ETag": f'"{tag}"'} if tag else {})


def a_story(number: int, *, visits: int, plan: dict[int, str]) -> Story:
    """Article `number` with what happens to it: visit → an edit, a reason for being gone, `back`, or `undone`: the
    edit before is taken back.
    """
    random = Random(number)
    first = Shown(headline(number), tuple(f"{line} قال: «{line[:40]}»." for line in paragraphs(number, count=6)))
    story = Story(number, [first])
    texts = [first]
    for visit in range(1, visits):
        now = story.states[-1]
        match plan.get(visit):
            case None:
                pass
            case "back":
                now = replace(now, gone=None)
            case "undone":
                now = texts[-2]
                undone = story.edits[max(story.edits)]
                story.edits[visit] = "correction" if undone == "addition" else undone  # a paragraph of six is cut
                texts.append(now)
            case str() as edit if edit in EDITS:
                now = _edited(now, edit, random, number * 100 + visit)
                story.edits[visit] = edit
                texts.append(now)
            case reason:
                now = replace(now, gone=reason)
        story.states.append(now)
    return story


def _edited(shown: Shown, edit: str, random: Random, fresh: int) -> Shown:
    body = list(shown.body)
    place = random.randrange(len(body))
    match edit:
        case "headline":
            return replace(shown, title=headline(fresh))
        case "correction":
            words = body[place].split()
            words[random.randrange(len(words))] = random.choice(("ألفين", "الأربعاء", "المستشفى", "مسؤولاً"))
            body[place] = " ".join(words)
        case "addition":
            body.insert(random.randrange(1, len(body) + 1), paragraphs(fresh, count=1)[0])
        case _:
            body[1:] = paragraphs(fresh, count=5)
    return replace(shown, body=tuple(body))


def _html(number: int, shown: Shown, random: Random | None) -> str:
    """The page. With `random` all around the text is another at every fetch, and so is what can't be seen in it."""
    noise = random or Random(number)
    body = () if shown.gone == "emptied" else shown.body
    marked = [_dressed(line, random) for line in body] or ["حُذف هذا الخبر"]
    gap = "\n" * noise.randrange(1, 4) + " " * noise.randrange(8)
    also = "".join(f'<li><a href="/news/{n}">{headline(n)}</a></li>' for n in noise.sample(range(9000, 9900), 5))
    lines = gap.join(f"<p>{line}</p>" for line in marked)
    at = published(number)
    return (
        f'<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{shown.title}</title>'
        f'<meta name="csrf-token" content="{noise.getrandbits(64):x}"></head><body><nav><a href="/">الرئيسية</a>'
        f'<a href="/politics">سياسة</a></nav><main><article><h1>{_dressed(shown.title, random)}</h1>{gap}'
        f'<time datetime="{at.isoformat()}">{at:%Y-%m-%d}</time>'
        f'<span class="views">المشاهدات: {noise.randrange(9999)}</span>{lines}</article>'
        f'<aside class="related"><h3>مواضيع ذات صلة</h3><ul>{also}</ul></aside></main>'
        f'<form><input type="hidden" name="token" value="{noise.getrandbits(64):x}"></form></body></html>'
    )


def _dressed(line: str, random: Random | None) -> str:
    """The line as another theme prints it: quotation marks, spaces and marks that nobody sees."""
    if random is None:
        return line
    opening, closing = random.choice(("«»", "“”", '""'))
    words = line.replace("«", opening).replace("»", closing).split(" ")
    words[random.randrange(len(words))] += random.choice(("\u200f", "\u200b", "\u00a0", "\u00ad", " "))
    return " ".join(words)
