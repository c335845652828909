"""Pages about the site itself, and errors that pretend to be pages."""

from __future__ import annotations

import pytest

from newscrawler.extract.service_pages import refuse_service
from newscrawler.outcome import NotAnArticle


@pytest.mark.parametrize("title", ["من نحن", "اتصل بنا", "سياسة الخصوصية", "تسجيل الدخول", "Privacy Policy", "من نحن؟"])
def test_a_page_about_the_site_is_no_article(title: str) -> None:
    """However long it is."""
    with pytest.raises(NotAnArticle, match="about the site"):
        refuse_service(title=title, words=900)


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "خطأ 404",
        "404 - الصفحة غير موجودة",
        "الصفحة غير موجودة",
        "عذراً، الصفحة التي تبحث عنها غير متوفرة",
        "لم يتم العثور على الصفحة",
        "لا توجد نتائج",
        "Page not found",
        "Just a moment...",
    ],
)
def test_an_error_is_no_article(title: str) -> None:
    """Servers send it with status 200, and two sentences of regret."""
    with pytest.raises(NotAnArticle, match="error page"):
        refuse_service(title=title, words=40)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("404 حالة وفاة بالحصبة خلال عام", 40),
        ("الصفحة غير موجودة", 300),
        ("من نحن ومن يكتب تاريخنا", 40),
        ("البحث عن مفقودين في عرض البحر", 40),
        ("لم يتم العثور على أي ناج بعد ستة أيام من البحث في الجبال", 40),
    ],
)
def test_a_headline_that_begins_so_is_one(title: str, words: int) -> None:
    """A number, a long text, or more words than such a page has."""
    refuse_service(title=title, words=words)
