"""Bytes to text."""

from __future__ import annotations

import codecs

import pytest

from newscrawler.extract.decoding import decode

TEXT = "<p>أعلنت البلدية أن المكتبة الجديدة ستفتح أبوابها يوم الأحد المقبل أمام الأطفال والكبار.</p>"


@pytest.mark.parametrize(
    ("body", "content_type", "encoding", "how"),
    [
        (codecs.BOM_UTF8 + TEXT.encode(), "text/html; charset=windows-1256", "utf-8", "bom"),
        (TEXT.encode("utf-16"), None, "utf-16-le", "bom"),
        (TEXT.encode(), "text/html; charset=UTF-8", "utf-8", "header"),
        (TEXT.encode("cp1256"), "text/html; charset=windows-1256", "cp1256", "header"),
        (b"<meta charset=windows-1256>" + TEXT.encode("cp1256"), None, "cp1256", "meta"),
        (
            b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">' + TEXT.encode("cp1256"),
            "text/html",
            "cp1256",
            "meta",
        ),
        (b'<?xml version="1.0" encoding="windows-1256"?>' + TEXT.encode("cp1256"), None, "cp1256", "meta"),
        (b"<meta charset=iso-8859-6>" + TEXT.encode("iso-8859-6"), None, "iso8859-6", "meta"),
    ],
)
def test_a_declaration_that_fits_the_bytes_is_believed(
    body: bytes, content_type: str | None, encoding: str, how: str
) -> None:
    """Byte order mark, header, meta and XML declaration count in this order."""
    decoded = decode(body, content_type=content_type)
    assert (decoded.encoding, decoded.how) == (encoding, how)
    assert TEXT in decoded.text


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (TEXT.encode("cp1256"), "text/html; charset=utf-8"),
        (b"<meta charset=utf-8>" + TEXT.encode("cp1256"), None),
        (TEXT.encode(), "text/html; charset=windows-1256"),
        (b"<meta charset=iso-8859-1>" + TEXT.encode("cp1256"), None),
        (b"<meta charset=windows-1252>" + TEXT.encode(), None),
        (TEXT.encode("cp1256"), None),
        ("<p>خبر</p>".encode("cp1256"), None),
        (TEXT.encode("iso-8859-6"), None),
        (TEXT.encode(), None),
    ],
)
def test_bytes_win_over_a_false_or_missing_declaration(body: bytes, content_type: str | None) -> None:
    """Arabic text that is valid UTF-8 is UTF-8; what isn't, and has words with «ال», is the code page that says so."""
    text = decode(body, content_type=content_type).text
    assert TEXT in text or "<p>خبر</p>" in text


def test_the_seeds_encoding_is_asked_where_nothing_is_declared() -> None:
    """`encoding` of the seed file stands in for a missing declaration, not for one that fits."""
    short = "<p>قف</p>".encode("iso-8859-6")
    assert decode(short, fallback="iso-8859-6").text == "<p>قف</p>"
    assert decode(TEXT.encode(), content_type="text/html; charset=utf-8", fallback="cp1256").encoding == "utf-8"


def test_a_letter_cut_in_half_does_not_unseat_utf8() -> None:
    """One broken byte in a long page costs one letter, not the page."""
    body = b"<meta charset=utf-8>" + TEXT.encode() * 5
    decoded = decode(body[:200] + body[201:])
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") <= 2


def test_nul_bytes_and_unknown_labels_do_no_harm() -> None:
    """A label that no program knows is as good as none."""
    assert decode(b"a\x00b", content_type="text/html; charset=klingon").text == "ab"
    assert decode(b"").text == ""


def test_valid_utf8_goes_to_the_parser_as_it_was_served() -> None:
    """It isn't decoded only to be encoded again; NUL bytes and a late byte order mark are gone all the same."""
    body = b"<meta charset=utf-8>" + TEXT.encode()
    assert decode(body).utf8 is body
    assert decode(b"\x00" + codecs.BOM_UTF8 + body).utf8 == body
    old = decode(TEXT.encode("cp1256"), content_type="text/html; charset=windows-1256")
    assert old.utf8 == TEXT.encode()
