"""SpidersByModule: tells Scrapy which spiders there are without importing what they work with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Self, cast

from scrapy import Request, Spider
from scrapy.settings import BaseSettings


class SpidersByModule:
    """Scrapy's spider loader. Each module of `SPIDER_MODULES` has one spider, `<Name>Spider`, called as the module.

    Scrapy's own imports every spider to learn its name: half a second for `scrapy list`, and `crawl news` had the
    WARC reader of `replay` imported.
    """

    def __init__(self, modules: Iterable[str]) -> None:
        self._modules = {module.rpartition(".")[2]: module for module in modules}

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Made by Scrapy."""
        return cls(settings.getlist("SPIDER_MODULES"))

    def load(self, spider_name: str) -> type[Spider]:
        """The spider's class. Raises KeyError if there is none of this name."""
        module = import_module(self._modules[spider_name])
        return cast("type[Spider]", getattr(module, f"{spider_name.capitalize()}Spider"))

    def list(self) -> Sequence[str]:
        """The names of all spiders."""
        return tuple(self._modules)

    def find_by_request(self, request: Request) -> Sequence[str]:  # noqa: ARG002 (Scrapy's signature)
        """The spiders that `scrapy shell` and `scrapy fetch` may use for an address. None: ours need a run."""
        return ()
