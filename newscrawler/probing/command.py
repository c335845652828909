"""probe(): a session with one site, and its draft; write_draft(): the draft among the seed files."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from scrapy.settings import BaseSettings

from newscrawler.asking.session import MakeAsker, run_session
from newscrawler.checking.reading import Reading
from newscrawler.checking.running import arabic_by
from newscrawler.probing.draft import as_comment, draft
from newscrawler.probing.findings import Probe
from newscrawler.probing.inquiry import inquire
from newscrawler.probing.limits import Limits, NotProbed
from newscrawler.probing.names import id_for
from newscrawler.probing.samples import Sample
from newscrawler.probing.tallies import quality
from newscrawler.readers import make_readers
from newscrawler.seeds import load_sites, owner_of, read_site
from newscrawler.site import Site
from newscrawler.times import iso
from newscrawler.urls import BadUrl, canonical

_SECONDS_MAX: Final = 900.0
"""Seconds of a whole probe. 40 requests, 30 s each at the slowest, would be 20 minutes."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A probed site and the seed file it would have."""

    probe: Probe
    """Everything that was found out."""
    id: str
    """The file's name without `.toml`."""
    folder: str
    """The country's folder: `lb`, `pan`."""
    toml: str
    """The file."""
    known: str | None
    """Id of the seed file that has this host already. None: it is new."""

    def as_json(self) -> str:
        """One object, with the file as `toml`."""
        return json.dumps(_plain(self), ensure_ascii=False, indent=2)


def probe(settings: BaseSettings, url: str, *, limits: Limits) -> Drafted:
    """Ask a site and draft its seed file. Once in a process.

    Raises NotProbed for what is no address or a private one, NoDraft for a site of which none can be made, SeedError
    where the seed files that are there can't be read, and what `run_session` raises.
    """
    address = _checked(url)
    sites = load_sites(Path(settings["NEWS_SEEDS_DIR"]))

    async def job(make: MakeAsker) -> Probe:
        asker = make(requests_max=limits.requests, seconds_max=_SECONDS_MAX)
        readers = make_readers(
            workers=min(1, settings.getint("NEWS_EXTRACT_WORKERS")),
            timeout_s=settings.getfloat("NEWS_EXTRACT_TIMEOUT_S"),
            min_words=settings.getint("NEWS_MIN_WORDS"),
        )
        try:
            return await inquire(asker, address, Reading(readers, arabic_by(settings)), limits)
        finally:
            readers.close()

    found = run_session(settings, job, sites={}, delay_s=limits.delay_s, any_network=limits.private_network)
    return drafted(found, sites)


def drafted(found: Probe, sites: Mapping[str, Site]) -> Drafted:
    """The draft of a probe, checked against the schema, with a warning where another file has the host."""
    ident = id_for(found.home.answer.url, sites, country=found.country.value)
    known = owner_of(found.home.answer.url, sites.values())
    warning = [] if known is None else as_comment(f"BEWARE: the seed file «{known.id}» has this host already.")
    folder = (found.country.value or "pan").lower()
    name = f"# seeds/sites/{folder}/{ident}.toml"
    toml = "\n".join([name, *warning, draft(found)])
    with tempfile.TemporaryDirectory() as scratch:  # what can't be loaded is never printed
        path = Path(scratch) / f"{ident}.toml"
        path.write_text(toml, encoding="utf-8")
        read_site(path)
    return Drafted(found, ident, folder, toml, known.id if known else None)


def write_draft(found: Drafted, seeds: Path) -> Path:
    """Write the file where it belongs. Raises FileExistsError if it, or another one for this host, is there."""
    path = seeds / "sites" / found.folder / f"{found.id}.toml"
    if found.known is not None:
        raise FileExistsError(f"the seed file {found.known!r} has this host already; nothing was written")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(found.toml)
    except FileExistsError as why:
        raise FileExistsError(f"{path}: is there already; nothing was written") from why
    return path


def _checked(url: str) -> str:
    """The address as given: a host alone is enough."""
    text = url.strip()
    try:
        canonical(text if "://" in text else f"https://{text}")
    except BadUrl as why:
        raise NotProbed(f"{url}: not an http(s) address such as https://sada.example/") from why
    return text


def _plain(found: Drafted) -> dict[str, Any]:
    one = found.probe
    return {
        "url": one.home.answer.url,
        "asked": one.asked,
        "at": iso(one.home.answer.at),
        "requests": one.requests,
        "seconds": round(one.seconds, 2),
        "left_early": one.left_early,
        "robots": asdict(one.robots),
        "cms": one.cms[0] if one.cms else None,
        "arabic_share": round(one.home.language.arabic_share, 3),
        "country": asdict(one.country),
        "timezone": asdict(one.zone),
        "months": asdict(one.months),
        "encoding": {"value": one.encoding[0], "evidence": one.encoding[1]},
        "sources": [
            {
                **source.source.model_dump(mode="json", include={"kind", "url", "section"}),
                "how": source.how,
                "status": source.check.status,
                "links": source.check.links,
                "admitted": source.check.admitted,
                "newest": iso(source.check.newest) if source.check.newest else None,
                "troubles": [trouble.text for trouble in source.check.troubles],
            }
            for source in one.sources
        ],
        "missed": list(one.missed),
        "jsonld": dict(quality(sample.data for sample in one.samples)),
        "articles": [_sample(sample) for sample in one.samples],
        "allow": asdict(one.allow) if one.allow else None,
        "known": found.known,
        "id": found.id,
        "path": f"sites/{found.folder}/{found.id}.toml",
        "toml": found.toml,
    }


def _sample(sample: Sample) -> dict[str, Any]:
    article = sample.article
    fields = {"url": sample.url, "outcome": "Article" if article else sample.why, "false_z": sample.false_z}
    if article is None:
        return fields
    return fields | {
        "title": article.title,
        "words": sample.words,
        "published_at": iso(article.published_at) if article.published_at else None,
        "published_from": article.published_from,
        "section": article.section,
        "authors": list(article.authors),
        "disagreements": {name: dict(said) for name, said in article.disagreements.items()},
    }
