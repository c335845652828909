"""UTF-8 that was encoded twice."""

from __future__ import annotations

import pytest

from newscrawler.extract.decoding import decode
from newscrawler.extract.mojibake import undoubled

TEXT = "قال المدير: «الأبواب مفتوحة»، والكتب مجانية."


def doubled(text: str, code_page: str) -> str:
    """The text as a program shows it that took its bytes for a code page."""
    return "".join(
        bytes([byte]).decode(code_page, errors="ignore") or chr(byte) if byte > 0x7F else chr(byte)
        for byte in text.encode()
    )


@pytest.mark.parametrize("code_page", ["cp1252", "cp1256", "latin-1"])
def test_a_text_encoded_twice_is_read(code_page: str) -> None:
    """Whatever the code page between."""
    assert undoubled(doubled(TEXT, code_page)) == TEXT
    assert decode(doubled(TEXT, code_page).encode()).text == TEXT


@pytest.mark.parametrize("code_page", ["cp1252", "cp1256"])
def test_only_the_spoilt_part_is_changed(code_page: str) -> None:
    """A frame in good order around a spoilt body stays as it is."""
    assert undoubled(f"عنوان سليم § {doubled(TEXT, code_page)}") == f"عنوان سليم § {TEXT}"


@pytest.mark.parametrize("text", [TEXT, "المادة § 4 من القانون", "Ø وحدها ليست خطأ", "طظ§ ط§ظ„ط"])
def test_what_was_encoded_once_stays(text: str) -> None:
    """Arabic letters and a paragraph sign aren't UTF-8 by chance; what can't be put right isn't touched."""
    assert undoubled(text) == text
