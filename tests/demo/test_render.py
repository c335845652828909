from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from lxml import html

from newscrawler.demo.outlet import TemplateName
from newscrawler.demo.render import TEMPLATES, render
from newscrawler.demo.story import Block, Story, paragraphs_as_body

AWKWARD = (
    "قال “كيربي” إن «الأمر» ليس كما يبدو... بل أعقد.",
    "- سطر يبدأ بشرطة، وفيه <b>وسم</b> و& ورمز &amp; و\"اقتباس\" و'آخر'",
    "نص فيه ک ی فارسيتان و€ و— و… ورقم ٣٫١٤ و\u200fعلامة اتجاه",
    "]]> </script> {{ story }} {% raw %}",
    "مُحَمَّدٌ في القَاهِرَةِ ـــ طويلـــة",
)
STORY = Story(
    id=7,
    title="عنوان فيه “تنصيص” و</script> و& وعلامة؟",
    section="عربي ودولي",
    standfirst="خلاصة فيها <وسم>",
    authors=("ليلى حداد",),
    published=datetime(2026, 2, 8, 12, 9, tzinfo=ZoneInfo("Africa/Tunis")),
    tags=("وسم أول", "وسم «ثان»"),
    body=paragraphs_as_body(AWKWARD),
)
ENCODING = {"modern": "utf-8", "classic": "windows-1256", "app": "utf-8", "amp": "utf-8"}


def _tree(template: TemplateName, story: Story) -> html.HtmlElement:
    parser = html.HTMLParser(encoding=ENCODING[template])
    return html.document_fromstring(render(template, story), parser=parser)


@pytest.mark.parametrize("template", TEMPLATES)
def test_any_text_survives_any_template(template: TemplateName) -> None:
    """A parser gets back each paragraph as it was, whatever marks and foreign letters it holds."""
    texts = {text.strip() for text in _tree(template, STORY).xpath("//body//text()")}
    assert set(AWKWARD) <= texts


@pytest.mark.parametrize("template", TEMPLATES)
def test_headline_stands_in_one_h1(template: TemplateName) -> None:
    """The headline is there once, whole."""
    (headline,) = _tree(template, STORY).xpath("//h1")
    assert headline.text_content() == STORY.title


@pytest.mark.parametrize("template", ["modern", "app", "amp"])
def test_json_ld_can_be_read_and_is_right(template: TemplateName) -> None:
    """Metadata can't be broken by what a headline holds, and says what the page says."""
    (script,) = _tree(template, STORY).xpath("//script[@type='application/ld+json']/text()")
    data = json.loads(script.replace("//<![CDATA[", "").replace("//]]>", ""))
    nodes = data["@graph"] if isinstance(data, dict) else data
    (article,) = [node for node in nodes if node["@type"] == "NewsArticle"]
    assert article["headline"] == STORY.title
    assert article["articleSection"] == "عربي ودولي"
    assert article["datePublished"] == "2026-02-08T12:09:00+01:00"
    assert [person["name"] for person in article["author"]] == ["ليلى حداد"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_what_a_story_lacks_leaves_no_trace(template: TemplateName) -> None:
    """No date, byline, section or tag is made up."""
    bare = Story(id=8, title="عنوان", body=paragraphs_as_body(["نص"]))
    page = render(template, bare).decode(ENCODING[template])
    assert "None" not in page
    assert "<time" not in page
    assert "datePublished" not in page
    assert "كتب" not in page.replace("كتبت", "").replace("مكتب", "")


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("modern", "الأحد 8 شباط/ فبراير 2026، 12:09"),
        ("classic", "الأحد ٨ فبراير ٢٠٢٦ - ١٢:٠٩ م"),
        ("app", "8 فيفري 2026 على الساعة 12:09"),
    ],
)
def test_dates_are_printed_as_the_region_does(template: TemplateName, printed: str) -> None:
    """Levantine double months, Eastern digits in Egypt, French month names in Tunis."""
    assert printed in unescape(render(template, STORY).decode(ENCODING[template]))


def test_structure_is_marked_up() -> None:
    """Subheadings, lists and quotations have elements of their own on the modern site."""
    body = (
        Block("p", "أول"),
        Block("h2", "عنوان فرعي"),
        Block("li", "بند"),
        Block("li", "بند ثان"),
        Block("quote", "قول"),
    )
    tree = _tree("modern", replace(STORY, body=body))
    (text,) = tree.find_class("story-body")
    assert [node.tag for node in text] == ["p", "h2", "ul", "blockquote"]
    assert [item.text for item in text.iter("li")] == ["بند", "بند ثان"]


def test_classic_pages_are_windows_1256() -> None:
    """Letters the charset has are single bytes; the rest are numeric entities."""
    page = render("classic", STORY)
    assert "قال “كيربي”".encode("windows-1256") in page
    assert f"&#{ord('ی')};".encode() in page


def test_amp_pages_and_their_twins_name_each_other() -> None:
    """rel=amphtml there, rel=canonical back."""
    (twin,) = _tree("app", STORY).xpath("//link[@rel='amphtml']/@href")
    (canonical,) = _tree("amp", STORY).xpath("//link[@rel='canonical']/@href")
    assert twin == f"{canonical}/amp"


def test_an_unknown_template_is_an_error() -> None:
    """There is no fallback template."""
    with pytest.raises(KeyError):
        render("glossy", STORY)  # type: ignore[arg-type]
