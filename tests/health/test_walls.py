"""A refusal is told from a page, and from an error."""

from __future__ import annotations

import pytest

from newscrawler.health.walls import wall
from support.newspaper import html, paragraphs

HTML = {"content-type": "text/html"}
CHALLENGE = b"<html><head><title>Just a moment...</title></head><body>Enable JavaScript</body></html>"
SCRIPT = "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"


@pytest.mark.parametrize(
    ("status", "headers", "body", "words"),
    [
        (403, HTML, b"<html><title>Forbidden</title></html>", "HTTP 403, refuses us"),
        (429, {}, b"", "HTTP 429, says that we ask too often"),
        (401, {}, b"", "HTTP 401, asks for a login"),
        (403, HTML, CHALLENGE, "HTTP 403, a captcha page «Just a moment...»"),
        (200, HTML, CHALLENGE, "HTTP 200, a captcha page «Just a moment...»"),
        (503, HTML, CHALLENGE, "HTTP 503, a captcha page «Just a moment...»"),
        (200, {}, CHALLENGE.replace(b"<html>", b"<!DOCTYPE html><html>"), "HTTP 200, a captcha page"),
        (200, {"cf-mitigated": "challenge"}, b"", "HTTP 200, a challenge of Cloudflare's"),
        (200, HTML, b"<html><body><div class='h-captcha'></div></body></html>", "HTTP 200, a captcha page"),
        (200, HTML, "<html><title>التحقق الأمني</title></html>".encode(), "a captcha page «التحقق الأمني»"),
    ],
)
def test_a_wall_is_named(status: int, headers: dict[str, str], body: bytes, words: str) -> None:
    """By its status or by what it shows."""
    assert words in (wall(status, headers, body) or "no wall")


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (200, HTML, html("عنوان", paragraphs(1, 8), head=SCRIPT).encode()),
        (200, HTML, html("خبير: كيف تعرف أنك لست روبوت", paragraphs(2, 8)).encode()),
        (200, HTML, "<html><title>صحيفة</title><p>محتوى قصير</p></html>".encode()),
        (404, HTML, b"<html><title>404</title></html>"),
        (500, HTML, b"<html><title>captcha</title></html>"),
        (200, {"content-type": "application/xml"}, b"<rss><title>Just a moment</title></rss>"),
        (200, {}, b""),
    ],
)
def test_what_is_no_wall_is_left_alone(status: int, headers: dict[str, str], body: bytes) -> None:
    """A bot check's script beside a whole article, a headline about robots, a missing page, a feed."""
    assert wall(status, headers, body) is None
