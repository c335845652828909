"""`scrapy savepage URL|FILE`: a wrong page becomes a test in a minute."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import Request, urlopen

from newscrawler.cli import ArchiveCommand, BadArgument
from newscrawler.urls import BadUrl, canonical, host_of

if TYPE_CHECKING:
    from newscrawler.page import Page
    from newscrawler.site import Site


class Command(ArchiveCommand):
    """Writes the page, its context and a draft of the expected article; a person corrects the draft."""

    takes_words = True

    def syntax(self) -> str:
        """What follows the command's name."""
        return "URL | FILE --url URL"

    def short_desc(self) -> str:
        """One line of `scrapy -h`."""
        return "Save a page as a golden folder for the tests"

    def add_options(self, parser: ArgumentParser) -> None:
        """--url, --name, --to, --zone."""
        super().add_options(parser)
        parser.add_argument("--url", help="the address a FILE was saved from")
        parser.add_argument("--name", help="the folder's name, what is special about the page; default: the host")
        parser.add_argument("--to", type=Path, default=Path("tests/pages"), help="default: tests/pages")
        parser.add_argument("--zone", default="UTC", help="the newsroom's zone if no seed file knows the host")

    def carry_out(self, args: list[str], opts: Namespace) -> int:
        """Write the folder and say what to do next."""
        from newscrawler.golden import save_golden

        if len(args) != 1:
            raise BadArgument("name one address or file: scrapy savepage URL, or scrapy savepage FILE --url URL")
        try:
            page = self._page(args[0], opts.url)
            folder = opts.to / (opts.name or host_of(page.url).replace(":", "-"))
            draft = save_golden(folder, page, self._site(page.url, opts.zone))
        except BadUrl as why:
            raise BadArgument(str(why)) from why
        except FileExistsError as why:
            raise BadArgument(f"{folder}: is there already; choose another --name") from why
        print(f"{folder}: page.html, context.json and expected.json")
        print(f"read today as: {draft.get('title') or draft['outcome']}")
        print("Correct expected.json by hand, and put strings that must not be in the body into `traps`.")
        return 0

    def _page(self, named: str, url: str | None) -> Page:
        """From a file, from the archive's own captures, or from the web."""
        if url is not None:
            try:
                body = Path(named).read_bytes()
            except OSError as why:
                raise BadArgument(f"{named}: {why.strerror}") from why
            return _page(canonical(url), body, None, datetime.now(UTC))
        return self._captured(named) or self._fetched(named)

    def _captured(self, named: str) -> Page | None:
        from newscrawler.archive import read_archive
        from newscrawler.archive.records.captures import newest_capture
        from newscrawler.archive.records.warc_reading import CaptureMissing, read

        assert self.settings is not None
        if not self.archive_path.exists():
            return None
        with read_archive(self.archive_path) as archive:
            capture = newest_capture(archive.conn, canonical(named))
        if capture is None:
            return None
        try:
            kept = read(Path(self.settings["NEWS_RAW_DIR"]), capture.file, capture.offset)
        except CaptureMissing as why:
            raise BadArgument(str(why)) from why
        return _page(canonical(kept.url), kept.body, kept.content_type, kept.fetched_at)

    def _fetched(self, named: str) -> Page:
        assert self.settings is not None
        url = canonical(named)
        headers = {"User-Agent": self.settings["USER_AGENT"], "Accept-Language": "ar,en;q=0.3"}
        try:
            # canonical() has let only http and https through
            with urlopen(Request(url, headers=headers), timeout=30) as answer:  # noqa: S310
                body = answer.read(self.settings.getint("DOWNLOAD_MAXSIZE"))
                return _page(canonical(answer.url), body, answer.headers["Content-Type"], datetime.now(UTC))
        except (URLError, TimeoutError, ConnectionError) as why:
            raise BadArgument(f"{url}: {getattr(why, 'reason', why)}") from why

    def _site(self, url: str, zone: str) -> Site:
        from newscrawler.seeds import load_sites, owner_of
        from newscrawler.site import Site

        assert self.settings is not None
        sites = load_sites(Path(self.settings["NEWS_SEEDS_DIR"]))
        known = owner_of(url, sites.values())
        if known is not None:
            return known
        host = host_of(url)
        try:
            return Site(
                id=host.replace(":", "-"), name=host, home=f"{url.partition('://')[0]}://{host}/", timezone=zone
            )
        except ValueError as why:
            raise BadArgument(f"--zone {zone}: not an IANA time zone such as Asia/Beirut") from why


def _page(url: str, body: bytes, content_type: str | None, at: datetime) -> Page:
    from newscrawler.page import Page

    return Page(url=url, body=body, fetched_at=at, requested_url=url, content_type=content_type)
