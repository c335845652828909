"""news-please as a library, as its own documentation shows it."""

from __future__ import annotations

from collections.abc import Iterator

from common import Read, addresses, write
from newsplease import NewsPlease


def main() -> Iterator[Read]:
    """All at once: it has its own pool."""
    for url, article in NewsPlease.from_urls(addresses(), request_args={"timeout": 10}, fetch_images=False).items():
        if article:
            at = article.date_publish
            yield Read(
                url, article.title, article.maintext, str(at) if at else None, None, tuple(article.authors or ())
            )


if __name__ == "__main__":
    write(main())
