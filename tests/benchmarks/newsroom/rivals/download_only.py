"""The ceiling: get every page and throw it away."""

from __future__ import annotations

import asyncio

import aiohttp
from common import Read, addresses, write


async def main() -> list[Read]:
    """16 at once."""
    gate = asyncio.Semaphore(16)

    async def get(session: aiohttp.ClientSession, url: str) -> Read:
        async with gate, session.get(url) as response:
            await response.read()
            return Read(url, None, None)

    async with aiohttp.ClientSession() as session:
        return await asyncio.gather(*(get(session, url) for url in addresses()))


if __name__ == "__main__":
    write(asyncio.run(main()))
