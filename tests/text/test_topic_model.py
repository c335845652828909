"""A linear topic model in a JSON file: what it answers, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from newscrawler.text.tagger import Tagger
from newscrawler.text.tags import load_lexicon
from newscrawler.text.topic_model import BadModel, TopicModel, load_model, save_model, terms_of

DATA: dict[str, Any] = {
    "topics": [["رياضة", "Sport"], ["اقتصاد", None]],
    "intercepts": [0.0, 0.0],
    "idf": {"مباراه": 1.0, "دينار": 1.0},
    "weights": {"مباراه": [6.0, -6.0], "دينار": [-6.0, 6.0]},
}


def _model(folder: Path, **changes: Any) -> TopicModel:
    save_model(folder / "data" / "topics.json", {**DATA, **changes})
    model = load_model(folder / "data" / "topics.json")
    assert model is not None
    return model


def test_the_words_decide(tmp_path: Path) -> None:
    """With clitics and article they are the same words; the probability is the confidence."""
    model = _model(tmp_path)
    tag = model.topic_of("المباراة الأولى", "وجاءت المباراة متأخرة")
    assert tag is not None
    assert (tag.kind, tag.name, tag.name_en, tag.source) == ("topic", "رياضة", "Sport", "model")
    assert tag.confidence > 0.9


def test_where_it_is_not_sure_there_is_no_topic(tmp_path: Path) -> None:
    """No known word, or words for both: a wrong topic is worse than none."""
    model = _model(tmp_path)
    assert model.topic_of("", "لا شيء من هذا") is None
    assert model.topic_of("", "مباراة بألف دينار") is None
    assert sum(model.probabilities(terms_of("", "مباراة بدينار"))) == pytest.approx(1)


def test_no_file_is_no_model(tmp_path: Path) -> None:
    """Nobody has trained one yet."""
    assert load_model(tmp_path / "topics.json") is None


@pytest.mark.parametrize(
    "content",
    [
        "not json",
        "[]",
        "{}",
        json.dumps({"format": 0, "terms": "x", **DATA}),
        json.dumps({"format": 1, "terms": "folded-1/article-1", **DATA, "intercepts": [0.0]}),
        json.dumps({"format": 1, "terms": "folded-1/article-1", **DATA, "intercepts": [0.0, float("nan")]}),
        json.dumps({"format": 1, "terms": "folded-1/article-1", **DATA, "weights": {}}),
        json.dumps({"format": 1, "terms": "folded-1/article-1", **DATA, "idf": []}),
        json.dumps({"format": 1, "terms": "folded-1/article-1", **DATA, "topics": []}),
    ],
)
def test_what_is_no_model_is_refused(tmp_path: Path, content: str) -> None:
    """The message names the file and the command that makes one."""
    path = tmp_path / "topics.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadModel, match=r"topics\.json.*scrapy tags train"):
        load_model(path)


def test_a_section_goes_before_the_model(tmp_path: Path) -> None:
    """The newspaper knows its own article best; the model is asked where no section names a topic."""
    (tmp_path / "topics.toml").write_text('kind = "topic"\n[[entry]]\nname = "ثقافة"', encoding="utf-8")
    tagger = Tagger(load_lexicon(tmp_path), model=_model(tmp_path))
    article: dict[str, Any] = {
        "title": "المباراة",
        "standfirst": None,
        "text": "مباراة",
        "keywords": (),
        "mentions": (),
    }
    assert [tag.name for tag in tagger.tags(section="الثقافة", **article)] == ["ثقافة"]
    assert [tag.name for tag in tagger.tags(section="ملحق", **article)] == ["رياضة"]
    assert [tag.name for tag in tagger.tags(section=None, **article | {"title": "", "text": "كلام"})] == []
    assert Tagger(tagger.lexicon).tags(section=None, **article) == ()


def test_the_version_names_all_that_decides(tmp_path: Path) -> None:
    """Lists, limit and model: two taggers of one version give the same tags."""
    lists = tmp_path / "tags"
    lists.mkdir()
    (lists / "a.toml").write_text('kind = "place"\n[[entry]]\nname = "مصر"', encoding="utf-8")
    lexicon = load_lexicon(lists)
    model = _model(tmp_path)
    versions = [Tagger(lexicon).version, Tagger(lexicon, 0.7).version, Tagger(lexicon, model=model).version]
    (lists / "a.toml").write_text('kind = "place"\n[[entry]]\nname = "لبنان"', encoding="utf-8")
    versions.append(Tagger(load_lexicon(lists)).version)
    assert len(set(versions)) == 4
    assert Tagger(lexicon).version == versions[0]


def test_the_standfirst_is_read_too(tmp_path: Path) -> None:
    """It is the newspaper's own summary."""
    (tmp_path / "a.toml").write_text('kind = "place"\n[[entry]]\nname = "مصر"', encoding="utf-8")
    tagger = Tagger(load_lexicon(tmp_path))
    tags = tagger.tags(title="", standfirst="في مصر", text="نص", section=None, keywords=(), mentions=())
    assert [tag.name for tag in tags] == ["مصر"]
