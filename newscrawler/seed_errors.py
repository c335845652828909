"""What is wrong with a seed file, for people who don't write Python: key, what was expected, what stands there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from newscrawler.site import Articles, Expect, Rule, Site, Source

_TABLES: Final[Mapping[str, type[BaseModel]]] = {
    "source": Source,
    "articles": Articles,
    "rule": Rule,
    "expect": Expect,
}
_REPEATED: Final = frozenset({"source", "rule"})
"""Tables that a file may have several of, written with two brackets."""

_SHOWN: Final = 80
"""Characters of a value that a message repeats."""

_WORDS: Final[Mapping[str, str]] = {
    "string_type": "a text in quotes",
    "string_too_short": "a text that isn't empty",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a number",
    "bool_type": "true or false, without quotes",
    "bool_parsing": "true or false, without quotes",
    "date_type": "a day such as 2026-11-22, without quotes",
    "date_parsing": "a day such as 2026-11-22, without quotes",
    "date_from_datetime_parsing": "a day such as 2026-11-22, without quotes",
    "date_from_datetime_inexact": "a day such as 2026-11-22, without a time",
    "tuple_type": 'a list such as ["…", "…"]',
}
"""pydantic's error type → what the key wants."""

_WITH_LIMITS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "literal_error": lambda context: f"one of {context['expected']}",
    "greater_than_equal": lambda context: f"at least {context['ge']:g}",
    "less_than_equal": lambda context: f"at most {context['le']:g}",
}
"""The same for those that depend on the key."""


def problems_in(why: ValidationError) -> list[str]:
    """One «key: what was expected, what stands there» for each mistake."""
    return [f"{_key(error['loc'])}: {_message(error)}" for error in why.errors()]


def _key(place: Sequence[int | str]) -> str:
    return ".".join(str(part) for part in place)


def _message(error: Any) -> str:
    kind, place = error["type"], error["loc"]
    if kind == "extra_forbidden":
        return _unknown(place)
    if kind == "missing":
        return "required, and missing"
    if (len(place) == 1 and place[0] in _TABLES) or kind == "model_type":
        return _brackets(str(place[0]))
    wanted = _WORDS.get(kind) or (_WITH_LIMITS[kind](error["ctx"]) if kind in _WITH_LIMITS else None)
    if wanted is None:
        return str(error["msg"]).removeprefix("Value error, ")
    return f"expected {wanted}; there stands {_as_toml(error['input'])}"


def _brackets(table: str) -> str:
    written = f"[[{table}]], with two brackets on each side" if table in _REPEATED else f"[{table}]"
    return f"expected a table that begins with the line {written}"


def _unknown(place: Sequence[int | str]) -> str:
    """With the key that was probably meant: a near spelling, or one that a heading above it has swallowed."""
    key = str(place[-1])
    model = _TABLES.get(str(place[0]), Site) if len(place) > 1 else Site
    if model is not Site and key in Site.model_fields:
        return "unknown key here; it belongs to the top of the file, before the first line in brackets"
    near = get_close_matches(key, set(model.model_fields) - {"id"}, n=1)
    return f"unknown key; did you mean {near[0]}?" if near else "unknown key"


def _as_toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    shown = f'"{value}"' if isinstance(value, str) else str(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
