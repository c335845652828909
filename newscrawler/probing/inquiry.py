"""inquire(): the questions of a probe in their order, and what the answers mean together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urljoin

from newscrawler.asking.answers import Answer, RobotsWord
from newscrawler.asking.asker import Asker, NoMoreQuestions
from newscrawler.checking.reading import Reading
from newscrawler.discovery.feed import NotAFeed, read_feed
from newscrawler.discovery.looks import Looks, looks
from newscrawler.extract.decoding import decode
from newscrawler.outcome import NotAnArticle, PrivateAddress, RobotsDenied, Unreachable
from newscrawler.probing.cms import made_with
from newscrawler.probing.findings import Probe
from newscrawler.probing.home import Home, read_home, title_of, visible
from newscrawler.probing.limits import Limits, NoDraft, NotProbed
from newscrawler.probing.patterns import Proposal, propose
from newscrawler.probing.samples import Sample, fetch_samples, read_samples
from newscrawler.probing.sources import Search, find_sources
from newscrawler.probing.tallies import dates_said
from newscrawler.probing.whereabouts import guess_country, guess_months, guess_zone
from newscrawler.site import Site
from newscrawler.urls import canonical, host_of

_ARABIC_MIN: Final = 0.5
"""Arabic letters among all of the home page: menus in English may stand beside them."""
_SEEN_MIN: Final = 200
"""Characters in sight below which a home page can't be judged: it is built by scripts."""
_URLS_MAX: Final = 500
"""Addresses of each source that a pattern is sought in."""


async def inquire(asker: Asker, url: str, reading: Reading, limits: Limits) -> Probe:
    """Ask home page, robots.txt, sources, articles. Raises NotProbed for a private address, NoDraft for a site of
    which no seed file can be made.
    """
    answer = await _first_answer(asker, url)
    _refuse(answer)
    given = answer.url if _is_feed(answer) else None
    if given or looks(answer.url) is Looks.LIKELY:  # somebody gave a feed or an article: its site is meant
        answer = await asker.ask(canonical(urljoin(answer.url, "/")))
        _refuse(answer)
    site = _provisional(answer.url, limits)
    home = read_home(answer, site)
    if given:
        home = replace(home, feeds=(given, *home.feeds))
    _refuse_foreign(home)
    cms = made_with(home.decoded.text, generator=home.document.meta("generator"))
    search, early = Search(site), None
    try:
        await find_sources(asker, home, search, cms=cms[0] if cms else None)
    except NoMoreQuestions as why:
        early = str(why)
    pages = await fetch_samples(asker, [found.listed for found in search.found], search.site)
    country = guess_country(answer.url, [home.document, *(page.document for page in pages)], seen=home.seen)
    months = guess_months(country.value, [visible(page.document.root)[:3000] for page in pages])
    said = dates_said((page.document, page.listed.link) for page in pages)
    zone = guess_zone(country.value, said, months=months.value, now=answer.at)
    encoding = _encoding([home.answer, *(page.answer for page in pages)])
    known = search.site.model_copy(
        update={"timezone": zone.value or "UTC", "months": months.value, "encoding": encoding[0]}
    )
    samples = await read_samples(pages, known, reading)
    _refuse_empty(search, samples, early)
    return Probe(
        asked=url,
        day=answer.at.date(),
        home=home,
        site=known,
        robots=asker.robots(answer.url) or RobotsWord(),
        cms=cms,
        sources=tuple(search.found),
        missed=tuple(search.missed),
        samples=tuple(samples),
        country=country,
        zone=zone,
        months=months,
        encoding=encoding,
        titles=tuple(title_of(page.document) for page in pages),
        allow=_allow(search, home, samples),
        requests=asker.asked,
        seconds=asker.seconds,
        left_early=early,
    )


async def _first_answer(asker: Asker, url: str) -> Answer:
    """Of a host without a scheme, as people type it: by https, else by http."""
    if "://" in url:
        return await asker.ask(canonical(url))
    answer = await asker.ask(canonical(f"https://{url}"))
    if isinstance(answer.failed, Unreachable) and answer.certificate is None:
        plain = await asker.ask(canonical(f"http://{url}"))
        return plain if plain.is_page else answer
    return answer


def _is_feed(answer: Answer) -> bool:
    try:
        return bool(read_feed(answer.body, base=answer.url, content_type=answer.content_type))
    except NotAFeed:
        return False


def _provisional(url: str, limits: Limits) -> Site:
    host = host_of(url)
    return Site(id="probe", name=host, home=url, timezone="UTC", private_network=limits.private_network)


def _refuse(answer: Answer) -> None:
    match answer.failed:
        case PrivateAddress():
            raise NotProbed(f"{answer.asked}: {answer.failed.detail}, a private network: add --private-network")
        case RobotsDenied():
            raise NoDraft(f"{answer.asked}: robots.txt forbids it to us")
    if not answer.is_page:
        raise NoDraft(f"{answer.asked}: {answer.problem}")


def _refuse_foreign(home: Home) -> None:
    told = home.language
    if len(home.seen) < _SEEN_MIN:
        return  # built by scripts: the articles will tell
    if told.arabic_share < _ARABIC_MIN or told.guess not in ("ar", "und"):
        hint = f"; its Arabic edition may be {home.arabic_edition}" if home.arabic_edition else ""
        raise NoDraft(
            f"{home.answer.url}: not in Arabic ({told.guess}, {told.arabic_share:.0%} of its letters are Arabic){hint}"
        )


def _refuse_empty(search: Search, samples: Sequence[Sample], early: str | None) -> None:
    tried = "".join(f"\n  {line}" for line in search.missed[:12])
    where = search.site.home
    if not search.found and early:
        raise NoDraft(f"{where}: nothing that lists articles was found, but {early}: raise --requests; tried:{tried}")
    if not search.found:
        raise NoDraft(f"{where}: no news site, or one that needs a browser: nothing lists articles; tried:{tried}")
    if samples and all(sample.article is None for sample in samples):
        ends = "".join(f"\n  {sample.url}: {sample.why}" for sample in samples)
        raise NoDraft(
            f"{where}: no news site: none of the {len(samples)} listed pages that were read is an Arabic article:{ends}"
        )


def _encoding(answers: Sequence[Answer]) -> tuple[str, str]:
    """What has to stand in the seed, and why: nothing where header or page say it and are right."""
    read = [decode(answer.body, content_type=answer.content_type) for answer in answers]
    said = [one for one in read if one.how != "guess"]
    guessed = [one for one in read if one.how == "guess" and one.encoding != "utf-8"]
    if guessed:
        return guessed[0].encoding, f"{len(guessed)} of {len(read)} pages don't declare it, or declare a wrong one"
    if said:
        return "", f"{said[0].encoding}, declared by the {'header' if said[0].how == 'header' else 'page'}"
    return "", "not declared, and read as UTF-8"


def _allow(search: Search, home: Home, samples: Sequence[Sample]) -> Proposal | None:
    articles = {one.url for found in search.found for one in found.listed[:_URLS_MAX]}
    others = {url for url, _ in home.sections} | {home.answer.url}
    others |= {sample.url for sample in samples if sample.why.startswith(NotAnArticle.__name__)}
    return propose({url for url in articles - others if looks(url) is not Looks.NEVER}, others)
