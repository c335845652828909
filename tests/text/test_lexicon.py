"""Loading the lists: what it leaves alone, and what it refuses."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from newscrawler.text.lexicon import LexiconError, load_lexicon
from newscrawler.text.tags import tags_of


@pytest.mark.parametrize("collecting", [True, False])
def test_the_garbage_collector_is_left_as_it_was(tmp_path: Path, *, collecting: bool) -> None:
    """Loading does without it for a moment; who had switched it off doesn't find it on afterwards."""
    was_on = gc.isenabled()
    (gc.enable if collecting else gc.disable)()
    try:
        load_lexicon(tmp_path)
        assert gc.isenabled() is collecting
    finally:
        (gc.enable if was_on else gc.disable)()


@pytest.mark.parametrize("role", ["given", "common"])
def test_a_sign_that_opens_into_several_words_is_refused(tmp_path: Path, role: str) -> None:
    """«ﷺ» is three words when folded: as one it would never be found, and its parts are not what the list says."""
    toml = f'kind = "words"\n[[group]]\nrole = "{role}"\nwords = "سعد ﷺ"'
    (tmp_path / "words.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(LexiconError, match=rf"words\.toml: group\.0 \({role}\): words: 'ﷺ': each must be one word"):
        load_lexicon(tmp_path)


def test_a_bar_in_a_name_is_punctuation_like_any_other(tmp_path: Path) -> None:
    """Names are folded many at once with bars between them; one that has a bar itself is still found, as the rest."""
    toml = 'kind = "organisation"\n[[entry]]\nname = "الواحة | نيوز"\n[[entry]]\nname = "نادي الجسر"'
    (tmp_path / "names.toml").write_text(toml, encoding="utf-8")
    lexicon = load_lexicon(tmp_path)
    found = tags_of(title="", text="ذكرت الواحة نيوز أن نادي الجسر فاز", section=None, keywords=[], lexicon=lexicon)
    assert {tag.name for tag in found} == {"الواحة | نيوز", "نادي الجسر"}


def test_a_list_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A folder with the ending of a list, a file without permission: said as the system says it."""
    (tmp_path / "places.toml").mkdir()
    with pytest.raises(LexiconError, match=r"places\.toml: can't be read: Is a directory"):
        load_lexicon(tmp_path)
