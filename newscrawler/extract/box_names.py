"""What the makers of a page call its boxes: names given to the text, and names given to what isn't it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_ASIDE: Final = re.compile(
    r"(?<![a-z])(?:(related|recommend|suggest|ticker|breaking|share|sharing|social|newsletter|subscri|"
    r"disqus|comment|"
    r"reply|respond|breadcrumb|paginat|navbar|navigation|sidebar|widget|copyright|cookie|consent|gdpr|"
    r"popup|modal|overlay|"
    r"banner|advert|adsbygoogle|sponsor|promo|outbrain|taboola|engageya|speakol|caption|figcaption|"
    r"trending|popular|"
    r"readspeaker|podcast|inject|teaser|slidebox|google-?news|byline|breakingnews|mostread|addtoany|"
    r"addthis|sharethis)[a-z]*|"
    r"(more-?(?:news|stories|posts|articles)|read-?(?:more|also|next)|also-?read|see-?also|most-?read|"
    r"most-?viewed|latest|"
    r"follow-?us|sign-?up|pager|nav|menu|side-?bar|footer|foot|ads?|adv|dfp|gpt|tags?|keywords?|hash-?tags?|"
    r"credits?|photo-?credit|image-?(?:credit|copyright)|author-?(?:box|bio|info|card)|about-?author|bio|"
    r"rating|vote|poll|"
    r"likes?|counters?|views?-?count|print|player|audio|inline-?(?:related|story|article)|also|sr-only|"
    r"visually-?hidden|screen-?reader|skip-?link|toolbar|tools|next-?prev|prev-?next|other-?(?:news|"
    r"articles|posts)|"
    r"writer-?(?:box|bio|info)|copy-?link|print-?link)(?![a-z]))"
)
"""Names given to what is not the article, whole words of a class or id. Never enough by themselves: see
asides.py."""

_REMEMBERED: Final = 4096
"""Names whose verdict is kept: a site's pages are all made of the same few hundred."""

BODY_HINT: Final = re.compile(
    r"articlebody|article-?(?:body|content|text)|entry-?content|post-?(?:content|body|entry)|"
    r"story-?(?:body|content|text)|"
    r"news-?(?:body|content|text|details)|field-name-body|td-post-content|single-?content|body-?text|"
    r"main_article_body"
)
"""Names given to the article's text."""

_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=_REMEMBERED)
def aside_names(hints: str) -> frozenset[str]:
    """The words in a class or id that such pages give to what is not the article; none for one that says
    «text».
    """
    if not hints or BODY_HINT.search(hints):
        return frozenset()
    return frozenset(stem or word for stem, word in _ASIDE.findall(hints))


@lru_cache(maxsize=4096)
def spelt_apart(names: str) -> str:
    """Names in lower case; those with capitals inside («lblAuthorName») also with their words apart."""
    if not names or names.islower():
        return names
    apart = _HUMP.sub("-", names)
    return names.lower() if apart == names else f"{names} {apart}".lower()
