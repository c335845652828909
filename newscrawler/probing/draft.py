"""draft(): a probe as a seed file, every guess with its evidence in a comment; what is unknown is left to a person."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from newscrawler.article import Article
from newscrawler.checking.display import age
from newscrawler.probing.findings import Probe
from newscrawler.probing.names import kind_of, names_of
from newscrawler.probing.samples import Sample
from newscrawler.probing.sources import FoundSource
from newscrawler.probing.tallies import FIELDS, quality, to_the_minute
from newscrawler.text.normalise import clean
from newscrawler.urls import canonical, host_of

_WIDTH: Final = 116
_DELAY_S: Final = 2.0
"""The default of a seed file."""
_DELAY_MAX_S: Final = 3600.0
"""The largest a seed file takes."""
_EXAMPLES: Final = 3


def draft(probe: Probe) -> str:
    """The text of the file. It passes the schema; `name` or `timezone` may have to be filled in all the same."""
    sources = (_source(found, probe) for found in probe.sources)
    parts = [_head(probe), _outlet(probe), *sources, _samples(probe), _articles(probe)]
    return "\n".join("\n".join(part) + "\n" for part in map(list, parts) if part)


def as_comment(text: str, *, bullet: str = "") -> list[str]:
    """A sentence as lines that begin with `# `, with nothing in it that could end a comment."""
    first, further = f"# {bullet}", f"# {' ' * len(bullet)}"
    return textwrap.wrap(
        clean(unquote(text)),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )


def quoted(text: str) -> str:
    """A TOML string: literal for what has backslashes, as patterns do, basic for anything else."""
    plain = clean(text)
    if "\\" in plain and "'" not in plain:
        return f"'{plain}'"
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")


def _head(probe: Probe) -> Iterator[str]:
    yield from as_comment(
        f"Drafted by `scrapy sites probe` on {probe.day}, after {probe.requests} requests. Nobody has looked at it: "
        "read robots.txt and the terms, mend what was guessed, take the comments out."
    )
    if probe.home.answer.url != probe.home.answer.asked:
        yield from as_comment(f"{probe.asked} leads to {probe.home.answer.url}.")
    if probe.left_early:
        yield from as_comment(f"NOT EVERYTHING WAS TRIED: {probe.left_early}.")
    status = "no answer" if probe.robots.status is None else f"HTTP {probe.robots.status}"
    asks = f", Crawl-delay {probe.robots.crawl_delay_s:g}" if probe.robots.crawl_delay_s else ", no Crawl-delay"
    sitemaps = f", sitemaps named: {len(probe.robots.sitemaps)}" if probe.robots.sitemaps else ""
    yield from as_comment(f"robots.txt: {status}{asks}{sitemaps}.")
    if probe.missed:
        yield from as_comment(f"Tried in vain: {len(probe.missed)} addresses; --json names them.")
    made = f"{probe.cms[0]} ({probe.cms[1]})" if probe.cms else "unknown"
    told = probe.home.language
    yield from as_comment(f"Made with: {made}. Home page: {told.arabic_share:.0%} of its letters are Arabic.")


def _outlet(probe: Probe) -> Iterator[str]:
    arabic, english = names_of(probe.home, probe.titles)
    if arabic is None:
        yield "# FILL IN the name in Arabic: the home page doesn't say it."
    yield f"name = {quoted(arabic or english or host_of(probe.home.answer.url))}"
    yield f"name_en = {quoted(english)}" if english else '# name_en = "…"  # FILL IN'
    if probe.country.value:
        yield from as_comment(f"country: guessed by {probe.country.evidence}.")
        yield f'country = "{probe.country.value}"'
    else:
        yield from as_comment(f"country: {probe.country.evidence}. Without it the outlet counts as pan-Arab.")
        yield '# country = "…"  # FILL IN'
    kind, why = kind_of(probe.home, arabic)
    yield f'kind = "{kind}"  # guessed: {why}' if kind else f'# kind = "…"  # FILL IN: {why}; default: newspaper'
    yield f"home = {quoted(probe.home.answer.url)}"
    if probe.site.hosts:
        yield "# hosts: what its sources and their links are on."
        yield f"hosts = [{', '.join(quoted(host) for host in probe.site.hosts)}]"
    yield from _clock(probe)
    yield from _manners(probe)


def _clock(probe: Probe) -> Iterator[str]:
    loud = "guessed" if probe.zone.value else "FILL IN: dates without a zone are read in it"
    yield from as_comment(f"timezone: {loud}; {probe.zone.evidence}.")
    yield f'timezone = "{probe.zone.value or "UTC"}"'
    yield from as_comment(f"months: {probe.months.evidence}.")
    yield f'months = "{probe.months.value}"' if probe.months.value else '# months = "…"  # may stay out'
    encoding, why = probe.encoding
    if encoding:
        yield f"encoding = {quoted(encoding)}  # {why}"
    else:
        yield f"# encoding: none needed ({why})"


def _manners(probe: Probe) -> Iterator[str]:
    yield 'status = "candidate"'
    yield f'status_note = "drafted by a probe on {probe.day}; no person has looked at it"'
    delay = probe.robots.crawl_delay_s or 0
    if delay > _DELAY_S:
        yield f"delay_s = {min(delay, _DELAY_MAX_S):g}  # robots.txt asks for {delay:g}"
    if probe.site.private_network:
        yield "private_network = true"
    yield f"# checked = {probe.day}  # when you have read robots.txt and the terms"
    yield f'evidence = "scrapy sites probe, {probe.day}"'


def _source(found: FoundSource, probe: Probe) -> Iterator[str]:
    source, check = found.source, found.check
    newest = f", newest {age(probe.home.answer.at - check.newest)} old" if check.newest else ", undated"
    for trouble in check.troubles:
        yield from as_comment(f"BEWARE: {trouble.text}.")
    yield "[[source]]"
    yield f'kind = "{source.kind}"'
    yield f"url = {quoted(source.url)}"
    if source.section:
        yield f"section = {quoted(source.section)}  # as the menu calls it"
    if source.kind == "section":
        yield f"max_pages = {source.max_pages}"
    outside = f" ({check.links - check.admitted} more on other hosts)" if check.links > check.admitted else ""
    items = f"{check.admitted} items{outside}"
    yield f"evidence = {quoted(f'probed on {probe.day}: {check.status}, {items}{newest}; {found.how}')}"


def _articles(probe: Probe) -> Iterator[str]:
    good = [sample.url for sample in probe.samples if sample.article is not None]
    listed_only = all(found.source.kind in ("feed", "news-sitemap") for found in probe.sources)
    yield "[articles]"
    proposal = probe.allow
    if proposal is None:
        yield "# allow = ['…']  # no clear pattern in the addresses: the pages themselves are asked"
    else:
        tried = f"matches {proposal.matched} of {proposal.of} listed addresses, and no section of the menu"
        yield from as_comment(tried + ("; feeds list articles only, so it isn't needed" if listed_only else ""))
        yield f"{'# ' if listed_only else ''}allow = [{quoted(proposal.pattern)}]"
    if good:
        yield "examples = ["
        yield from (f"    {quoted(_readable(url))}," for url in good[:_EXAMPLES])
        yield "]"


def _readable(url: str) -> str:
    """With visible letters where that is the same address."""
    shown = clean(unquote(url))
    return shown if canonical(shown) == url else url


def _in_words(sample: Sample, article: Article) -> str:
    at = article.published_at
    date = f"{at:%Y-%m-%d %H:%M} UTC ({article.published_from})" if at else "NO DATE"
    section = f"section «{article.section}»" if article.section else "no section"
    return f"«{article.title[:70]}»: {sample.words} words, {date}, {section}, authors: {len(article.authors)}"


def _samples(probe: Probe) -> Iterator[str]:
    """What the extractor makes of the articles, field by field."""
    if not probe.samples:
        yield "# No article was read."
        return
    read = [sample.article for sample in probe.samples if sample.article is not None]
    yield from as_comment(f"{len(read)} of {len(probe.samples)} listed pages were read as articles:")
    for sample in probe.samples:
        if sample.article is None:
            yield from as_comment(f"{sample.url}: {sample.why}", bullet="- ")
            continue
        yield from as_comment(_in_words(sample, sample.article), bullet="- ")
    fields = quality(sample.data for sample in probe.samples)
    named = ", ".join(f"{name} {fields[name]}" for name in FIELDS if fields[name])
    yield from as_comment(f"JSON-LD of {len(probe.samples)} pages: {named or 'nothing about the article'}.")
    minutes = to_the_minute((article.published_at for article in read), ZoneInfo(probe.site.timezone))
    dated = sum(article.published_at is not None for article in read)
    yield from as_comment(f"Dates: {dated} of {len(read)} articles, {minutes} to the minute.")
    if false := sum(sample.false_z for sample in probe.samples):
        yield from as_comment(f"BEWARE: in {false} articles a date ends in Z and means the newsroom's own clock.")
    for article in read:
        if apart := article.disagreements.get("published_at"):
            said = ", ".join(f"{place} says «{raw}»" for place, raw in apart.items())
            yield from as_comment(f"BEWARE: {article.published_from} and others disagree on a date: {said}.")
