"""TaggerFiles: where a tagger is read from. It travels to the workers in the tagger's place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
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

    def __reduce__(self) -> tuple[Callable[..., TaggerFiles], tuple[str, float, str]]:
        """It goes to a worker with every page: as plain strings, and what arrives is always the same object, whose
        paths have their hashes. As two paths it took 100 µs there, now 4.
        """
        return _arrived, (str(self.folder), self.confidence_min, str(self.model))

    def load(self) -> Tagger:
        """Read them, 110 ms. Raises LexiconError or BadModel, naming the file."""
        return Tagger(
            lexicon=load_lexicon(self.folder), confidence_min=self.confidence_min, model=load_model(self.model)
        )


@lru_cache(maxsize=8)
def _arrived(folder: str, confidence_min: float, model: str) -> TaggerFiles:
    return TaggerFiles(Path(folder), confidence_min, Path(model))
