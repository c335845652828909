"""`scrapy tags train`: a topic model from the archive's own sections."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from newscrawler.cli import ArchiveCommand, BadArgument

if TYPE_CHECKING:
    from newscrawler.text.lexicon import Lexicon
    from newscrawler.training import Trained


class Command(ArchiveCommand):
    """Learns which words stand in which section, and says how often it is right on articles it has not seen."""

    takes_words = True

    def syntax(self) -> str:
        """What follows the command's name."""
        return "train"

    def short_desc(self) -> str:
        """One line of `scrapy -h`."""
        return "Train the topic model on the archive's own sections"

    def add_options(self, parser: ArgumentParser) -> None:
        """--dry-run."""
        super().add_options(parser)
        parser.add_argument("--dry-run", action="store_true", help="measure only, write no model")

    def carry_out(self, args: list[str], opts: Namespace) -> int:
        """Train, report, write the file."""
        from newscrawler.starting import check_settings
        from newscrawler.tagging import tags_folder
        from newscrawler.text.lexicon import load_lexicon
        from newscrawler.text.lexicon_files import LexiconError
        from newscrawler.text.topic_model import save_model

        assert self.settings is not None
        if args != ["train"]:
            raise BadArgument("use: scrapy tags train")
        check_settings(self.settings)
        try:
            trained = self._trained(load_lexicon(tags_folder(self.settings)))
        except LexiconError as why:
            raise BadArgument(str(why)) from why
        _print_report(trained)
        if not opts.dry_run:
            path = Path(self.settings["NEWS_TOPIC_MODEL"])
            save_model(path, trained.data)
            print(f"written: {path}. `scrapy retag` tags the articles that have no topic.")
        return 0

    def _trained(self, lexicon: Lexicon) -> Trained:
        from newscrawler.archive import read_archive
        from newscrawler.archive.holdings.tags import sectioned
        from newscrawler.training import CannotTrain, Example, train

        with read_archive(self.archive_path) as archive:
            examples = [
                Example(number, (topic.name, topic.name_en), title, body)
                for number, section, title, body in sectioned(archive.conn)
                if (topic := lexicon.topic(section))
            ]
        try:
            return train(examples)
        except CannotTrain as why:
            raise BadArgument(f"{self.archive_path}: {why}") from why


def _print_report(trained: Trained) -> None:
    from newscrawler.text.topic_model import BELIEF_MIN

    print(
        f"{trained.used} articles; of {trained.held_out} others that were held back, the topic was right in "
        f"{trained.accuracy:.1%}."
    )
    print(
        f"It tags where it is sure (probability from {BELIEF_MIN:g} on): {trained.sure_share:.1%} of them, "
        f"right in {trained.sure_accuracy:.1%}."
    )
    for name, count, right in trained.by_topic:
        print(f"  {right:6.1%} of {count:5} {name}")
    if trained.left_out:
        print(f"too few articles to learn: {'، '.join(trained.left_out)}")
