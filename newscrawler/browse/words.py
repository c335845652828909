"""Every word the room itself says, in Arabic and English: `phrases/ar.toml` and `phrases/en.toml`, key for key."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final

from babel import Locale
from markupsafe import Markup, escape

from newscrawler.browse.language import Language, visit
from newscrawler.browse.outcome_names import MEANINGS, MEANINGS_EN

Phrase = str | dict[str, str]
"""A text with places like `{name}`; or, by the number `n`, one for each plural form of the language."""

LANGUAGES: Final[tuple[Language, ...]] = ("ar", "en")


@cache
def phrases(language: Language) -> dict[str, Phrase]:
    """`section.key` → phrase, of one language; `outcome.NAME` is what an outcome means."""
    text = (files("newscrawler.browse") / "phrases" / f"{language}.toml").read_text(encoding="utf-8")
    spoken = {
        f"{section}.{key}": phrase for section, keys in tomllib.loads(text).items() for key, phrase in keys.items()
    }
    meanings = MEANINGS if language == "ar" else MEANINGS_EN
    return spoken | {f"outcome.{name}": meaning for name, meaning in meanings.items()}


def say(key: str, **values: Any) -> str:
    """The phrase in the reader's language, with values put in their places; numbers get their thousands marked.

    `n` chooses the plural form. Values that are no Markup are escaped where one of them is; else the template does it.
    Raises KeyError for a key that isn't there.
    """
    language = visit().language
    phrase = phrases(language)[key]
    if isinstance(phrase, dict):
        form = Locale.parse(language).plural_form(values["n"])
        phrase = phrase.get(form, phrase["other"])
    shown = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
    if any(isinstance(value, Markup) for value in shown.values()):
        return escape(phrase).format(**shown)
    return phrase.format(**shown) if shown else phrase


def named(section: str, name: object) -> str:
    """The word for a stored name such as an outcome or a kind of tag; the name itself if there is none."""
    phrase = phrases(visit().language).get(f"{section}.{name}")
    return phrase if isinstance(phrase, str) else str("" if name is None else name)
