"""The spider loader: it knows what there is without importing it, and must not be wrong about it."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import pytest
from scrapy import Request, Spider
from scrapy.utils.project import get_project_settings
from scrapy.utils.spider import iter_spider_classes

from newscrawler import spiders
from newscrawler.spiders.loader import SpidersByModule


@pytest.fixture
def loader() -> SpidersByModule:
    """That of the project's settings."""
    return SpidersByModule.from_settings(get_project_settings())


def test_every_spider_is_listed_and_loaded_by_its_name(loader: SpidersByModule) -> None:
    """A new spider is a module called as it, named in `SPIDER_MODULES`."""
    there: dict[str, type[Spider]] = {}
    for found in iter_modules(spiders.__path__):
        module = import_module(f"newscrawler.spiders.{found.name}")
        there |= {spider.name: spider for spider in iter_spider_classes(module)}
    assert {name: loader.load(name) for name in loader.list()} == there
    assert {"news", "replay"} == set(there)


def test_an_unknown_name_is_a_key_error(loader: SpidersByModule) -> None:
    """As Scrapy's own loader has it; its commands print that."""
    with pytest.raises(KeyError):
        loader.load("nobody")


def test_no_spider_is_guessed_for_an_address(loader: SpidersByModule) -> None:
    """`scrapy shell URL` uses a plain one then: ours would open the archive."""
    assert not loader.find_by_request(Request("https://alpha.example/"))
