"""What an agency or an editor leaves below a story."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.conftest import FIRST, SECOND, THIRD, article_html
from newscrawler.article import Article
from newscrawler.extract.signatures import is_desk_mark, without_desk_mark

Read = Callable[..., Article]
ALL = (FIRST, SECOND, THIRD)


@pytest.mark.parametrize(
    "line",
    [
        "(النهاية)",
        "// انتهى //",
        "م.ل",
        "ع ب د / م ج",
        "س.ن/ ع.ج (أ ف ب)",
        "14:22ت م",
        "=====ن.ح.",
        "(النهاية) ع ب / م",
    ],
)
def test_a_desk_mark_below_is_dropped(read: Read, line: str) -> None:
    """Initials and the end's mark are the desk's."""
    assert is_desk_mark(line)
    assert read(article_html(below=f"<p>{line}</p>")).paragraphs == ALL
    text = "".join(f"<p>{paragraph}</p>" for paragraph in (*ALL, line))
    assert read(article_html(body=text)).paragraphs == ALL


@pytest.mark.parametrize("line", ["انتهى الموسم", "من هو", "لا تعليق.", "هو وهي وهم", "النهاية السعيدة"])
def test_a_short_sentence_is_none(line: str) -> None:
    """Words have more than two letters, one of them at least."""
    assert not is_desk_mark(line)


def test_the_mark_behind_the_last_sentence_goes(read: Read) -> None:
    """Agencies set it on the same line."""
    assert without_desk_mark("ولم يصب أحد. (النهاية) ع ب د / م م ج") == "ولم يصب أحد."
    assert without_desk_mark("كتب «النهاية» على الجدار (النهاية) ومضى") == "كتب «النهاية» على الجدار (النهاية) ومضى"


def test_codes_behind_the_word_for_the_end_go_with_it(read: Read) -> None:
    """An agency's message number below «(النهاية)» is no line of the text; a sentence below it would be."""
    codes = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD} (النهاية)</p><p>م خ ع / ط م ا</p><p>ديرة091120 جمت اغو 12</p>"
    assert read(body=codes).paragraphs == ALL
    going_on = f"<p>{FIRST}</p><p>{SECOND} (النهاية)</p><p>{THIRD}</p>"
    assert read(body=going_on).paragraphs[-1] == THIRD
