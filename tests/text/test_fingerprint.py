"""Fingerprints: the same for the same words, in every process; near copies share a band."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import pytest

from newscrawler.text.fingerprint import ALGORITHM, Signature, bands, content_hash, jaccard, pairs
from newscrawler.text.normalise import fold, words

SENTENCES = [
    f"في اليوم {day} من المهرجان زار {day * 37} شخصا جناح المدينة رقم {day * 11} وشاهدوا العرض {day * 53} مساء"
    for day in range(1, 40)
]
REPORT = " ".join(SENTENCES)


def _signature(text: str) -> Signature:
    return Signature.of(pairs(fold(text)))


def test_spelling_and_punctuation_dont_change_the_hash() -> None:
    """A copy with other marks, quotation marks, spaces and hamzas is the same text."""
    one = content_hash(fold("قال «المتحدّث» إنّ الأمطارَ عمّت البلاد."))
    assert one == content_hash(fold('قال  "المتحدث" ان الامطار، عمت البلاد'))
    assert len(one) == 32
    assert one != content_hash(fold("قال المتحدث إن الأمطار لم تعم البلاد"))


def test_words_dont_run_together_in_the_hash() -> None:
    """«من ذهب» and «منذهب» are different texts."""
    assert content_hash(fold("من ذهب")) != content_hash(fold("منذهب"))


@pytest.mark.parametrize(
    ("text", "expected"), [("", set()), ("...!", set()), ("خبر", {"خبر"}), ("خبر عاجل جدا", {"خبر عاجل", "عاجل جدا"})]
)
def test_pairs_of_short_texts(text: str, expected: set[str]) -> None:
    """No words, no pairs; a single word stands for itself."""
    assert pairs(fold(text)) == expected


def test_jaccard_counts_shared_pairs() -> None:
    """Shared among all; nothing resembles nothing."""
    assert jaccard({"a", "b", "c"}, {"b", "c", "d"}) == 0.5
    assert jaccard({"a"}, {"a"}) == 1.0
    assert jaccard({"a"}, {"b"}) == 0.0
    assert jaccard(set(), set()) == 0.0


def test_a_signature_survives_storage() -> None:
    """512 bytes and back; anything else is refused."""
    signature = _signature(REPORT)
    assert Signature.from_bytes(signature.to_bytes()) == signature
    assert len(signature.to_bytes()) == 512
    with pytest.raises(ValueError, match="512 bytes"):
        Signature.from_bytes(b"\0" * 100)


def test_the_algorithm_named_is_the_one_that_ran() -> None:
    """Stored signatures stay comparable: if this number changes, ALGORITHM must, and signatures are rebuilt."""
    signature = Signature.of(frozenset({"خبر عاجل", "عاجل جدا"}))
    assert (ALGORITHM, signature.values[0], bands(signature)[0]) == (
        "minhash-128/pairs-2/rensa-2/1",
        3340927945,
        101618611491103053,
    )


def test_other_processes_compute_the_same() -> None:
    """Python's own hash differs from process to process; ours must not."""
    program = (
        "from newscrawler.text.fingerprint import Signature, bands, content_hash, pairs\n"
        f"text = {REPORT[:400]!r}\n"
        "print(content_hash(text), bands(Signature.of(pairs(text))))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


def test_bands_fit_sqlite() -> None:
    """42 different signed 64-bit integers; the band's number is part of the key."""
    keys = bands(_signature(REPORT))
    assert len(set(keys)) == 42
    assert all(-(2**63) <= key < 2**63 for key in keys)
    one_pair = bands(Signature((7,) * 128))
    assert len(set(one_pair)) == 42


def test_a_text_without_words_resembles_nothing() -> None:
    """Else all photo captions made of signs would be copies of each other."""
    nothing = _signature("…")
    assert bands(nothing) == ()
    assert nothing.similarity(nothing) == 0.0
    assert _signature(REPORT).similarity(nothing) == 0.0


def test_near_copies_share_a_band_and_strangers_dont() -> None:
    """With one word in twelve replaced, every copy is found; the estimate is near the truth."""
    original = words(fold(REPORT))
    rng = random.Random(5)
    for _ in range(20):
        edited = fold(" ".join(word if rng.random() > 1 / 12 else "جديد" for word in original))
        copy, known = Signature.of(pairs(edited)), _signature(REPORT)
        assert set(bands(copy)) & set(bands(known))
        assert abs(copy.similarity(known) - jaccard(pairs(edited), pairs(fold(REPORT)))) < 0.15
    stranger = _signature(" ".join(f"كلمة{i} أخرى{i}" for i in range(300)))
    assert not set(bands(stranger)) & set(bands(_signature(REPORT)))
