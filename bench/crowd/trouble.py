"""Trouble beside the visitors: an action server that never answers, messages of a megabyte."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import httpx

from assistant.serving import LOOPBACK

_MEGABYTE = "a" * 1_000_000
WANTS_ACTION = "delete my data"


@asynccontextmanager
async def silent_server() -> AsyncIterator[int]:
    """Take connections and never say a word, until the block ends; yields the port."""

    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(swallow, LOOPBACK, 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


@asynccontextmanager
async def troublemakers(client: httpx.AsyncClient, url: str, count: int) -> AsyncIterator[None]:
    """Send huge messages, and others that the silent action server should act on, all the time."""
    tasks = [
        asyncio.create_task(_send_for_ever(client, url, f"trouble{i}", text))
        for i in range(count)
        for text in (_MEGABYTE, WANTS_ACTION)
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _send_for_ever(client: httpx.AsyncClient, url: str, sender: str, text: str) -> None:
    while True:
        with suppress(httpx.HTTPError):
            await client.post(url, json={"sender": sender, "message": text})
        await asyncio.sleep(0.1)
