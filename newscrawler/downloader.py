"""Scrapy's downloader, with the connections of a slot counted from the moment they are given away."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from scrapy import Request
from scrapy.core.downloader import Downloader, Slot
from scrapy.http import Response
from twisted.internet.defer import Deferred


class CountingDownloader(Downloader):
    """In Scrapy 2.19 a request counts as under way when its coroutine begins, which is later than it is taken from the
    queue. Where no delay comes between, several are taken at once: ten connections to a site that allows one.
    """

    def _wait_for_download(
        self, slot: Slot, request: Request, queue_dfd: Deferred[Response]
    ) -> Coroutine[Any, Any, None]:
        slot.transferring.add(request)  # a set: it is added once more when it begins, and removed when it ends
        return super()._wait_for_download(slot, request, queue_dfd)
