"""The cast: forty sites, each with one thing about it that real ones have, by a seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from support.world.newspaper import Newspaper, PageManner
from support.world.pages import Layout
from support.world.pieces import EDITS, REMOVALS, Change, Piece, prose
from support.world.rhythm import DAY
from support.world.roles import Role
from support.world.spells import Spell

_SECTIONS = ("عربي ودولي", "اقتصاد", "ثقافة", "رياضة")
_AUTHORS = ("سلمى الحارثي", "كريم بن يوسف", "نهى عبد الرزاق", "وليد الخوري")


@dataclass(frozen=True, slots=True)
class Span:
    """How long the world lasts."""

    begin: datetime
    """A midnight, UTC."""
    days: float
    """Length. The spells of the roles are stretched or squeezed to it: they are written for fourteen days."""

    @property
    def end(self) -> datetime:
        """When it ends."""
        return self.begin + self.days * DAY

    def moment(self, day: float) -> datetime:
        """A day of the roles' fortnight, in this span."""
        return self.begin + day / 14 * self.days * DAY


def newspapers(roles: Sequence[Role], span: Span, *, seed: int = 1) -> list[Newspaper]:
    """A site for each role. The same seed gives the same world."""
    found: dict[str, Newspaper] = {}
    for number, role in enumerate(roles):
        random = Random(f"{seed}/{role.id}")
        spells = tuple(Spell(what, span.moment(begin), span.moment(end)) for what, begin, end in role.spells)
        site = Newspaper(
            id=role.id,
            sources=role.sources,
            layout=_layout(role, number),
            page_manner=_manner(role, number),
            spells=spells,
            delay_s=role.delay_s,
        )
        rhythm = role.rhythm
        bursts = tuple(replace(burst, day=burst.day / 14 * span.days) for burst in rhythm.bursts)
        times = replace(rhythm, bursts=bursts).times(span.begin - DAY, span.end, random)
        quiet = [spell for spell in spells if spell.what == "quiet"]
        times = [at for at in times if not any(spell.covers(at) for spell in quiet)]
        texts = prose(f"{seed}/{role.id}", len(times))
        site.pieces = [
            Piece(
                role.id,
                n,
                at,
                text.title,
                text.paragraphs,
                random.choice(_SECTIONS),
                random.choice(_AUTHORS),
                _changes(role, at, random),
            )
            for n, (at, text) in enumerate(zip(times, texts, strict=True), 1)
        ]
        found[role.id] = site
    for role in roles:
        if role.copies and role.copies in found:
            _copy(found[role.id], found[role.copies], exact=role.exact)
    return list(found.values())


def _layout(role: Role, number: int) -> Layout:
    return role.layout or ("structured" if number % 2 else "plain")


def _manner(role: Role, number: int) -> PageManner:
    manners: tuple[PageManner, ...] = ("honest", "silent", "noisy")
    return manners[number % 3]


def _changes(role: Role, at: datetime, random: Random) -> tuple[Change, ...]:
    """What happens to an article after its publication: edits soon, removals later."""
    changes = []
    if random.random() < role.edited:
        for _ in range(random.choice((1, 1, 2))):
            after = timedelta(minutes=random.choice((20, 90, 300, 900, 2000)) * random.uniform(0.5, 1.5))
            changes.append(Change(at + after, random.choice(EDITS)))
    changes.sort(key=lambda change: change.at)
    if random.random() < role.removed:
        last = changes[-1].at if changes else at
        changes.append(Change(last + timedelta(hours=random.uniform(1, 60)), random.choice(REMOVALS)))
    return tuple(changes)


def _copy(copier: Newspaper, agency: Newspaper, *, exact: bool) -> None:
    """Every second article becomes one of the agency's: the same, or with another headline and end."""
    used: set[int] = set()
    for place, piece in enumerate(copier.pieces):
        earlier = [p for p in agency.pieces if p.at < piece.at and p.number not in used]
        if place % 2 or not earlier:
            continue
        source = earlier[-1]
        used.add(source.number)
        body = source.paragraphs if exact else (*source.paragraphs[:-1], piece.paragraphs[0])
        title = source.title if exact else piece.title
        copier.pieces[place] = replace(piece, title=title, paragraphs=body, agency=None if exact else "وكالات")
