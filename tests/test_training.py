"""The topic model learns from sections, and is measured on articles it has not seen."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from newscrawler import training
from newscrawler.text.topic_model import load_model, save_model
from newscrawler.training import CannotTrain, Example, train

pytest.importorskip("sklearn", reason="the extra `train` is not installed")

WORDS = {
    ("رياضة", "Sport"): "مباراة هدف لاعب مدرب ملعب فريق بطولة كأس حكم جمهور",
    ("اقتصاد", "Economy"): "دينار بنك سوق سعر ميزانية ضريبة قرض استثمار تجارة أجور",
    ("صحة", "Health"): "لقاح طبيب مستشفى مرض علاج دواء عدوى جراحة مريض وقاية",
}
COMMON = "قال اليوم في على إن هذا كان بعد قبل المدينة"


def _examples(each: int, topics: int = 3) -> list[Example]:
    chance = random.Random(1)
    examples = []
    for number in range(each * topics):
        topic = list(WORDS)[number % topics]
        text = [*chance.choices(WORDS[topic].split(), k=8), *chance.choices(COMMON.split(), k=12)]
        chance.shuffle(text)
        examples.append(Example(number, topic, " ".join(text[:4]), " ".join(text)))
    return examples


def test_it_learns_what_can_be_learnt(tmp_path: Path) -> None:
    """Three topics with words of their own are told apart; the file answers as the report promises."""
    trained = train(_examples(150))
    assert trained.accuracy > 0.95
    assert trained.sure_share > 0.8
    assert trained.sure_accuracy >= trained.accuracy - 0.05
    assert trained.used + trained.held_out == 450
    assert {name for name, _, _ in trained.by_topic} == {"رياضة", "اقتصاد", "صحة"}
    save_model(tmp_path / "topics.json", trained.data)
    model = load_model(tmp_path / "topics.json")
    assert model is not None
    tag = model.topic_of("مباراة الفريق", "هدف من لاعب في ملعب المدينة والمدرب والجمهور")
    assert tag is not None
    assert tag.name == "رياضة"


def test_two_topics_are_enough() -> None:
    """Of two classes scikit-learn keeps one row of weights; ours has two."""
    trained = train(_examples(200, topics=2))
    assert trained.accuracy > 0.95
    assert {len(weights) for weights in trained.data["weights"].values()} == {2}


def test_the_same_articles_give_the_same_model() -> None:
    """Whoever trains again can compare."""
    assert train(_examples(110)).data == train(_examples(110)).data


def test_too_few_articles_are_refused() -> None:
    """With the figures, and where to look."""
    with pytest.raises(CannotTrain, match=r"90 articles of 3 topics.*300 articles of 2 topics.*topics\.toml"):
        train(_examples(30))
    with pytest.raises(CannotTrain, match="0 articles of 0 topics"):
        train([])


def test_a_rare_topic_is_left_out_and_named() -> None:
    """It would be learnt wrongly."""
    rare = [Example(9000 + n, ("طقس", None), "مطر", "مطر ورياح") for n in range(5)]
    assert train([*_examples(110), *rare]).left_out == ["طقس"]


def test_without_scikit_learn_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    monkeypatch.setitem(sys.modules, "sklearn.feature_extraction.text", None)
    with pytest.raises(CannotTrain, match=r"newscrawler\[train\]"):
        training.train(_examples(110))
