"""Pages on which the article's lines are beyond dispute: no witness could change them, so none is asked.

A witness (body.py) says which lines it has seen. Its word counts in two places: which element holds the article, and
whether a button or a sentence that is all link belongs to it. Where both come out the same for every witness there
could be, to ask one only takes time: a third of what a page takes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from lxml.html import HtmlElement

from newscrawler.extract.lines import agreed_lines
from newscrawler.extract.mainblock import Scene, sure_container
from newscrawler.text.normalise import Folded

_ELSEWHERE: Final = -1
"""The index of a line on no page: who has seen it is a witness, and has seen nothing here."""


def undisputed_lines(scene: Scene, root: HtmlElement, *, title: Folded) -> list[int] | None:
    """Indexes of the article's lines, the same for every witness. None: one has to be asked.

    `scene`: with the lines that are known to be the article's whoever is asked.
    """
    container = sure_container(scene, root)
    if container is None:
        return None
    all_seen = replace(scene, seen=frozenset(range(len(scene.blocks))))
    none_seen = replace(scene, seen=scene.seen | {_ELSEWHERE})
    return agreed_lines((all_seen, none_seen), container, title=title)
