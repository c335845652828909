"""make_readers(): the readers the settings ask for."""

from __future__ import annotations

from newscrawler.readers.local import ProcessReaders
from newscrawler.readers.reading import InlineReaders, NoReaders, Readers
from newscrawler.text.tagger_files import TaggerFiles

_EXTRA = "Dask is not installed; `pip install -e '.[cluster]'` installs it"


def make_readers(
    *, workers: int, timeout_s: float, min_words: int, files: TaggerFiles | None = None, cluster: str = ""
) -> Readers:
    """Inline with 0 workers, else local processes; with `cluster`, the address of a Dask scheduler, its workers.

    `files`: with what the articles are tagged where they are read. None: they are tagged later.
    Raises NoReaders if the cluster can't be used.
    """
    if cluster:
        try:
            from newscrawler.readers.cluster import ClusterReaders  # most of a second, and an extra
        except ModuleNotFoundError as why:
            raise NoReaders(_EXTRA) from why
        return ClusterReaders(cluster, timeout_s=timeout_s, min_words=min_words, files=files)
    if workers == 0:
        return InlineReaders(min_words=min_words, files=files)
    return ProcessReaders(workers=workers, timeout_s=timeout_s, min_words=min_words, files=files)
