"""`scrapy export`: articles as text files, JSON lines, CSV or Parquet."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from newscrawler.cli import ArchiveCommand, BadArgument, counted, day_of

if TYPE_CHECKING:
    from newscrawler.archive import Archive

_FORMATS: Final = ("csv", "jsonl", "parquet", "txt")


class Command(ArchiveCommand):
    """`txt` writes one file per article into a folder, the others one file."""

    def short_desc(self) -> str:
        """One line of `scrapy -h`."""
        return "Write articles as txt, jsonl, csv or parquet"

    def add_options(self, parser: ArgumentParser) -> None:
        """--format, --to, and the filters."""
        super().add_options(parser)
        parser.add_argument("--format", choices=_FORMATS, required=True)
        parser.add_argument("--to", type=Path, required=True, metavar="PATH", help="a folder for txt, else a file")
        parser.add_argument("--site", metavar="ID", help="only this site")
        parser.add_argument("--section", help="only this section, as archived")
        parser.add_argument("--since", metavar="YYYY-MM-DD", help="published on this day or later, newsroom time")
        parser.add_argument("--until", metavar="YYYY-MM-DD", help="published on this day or earlier, newsroom time")
        parser.add_argument("--originals", action="store_true", help="leave near copies out")

    def carry_out(self, args: list[str], opts: Namespace) -> int:  # noqa: ARG002
        """Write them and say how many."""
        from newscrawler.archive import read_archive
        from newscrawler.export import write_csv, write_jsonl, write_parquet, write_texts
        from newscrawler.selection import Selection

        writers = {"csv": write_csv, "jsonl": write_jsonl, "parquet": write_parquet, "txt": write_texts}
        since, until = day_of("since", opts.since), day_of("until", opts.until)
        chosen = Selection(opts.site, opts.section, since, until, opts.originals)
        with read_archive(self.archive_path) as archive:
            _check_site(archive, opts.site)
            try:
                opts.to.parent.mkdir(parents=True, exist_ok=True)
                count = writers[opts.format](chosen.rows(archive.conn), opts.to)
            except OSError as why:
                raise BadArgument(f"--to {opts.to}: {why.strerror}") from why
            except ModuleNotFoundError as why:
                raise BadArgument("--format parquet needs pyarrow: pip install -e '.[parquet]'") from why
        print(f"{counted(count, 'article')} written to {opts.to}")
        return 0


def _check_site(archive: Archive, key: str | None) -> None:
    """An id that is mistyped must not look like a site without articles."""
    if key is not None and archive.conn.execute("SELECT 1 FROM sites WHERE id = ?", [key]).fetchone() is None:
        raise BadArgument(f"--site {key}: the archive knows no such site; `scrapy sites list` shows the ids")
