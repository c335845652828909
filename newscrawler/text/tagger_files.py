"""TaggerFiles: where a tagger is read from. It travels to the workers in the tagger's place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newscrawler.text.lexicon import load_lexicon
from newscrawler.text.tagger import Tagger
from newscrawler.text.topic_model import load_model


@dataclass(frozen=True, slots=True)
class TaggerFiles:
    """What `NEWS_SEEDS_DIR`, `NEWS_TAG_CONFIDENCE_MIN` and `NEWS_TOPIC_MODEL` say."""

    folder: Path
    """Folder of the tag files."""
    confidence_min: float
    """Confidence below which an entity is no tag, 0 to 1."""
    model: Path
    """File of the topic model, which need not be there."""

    def load(self) -> Tagger:
        """Read them, 110 ms. Raises LexiconError or BadModel, naming the file."""
        return Tagger(
            lexicon=load_lexicon(self.folder), confidence_min=self.confidence_min, model=load_model(self.model)
        )
