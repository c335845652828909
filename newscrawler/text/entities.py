"""entities_of(): people, organisations and places in headline and body, from lists, cues and shapes."""

from __future__ import annotations

from collections.abc import Iterable

from newscrawler.text.later_mentions import with_later_mentions
from newscrawler.text.lexicon import Lexicon
from newscrawler.text.listed import listed_spans
from newscrawler.text.org_cues import cued_organisations
from newscrawler.text.people import people
from newscrawler.text.place_cues import cued_places
from newscrawler.text.spans import Reading, Span, without_overlaps


def entities_of(title: str, text: str, lexicon: Lexicon) -> tuple[Reading, list[Span]]:
    """The article as read, and every mention of an entity in the order of the text, whatever its confidence."""
    reading = Reading(title, text, lexicon)
    listed = list(listed_spans(reading))
    by_start = _by_start(listed)
    named = [*listed, *cued_places(reading, by_start), *cued_organisations(reading, by_start)]
    settled = without_overlaps(named)
    persons = people(reading, _by_start(settled))
    spans = with_later_mentions(reading, without_overlaps([*settled, *persons]))
    return reading, [span for span in spans if span.kind != "nothing"]


def _by_start(spans: Iterable[Span]) -> dict[int, Span]:
    """Spans by their first word: no two of the lists, and no two that were settled, have the same one."""
    return {span.start: span for span in spans}
