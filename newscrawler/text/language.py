"""judge(): is this text Arabic? Letters and small words are counted first; langdetect is asked about the rest."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from langdetect import DetectorFactory


UNKNOWN: Final = "und"
"""The guess for a text too short to tell, or without letters."""

_LETTERS: Final = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
_ALEF_WASLA: Final = "ٱ"
_STANDARD: Final = frozenset(_LETTERS + _ALEF_WASLA)
"""The 36 letters of standard Arabic, and the alef of the Quran's spelling."""

_CODE_PAGE: Final = "iso8859-6"
_STANDARD_BYTES: Final = _LETTERS.encode(_CODE_PAGE)
"""In a code page of one byte a letter, bytes.translate() counts all 36 at once; str.count() is asked for each."""

_KEYBOARD: Final = frozenset("یکہھە")
"""What a Persian or Kurdish keyboard types for ي ك ه: foreign letters, but no proof of a foreign language."""

_OWN_LETTERS: Final = {
    "ur": frozenset("ٹڈڑںے"),
    "ps": frozenset("ټډړښږڅځڼګۍ"),
    "ckb": frozenset("ێڕڵ"),
    "ug": frozenset("ۇۈۋ"),
    "sd": frozenset("ڀٻٿٽڄڃڇڊڌڍڏڙڦڻڳڱ"),
    "ms": frozenset("ڠڽݢڬ"),
}
"""Letters that only this language writes. Persian has none: its four are in most of the others too."""

_SPEAKS: Final = 0.01
"""Share of a language's own letters, or of پ چ ژ گ, from which on they aren't just foreign names.
Urdu, Pashto, Kurdish and Uyghur have 4 % and more, Persian about 3 %, Arabic articles under 0.5 %."""

_LETTERS_MIN: Final = 60
"""Letters. Shorter texts are headlines, where langdetect takes Arabic for Persian now and then."""

_SAMPLE: Final = 300
"""Characters shown to langdetect: as right as the whole text, and seven times as fast."""

_PIECE: Final = 50
"""Characters of the sample that stand together."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BESIDE_STANDARD: Final = re.compile(f"[^{''.join(sorted(_STANDARD))}\\s0-9.,:()\"'-]+")
"""What may be a letter and isn't one of the 36. These are counted one by one in C: 0.02 ms for a body of 3,000
characters, where a dictionary of them all took 0.15."""

_ARABIC_WORDS: Final = _listed(
    "في على إلى الى التي الذي الذين أن إن كما عن هذا هذه ذلك تلك كان كانت بعد بين قبل مع لم لن منذ خلال "
    "وقال أو ثم حيث وفي وعلى ومن"
)
"""Small words of Arabic that Persian, Urdu and Kurdish don't write, or write with other letters («علی»)."""

_NEIGHBOURS_WORDS: Final = _listed(
    "که كه از به را می مي با برای براي است این اين آن شد بود های هاي شده کرد كرد ها تا بر ایران ايران در باشد "
    "دارد کے کی کا میں سے"
)
"""Small words of Persian and Urdu, also as an Arabic keyboard writes them."""

_CLEAR: Final = (0.05, 0.01)
"""Least share of Arabic's small words and largest of the neighbours', 0 to 1, for which langdetect isn't asked.
89 % of 5,060 real articles pass, half of them with 12 % or more; Persian pages have under 0.3 % of the one and
20 % of the other, in either spelling. Saves 0.9 of 1.2 ms a page."""

_ARABIC_SCRIPT_PROFILES: Final = ("ar", "fa", "ur")


@dataclass(frozen=True, slots=True)
class LanguageVerdict:
    """Whether a text is Arabic, with the evidence."""

    is_arabic: bool
    """True: enough Arabic letters, few foreign ones, and langdetect agrees, where it can be asked."""

    arabic_share: float
    """Letters of Arabic script among all letters, 0 to 1; Persian «گ چ پ» count. 0: there are no letters."""

    foreign_share: float
    """Letters outside standard Arabic's 36 among those of Arabic script, 0 to 1."""

    guess: str
    """ISO 639-1 (`ckb`, which has no such code, by ISO 639-3); "und" if the text is too short to tell."""


def judge(text: str, *, share_min: float = 0.5, foreign_max: float = 0.03) -> LanguageVerdict:
    """Tell Arabic from what is written in another script and from what only shares its script.

    `share_min`: least share of Arabic letters among all. `foreign_max`: largest share of letters standard
    Arabic doesn't have. A text that passes both, or fails the second only by the letters a Persian
    keyboard types for ي and ك, is put to langdetect if it is long enough and its small words leave a
    doubt. Never raises.
    """
    standard, letters = _letters_of(text)
    script = {letter: n for letter, n in letters.items() if _is_arabic_script(letter)}
    total, arabic = standard + sum(letters.values()), standard + sum(script.values())
    foreign = sum(n for letter, n in script.items() if letter not in _STANDARD)
    if not total or arabic < share_min * total:
        guess = _detected(text, every_script=True) if total >= _LETTERS_MIN else UNKNOWN
        return LanguageVerdict(False, arabic / (total or 1), foreign / (arabic or 1), guess)
    arabic_share, foreign_share = arabic / total, foreign / (arabic or 1)
    if foreign_share > foreign_max and (arabic < _LETTERS_MIN or _speaks_another(script, arabic)):
        return LanguageVerdict(False, arabic_share, foreign_share, _guess_by_letters(script, arabic))
    if arabic < _LETTERS_MIN:
        guess = UNKNOWN
    else:
        guess = "ar" if _is_clearly_arabic(text) else _detected(text, every_script=False)
    return LanguageVerdict(guess in ("ar", UNKNOWN), arabic_share, foreign_share, guess)


def _is_clearly_arabic(text: str) -> bool:
    words = text.split()
    own = sum(map(_ARABIC_WORDS.__contains__, words))
    others = sum(map(_NEIGHBOURS_WORDS.__contains__, words))
    return own >= _CLEAR[0] * len(words) and others <= _CLEAR[1] * len(words)


def _letters_of(text: str) -> tuple[int, Counter[str]]:
    """How many letters are of the 36, and how often each other one occurs; tatweel is not counted at all.

    Presentation forms are counted as letters, and so may be one of the 36 all the same.
    """
    one_byte = text.encode(_CODE_PAGE, "replace")
    standard = len(one_byte) - len(one_byte.translate(None, _STANDARD_BYTES)) + text.count(_ALEF_WASLA)
    letters: Counter[str] = Counter()
    for character, n in Counter("".join(_BESIDE_STANDARD.findall(text))).items():
        for letter in unicodedata.normalize("NFKC", character) if "\ufb50" <= character <= "\ufefc" else character:
            if unicodedata.category(letter) in ("Ll", "Lu", "Lt", "Lo"):
                letters[letter] += n
    return standard, letters


def _is_arabic_script(letter: str) -> bool:
    return "\u0600" <= letter <= "\u06ff" or "\u0750" <= letter <= "\u077f" or "\u0870" <= letter <= "\u08ff"


def _speaks_another(script: dict[str, int], arabic: int) -> bool:
    proof = sum(n for letter, n in script.items() if letter not in _STANDARD and letter not in _KEYBOARD)
    return proof >= _SPEAKS * arabic


def _guess_by_letters(script: dict[str, int], arabic: int) -> str:
    counts = {code: sum(script.get(letter, 0) for letter in own) for code, own in _OWN_LETTERS.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= _SPEAKS * arabic else "fa"


def _detected(text: str, *, every_script: bool) -> str:
    from langdetect import LangDetectException  # the workers ask, the crawl has their answers

    detector = _detectors(every_script=every_script).create()
    detector.append(_sample(text))
    try:
        return str(detector.detect()).partition("-")[0].replace("unknown", UNKNOWN)
    except LangDetectException:  # digits and signs only
        return UNKNOWN


def _sample(text: str) -> str:
    """Pieces from all over the text: an Arabic quotation at the top doesn't make a Persian page Arabic."""
    if len(text) <= _SAMPLE:
        return text
    starts = range(0, len(text) - _PIECE + 1, (len(text) - _PIECE) // (_SAMPLE // _PIECE - 1))
    return " ".join(text[start : start + _PIECE] for start in starts)


@cache
def _detectors(*, every_script: bool) -> DetectorFactory:
    """Our own factory, because langdetect's is global and unseeded; profiles in order of name, for the same
    sums on every machine. Two threads that come first at once both load it, and both are right.
    """
    from langdetect import DetectorFactory
    from langdetect.detector_factory import PROFILES_DIRECTORY

    profiles = sorted(Path(PROFILES_DIRECTORY).iterdir())
    chosen = [p for p in profiles if every_script or p.name in _ARABIC_SCRIPT_PROFILES]
    factory = DetectorFactory()
    factory.load_json_profile([profile.read_text(encoding="utf-8") for profile in chosen])
    factory.set_seed(0)
    return factory
